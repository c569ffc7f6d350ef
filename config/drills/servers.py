"""Drills in which a server stops and comes back."""

import random
import signal
import time
from concurrent.futures import ThreadPoolExecutor

import redis

from config.drills import clients
from config.drills.population import Person
from config.drills.site import Site, kill_all
from config.drills.tally import Tally, settle

AWAY = 3.0
WRITERS = 20


def stop_redis(
    site: Site, people: list[Person], tally: Tally, luck: random.Random, quick: bool
) -> None:
    """Reports are asked for while the broker stops, hangs, and comes back with or without all."""
    site.start_web()
    site.start_worker()
    ways = [_restart_kept, _restart_empty, _freeze] * (1 if quick else 3)
    with ThreadPoolExecutor(1) as asking:
        asked = asking.submit(clients.ask_for_all, people, luck)
        for way in ways:
            time.sleep(luck.uniform(0, AWAY))
            way(site, luck.uniform(1, AWAY))
        reports = asked.result()
    settle(hurry=quick)
    site.stop()
    tally.done = (
        f"Redis restarted with what it held, started empty and frozen, {len(ways) // 3} times "
        f"each, while {len(reports)} reports are asked for"
    )
    tally.count_reports(reports)


def _restart_kept(site: Site, seconds: float) -> None:
    """Away and back with what it held, as one that writes it down."""
    with redis.Redis.from_url(site.broker.url) as client:
        held = {key: client.dump(key) for key in client.scan_iter()}
    _restart_empty(site, seconds)
    with redis.Redis.from_url(site.broker.url) as client:
        for key, value in held.items():
            if value is not None:
                client.restore(key, 0, value, replace=True)


def _restart_empty(site: Site, seconds: float) -> None:
    kill_all(site.broker.process)
    time.sleep(seconds)
    site.broker.start()


def _freeze(site: Site, seconds: float) -> None:
    """It takes connections and answers none."""
    site.broker.process.tell(signal.SIGSTOP)
    time.sleep(seconds)
    site.broker.process.tell(signal.SIGCONT)


def stop_postgres(
    site: Site, people: list[Person], tally: Tally, luck: random.Random, quick: bool
) -> None:
    """People save forms while the database is stopped in each of its ways and started again."""
    from django.db import connection

    connection.close()
    site.start_web()
    writers = clients.Writers(people[:WRITERS])
    ways = [_stop_fast, _stop_at_once, _kill] * (1 if quick else 4)
    away = AWAY / 3 if quick else AWAY
    with writers.at_work():
        for way in ways:
            time.sleep(luck.uniform(1, 1 + away))
            way(site)
            time.sleep(luck.uniform(0, away))
            site.database.start()
        time.sleep(away)
    site.stop()
    tally.done = (
        f"PostgreSQL stopped fast, at once and by kill −9, {len(ways) // 3} times each, while "
        f"{len(people[:WRITERS])} clients save forms"
    )
    tally.count_forms(writers.accepted)


def _stop_fast(site: Site) -> None:
    site.database.process.stop(signal.SIGINT)


def _stop_at_once(site: Site) -> None:
    site.database.process.stop(signal.SIGQUIT)


def _kill(site: Site) -> None:
    kill_all(site.database.process)
