"""A small drill of each kind, with real processes: nothing is lost, doubled or half-written."""

import os
import subprocess
import sys

import pytest

from config.drills import NAMES
from config.drills.tally import COLUMNS, Tally
from config.sharing import BASE

SECONDS = 1200


@pytest.mark.machine
def test_nothing_is_lost_when_things_break():
    inherited = {n: v for n, v in os.environ.items() if n not in ("DATABASE_URL", "REDIS_URL")}

    done = subprocess.run(
        ["./run", "drill", "--quick", "--seed", "7"],
        cwd=BASE,
        env={**inherited, "RUN_VENV": sys.prefix, "SITE_URL": "http://localhost"},
        capture_output=True,
        text=True,
        timeout=SECONDS,
    )

    assert done.returncode == 0, done.stdout + done.stderr
    table = [line.split("|")[1].strip() for line in done.stdout.splitlines() if line[:1] == "|"]
    assert table == [COLUMNS[0], "---", *NAMES]


@pytest.mark.parametrize("fault", ["lost", "doubled", "torn"])
def test_one_fault_is_enough_to_fail(fault):
    assert Tally("web", accepted=1).is_good
    assert not Tally("web", accepted=1, **{fault: 1}).is_good


def test_drill_in_which_nothing_was_accepted_proves_nothing():
    assert not Tally("web").is_good
