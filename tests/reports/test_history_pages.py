"""What happened in an alliance, as each person may read it; and who opened what is private."""

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
import time_machine
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from alliances import audit
from alliances.actions import (
    assign,
    describe_alliance,
    invite,
    join_school,
    open_alliance,
    place_together,
)
from alliances.models import Read
from enquiries.actions import save_sheet
from enquiries.models import CollaborationPlacing, Enquiry, HelpRequest, SchoolPriority, Trial
from impact.models import Reading
from reports.naming import page_in_words
from tests.pages import queries_of
from tests.world import SINCE


@pytest.fixture
def placed(world, at_work):
    """Faye's placing of the group: two judgements and a next step for everybody."""
    faye = world.person("faye")
    with at_work("faye"):
        return save_sheet(
            CollaborationPlacing,
            place={"enquiry": world.enquiry, "key": uuid4()},
            seen={},
            wanted={"skill": "low", "participation_degree": "high", "next_steps": "Meet weekly."},
            by=faye,
        )


def prioritise(world, priority: str, by: str = "leah"):
    place = {"enquiry": world.enquiry, "participation": world.enquiry.participations.first()}
    record = SchoolPriority.objects.filter(**place).first()
    seen = {"priority": record.priority} if record else {}
    wanted = {"priority": priority}
    return save_sheet(SchoolPriority, place=place, seen=seen, wanted=wanted, by=world.person(by))


def told(client, world, **asked) -> list[tuple]:
    """Each moment of the page: who, where, and each line with its fields."""
    response = client.get(reverse("alliance-history", args=[world.abbot.pk]), asked)
    return [
        (
            happening.by,
            happening.page,
            [act.words for act in happening.acts],
            [
                (line.what, line.title, [(f.label, f.before, f.after) for f in line.fields])
                for line in happening.lines
            ],
        )
        for happening in response.context["told"]
    ]


def test_save_of_a_form_is_told_in_its_words(world, at_work, as_person):
    with at_work("leah", "POST sheet-of-school 3 priority 5"):
        prioritise(world, "Writing")
    with at_work("leah", "POST sheet-of-school 3 priority 5"):
        prioritise(world, "Reading")

    later, earlier = told(as_person("tom"), world)

    page, title = "on the page “School’s own priority”", "School’s own priority"
    label = "The school’s specific priority"
    assert later == (
        "Leah Marsh",
        page,
        [],
        [("Changed", title, [(label, "Writing", "Reading")])],
    )
    assert earlier == ("Leah Marsh", page, [], [("Added", title, [(label, "", "Writing")])])


def test_act_stands_above_the_changes_it_made(world, at_work, as_person):
    with at_work("leah"):
        join_school(
            alliance=world.abbot,
            name="Wood Lane",
            phase="primary",
            by=world.person("leah"),
            joined_on=SINCE,
        )

    ((_, _, acts, lines),) = told(as_person("leah"), world)

    assert acts == ["Joined: membership"]
    assert [line[:2] for line in lines] == [("Added", "Membership")]


def test_acts_on_other_alliances_of_one_transaction_are_not_told(world, at_work, as_person):
    with at_work("owen", "command import"):
        for alliance, name in ((world.abbot, "Wood Lane"), (world.bedfordshire, "Fen End")):
            join_school(alliance=alliance, name=name, phase="primary", by=None, joined_on=SINCE)
        audit.record("moved", world.bedfordshire, by=None)

    ((_, _, acts, lines),) = told(as_person("leah"), world)

    assert (acts, len(lines)) == (["Joined: membership"], 1)


def test_days_and_moments_are_told_in_words_and_positions_not_at_all(world, at_work, as_person):
    reading = Reading.objects.filter(enquiry=world.enquiry).first()
    with at_work("leah"):
        Reading.objects.filter(pk=reading.pk).update(
            held_on=date(2026, 11, 20),
            position=99,
        )
        HelpRequest.objects.filter(pk=world.help_request.pk).update(
            answered_at=datetime(2026, 7, 1, 9, tzinfo=UTC),
            answered_by=world.person("faye"),
            answer="Ask twice.",
        )

    ((_, _, _, lines),) = told(as_person("leah"), world)

    (_, _, of_reading), (_, _, of_request) = lines
    assert of_reading == [("Date", "", "20 November 2026")]
    assert [f for f in of_request if f[0] == "Answered at"] == [
        ("Answered at", "", "1 July 2026, 10:00am")
    ]


def test_code_is_told_by_its_name(world, at_work, as_person):
    with at_work("leah"):
        Enquiry.objects.filter(pk=world.enquiry.pk).update(route="c2l")

    ((_, _, _, lines),) = told(as_person("leah"), world)

    assert lines == [
        ("Changed", "Enquiry", [("Route", "Regional enquiry cluster", "Connect to Learn")])
    ]


def test_move_is_told_from_where_to_where(world, at_work, as_person):
    with at_work("owen", "POST alliances-place 1"):
        place_together(
            programme=world.programme,
            alliances=[world.abbot, world.bedfordshire],
            by=world.person("owen"),
            cluster=None,
        )

    ((_, page, acts, lines),) = told(as_person("leah"), world)

    assert page == "on the page “Alliances chosen”"
    assert acts == [f"Moved {world.abbot}: cluster from “South” to none"]
    assert lines == [("Changed", "Alliance", [("Cluster", "South", "")])]


def test_change_of_the_record_is_told_as_its_form_asks_for_it(world, at_work, as_person):
    before = world.abbot.link
    with at_work("leah", "POST alliance-edit 3"):
        describe(world, link="https://www.example.org/coaching")

    ((_, page, acts, lines),) = told(as_person("leah"), world)

    label, after = "Link to further material", "https://www.example.org/coaching"
    assert page == "on the page “Alliance record”"
    change = f"link to further material from “{before}” to “{after}”"
    assert acts == [f"Changed the record of {world.abbot}: {change}"]
    assert lines == [("Changed", "Alliance", [(label, before, after)])]


def describe(world, by: str = "leah", **said):
    return describe_alliance(alliance=world.abbot, by=world.person(by), **said)


def ways_back(client, world) -> list[tuple]:
    """Of each moment of the page the way back of its acts."""
    page = client.get(reverse("alliance-history", args=[world.abbot.pk]))
    acts = [act for happening in page.context["told"] for act in happening.acts]
    return [(act.can_be_undone, act.kept) for act in acts]


def test_record_is_undone_from_the_history_by_who_may_change_it(world, at_work, as_person):
    before = world.abbot.lead_school
    with at_work("leah"):
        act = describe(world, lead_school="Wood Lane")
    with at_work("owen"):
        describe(world, "owen", region="North")
    address = reverse("alliance-history", args=[world.abbot.pk])
    seen = {name: ways_back(as_person(name), world) for name in ("leah", "tom", "faye")}

    with at_work("leah", "POST undo 3"):
        as_person("leah").post(reverse("undo", args=[act.pk]), {"next": address})

    world.abbot.refresh_from_db()
    ((by, page, acts, _), *_) = told(as_person("leah"), world)
    change = f"record of {world.abbot}: lead teaching school"
    assert seen == {
        "leah": [(False, ""), (True, "")],
        "tom": [(False, ""), (False, "")],
        "faye": [(False, ""), (False, "")],
    }
    assert world.abbot.lead_school == before
    assert (by, page) == ("Leah Marsh", "on the page “Undo”")
    assert acts == [
        f"Changed the {change} from “Wood Lane” to “{before}”",
        f"Undone: changed the {change} from “{before}” to “Wood Lane”",
    ]


def test_record_that_was_changed_since_says_so_in_the_history(world, at_work, as_person):
    for area in ("Surrey", "Kent"):
        with at_work("leah"), time_machine.travel(datetime(2027, 5, 3, 11, tzinfo=UTC)):
            describe(world, area=area)

    since = f"Leah Marsh changed the area of {world.abbot} on 3 May 2027, 12:00pm"
    assert ways_back(as_person("leah"), world) == [
        (True, ""),
        (False, f"Cannot be undone. {since}."),
    ]


@pytest.mark.parametrize("number", [1, 3])
def test_queries_of_changes_of_the_record(number, world, at_work, as_person):
    for n in range(number):
        with at_work(["leah", "owen", "leah"][n]):
            describe(world, area=f"Downs {n}", cluster=[world.midlands, world.south][n % 2])

    assert queries_of(as_person("leah"), reverse("alliance-history", args=[world.abbot.pk])) == 15


def test_page_is_called_by_its_title_and_a_form_by_its_own():
    key = uuid4()
    said = {
        "POST sheet-record 3 collaboration {key}": "on the page “Collaboration assessment”",
        "GET sheet-history 3 priority {key}": "on the page “History: School’s own priority”",
        "POST comment 3 none-such {key}": "on the page “Comment on this form: a form”",
        "POST old-page 3": "on the page “old page”",
        "POST account_login": "on the page “account login”",
        "task reports.build": "by the service itself",
        "command import_programme": "from the command line (import_programme)",
        "sql": "in the database itself",
    }

    assert {page: page_in_words(page.format(key=key)) for page in said} == said


def test_moment_of_very_many_rows_tells_the_first(world, at_work, as_person):
    with at_work("leah"):
        for number in range(23):
            Trial.objects.update(strategy=f"Pairs {number}")

    response = as_person("leah").get(reverse("alliance-history", args=[world.abbot.pk]))

    (happening,) = response.context["told"]
    assert (len(happening.lines), happening.more) == (20, 3)


def test_judgement_is_told_to_those_who_see_it(placed, world, as_person):
    title = "Collaboration assessment"

    (of_faye,) = told(as_person("faye"), world)
    (of_tom,) = told(as_person("tom"), world)

    assert [label for label, *_ in of_faye[3][0][2]] == [
        "Collaborative skill level",
        "Degree of participation or involvement",
        "Next steps",
    ]
    assert (of_tom[3][0][1], [label for label, *_ in of_tom[3][0][2]]) == (title, ["Next steps"])


def test_change_of_nothing_but_judgement_is_not_told_to_others(placed, world, at_work, as_person):
    with at_work("faye"):
        CollaborationPlacing.objects.update(skill="high")

    counts = {name: len(told(as_person(name), world)) for name in ("faye", "leah", "tom")}

    assert counts == {"faye": 2, "leah": 1, "tom": 1}


def test_address_of_somebody_invited_is_told_to_managers(world, at_work, as_person):
    with at_work("leah"):
        invite(
            email="new@example.org",
            role="hei-partner",
            scope=world.abbot,
            by=world.person("leah"),
        )

    def emails(name: str) -> set[str]:
        fields = [
            f for *_, lines in told(as_person(name), world) for line in lines for f in line[2]
        ]
        return {after for label, _, after in fields if label == "Email"}

    assert {name: emails(name) for name in ("leah", "tom")} == {
        "leah": {"new@example.org"},
        "tom": set(),
    }


def test_roles_in_a_school_are_told_to_managers_of_each_of_its_alliances(world, at_work, as_person):
    with at_work("owen"):
        held = {"role": "teacher", "scope": world.abbot_school, "by": world.person("owen")}
        assign(user=world.person("zoe"), starts_on=SINCE, **held)
        invite(email="new@example.org", **held)

    def titles(name: str) -> list[str]:
        return [line[1] for *_, lines in told(as_person(name), world) for line in lines]

    assert {name: titles(name) for name in ("leah", "tom", "faye")} == {
        "leah": ["Assignment", "Invitation"],
        "tom": [],
        "faye": [],
    }


def test_values_of_readings_are_told_to_those_who_see_small_numbers(world, at_work, as_person):
    with at_work("leah"):
        Reading.objects.filter(enquiry=world.enquiry).update(since="September")

    counts = {name: len(told(as_person(name), world)) for name in ("leah", "sam", "faye")}

    assert counts == {"leah": 1, "sam": 1, "faye": 0}


def test_what_happened_elsewhere_is_not_told(world, at_work, as_person):
    with at_work("ravi"):
        Trial.objects.filter(enquiry=world.other_enquiry).update(done="Else")
        world.bedfordshire.area = "Elsewhere"
        world.bedfordshire.save()

    assert told(as_person("leah"), world) == []


def test_what_happened_is_narrowed_by_person_and_kind(world, at_work, as_person):
    with at_work("leah"):
        prioritise(world, "Writing")
    with at_work("sam"):
        world.abbot.area = "Surrey Hills"
        world.abbot.save()
    leah, sam = as_person("leah"), world.person("sam").pk

    assert [by for by, *_ in told(leah, world, person=sam)] == ["Sam Field"]
    assert [by for by, *_ in told(leah, world, kind="forms")] == ["Leah Marsh"]
    assert [by for by, *_ in told(leah, world, kind="reports")] == []
    assert len(told(leah, world, kind="none-such")) == 2


@pytest.mark.parametrize("number", [1, 3])
def test_queries_of_what_happened(number, world, at_work, as_person):
    for n in range(number):
        with at_work(["leah", "sam", "tom"][n]):
            prioritise(world, f"Writing {n}")

    assert queries_of(as_person("leah"), reverse("alliance-history", args=[world.abbot.pk])) == 9


def test_page_of_what_happened_counts_what_it_shows(placed, world, at_work, as_person):
    """Tom may read nothing of a change of judgement alone: it is not counted either."""
    with at_work("faye"):
        CollaborationPlacing.objects.update(skill="high")
    with at_work("leah"):
        prioritise(world, "Writing")
    address = reverse("alliance-history", args=[world.abbot.pk])

    pages = [as_person(name).get(address).context for name in ("faye", "tom")]

    assert [(p["page"].paginator.count, len(p["told"])) for p in pages] == [(3, 3), (2, 2)]


# Reads


def reads() -> list[tuple]:
    return list(Read.objects.order_by("pk").values_list("by__name", "page", "alliance__key"))


def test_opening_a_form_with_judgement_is_put_down_for_those_who_see_it(placed, world, as_person):
    address = reverse("sheet-record", args=[world.enquiry.pk, "collaboration", placed.key])

    for name in ("faye", "leah", "ravi"):
        as_person(name).get(address)

    page = f"GET sheet-record {world.enquiry.pk} collaboration {placed.key}"
    assert reads() == [("Faye Osborne", page, "georgeabbot")]


def test_opening_a_form_without_judgement_is_not_put_down(world, as_person):
    as_person("faye").get(reverse("sheet", args=[world.enquiry.pk, "question"]))

    assert reads() == []


def test_page_opened_with_a_reason_is_put_down(world, as_person):
    open_alliance(alliance=world.abbot, reason="A head rang.", days=3, by=world.person("owen"))

    as_person("owen").get(reverse("timeline", args=[world.enquiry.pk]))
    as_person("owen").get(reverse("alliance", args=[world.abbot.pk]))

    page = f"GET timeline {world.enquiry.pk}"
    assert reads() == [("Owen Pryce", page, "georgeabbot")]


def test_page_that_is_refused_is_not_put_down(world, as_person):
    as_person("owen").get(reverse("timeline", args=[world.enquiry.pk]))

    assert reads() == []


def test_reads_are_told_to_managers(placed, world, as_person):
    address = reverse("sheet-record", args=[world.enquiry.pk, "collaboration", placed.key])
    as_person("faye").get(address)
    page = reverse("alliance-history", args=[world.abbot.pk])

    of_leah = as_person("leah").get(page, {"kind": "reads"})
    of_tom = as_person("tom").get(page, {"kind": "reads"})

    assert [(str(read.by), where) for read, where in of_leah.context["reads"]] == [
        ("Faye Osborne", "on the page “Collaboration assessment”")
    ]
    assert "reads" not in of_tom.context


@pytest.mark.parametrize("statement", ["UPDATE {} SET page = ''", "DELETE FROM {}", "TRUNCATE {}"])
def test_record_of_reads_is_only_added_to(statement, world):
    Read.objects.create(by=world.person("faye"), page="GET x", alliance=world.abbot)

    with (
        pytest.raises(DatabaseError, match="only ever added to"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement.format("alliances_read"))

    assert Read.objects.count() == 1
