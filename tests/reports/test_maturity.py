"""The profile of an alliance's maturity, and the toolkit that it leads to."""

from dataclasses import asdict
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.template import engines

from enquiries.actions import save_sheet
from enquiries.models import Enquiry, InterventionChoice, Listing, MaturityReview
from enquiries.sheets import sheet_called
from reports.builders import build_filled_form
from reports.builders.maturity import build_profile, first_before
from reports.charts import profiles
from reports.charts.marks import PAPER, TEAL, Dot, Path, Text
from reports.rendering import gate, render_checked_pdf
from reports.toolkit import sections
from tests.reports.drawn import collisions, of, outside
from tests.reports.test_forms_print import text_of

SOCIAL, JOINT = "mat-social-capital", "mat-joint-practice"
BEGINNING, THIRD, LEADING = "level-beginning", "level-third", "level-leading"


def reviewed(world, day: date, levels: dict[str, str], *priorities: str) -> MaturityReview:
    wanted = {"held_on": day, "priorities": list(priorities)}
    for strand, level in levels.items():
        wanted |= {f"level.{strand}": level, f"evidence.{strand}": f"Seen on {day:%d}"}
    place = {"enquiry": world.enquiry, "key": uuid4()}
    return save_sheet(MaturityReview, place=place, seen={}, wanted=wanted, by=world.person("leah"))


def chose(world, enquiry: Enquiry, own: str, *strands: str) -> InterventionChoice:
    wanted = {
        "own": own,
        "earlier_practice": "Tried in one school",
        "strands": list(strands),
        **dict.fromkeys(("need", "ownership", "leadership", "success"), "Said"),
    }
    place = {"enquiry": enquiry, "key": uuid4(), "cycle": enquiry.cycles.last()}
    by = world.person("leah")
    return save_sheet(InterventionChoice, place=place, seen={}, wanted=wanted, by=by)


@pytest.fixture
def twice(world):
    """A first and a last evaluation, a year apart."""
    return [
        reviewed(world, date(2025, 3, 3), {SOCIAL: BEGINNING, JOINT: THIRD}, SOCIAL),
        reviewed(world, date(2026, 3, 3), {SOCIAL: LEADING, JOINT: THIRD}, JOINT),
    ]


# ---- the profile ---------------------------------------------------------------------------


def test_profile_says_then_and_now(twice):
    found = build_profile(twice[1], twice[0])

    lines = {line.strand: (line.then, line.now, line.is_priority) for line in found.lines}
    assert (found.then, found.now) == ("3 March 2025", "3 March 2026")
    assert found.steps == ["Beginning", "2", "3", "4", "Leading"]
    assert len(lines) == 12
    assert lines["High social capital"] == ("Beginning", "Leading", False)
    assert lines["Joint practice development"] == ("3", "3", True)
    assert lines["Fit governance"] == ("", "", False)
    assert found.sentence.startswith("Joint practice development: from 3 to 3, a priority. ")


def test_profile_of_the_first_evaluation_has_no_then(twice):
    found = build_profile(twice[0], first_before(twice[0], twice))

    assert found.then == ""
    assert found.sentence.startswith("Joint practice development: 3. ")


def test_dots_stand_on_their_levels_with_an_arrow_between_them(twice):
    drawing = profiles(asdict(build_profile(twice[1], twice[0])))[0]

    level = {mark.text: mark.y - 4.4 for mark in of(drawing, Text)}
    dots = [(dot.x, dot.r, dot.fill) for dot in of(drawing, Dot)[2:]]
    assert dots == [(448, 9, PAPER), (448, 5.5, TEAL), (296, 5.5, PAPER), (600, 5.5, TEAL)]
    assert [path.d[:6] for path in of(drawing, Path)] == ["M593.5"]
    assert len({dot.y for dot in of(drawing, Dot)[2:]}) == 2
    assert level["Priority"] > level["Joint practice development"]


@pytest.mark.parametrize("width", [0, 1])
def test_texts_of_the_profile_keep_apart(twice, width):
    drawing = profiles(asdict(build_profile(twice[1], twice[0])))[width]

    assert (collisions(drawing), outside(drawing)) == ([], [])


def test_picture_tells_itself_and_what_is_not_judged(twice):
    template = engines["django"].from_string("{% load charts %}{% profile given %}")
    found = build_profile(twice[1], twice[0])

    wide = template.render({"given": asdict(found)}).partition("</svg>")[0]

    assert wide.count("<title>Maturity by strand</title>") == 1
    assert wide.count(f"<desc>{found.sentence}</desc>") == 1
    assert (wide.count(">Not judged<"), wide.count(">Priority<"), wide.count("<path")) == (10, 1, 1)


def test_filled_form_shows_the_profile_and_can_be_read_aloud(world, twice):
    paper = build_filled_form(sheet_called("maturity"), twice[1], set())

    pdf = render_checked_pdf("form", asdict(paper))

    text = text_of(pdf.content)
    assert gate.problems(pdf.content) == []
    assert paper.profile == build_profile(twice[1], twice[0])
    assert text.count("From 3 March 2025 to 3 March 2026") == 1
    assert text.count("Seen on 03") == 2


def test_page_compares_with_the_first_and_with_the_one_asked_for(world, as_person, twice):
    reviewed(world, date(2026, 9, 3), {SOCIAL: LEADING})
    leah, url = as_person("leah"), f"/enquiries/{world.enquiry.pk}/maturity/"

    first = leah.get(url).context["profile"]
    asked = leah.get(url, {"then": twice[1].pk}).context["profile"]

    assert (first["then"], first["now"]) == ("3 March 2025", "3 September 2026")
    assert (asked["then"], asked["now"]) == ("3 March 2026", "3 September 2026")


@pytest.mark.parametrize("number", [1, 3])
def test_page_of_the_profile_asks_the_same_whatever_its_number(
    world, as_person, number, django_assert_num_queries
):
    for n in range(number):
        reviewed(world, date(2026, 1, 1) + timedelta(days=n), {SOCIAL: THIRD})
    leah = as_person("leah")

    with django_assert_num_queries(4):
        page = leah.get(f"/enquiries/{world.enquiry.pk}/maturity/")

    assert len(page.context["reviews"]) == number


# ---- the toolkit ---------------------------------------------------------------------------


def toolkit(client, world, **given):
    return client.get(f"/enquiries/{world.enquiry.pk}/toolkit/", given)


def test_toolkit_begins_with_the_priorities_of_the_last_evaluation(world, as_person, twice):
    leah = as_person("leah")

    begun = toolkit(leah, world).context["sections"]
    asked = toolkit(leah, world, strand=[SOCIAL, "mat-governance"]).context["sections"]

    assert [section.code for section in begun] == [JOINT]
    assert [section.code for section in asked] == [SOCIAL, "mat-governance"]


def test_toolkit_of_an_alliance_without_evaluation_asks_for_a_strand(world, as_person):
    page = toolkit(as_person("leah"), world)

    assert page.context["sections"] == []


def test_every_entry_stands_under_each_of_its_strands(world):
    codes = list(sheet_called("maturity").form.base_fields["priorities"].choices)

    found = sections(world.enquiry, [code for code, _ in codes], world.person("leah"))

    shared = {s.code: e.also for s in found for e in s.entries if e.title.startswith("Peer review")}
    assert sum(len(section.entries) for section in found) == 86
    assert shared == {
        SOCIAL: ["Evaluation and challenge", "Alliance architecture"],
        "mat-challenge": ["High social capital", "Alliance architecture"],
        "mat-architecture": ["High social capital", "Evaluation and challenge"],
    }


def others(world, person: str) -> dict:
    section = sections(world.enquiry, [JOINT], world.person(person))[0]
    return {tried.alliance: tried for tried in section.others}


def test_what_others_tried_is_what_the_programme_publishes(world):
    chose(world, world.other_enquiry, "Secret plan", JOINT)

    found = others(world, "leah")

    bedfordshire = found[world.bedfordshire.name]
    assert sorted(found) == sorted([world.bedfordshire.name, "Jurassic Coast TSA"])
    assert bedfordshire.url == ""
    assert [text for text in bedfordshire.tried if "Secret" in text] == []
    assert len(bedfordshire.tried) > 1
    assert len(bedfordshire.came_of_it) > 1


def test_what_an_alliance_says_of_its_focus_is_not_published(world):
    told = Enquiry.objects.get(alliance__key="jurassic")
    Listing.objects.filter(enquiry=told).update(methods=[], focus="As printed")
    Enquiry.objects.filter(pk=told.pk).update(focus="Secret focus")

    found = others(world, "leah")

    assert found["Jurassic Coast TSA"].tried == ["As printed"]


def test_who_may_read_an_alliance_sees_what_it_chose(world, owen_reads):
    chose(world, world.other_enquiry, "Open plan", JOINT)

    found = others(world, "owen")[world.bedfordshire.name]

    assert found.url == f"/enquiries/{world.other_enquiry.pk}/"
    assert found.tried[-1] == "Open plan"


def test_ones_own_choice_is_not_among_those_of_others(world):
    chose(world, world.enquiry, "Our plan", JOINT)

    assert world.abbot.name not in others(world, "leah")


@pytest.mark.parametrize("number", [1, 3])
def test_toolkit_asks_the_same_whatever_was_tried(
    world, as_person, number, django_assert_num_queries, owen_reads
):
    for n in range(number):
        chose(world, world.other_enquiry, f"Plan {n}", JOINT)
    owen = as_person("owen")

    with django_assert_num_queries(13):
        page = toolkit(owen, world, strand=[JOINT, SOCIAL])

    tried = {t.alliance: t for t in page.context["sections"][0].others}
    assert [t for t in tried[world.bedfordshire.name].tried if t.startswith("Plan")] == [
        f"Plan {n}" for n in range(number)
    ]
