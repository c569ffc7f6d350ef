"""Judgements shared and agreed, comments and requests for change."""

from uuid import UUID, uuid4

import pytest

from alliances.models import Mail
from enquiries.actions import answer_thread, open_thread, save_sheet, share_judgement
from enquiries.models import CollaborationPlacing, Judgement, Remark, SchoolPriority, Thread
from enquiries.sheets import catalogue
from enquiries.sheets.queries import private_fields
from tests.pages import keys, queries_of

JUDGED = "They listen badly to each other"


@pytest.fixture
def placing(world):
    """Where Faye places the group; only what comes next is everybody's."""
    return save_sheet(
        CollaborationPlacing,
        place={"enquiry": world.enquiry, "key": uuid4()},
        seen={},
        wanted={"skill": "low", "participation_degree": "high", "next_steps": "Meet again."},
        by=world.person("faye"),
    )


@pytest.fixture
def priority(world):
    return set_priority(world, "Writing")


def set_priority(world, text: str) -> SchoolPriority:
    place = {"enquiry": world.enquiry, "participation": world.enquiry.participations.first()}
    before = SchoolPriority.objects.filter(**place).first()
    return save_sheet(
        SchoolPriority,
        place=place,
        seen={"priority": before.priority} if before else {},
        wanted={"priority": text},
        by=world.person("sam"),
    )


def share(world, record, words):
    return share_judgement(
        record=record, sheet="collaboration", words=words, by=world.person("faye")
    )


def comment(world, record, name="faye", text="Which year?", tell=(), **about) -> Thread:
    return open_thread(
        record=record,
        sheet="priority",
        text=text,
        tell=tell,
        submission=uuid4(),
        by=world.person(name),
        **about,
    )


def page_of(world, record) -> str:
    return f"/enquiries/{world.enquiry.pk}/forms/collaboration/{record.key}/"


def shared_with(client, url: str) -> list:
    return [judgement.words for judgement in client.get(url).context["dialogue"].judgements]


# Judgements


def test_shared_words_are_those_ticked_as_they_stand(world, as_person, placing):
    url = page_of(world, placing)

    as_person("faye").post(f"{url}share/", {"answers": ["skill"]})

    judgement = Judgement.objects.get()
    assert judgement.words == [["Collaborative skill level", "Low"]]
    assert (judgement.shared_by, judgement.agreed_at) == (world.person("faye"), None)


@pytest.mark.usefixtures("owen_reads")
@pytest.mark.parametrize(
    ("name", "read"),
    [("leah", (1, 1)), ("faye", (1, 1)), ("sam", (0, 1)), ("tom", (0, 1)), ("owen", (0, 1))],
)
def test_judgement_is_the_leads_until_agreed_then_every_readers(
    world, as_person, placing, name, read
):
    judgement = share(world, placing, [["Skill", JUDGED]])
    url = page_of(world, placing)
    client = as_person(name)

    while_shared = len(shared_with(client, url))
    as_person("leah").post(f"/judgements/{judgement.pk}/agree/")
    once_agreed = len(shared_with(client, url))

    assert (while_shared, once_agreed) == read


def test_words_written_after_sharing_stay_private(world, as_person, placing):
    share(world, placing, [["Skill", "Low"]])

    save_sheet(
        CollaborationPlacing,
        place={"enquiry": world.enquiry, "key": placing.key},
        seen={"skill": "low"},
        wanted={"skill": "high"},
        by=world.person("faye"),
    )

    assert shared_with(as_person("leah"), page_of(world, placing)) == [[["Skill", "Low"]]]


def test_judgement_shared_twice_unchanged_is_one(world, placing):
    first = share(world, placing, [["Skill", "Low"]])

    second = share(world, placing, [["Skill", "Low"]])

    assert (first, Judgement.objects.count()) == (second, 1)


def test_judgement_agreed_twice_remembers_the_first(world, as_person, placing):
    judgement = share(world, placing, [["Skill", "Low"]])
    as_person("leah").post(f"/judgements/{judgement.pk}/agree/")
    agreed_at = Judgement.objects.get().agreed_at

    as_person("leah").post(f"/judgements/{judgement.pk}/agree/")

    assert Judgement.objects.get().agreed_at == agreed_at


def test_nothing_written_privately_nothing_to_share(world, as_person):
    place = {
        "enquiry": world.enquiry,
        "cycle": world.cycle,
        "participation": world.enquiry.participations.first(),
        "phase": "implementation",
        "element": "diagnosis",
    }
    sheet = next(each for each in catalogue() if each.slug == "guide-implementation-diagnosis")
    cell = save_sheet(
        sheet.model, place=place, seen={}, wanted={"agreement": "Two days"}, by=world.person("faye")
    )
    url = sheet.url_of(cell)

    response = as_person("faye").get(
        f"/enquiries/{world.enquiry.pk}/forms/{sheet.slug}/{cell.key}/share/"
    )

    assert (response.status_code, response.url) == (302, url)


def test_what_the_method_withholds_cannot_be_shared():
    withheld = {sheet.slug: sorted(sheet.withheld) for sheet in catalogue() if sheet.withheld}

    assert withheld["guide-implementation-development"] == [
        "judgement.suitability_of_collaboration_model",
        "private_notes",
    ]
    assert {slug for slug, names in withheld.items() if "private_notes" not in names} == set()


def test_form_without_judgement_has_no_page_to_share(world, as_person, priority):
    url = f"/enquiries/{world.enquiry.pk}/forms/priority/{priority.key}/share/"

    assert as_person("faye").get(url).status_code == 404


# Comments


def test_comment_is_pinned_to_the_words_it_was_made_on(world, as_person, priority):
    url = f"/enquiries/{world.enquiry.pk}/forms/priority/{priority.key}/comment/"
    data = {"field": "priority", "text": "Which year?", "submission": str(uuid4())}
    as_person("faye").post(url, data)
    set_priority(world, "Writing in year 4")

    thread = Thread.objects.get()
    (shown,) = (as_person("leah").get(f"/comments/{thread.pk}/").context["conversation"],)

    assert (thread.label, thread.quoted) == ("The school’s specific priority", "Writing")
    assert shown.is_outdated is True


def test_comment_on_words_that_still_stand_is_up_to_date(world, as_person, priority):
    thread = comment(world, priority, field="priority", quoted="Writing")

    shown = as_person("leah").get(f"/comments/{thread.pk}/").context["conversation"]

    assert shown.is_outdated is False


def test_private_fields_cannot_be_spoken_of_in_comments(world, as_person, placing):
    form = as_person("faye").get(f"{page_of(world, placing)}comment/").context["form"]

    assert [name for name, _ in form.fields["field"].choices] == ["", "held_on", "next_steps"]


def test_comment_sent_twice_is_one(world, as_person, priority):
    url = f"/enquiries/{world.enquiry.pk}/forms/priority/{priority.key}/comment/"
    faye = as_person("faye")
    data = {"text": "Which year?", **keys(faye.get(url))}

    first, second = faye.post(url, data), faye.post(url, data)

    assert first.url == second.url
    assert Remark.objects.count() == 1


def test_answer_opens_a_resolved_thread_again(world, as_person, priority):
    thread = comment(world, priority)
    as_person("leah").post(f"/comments/{thread.pk}/resolve/")

    sam, url = as_person("sam"), f"/comments/{thread.pk}/"
    sam.post(url, {"text": "Not yet", **keys(sam.get(url))})

    thread.refresh_from_db()
    assert (thread.resolved_at, thread.remarks.count()) == (None, 2)


@pytest.mark.usefixtures("owen_reads")
@pytest.mark.parametrize(("name", "status"), [("faye", 302), ("owen", 302), ("leah", 403)])
def test_change_asked_for_is_accepted_by_those_who_may_ask(
    world, as_person, priority, name, status
):
    thread = comment(world, priority, asks_change=True)

    response = as_person(name).post(f"/comments/{thread.pk}/resolve/")

    assert response.status_code == status


def test_only_those_who_may_ask_for_a_change_are_offered_to(world, as_person, priority, owen_reads):
    url = f"/enquiries/{world.enquiry.pk}/forms/priority/{priority.key}/comment/"

    offered = {
        name: "asks_change" in as_person(name).get(url).context["form"].fields
        for name in ("leah", "tom", "faye", "owen")
    }

    assert offered == {"leah": False, "tom": False, "faye": True, "owen": True}


def test_people_to_tell_are_the_other_readers(world, as_person, priority):
    url = f"/enquiries/{world.enquiry.pk}/forms/priority/{priority.key}/comment/"

    form = as_person("faye").get(url).context["form"]

    assert [label for _, label in form.fields["tell"].choices] == [
        "Leah Marsh",
        "Sam Field",
        "Tom Abara",
    ]


def test_people_told_stand_with_the_remark(world, as_person, priority):
    url = f"/enquiries/{world.enquiry.pk}/forms/priority/{priority.key}/comment/"
    leah = world.person("leah")
    data = {"text": "Which year?", "tell": [str(leah.pk)], "submission": str(uuid4())}

    as_person("faye").post(url, data)

    assert [mention.person for mention in Remark.objects.get().mentions.all()] == [leah]


def test_people_told_get_an_email_without_the_words(world, priority):
    comment(world, priority, text="Zebra", tell=[world.person("leah"), world.person("tom")])

    sent = [(mail.to, mail.kind, "Zebra" in mail.text) for mail in Mail.objects.order_by("to")]

    assert sent == [
        ("leah@example.org", "mentioned", False),
        ("tom@example.org", "mentioned", False),
    ]


@pytest.mark.parametrize(
    ("name", "mails"), [("faye", [("sam@example.org", "returned")]), ("sam", [])]
)
def test_change_asked_for_is_told_to_who_wrote_it_last(world, priority, name, mails):
    comment(world, priority, name=name, asks_change=True)

    assert list(Mail.objects.values_list("to", "kind")) == mails


def test_empty_comment_is_refused_next_to_its_field(world, as_person, priority):
    url = f"/enquiries/{world.enquiry.pk}/forms/priority/{priority.key}/comment/"

    response = as_person("faye").post(url, {"text": " ", "submission": str(UUID(int=1))})

    assert (response.status_code, Thread.objects.count()) == (422, 0)
    assert response.context["form"].errors["text"] == ["This field is required."]


@pytest.mark.parametrize("many", [1, 3])
def test_comments_cost_the_same_however_many(world, as_person, priority, many):
    for _ in range(many):
        thread = comment(world, priority, tell=[world.person("leah")])
        answer_thread(
            thread=thread,
            text="Year 4",
            tell=[world.person("tom")],
            submission=uuid4(),
            by=world.person("sam"),
        )
    listed = f"/enquiries/{world.enquiry.pk}/comments/"
    beside = next(s for s in catalogue() if s.slug == "priority").url_of(priority)
    client = as_person("tom")

    assert (queries_of(client, listed), queries_of(client, beside)) == (5, 17)


def test_private_words_are_in_no_thread_nor_hidden_field(world, as_person, placing):
    share(world, placing, [["Skill", JUDGED]])

    page = as_person("tom").get(page_of(world, placing)).content.decode()

    assert JUDGED not in page
    assert private_fields(next(s for s in catalogue() if s.slug == "collaboration")) == {
        "skill",
        "participation_degree",
    }
