"""Somebody who gives support, beside the cast."""

from datetime import timedelta

from django.utils import timezone

from alliances.actions import assign
from alliances.models import Assignment, Programme
from alliances.roles import Role
from tests.world import World

DAYS = 31


def lend(world: World, name: str, scope: Programme | None = None) -> Assignment:
    """Let one of the cast give support, for a month; in the programme of the cast or another."""
    today = timezone.localdate()
    return assign(
        user=world.person(name),
        role=Role.SUPPORT,
        scope=scope or world.programme,
        by=None,
        starts_on=today,
        ends_on=today + timedelta(days=DAYS),
    )
