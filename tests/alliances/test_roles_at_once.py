"""Two people who give somebody the same role at the same moment give it once."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction
from django.utils import timezone

from alliances import actions
from alliances.models import Assignment, User
from alliances.roles import Role
from tests.at_once import wait_until_both_wait


@pytest.mark.django_db(transaction=True)
def test_role_given_twice_at_once_is_held_once(world):
    zoe = world.person("zoe")

    with ThreadPoolExecutor(2) as threads:
        with transaction.atomic():
            User.objects.select_for_update().get(pk=zoe.pk)
            given = [threads.submit(give, zoe, world.abbot) for _ in range(2)]
            wait_until_both_wait()
        outcomes = sorted(each.result(timeout=20) for each in given)

    assert outcomes == ["given", "held already"]
    assert Assignment.objects.filter(user=zoe).count() == 1


def give(person, alliance) -> str:
    """Give the role on a connection of this thread's own."""
    today = timezone.localdate()
    try:
        actions.assign(user=person, role=Role.HEI_PARTNER, scope=alliance, by=None, starts_on=today)
    except actions.AlreadyHeld:
        return "held already"
    finally:
        connection.close()
    return "given"
