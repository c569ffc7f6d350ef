"""The people of a drill: each leads an alliance and is signed in, as a browser would hold it."""

import itertools
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

NUMBERS = itertools.count(1)
LEADS = 2
SINCE = date(2026, 1, 5)


@dataclass(frozen=True)
class Person:
    """Somebody signed in; ``record`` is the key of a form of theirs that files are attached to."""

    port: int
    session: str
    enquiry: int
    record: UUID


def populate(port: int, *, size: int) -> list[Person]:
    """So many new alliances with two leads each; all of them."""
    from alliances import actions

    programme = actions.record_programme(
        title=f"Drill {next(NUMBERS)}", country="England", commissioner="Nobody",
        duration="1 year", ended="2026", alliances_funded=size, by=None,
    )  # fmt: skip
    return [person for _ in range(size) for person in _alliance(programme, port)]


def _alliance(programme, port: int) -> list[Person]:
    from alliances import actions
    from enquiries.actions import open_enquiry, save_sheet, start_cycle
    from enquiries.models import Challenge

    key = f"drill-{next(NUMBERS)}"
    alliance = actions.found_alliance(programme=programme, key=key, name=key.title(), by=None)
    leads = [_lead(alliance, f"{key}-{number}") for number in range(LEADS)]
    enquiry = open_enquiry(alliance=alliance, by=leads[0])
    start_cycle(enquiry=enquiry, by=leads[0], label="One", tried=f"Pairs, at {key}")
    place = {"enquiry": enquiry, "key": uuid4()}
    wanted = {"challenge": f"Cover at {key}"}
    kept = save_sheet(Challenge, place=place, seen={}, wanted=wanted, by=leads[0])
    return [Person(port, session_of(lead), enquiry.pk, kept.key) for lead in leads]


def _lead(alliance, name: str):
    from alliances import actions
    from alliances.roles import Role

    email = f"{name}@example.org"
    person = actions.register_person(email=email, name=name, password=None, by=None)
    actions.assign(user=person, role=Role.PROJECT_LEAD, scope=alliance, by=None, starts_on=SINCE)
    return person


def session_of(person) -> str:
    """The key of a session in which the person has signed in."""
    from django.test import Client

    client = Client()
    client.force_login(person)
    return client.cookies["sessionid"].value
