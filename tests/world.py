"""The cast: a small real programme and its people, made by the same actions as the site's.

Leah leads George Abbot's alliance, in the South cluster that Faye looks after; Sam, Tom and Hana
work in its lead school, Uma is its university partner. Ravi leads Central Bedfordshire's, in the
Midlands cluster of Marcus: to the South he is an outsider. Nadia works for the agency, Owen in the
national team. Pat led before Leah, Sid's account is suspended, Zoe has no role.
"""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from uuid import uuid4

import time_machine
from django.apps import apps
from django.db import connection
from django.utils import timezone

from alliances import actions
from alliances.models import Alliance, Cluster, Programme, School, User
from alliances.roles import Role
from enquiries.actions import save_sheet
from enquiries.models import Cycle, Enquiry, HelpRequest, LoggedRecord, Trial
from impact.actions import import_enquiries, import_programme
from impact.exchange.faults import read
from impact.exchange.schema import EnquiryDoc, ProgrammeDoc

DEMO = Path(__file__).parent.parent / "demo"
PASSWORD = "correct horse battery"
SINCE = date(2026, 1, 5)
PEOPLE = {
    "leah": "Leah Marsh",
    "sam": "Sam Field",
    "tom": "Tom Abara",
    "hana": "Hana Lind",
    "uma": "Uma Rao",
    "faye": "Faye Osborne",
    "ravi": "Ravi Nair",
    "marcus": "Marcus Hale",
    "nadia": "Nadia Cole",
    "owen": "Owen Pryce",
    "pat": "Pat Quinn",
    "sid": "Sid Moss",
    "zoe": "Zoe Hart",
}


@dataclass(frozen=True)
class World:
    """What the tests speak of by name. ``person`` gives anybody of the cast."""

    programme: Programme
    south: Cluster
    midlands: Cluster
    abbot: Alliance
    bedfordshire: Alliance
    abbot_school: School
    enquiry: Enquiry
    other_enquiry: Enquiry
    cycle: Cycle
    help_request: HelpRequest

    def person(self, name: str) -> User:
        return User.objects.get(email=f"{name}@example.org")


def programme_doc(*keys: str) -> ProgrammeDoc:
    """The real programme with only the alliances named."""
    doc = read((DEMO / "programme.json").read_bytes(), ProgrammeDoc)
    return doc.model_copy(update={"alliances": [a for a in doc.alliances if a.key in keys]})


def enquiry_docs(*names: str) -> dict[str, EnquiryDoc]:
    """Real enquiries by the name of their file."""
    return {
        name: read((DEMO / "enquiries" / f"{name}.json").read_bytes(), EnquiryDoc) for name in names
    }


OF_THE_WORLD = {"account", "alliances", "enquiries", "impact", "reports"}
_ROWS: dict[str, str] = {}  # by table, as PostgreSQL copies them


def set_up() -> None:
    """The world in an empty database: built once in each process, then copied back row by row.

    Under a frozen clock it is built anew, since its rows bear the time of their making.
    """
    with _without_triggers():
        if time_machine.escape_hatch.is_travelling():
            build()
        elif _ROWS:
            _copy_back()
        else:
            build()
            _keep_rows()


@contextmanager
def _without_triggers() -> Iterator[None]:
    """A test meets the history that it makes itself, and does not wait for that of the world."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        yield
        cursor.execute("SET session_replication_role = origin")


def _keep_rows() -> None:
    tables = {m._meta.db_table for m in apps.get_models() if m._meta.app_label in OF_THE_WORLD}
    with connection.cursor() as cursor:
        for table in sorted(tables):
            rows = io.StringIO()
            cursor.copy_expert(f"COPY {table} TO STDOUT", rows)
            if rows.getvalue():
                _ROWS[table] = rows.getvalue()


def _copy_back() -> None:
    with connection.cursor() as cursor:
        for table, rows in _ROWS.items():
            cursor.copy_expert(f"COPY {table} FROM STDIN", io.StringIO(rows))


def build() -> None:
    """Make the world, by the site's own actions."""
    doc = programme_doc("georgeabbot", "jurassic", "centralbeds", "affinity")
    import_programme(doc, by=None)
    programme = Programme.objects.get()
    docs = enquiry_docs("george-abbot", "central-bedfordshire")
    import_enquiries(docs, programme=programme, by=None)
    _clusters(programme)
    people = {key: _register(key, name) for key, name in PEOPLE.items()}
    _roles(programme, people)
    _entries(programme.alliances.get(key="georgeabbot"), people)


def _clusters(programme: Programme) -> None:
    for name, keys in (
        ("South", ("georgeabbot", "jurassic")),
        ("Midlands", ("centralbeds", "affinity")),
    ):
        members = programme.alliances.filter(key__in=keys)
        actions.record_cluster(programme=programme, name=name, alliances=members, by=None)


def _register(key: str, name: str) -> User:
    return actions.register_person(
        email=f"{key}@example.org", name=name, password=PASSWORD, by=None
    )


def _roles(programme: Programme, people: dict[str, User]) -> None:
    abbot = programme.alliances.get(key="georgeabbot")
    school = School.objects.get(name="George Abbot School")
    held = {
        "leah": (Role.PROJECT_LEAD, abbot),
        "pat": (Role.PROJECT_LEAD, abbot),
        "sid": (Role.PROJECT_LEAD, abbot),
        "sam": (Role.SCHOOL_LEAD, school),
        "tom": (Role.TEACHER, school),
        "hana": (Role.HEADTEACHER, school),
        "uma": (Role.HEI_PARTNER, abbot),
        "faye": (Role.FACILITATOR, abbot.cluster or programme.clusters.get(name="South")),
        "ravi": (Role.PROJECT_LEAD, programme.alliances.get(key="centralbeds")),
        "marcus": (Role.FACILITATOR, programme.clusters.get(name="Midlands")),
        "nadia": (Role.NCTL, programme),
        "owen": (Role.NATIONAL_TEAM, programme),
    }
    given = {
        key: actions.assign(user=people[key], role=role, scope=scope, by=None, starts_on=SINCE)
        for key, (role, scope) in held.items()
    }
    yesterday = timezone.localdate() - timedelta(days=1)
    actions.end_assignment(assignment=given["pat"], by=None, on=yesterday)
    actions.suspend(user=people["sid"], by=None)


def log(
    kind: type[LoggedRecord], /, *, by: User, enquiry: Enquiry | None = None, cycle=None, **answers
):
    """The next entry of a log of an enquiry, or of a cycle."""
    place = {"enquiry": cycle.enquiry, "cycle": cycle} if cycle else {"enquiry": enquiry}
    return save_sheet(kind, place={**place, "key": uuid4()}, seen={}, wanted=answers, by=by)


def _entries(abbot: Alliance, people: dict[str, User]) -> None:
    enquiry = abbot.enquiries.get()
    cycle = enquiry.cycles.last()
    log(
        Trial,
        cycle=cycle,
        by=people["tom"],
        held_on=date(2026, 2, 3),
        strategy="Paired planning",
        with_whom="Year 8, two mixed groups",
        done="Planned one lesson together and taught it twice.",
        experienced="Pupils asked more questions the second time.",
        reflection="Planning together changed what we listened for.",
        recommendation="Keep the pairs and change the room.",
    )
    asked = {"text": "How do we measure confidence?"}
    log(HelpRequest, enquiry=enquiry, by=people["leah"], **asked)


def fetch() -> World:
    """The world that stands in the database."""
    programme = Programme.objects.get()
    abbot = programme.alliances.get(key="georgeabbot")
    bedfordshire = programme.alliances.get(key="centralbeds")
    enquiry = abbot.enquiries.get()
    return World(
        programme=programme,
        south=programme.clusters.get(name="South"),
        midlands=programme.clusters.get(name="Midlands"),
        abbot=abbot,
        bedfordshire=bedfordshire,
        abbot_school=School.objects.get(name="George Abbot School"),
        enquiry=enquiry,
        other_enquiry=bedfordshire.enquiries.get(),
        cycle=enquiry.cycles.last(),
        help_request=enquiry.help_requests.get(),
    )
