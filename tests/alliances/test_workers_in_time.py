"""What takes too long is told so, also where something swallows every exception."""

import contextlib
import time

import pytest

from alliances.workers import OutOfTime, within_time


def swallow_all_for(seconds: float) -> None:
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        with contextlib.suppress(Exception):
            time.sleep(0.01)


def test_work_that_swallows_exceptions_runs_out_of_time():
    with pytest.raises(OutOfTime), within_time(0.05):
        swallow_all_for(60)


def test_work_within_its_time_is_left_alone_afterwards():
    with within_time(0.2):
        swallow_all_for(0.01)

    time.sleep(0.3)
