"""The national team writes to people of many alliances at once."""

import re
from uuid import UUID

import pytest
from django.urls import reverse

from alliances import actions
from alliances.models import AuditRecord, Mail
from alliances.queries import people_to_write_to
from tests.pages import text

KEY = str(UUID(int=3))
WRITTEN = {"to": "leads", "subject": "Your plans", "text": "Send them.\n\nSoon.", "submission": KEY}


def url(world, **query) -> str:
    query = query or {"everything": "yes", "cohort": ""}
    return reverse("alliances-message", args=[world.programme.pk], query=query)


def names(world, *, everybody: bool) -> list[str]:
    alliances = world.south.alliances.all()
    found = people_to_write_to(alliances, Mail.Kind.MESSAGE, everybody=everybody)
    return [person.name for person in found]


def test_leads_or_everybody_of_the_alliances_are_written_to(world):
    assert names(world, everybody=False) == ["Leah Marsh"]
    assert names(world, everybody=True) == [
        "Hana Lind",
        "Leah Marsh",
        "Sam Field",
        "Tom Abara",
        "Uma Rao",
    ]


def test_who_does_not_want_messages_gets_none(world):
    actions.choose_mail(person=world.person("leah"), unwanted=["message"])

    assert names(world, everybody=False) == []


@pytest.mark.parametrize(("everybody", "queries"), [(False, 1), (True, 3)])
def test_people_are_found_in_as_many_queries_for_one_alliance_as_for_all(
    world, django_assert_num_queries, everybody, queries
):
    for alliances in (world.south.alliances.all(), world.programme.alliances.all()):
        with django_assert_num_queries(queries):
            people_to_write_to(alliances, Mail.Kind.MESSAGE, everybody=everybody)


def test_message_is_looked_at_before_it_is_sent(world, as_person):
    page = as_person("owen").post(url(world), WRITTEN)

    assert "2 people of 2 alliances will get this e-mail, each on their own." in text(page)
    assert "Leah Marsh, George Abbot" in text(page)
    assert Mail.objects.count() == 0


def test_each_gets_an_email_of_their_own_that_says_why(world, as_person):
    answer = as_person("owen").post(url(world), {**WRITTEN, "step": "send"})

    mails = {mail.to: mail for mail in Mail.objects.all()}
    assert answer.status_code == 302
    assert set(mails) == {"leah@example.org", "ravi@example.org"}
    leahs = mails["leah@example.org"]
    assert leahs.subject == "Alliance Enquiry: Your plans"
    assert leahs.text.startswith(
        "Send them.\n\nSoon.\n\nOwen Pryce of the national team sent this to the project leads of "
        f"2 alliances. You get it because you take part in {world.abbot}."
    )
    assert re.findall(r"[\w.]+@example.org", leahs.text) == []


def test_message_sent_twice_is_one_and_on_record(world, as_person):
    owen = as_person("owen")
    for _ in range(2):
        owen.post(url(world), {**WRITTEN, "step": "send"})

    act = AuditRecord.objects.get(act="wrote to")
    assert Mail.objects.count() == 2
    told = [act.detail[name] for name in ("about", "text", "people", "alliances")]
    assert told == ["Your plans", "Send them.\n\nSoon.", 2, 2]


def test_sixth_message_within_the_hour_waits(world, as_person):
    owen = as_person("owen")

    def send(number: int):
        key = str(UUID(int=number))
        return owen.post(url(world), {**WRITTEN, "submission": key, "step": "send"})

    taken = [send(number).status_code for number in range(1, 6)]
    sixth = send(6)

    assert taken == [302] * 5
    assert sixth.status_code == 422
    assert "You have sent five messages within the hour." in text(sixth)
    assert Mail.objects.count() == 10


def test_message_is_changed_before_it_is_sent(world, as_person):
    page = as_person("owen").post(url(world), {**WRITTEN, "step": "change"})

    assert [page.status_code, page.context["form"]["subject"].value()] == [200, "Your plans"]
    assert Mail.objects.count() == 0


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"subject": "Two\u2028lines"}, "Write the subject on one line"),
        ({"subject": ""}, "Enter"),
        ({"text": ""}, "Enter"),
    ],
)
def test_message_lacks_nothing(world, as_person, wrong, told):
    page = as_person("owen").post(url(world), {**WRITTEN, "step": "send", **wrong})

    assert page.status_code == 422
    assert told in text(page)


def test_nobody_to_write_to_is_said(world, as_person):
    jurassic = world.programme.alliances.get(key="jurassic")

    page = as_person("owen").post(url(world, alliance=jurassic.pk), WRITTEN)

    assert page.status_code == 422
    assert "Nobody there can be written to" in text(page)
