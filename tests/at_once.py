"""Two people at the same moment, each in a thread and on a connection of their own."""

import time

from django.db import connection

BOTH = 2


def wait_until_both_wait():
    """Until two connections wait for a lock that this one holds."""
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
