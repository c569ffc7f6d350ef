"""Beside the question of enquiry: its tests, the prompts, and what others ask."""

import re

import pytest

from alliances.actions import found_alliance, record_programme
from enquiries.actions import describe_enquiry, list_enquiry, open_enquiry, save_sheet
from enquiries.coach import MOST, Neighbour, coach_of, neighbours_of
from enquiries.models import Enquiry, Question

MARKER = "Quokka"


def enquiry_of(world, key: str) -> Enquiry:
    return world.programme.alliances.get(key=key).enquiries.get()


def say(enquiry: Enquiry, focus: str, question: str) -> None:
    """What the alliance says itself, unpublished."""
    said = {"title": "Ours", "focus": focus, "question": question}
    describe_enquiry(enquiry=enquiry, by=None, version=enquiry.version, **said)


def listed(world, number: int, focus: str, question: str = "") -> Enquiry:
    """Another alliance of the programme, with what the programme publishes of it."""
    name = f"Alliance {number:02}"
    alliance = found_alliance(programme=world.programme, key=f"a{number}", name=name, by=None)
    enquiry = open_enquiry(alliance=alliance, by=None)
    list_enquiry(enquiry=enquiry, focus=focus, question=question)
    return enquiry


def asked(world, person: str, text: str) -> list[Neighbour]:
    return neighbours_of(world.enquiry, world.person(person), "", text)


# ---- what is alike -------------------------------------------------------------------------


def test_likest_comes_first_and_what_has_nothing_alike_is_left_out(world):
    listed(world, 1, "Origami")
    listed(world, 2, "Zebras in the playground")
    listed(world, 3, "Zebras", "Do zebras, walruses and marmots help each other to write?")

    found = asked(world, "leah", "Zebra and walrus and marmot")

    assert [neighbour.alliance for neighbour in found] == ["Alliance 03", "Alliance 02"]


def test_words_are_alike_by_their_stems_and_either_focus_or_question_will_do(world):
    listed(world, 1, "Juggling")
    listed(world, 2, "Play", "Who juggles?")

    assert len(asked(world, "leah", "How do jugglers juggle?")) == 2
    assert len(neighbours_of(world.enquiry, world.person("leah"), "To juggle", "")) == 2


def test_at_most_five_are_shown_by_name_where_they_are_alike(world):
    for number in range(7, 0, -1):
        listed(world, number, "Zebras")

    found = asked(world, "leah", "Zebras")

    assert [n.alliance for n in found] == [f"Alliance {number:02}" for number in range(1, MOST + 1)]


def test_words_of_the_field_make_nothing_alike_unless_there_are_no_others(world):
    listed(world, 1, "Marmots in schools")

    assert [n.alliance for n in asked(world, "leah", "Zebras in schools")] == []
    assert "Alliance 01" in [n.alliance for n in asked(world, "leah", "Schools")]


@pytest.mark.parametrize("text", ["", "  ", "or", "the of", "' -- \"or", "&|!:*<->()"])
def test_nothing_is_alike_to_nothing(world, text):
    assert asked(world, "leah", text) == []


def test_own_alliance_and_other_programmes_are_left_out(world):
    other = record_programme(
        title="Another programme",
        country="Wales",
        commissioner="Somebody",
        duration="2 years",
        ended="2015",
        alliances_funded=1,
        by=None,
    )
    foreign = found_alliance(programme=other, key="harlech", name="Harlech Alliance", by=None)
    list_enquiry(enquiry=open_enquiry(alliance=foreign, by=None), focus=MARKER)
    list_enquiry(enquiry=open_enquiry(alliance=world.abbot, by=None), focus=MARKER)

    assert asked(world, "owen", MARKER) == []


# ---- what may be seen ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("person", "found"),
    [("leah", 0), ("sam", 0), ("tom", 0), ("faye", 0), ("marcus", 1), ("ravi", 1), ("owen", 1)],
)
def test_words_of_another_alliance_are_found_by_its_readers_alone(world, person, found, owen_reads):
    say(world.other_enquiry, f"{MARKER} focus", f"Who is a {MARKER}?")

    neighbours = asked(world, person, MARKER)

    assert [n.question for n in neighbours] == [f"Who is a {MARKER}?"] * found
    assert [n.url for n in neighbours] == [f"/enquiries/{world.other_enquiry.pk}/"] * found


def test_unpublished_words_move_nothing_in_the_order(world):
    text = "Assessment of literacy by coaching and lesson study with leadership"
    listed(world, 1, "Lesson study")
    before = asked(world, "leah", text)

    say(world.other_enquiry, text, text)

    assert asked(world, "leah", text) == before
    assert len(before) > 1


def test_published_words_stand_where_the_own_ones_may_not_be_read(world):
    jurassic = enquiry_of(world, "jurassic")
    list_enquiry(enquiry=jurassic, focus="Zebras", question="Published zebras?")
    say(jurassic, "Zebras of ours", "Our own zebras?")

    hers, facilitators = asked(world, "leah", "zebras"), asked(world, "faye", "zebras")

    name = str(jurassic.alliance)
    assert hers == [Neighbour(name, "Zebras", "Published zebras?", "")]
    assert facilitators == [
        Neighbour(name, "Zebras of ours", "Our own zebras?", f"/enquiries/{jurassic.pk}/")
    ]


@pytest.mark.parametrize("person", ["leah", "sam", "tom", "faye"])
def test_no_page_of_the_coach_tells_what_others_have_not_published(world, as_person, person):
    say(world.other_enquiry, f"{MARKER} focus coaching", f"Does {MARKER} coaching work?")
    say(world.enquiry, "Coaching", "Does coaching work?")
    client, enquiry = as_person(person), f"/enquiries/{world.enquiry.pk}"

    pages = [
        client.get(f"{enquiry}/edit/"),
        client.get(f"{enquiry}/forms/question/"),
        client.post(f"{enquiry}/neighbours/", {"question": f"{MARKER} coaching"}),
    ]

    assert [MARKER in page.content.decode() for page in pages] == [False] * 3


# ---- on the page ---------------------------------------------------------------------------


def test_piece_of_a_page_holds_what_is_like_the_words_being_typed(world, as_person):
    listed(world, 1, "Zebras", "What is a zebra’s stripe?")
    url = f"/enquiries/{world.enquiry.pk}/neighbours/"

    found = as_person("leah").post(url, {"focus": "", "question": "stripes"}).content.decode()
    nothing = as_person("leah").post(url, {"focus": "", "question": "walrus"}).content.decode()

    assert re.findall(r"<strong>(.*?)</strong>", found) == ["Alliance 01"]
    assert re.findall(r"<p>(.*?)</p>", nothing) == [
        "No other alliance that you may see asks something alike."
    ]


def test_coach_tells_which_tests_the_question_has_passed(world):
    place = {"enquiry": world.enquiry, "cycle": None, "participation": None}
    wanted = {"tests": ["specific", "measurable"]}
    leah = world.person("leah")
    save_sheet(Question, place=place, seen={}, wanted=wanted, by=leah)

    coach = coach_of(world.enquiry, leah)

    assert coach.passed == 2
    assert [(test.title, test.is_passed) for test in coach.tests] == [
        ("Comes from, or is informed by, data", False),
        ("Specific", True),
        ("Measurable", True),
        ("Simply stated", False),
        ("Easy to communicate", False),
        ("Linked to improvement", False),
    ]


def test_coach_has_the_twelve_prompts_of_the_method(world):
    prompts = coach_of(world.enquiry, world.person("leah")).prompts

    assert len(prompts) == 12
    assert prompts[0] == "What do we want to find out?"


def test_question_can_be_changed_from_beside_its_form_by_those_who_may(world, as_person):
    url = f"/enquiries/{world.enquiry.pk}/forms/question/"
    edit = f'href="/enquiries/{world.enquiry.pk}/edit/"'

    found = {who: edit in as_person(who).get(url).content.decode() for who in ("leah", "faye")}

    assert found == {"leah": True, "faye": False}


@pytest.mark.parametrize("alike", [1, 3])
def test_coach_asks_the_same_whatever_it_finds(world, alike, django_assert_num_queries):
    for number in range(alike):
        listed(world, number, "Zebras")
    leah = world.person("leah")
    enquiry = Enquiry.objects.select_related("alliance").get(pk=world.enquiry.pk)
    enquiry.question, enquiry.focus = "Zebras?", "Zebras"

    with django_assert_num_queries(2):
        coach = coach_of(enquiry, leah)

    assert len(coach.neighbours) == alike


@pytest.mark.parametrize("alike", [1, 3])
def test_pages_of_the_coach_ask_the_same_whatever_it_finds(
    world, as_person, alike, django_assert_num_queries
):
    for number in range(alike):
        listed(world, number, "Zebras")
    say(world.enquiry, "Zebras", "Zebras?")
    client = as_person("leah")

    with django_assert_num_queries(5):
        edit = client.get(f"/enquiries/{world.enquiry.pk}/edit/")
    with django_assert_num_queries(8):
        form = client.get(f"/enquiries/{world.enquiry.pk}/forms/question/")

    assert [len(page.context["coach"].neighbours) for page in (edit, form)] == [alike, alike]
