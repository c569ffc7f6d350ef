"""`./run drill`: break the running platform on purpose, and count what is lost, doubled or torn.

Every drill starts the platform as `./run` does, on a scratch database, lets people work on it over
HTTP while something fails, lets it settle, and then asks the database.
"""

import argparse
import random
import secrets
import sys

from config.drills.site import empty_site
from config.drills.tally import Tally, table
from config.processes import say

NAMES = ("worker", "redis", "postgres", "disk", "web", "clock")


def drill(arguments: list[str]) -> int:
    """Run the drills that are named, or all; 1 if anything was lost, doubled or half-written."""
    wanted = _parsed(arguments)
    seed = wanted.seed if wanted.seed is not None else secrets.randbelow(1_000_000)
    say(f"Seed {seed}; `--seed {seed}` makes the same choices again.")
    with empty_site() as site:
        done = [_run(name, site, seed, wanted.quick) for name in wanted.names or NAMES]
    say(table(done))
    return int(not all(tally.is_good for tally in done))


def _parsed(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./run drill", description=sys.modules[__name__].__doc__)
    parser.add_argument("names", nargs="*", metavar="name", help=f"of: {', '.join(NAMES)}")
    parser.add_argument("--seed", type=int, help="a number that was printed before")
    parser.add_argument("--quick", action="store_true", help="a small one of each")
    parsed = parser.parse_args(arguments)
    if unknown := sorted(set(parsed.names) - set(NAMES)):
        parser.error(f"there is no drill {unknown[0]!r}, only: {', '.join(NAMES)}.")
    return parsed


def _run(name: str, site, seed: int, quick: bool) -> Tally:
    """One drill, on people and alliances of its own; each draws its luck from the seed alone."""
    from config.drills import breaking, population

    say(f"{name} ...")
    people = population.populate(site.port, size=2 if quick else 20)
    tally = Tally(name)
    luck = random.Random(f"{seed} {name}")  # noqa: S311 - to be drawn again, not to be secret
    breaking.DRILLS[name](site, people, tally, luck, quick)
    tally.close()
    say(f"{'good' if tally.is_good else 'NOT GOOD'}: {' | '.join(tally.row())}")
    return tally
