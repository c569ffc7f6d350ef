"""The disk of the database is full. Files and reports are kept there, and nowhere else."""

import contextlib
import os
import random
import resource
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import psutil

from config import stack
from config.drills import clients
from config.drills.population import Person
from config.drills.site import Site
from config.drills.tally import Tally

MEGABYTE = 1024 * 1024
FILE = 2 * MEGABYTE
# Room for all files twice, since the log of the database holds each too.
BALLAST = 512 * MEGABYTE
# Where nothing may be mounted: no file of the database may grow beyond this.
LARGEST = 24 * MEGABYTE


def fill(site: Site, people: list[Person], tally: Tally, luck: random.Random, quick: bool) -> None:
    """People attach files until there is no room, and save forms; then there is room again."""
    from django.db import connection

    site.start_web()
    attachers = clients.Attachers(people, luck, FILE)
    connection.close()
    with small_disk(site, quick) as disk:
        attachers.attach(12 if quick else 60)
        refused = len(attachers.refused)
        disk.make_room()
        attachers.attach_refused()
        connection.close()
    site.stop()
    tally.done = f"{disk}: {refused} files refused, and sent again once there was room"
    tally.count_files(attachers.accepted)
    tally.lost += len(attachers.refused) + (refused == 0)


class Disk:
    """A full one, and how it gets room."""

    def __init__(self, name: str, site: Site) -> None:
        self._name, self._site = name, site

    def __str__(self) -> str:
        return self._name

    def make_room(self) -> None:
        raise NotImplementedError


class Mounted(Disk):
    def make_room(self) -> None:
        """Take away what filled it; a server that gave up is started again, as its keeper would."""
        ballast(self._site.data).unlink()
        if self._site.database.process.has_ended:
            self._site.database.start()
        self._site.database.wait()


class Limited(Disk):
    def make_room(self) -> None:
        limit_files(self._site, resource.RLIM_INFINITY)


def ballast(data: Path) -> Path:
    """A file that only takes room."""
    return data / "ballast"


@contextlib.contextmanager
def small_disk(site: Site, quick: bool) -> Iterator[Disk]:
    """The database on a disk of its own that is nearly full; else with a limit to its files."""
    room = (8 if quick else 48) * MEGABYTE
    if not can_mount(site.data.parent):
        limit_files(site, LARGEST)
        yield Limited(f"no file of the database may grow beyond {LARGEST // MEGABYTE} MB", site)
        return
    with mounted(site, room):
        yield Mounted(f"the database on a disk with {room // MEGABYTE} MB left", site)


def can_mount(directory: Path) -> bool:
    """Whether this account may mount a file system here."""
    probe = directory / "probe"
    probe.mkdir(exist_ok=True)
    try:
        return _mount(probe, MEGABYTE) and _unmount(probe)
    finally:
        probe.rmdir()


@contextlib.contextmanager
def mounted(site: Site, room: int) -> Iterator[None]:
    """The data on a disk with so much room beside a ballast, and back again."""
    data, aside = site.data, site.data.with_name("postgres.aside")
    site.database.process.stop()
    data.rename(aside)
    data.mkdir()
    used = sum(path.stat().st_size for path in aside.rglob("*") if path.is_file())
    try:
        _mount(data, used + BALLAST + room)
        _move(aside, data)
        with ballast(data).open("wb") as file:
            os.posix_fallocate(file.fileno(), 0, BALLAST)
        site.database.start()
        yield
        site.database.process.stop()
        shutil.rmtree(aside)
        _move(data, aside)
    finally:
        site.database.process.stop()
        _unmount(data)
        data.rmdir()
        aside.rename(data)
    site.database.start()


def _mount(directory: Path, size: int) -> bool:
    command = ["/bin/mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", directory]
    return subprocess.run(command, capture_output=True).returncode == 0


def _unmount(directory: Path) -> bool:
    return subprocess.run(["/bin/umount", directory], capture_output=True).returncode == 0


def _move(source: Path, target: Path) -> None:
    """A copy that belongs to the same people."""
    command = ["/bin/cp", "--archive", "--no-target-directory", source, target]
    subprocess.run(command, check=True)
    stack.give(target, stack.unprivileged_account())


def limit_files(site: Site, largest: int) -> None:
    """No file that the server's future processes write may grow beyond this; -1 for no limit."""
    server = psutil.Process(site.database.process.number)
    for process in [server, *server.children()]:
        _, hard = process.rlimit(psutil.RLIMIT_FSIZE)
        process.rlimit(psutil.RLIMIT_FSIZE, (largest, hard))
