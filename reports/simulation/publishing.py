"""Lets alliances of a country publish their case study, as one of the demonstration has."""

import tomllib
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings

from alliances.models import Assignment, Programme
from alliances.roles import Role
from enquiries.models import Enquiry
from reports.demonstration import fill_the_desk
from reports.simulation.country import Country

DESK = Path(settings.BASE_DIR) / "demo" / "desk.toml"


def publish(country: Country, programme: Programme, people: Sequence[dict]) -> None:
    """Whoever runs the project of a published case study publishes it in the same words."""
    told = tomllib.loads(DESK.read_text(encoding="utf-8"))["case_study"]
    plan = next(each for each in told if "chosen" in each)
    editor = next(p["email"] for p in people if p["role"] == Role.NATIONAL_TEAM)
    written = Enquiry.objects.get(alliance__programme=programme, alliance__key=plan["alliance"])
    same = [
        place.key
        for place in country.neighbourhoods
        if place.project.project.title == written.title and place.key != plan["alliance"]
    ]
    plans = [
        {
            **plan,
            "alliance": key,
            "title": f"{plan['title']}: {alliance}",
            "lead": _who(Role.PROJECT_LEAD, alliance=alliance),
            "facilitator": _who(Role.FACILITATOR, cluster=alliance.cluster),
        }
        for key in same
        for alliance in [programme.alliances.get(key=key)]
    ]
    fill_the_desk(programme, plans, editor)


def _who(role: Role, **over) -> str:
    held = Assignment.objects.current().filter(role=role, **over).select_related("user")
    return held[0].user.email
