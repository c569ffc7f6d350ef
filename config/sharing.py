"""One set of servers for a checkout, whichever commands of ./run are using it.

Whoever starts the servers holds a lock on the file that describes them. The description is
therefore true exactly as long as that process lives, however it ends.
"""

import contextlib
import fcntl
import json
import os
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from itertools import count
from pathlib import Path
from typing import IO

from config.processes import StackError, say
from config.stack import servers

BASE = Path(__file__).resolve().parent.parent
LOCAL = BASE / ".local"
DESCRIPTION = LOCAL / "stack.json"
GUESTS = LOCAL / "stack.guests"


@dataclass(frozen=True)
class Description:
    """Who started the servers, what the settings need to reach them, and what is served."""

    process: int
    command: str
    urls: dict[str, str]
    address: str = ""

    def __str__(self) -> str:
        if self.address:
            return f"already running at {self.address} (process {self.process})."
        return (
            f"`./run {self.command}` (process {self.process}) is using the database of this "
            "checkout; try again when it has ended."
        )


class Host:
    """The process that holds the lock; it keeps the description."""

    def __init__(self, file: IO[str], description: Description) -> None:
        self._file = file
        self.description = description
        self._write(json.dumps(asdict(description)))

    def serves(self, address: str) -> None:
        """Add the address under which the demonstration answers."""
        self.description = replace(self.description, address=address)
        self._write(json.dumps(asdict(self.description)))

    def withdraw(self) -> None:
        """Invite nobody any more."""
        self._write("")

    def _write(self, content: str) -> None:
        self._file.seek(0)
        self._file.truncate()
        self._file.write(content)
        self._file.flush()


@contextlib.contextmanager
def own_servers(command: str) -> Iterator[Host]:
    """Servers of our own; an error that says who has them if somebody else does."""
    with locked(DESCRIPTION) as file:
        if file is None:
            raise StackError(str(description_of_host()))
        with hosting(file, command) as host:
            yield host


@contextlib.contextmanager
def shared_servers(command: str) -> Iterator[dict[str, str]]:
    """The URLs of the servers that run for this checkout; of our own if there are none."""
    while True:
        with locked(DESCRIPTION) as file:
            if file is not None:
                with hosting(file, command) as host:
                    yield host.description.urls
                    host.withdraw()
                    see_guests_out()
                return
        with locked(GUESTS, fcntl.LOCK_SH):
            if description := read_description():
                yield description.urls
                return
        time.sleep(0.1)


@contextlib.contextmanager
def servers_for_tests() -> Iterator[tuple[Path, dict[str, str]]]:
    """A directory and the URLs of servers for one run of the tests; several may run at once."""
    for number in count(1):
        directory = LOCAL / f"test-{number}"
        with locked(LOCAL / f"test-{number}.lock") as file:
            if file is None:
                continue
            with servers(directory, durable=False) as urls:
                yield directory, urls
            return


@contextlib.contextmanager
def hosting(file: IO[str], command: str) -> Iterator[Host]:
    """Servers for the checkout, described in the file for as long as they run."""
    with servers(LOCAL / "servers", durable=True) as urls:
        host = Host(file, Description(os.getpid(), command, urls))
        try:
            yield host
        finally:
            host.withdraw()


def see_guests_out() -> None:
    """Return when no other command uses our servers any more."""
    with locked(GUESTS) as alone:
        if alone:
            return
    say("Waiting for another `./run manage` that uses the same servers ...")
    with GUESTS.open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)


@contextlib.contextmanager
def locked(path: Path, kind: int = fcntl.LOCK_EX) -> Iterator[IO[str] | None]:
    """The file, locked until the block or the process ends; None if somebody else has it."""
    LOCAL.mkdir(exist_ok=True)
    with open(path, "a+", opener=private) as file:
        try:
            fcntl.flock(file, kind | fcntl.LOCK_NB)
        except BlockingIOError:
            yield None
        else:
            yield file


def private(path: str, flags: int) -> int:
    """Open a file that only its owner may read."""
    return os.open(path, flags, 0o600)


def read_description() -> Description | None:
    """What the host has written; None while it is starting or ending."""
    content = DESCRIPTION.read_text()
    return Description(**json.loads(content)) if content else None


def description_of_host(seconds: float = 60) -> Description:
    """What the host has written, once it has."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if description := read_description():
            return description
        time.sleep(0.1)
    raise StackError("another ./run of this checkout is starting or ending; try again.")
