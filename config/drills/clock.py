"""The clock of web server, worker and schedule jumps; that of the database does not."""

import random
import time

from config.drills import clients
from config.drills.population import Person
from config.drills.site import Site
from config.drills.tally import Tally, settle

HOUR = 3600.0
STAYS = 8.0


def jump(site: Site, people: list[Person], tally: Tally, luck: random.Random, quick: bool) -> None:
    """Reports are asked for and their worker is killed while the clock is hours out."""
    site.start_web(clock=True)
    site.start_worker(clock=True)
    hours = [luck.choice([-1, 1]) * luck.randint(1, 26) for _ in range(2 if quick else 5)]
    share = len(people) // len(hours)
    asked = []
    for number, out in enumerate([*hours[:-1], 0]):
        site.clock.write_text(str(out * HOUR))
        asked += clients.ask_for_all(people[number * share : (number + 1) * share], luck)
        time.sleep(luck.uniform(0, STAYS / (4 if quick else 1)))
        for process in site.processes_of("worker"):
            process.kill()
    settle(hurry=quick)
    site.stop()
    tally.done = (
        f"the clock out by {', '.join(f'{out:+d} h' for out in hours[:-1])} and right again, the "
        f"worker's processes killed each time, while {len(asked)} reports are asked for"
    )
    tally.count_reports(asked)
