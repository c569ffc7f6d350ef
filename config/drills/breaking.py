"""The drills: what is broken, while people do what."""

import random
import time

import psutil

from config.drills import clients, clock, disk, servers
from config.drills.population import Person
from config.drills.site import Site
from config.drills.tally import Tally, settle, under_way, wait_for_work

# Seconds that a worker lives, at most, once it is at work.
LONGEST_LIFE = 1.5
BETWEEN_KILLS = 2.0
WRITERS = 20


def kill_workers(
    site: Site, people: list[Person], tally: Tally, luck: random.Random, quick: bool
) -> None:
    """Reports wait in the queue while their worker, or one of its processes, is killed."""
    kills = 5 if quick else 50
    site.start_web()
    asked = clients.ask_for_all(people, luck)
    whole = at_work = 0
    site.start_worker()
    for _ in range(kills):
        wait_for_work()
        time.sleep(luck.uniform(0, LONGEST_LIFE))
        at_work += len(under_way())
        pool = site.processes_of("worker")
        if pool and luck.random() < 1 / 2:
            _kill(luck.choice(pool))
        else:
            site.kill("worker")
            site.start_worker()
            whole += 1
    settle(hurry=quick)
    site.stop()
    tally.done = (
        f"kill −9 at {kills} random moments with {len(asked)} reports in the queue: {whole} of the "
        f"worker, {kills - whole} of one of its processes; {at_work} reports were being made"
    )
    tally.count_reports(asked)


def _kill(process: psutil.Process) -> None:
    try:
        process.kill()
    except psutil.NoSuchProcess:
        return


def kill_web(
    site: Site, people: list[Person], tally: Tally, luck: random.Random, quick: bool
) -> None:
    """People save forms while the web server's two processes are killed by turns."""
    seconds = 8 if quick else 120
    writers = clients.Writers(people[:WRITERS])
    kills = 0
    site.start_web()
    with writers.at_work():
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            time.sleep(luck.uniform(0, BETWEEN_KILLS))
            if serving := site.processes_of("web"):
                _kill(serving[kills % len(serving)])
                kills += 1
    site.stop()
    tally.done = (
        f"kill −9 of the web processes by turns, {kills} times in {seconds} s, while "
        f"{len(people[:WRITERS])} clients write"
    )
    tally.count_forms(writers.accepted)


DRILLS = {
    "worker": kill_workers,
    "redis": servers.stop_redis,
    "postgres": servers.stop_postgres,
    "disk": disk.fill,
    "web": kill_web,
    "clock": clock.jump,
}
