"""Who is writing just now: what they wrote may have earlier numbers than what can be seen."""

import time

from django.db import connection

OTHERS = """
    SELECT lock.transactionid::text
    FROM pg_locks lock JOIN pg_stat_activity USING (pid)
    WHERE lock.locktype = 'transactionid' AND lock.mode = 'ExclusiveLock' AND lock.granted
        AND datname = current_database() AND pid <> pg_backend_pid()
"""
LOOK_AGAIN_AFTER = 0.05


def wait_for_writers(seconds: float) -> bool:
    """Until all who had written as it began have ended; False if one has not after that long.

    Every change whose number is known by then can be seen afterwards, or was never made.
    """
    until, left = time.monotonic() + seconds, _writing()
    while left and time.monotonic() < until:
        time.sleep(LOOK_AGAIN_AFTER)
        left &= _writing()
    return not left


def _writing() -> set[str]:
    """The transactions of other connections that have written something, by their numbers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot()")
        cursor.execute(OTHERS)
        return {number for (number,) in cursor.fetchall()}
