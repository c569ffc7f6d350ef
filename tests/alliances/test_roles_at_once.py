"""Two people who give somebody the same role at the same moment give it once."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction
from django.utils import timezone

from alliances import actions
from alliances.models import Assignment, User
from alliances.roles import Role

BOTH = 2


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


def wait_until_both_wait():
    query = (
        "SELECT count(*) FROM pg_stat_activity "
        "WHERE datname = current_database() AND wait_event_type = 'Lock'"
    )
    for _ in range(200):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_stat_clear_snapshot()")
            cursor.execute(query)
            if cursor.fetchone()[0] == BOTH:
                return
        time.sleep(0.05)
    raise AssertionError("the two did not meet")
