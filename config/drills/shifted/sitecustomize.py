"""Python imports this first where it stands on the path: the process follows a clock that jumps.

The file that DRILL_CLOCK names holds the seconds by which the clock is out. The database keeps the
right time, as one on a machine of its own does.
"""

import contextlib
import os
import threading
import time
from pathlib import Path

import time_machine

CLOCK = Path(os.environ["DRILL_CLOCK"])
CLOCK_NOW = time_machine.travel(time.time(), tick=True).start()


def _follow() -> None:
    out = 0.0
    while True:
        with contextlib.suppress(OSError, ValueError):
            wanted = float(CLOCK.read_text())
            if wanted != out:
                CLOCK_NOW.shift(wanted - out)
                out = wanted
        time.sleep(0.1)


def _start() -> None:
    threading.Thread(target=_follow, daemon=True).start()


_start()
