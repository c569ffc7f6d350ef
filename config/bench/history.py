"""`./run bench history`: saves of a row with its history, and without."""

import statistics
import time

from config.processes import say

SAVES = 200
TIMES = 15


def history() -> None:
    """Print how long 200 saves of a row take with its history, and without."""
    from django.db import connection

    from alliances.history import doing
    from alliances.models import School

    school = School.objects.create(name="Bench")

    def save_all() -> float:
        start = time.perf_counter()
        with doing(by=lambda: 1, page=lambda: "command bench"):
            for number in range(SAVES):
                school.town = f"Town {number} {start}"
                school.save()
        return time.perf_counter() - start

    taken = {}
    for way in ("ENABLE", "DISABLE"):
        with connection.cursor() as cursor:
            cursor.execute(f"ALTER TABLE alliances_school {way} TRIGGER USER")
        taken[way] = statistics.median([save_all() for _ in range(TIMES)])
    kept, alone = taken["ENABLE"] * 1000, taken["DISABLE"] * 1000
    say(f"{SAVES} saves with history: {kept:.0f} ms, without: {alone:.0f} ms")
    say(f"each: {(kept - alone) / SAVES:.2f} ms more")
