"""A school year of a cluster of four real alliances, as its facilitator sees it on eight days.

Iris leads George Abbot, Jonas Jurassic Coast until he hands over to Kim, Lena Camden, Milo George
Spencer; Faith looks after them as the cluster South. What happens is told by its dates alone:
every act is the site's own, on a frozen day.
"""

from datetime import UTC, date, datetime

import pytest
import time_machine

from alliances import actions as people
from alliances.models import Designation, Programme, User
from alliances.roles import Role
from enquiries.actions import (
    answer_help,
    close_meeting,
    leave_enquiry,
    plan_meeting,
    save_sheet,
    set_deadline,
)
from enquiries.models import (
    CheckInCall,
    Enquiry,
    HelpRequest,
    LeadershipEntry,
    Meeting,
    MeetingPart,
    Risk,
    Trial,
)
from impact.actions import import_enquiries, import_programme
from reports.standings import standings_of
from tests.world import enquiry_docs, log, programme_doc

KEYS = {
    "georgeabbot": "george-abbot",
    "jurassic": "jurassic-coast",
    "camden": "camden-primary",
    "georgespencer": "george-spencer",
}
LEADS = {"georgeabbot": "iris", "jurassic": "jonas", "camden": "lena", "georgespencer": "milo"}
BEGAN = date(2025, 9, 1)


@pytest.fixture
def cluster(db):
    """The cluster on the first day of the year, with what the printed case studies tell."""
    with on(BEGAN):
        import_programme(programme_doc(*KEYS), by=None)
        programme = Programme.objects.get()
        import_enquiries(enquiry_docs(*KEYS.values()), programme=programme, by=None)
        made = people.record_cluster(
            programme=programme, name="South", alliances=programme.alliances.all(), by=None
        )
        for name in (*LEADS.values(), "kim", "faith"):
            people.register_person(
                email=f"{name}@example.org", name=name.title(), password=None, by=None
            )
        for key, name in LEADS.items():
            scope = programme.alliances.get(key=key)
            people.assign(
                user=person(name), role=Role.PROJECT_LEAD, scope=scope, by=None, starts_on=BEGAN
            )
        people.assign(
            user=person("faith"), role=Role.FACILITATOR, scope=made, by=None, starts_on=BEGAN
        )
    return made


def on(day: date) -> time_machine.travel:
    """Noon of that day."""
    return time_machine.travel(datetime(day.year, day.month, day.day, 12, tzinfo=UTC), tick=False)


def person(name: str) -> User:
    return User.objects.get(email=f"{name}@example.org")


def enquiry_of(key: str) -> Enquiry:
    return Enquiry.objects.get(alliance__key=key)


def lead(key: str, by: str = "") -> None:
    """An entry in the leadership log."""
    entry = {"behaviours": ["lb6"], "reflection": "Chase kindly."}
    log(LeadershipEntry, enquiry=enquiry_of(key), by=person(by or LEADS[key]), **entry)


def everybody_leads() -> None:
    for key in KEYS:
        lead(key)


def try_something(key: str, day: date) -> None:
    """A trial, as its person notes it."""
    told = dict.fromkeys(("done", "experienced", "reflection", "recommendation"), "Tried it.")
    cycle = enquiry_of(key).cycles.last()
    by = person(LEADS[key])
    log(Trial, cycle=cycle, by=by, held_on=day, strategy="Talk partners", **told)


def call(key: str, day: date, status: str) -> None:
    save_sheet(
        CheckInCall,
        place={"enquiry": enquiry_of(key), "held_on": day},
        seen={},
        wanted={"status": status},
        by=person("faith"),
    )


def meet(cluster, day: date, following: date | None) -> Meeting:
    """A meeting to which all come, heard, agreed and closed on its day."""
    meeting = plan_meeting(
        cluster=cluster,
        by=person("faith"),
        alliances=cluster.alliances.all(),
        people=[*map(person, LEADS.values()), person("faith")],
        held_on=day,
        place="Guildford",
        next_meeting=following,
    )
    for key in KEYS:
        heard = {"update": "It goes on.", "decision": "same-intervention", "next_focus": "Talk"}
        place = {"enquiry": enquiry_of(key), "meeting": meeting}
        save_sheet(MeetingPart, place=place, seen={}, wanted=heard, by=person("faith"))
    return close_meeting(meeting=meeting, by=person("faith"), on=day)


def seen(cluster, day: date) -> list[tuple[str, list[str]]]:
    """What the dashboard says on that day, in its order: each alliance with its reasons."""
    with on(day):
        standings = standings_of(cluster.alliances.all(), day)
    return [(each.enquiry.alliance.key, each.worry.reasons) for each in standings]


def test_year_of_a_cluster_is_told_by_its_dashboard(cluster):

    assert seen(cluster, date(2025, 9, 8)) == [
        (
            "georgespencer",
            ["nothing logged by a person yet", "baseline missing", "one school left"],
        ),
        ("jurassic", ["nothing logged by a person yet", "baseline missing"]),
        ("georgeabbot", ["nothing logged by a person yet", "one school left"]),
        ("camden", ["nothing logged by a person yet"]),
    ]

    with on(date(2025, 10, 6)):
        everybody_leads()
        meet(cluster, date(2025, 10, 6), following=date(2026, 1, 26))

    assert seen(cluster, date(2025, 10, 7)) == [
        ("georgespencer", ["baseline missing", "one school left"]),
        ("jurassic", ["baseline missing"]),
        ("georgeabbot", ["one school left"]),
        ("camden", []),
    ]

    with on(date(2025, 11, 3)):
        call("jurassic", date(2025, 11, 3), "at-risk")
        lead("georgeabbot")
        try_something("camden", date(2025, 11, 3))
        ask = log(HelpRequest, enquiry=enquiry_of("georgespencer"), by=person("milo"), text="Cover")

    assert seen(cluster, date(2025, 11, 24)) == [
        ("georgespencer", ["asks for help", "baseline missing", "one school left"]),
        ("jurassic", ["no entry for 49 days", "baseline missing", "at risk at the last call"]),
        ("georgeabbot", ["one school left"]),
        ("camden", []),
    ]

    with on(date(2025, 12, 1)):
        answer_help(request=ask, answer="Ask the head first.", by=person("faith"))
        school = enquiry_of("camden").participations.exclude(part="lead").first()
        leave_enquiry(
            participation=school,
            on=date(2025, 11, 30),
            reason="A new head",
            replaced_by="",
            by=person("lena"),
        )

    assert seen(cluster, date(2025, 12, 2)) == [
        ("jurassic", ["no entry for 57 days", "baseline missing", "at risk at the last call"]),
        ("georgespencer", ["baseline missing", "one school left"]),
        ("camden", ["one school left"]),
        ("georgeabbot", ["one school left"]),
    ]

    with on(date(2026, 1, 26)):
        for key in ("georgeabbot", "camden", "georgespencer"):
            lead(key)
        meet(cluster, date(2026, 1, 26), following=date(2026, 4, 27))
        call("jurassic", date(2026, 1, 26), "off-track")

    assert seen(cluster, date(2026, 1, 27)) == [
        ("jurassic", ["off track at the last call", "no entry for 113 days", "baseline missing"]),
        ("georgespencer", ["baseline missing", "one school left"]),
        ("camden", ["one school left"]),
        ("georgeabbot", ["one school left"]),
    ]

    with on(date(2026, 2, 9)):
        jonas = person("jonas").assignments.get()
        people.end_assignment(assignment=jonas, by=person("jonas"), on=date(2026, 2, 8))

    assert seen(cluster, date(2026, 2, 10)) == [
        (
            "jurassic",
            [
                "off track at the last call",
                "no project lead",
                "no entry for 127 days",
                "baseline missing",
            ],
        ),
        ("georgespencer", ["baseline missing", "one school left"]),
        ("camden", ["one school left"]),
        ("georgeabbot", ["one school left"]),
    ]

    with on(date(2026, 2, 23)):
        alliance = enquiry_of("jurassic").alliance
        people.assign(
            user=person("kim"),
            role=Role.PROJECT_LEAD,
            scope=alliance,
            by=None,
            starts_on=date(2026, 2, 23),
        )
        lead("jurassic", by="kim")
        call("jurassic", date(2026, 2, 23), "on-track")
        people.record_designation(
            alliance=enquiry_of("georgespencer").alliance,
            status=Designation.Status.LOST,
            since=date(2026, 2, 20),
            reason="Inspection",
            by=None,
        )
        risk = {
            "risk": "lost-designation",
            "likelihood": "high",
            "effect": "high",
            "response": "Merge",
        }
        place = {"enquiry": enquiry_of("georgespencer")}
        save_sheet(Risk, place=place, seen={}, wanted=risk, by=person("milo"))
        set_deadline(
            cycle=enquiry_of("camden").cycles.last(),
            deadline=date(2026, 3, 31),
            by=person("faith"),
        )

    assert seen(cluster, date(2026, 2, 24)) == [
        (
            "georgespencer",
            ["baseline missing", "designation lost", "one school left", "one high risk"],
        ),
        ("jurassic", ["baseline missing"]),
        ("camden", ["one school left"]),
        ("georgeabbot", ["one school left"]),
    ]

    with on(date(2026, 4, 27)):
        lead("georgeabbot")
        lead("jurassic", by="kim")
        lead("georgespencer")

    assert seen(cluster, date(2026, 5, 11)) == [
        (
            "georgespencer",
            ["baseline missing", "designation lost", "one school left", "one high risk"],
        ),
        (
            "camden",
            ["no entry for 105 days", "41 days past the deadline of its gate", "one school left"],
        ),
        ("jurassic", ["baseline missing"]),
        ("georgeabbot", ["one school left"]),
    ]
