"""Child processes that never outlive the command that started them."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Self

Command = Sequence[str | Path]

PATIENCE = 10.0
PR_SET_PDEATHSIG = 1
# Loaded in the parent: a child that has dropped root may not be able to read the library.
LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None


class StackError(Exception):
    """Something the platform stands on is missing or broken, said in one line or a few."""


class Child:
    """A process in the background, with its own log and the signal that ends it in good order.

    It leads a session of its own, so Ctrl-C reaches only the parent, which decides who goes
    first. Where the system offers it (Linux), the parent's death ends it too, by
    ``orphan_signal`` if it is given.
    """

    def __init__(
        self,
        name: str,
        command: Command,
        *,
        log: Path,
        stop_signal: signal.Signals = signal.SIGTERM,
        orphan_signal: signal.Signals | None = None,
        standard_input: str = "",
        **options: Any,
    ) -> None:
        self.name = name
        self._log = log
        self._stop_signal = stop_signal
        with tempfile.TemporaryFile("w+") as given, log.open("wb") as output:
            given.write(standard_input)
            given.seek(0)
            self._process = subprocess.Popen(
                command,
                stdin=given,
                stdout=output,
                stderr=output,
                **apart(orphan_signal or stop_signal),
                **options,
            )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *failure: object) -> None:
        self.stop()

    @property
    def has_ended(self) -> bool:
        """Whether the process is gone."""
        return self._process.poll() is not None

    @property
    def number(self) -> int:
        """What the system knows the process by."""
        return self._process.pid

    def tell(self, number: signal.Signals) -> None:
        """Send it a signal."""
        self._process.send_signal(number)

    def wait_until(self, ready: Callable[[], bool], *, seconds: float = 60) -> None:
        """Return once it is ready; an error if it ends first or takes too long."""
        deadline = time.monotonic() + seconds
        while not ready():
            if self.has_ended:
                raise StackError(self.obituary())
            if time.monotonic() > deadline:
                raise StackError(f"{self.name} did not answer within {seconds:.0f} seconds.")
            time.sleep(0.02)

    def obituary(self) -> str:
        """That it ended, and the last lines of its log."""
        lines = self._log.read_text(errors="replace").splitlines()[-20:]
        return "\n".join([f"{self.name} ended unexpectedly. Its log {self._log} ends:", *lines])

    def stop(self, by: signal.Signals | None = None) -> None:
        """End it in good order, or by force if it takes too long; then whatever it left."""
        if not self.has_ended:
            self._process.send_signal(by or self._stop_signal)
        try:
            self._process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            pass
        finally:
            self._kill_group()
            self._process.wait()

    def _kill_group(self) -> None:
        # macOS says of a group that has ended that it may not be signalled.
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)


def apart(stop_signal: signal.Signals = signal.SIGKILL) -> dict[str, Any]:
    """Popen's options for a process that Ctrl-C does not reach but its parent's death does."""
    return {"start_new_session": True, **tied(stop_signal)}


def tied(stop_signal: signal.Signals) -> dict[str, Any]:
    """Popen's options for a process that is sent the signal when its parent dies (Linux)."""
    parent = os.getpid()

    def ask() -> None:
        if LIBC is None:
            return
        LIBC.prctl(PR_SET_PDEATHSIG, stop_signal)
        if os.getppid() != parent:
            os._exit(1)

    return {"preexec_fn": ask}


def run_in_foreground(
    command: Command, environment: Mapping[str, str], directory: Path | None = None
) -> int:
    """Run a command that has the terminal, and so answers Ctrl-C itself; its exit code."""
    process: subprocess.Popen[bytes] = subprocess.Popen(
        command, env=environment, cwd=directory, **tied(signal.SIGTERM)
    )
    while True:
        try:
            code = process.wait()
        except KeyboardInterrupt:
            continue
        except SystemExit:
            process.terminate()
            process.wait()
            raise
        return code if code >= 0 else 128 - code


def say(line: str) -> None:
    """Print at once, also into a pipe."""
    print(line, flush=True)  # noqa: T201 - the one place that talks to the terminal


def end_on_signals() -> None:
    """Let SIGTERM and a closed terminal unwind the stack as Ctrl-C does."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _exit)


def _exit(number: int, _frame: object) -> None:
    sys.exit(128 + number)
