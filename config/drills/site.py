"""The platform in a scratch directory: each part of it can be killed and started by itself."""

import contextlib
import os
import shutil
import socket
from collections.abc import Iterator
from pathlib import Path

import psutil

from config import demo, stack
from config.processes import Child, StackError
from config.sharing import LOCAL, locked

DIRECTORY = LOCAL / "drill"
CLOCK = "DRILL_CLOCK"


class Site:
    """Database and broker that run, and a web server and a worker that start when they are told."""

    def __init__(
        self, directory: Path, database: stack.Server, broker: stack.Server, listener: socket.socket
    ) -> None:
        self.database, self.broker = database, broker
        self.port: int = listener.getsockname()[1]
        self.clock = directory / "clock"
        self.clock.write_text("0")
        self._directory, self._listener = directory, listener
        self.environment = {
            **demo.local_environment(
                {"DATABASE_URL": database.url, "REDIS_URL": broker.url}, self.port
            ),
            "EMAIL_FILE_PATH": str(directory / "mail"),
            "STATIC_ROOT": str(LOCAL / "static"),
        }
        self._running: dict[str, Child] = {}

    @property
    def data(self) -> Path:
        """Where the database keeps its files."""
        return stack.server_home(self._directory, stack.unprivileged_account()) / "postgres"

    def start_web(self, *, clock: bool = False) -> None:
        """Return once the site answers."""
        started = demo.web_server(self._environment(clock), self._directory, self._listener)
        self._running["web"] = started
        started.wait_until(lambda: demo.answers(f"http://localhost:{self.port}/"))

    def start_worker(self, *, clock: bool = False) -> None:
        """Return once the worker takes up tasks: one that is killed as it starts does not stay."""
        from config.watch import health

        environment = self._environment(clock)
        if "schedule" not in self._running:
            self._running["schedule"] = demo.schedule(environment, self._directory)
        health.broker().delete(health.SEEN_KEY)
        started = demo.worker(environment, self._directory)
        self._running["worker"] = started
        started.wait_until(lambda: health.is_worker_heard(health.seconds_since_worker()))

    def _environment(self, clock: bool) -> dict[str, str]:
        """With ``clock`` its processes follow the file that says how far their clock is out."""
        if not clock:
            return self.environment
        hook = str(Path(__file__).parent / "shifted")
        return {**self.environment, CLOCK: str(self.clock), "PYTHONPATH": hook}

    def processes_of(self, name: str) -> list[psutil.Process]:
        """The processes that web server or worker has started."""
        with contextlib.suppress(psutil.NoSuchProcess):
            return psutil.Process(self._running[name].number).children()
        return []

    def kill(self, name: str) -> None:
        """Kill web server or worker with all its processes, at once and by force."""
        kill_all(self._running.pop(name))

    def stop(self) -> None:
        """End web server and worker in good order."""
        while self._running:
            self._running.popitem()[1].stop()


def kill_all(child: Child) -> None:
    """SIGKILL to the process and to all below it."""
    found = []
    with contextlib.suppress(psutil.NoSuchProcess):
        found = psutil.Process(child.number).children(recursive=True)
    for process in [psutil.Process(child.number), *found] if not child.has_ended else found:
        with contextlib.suppress(psutil.NoSuchProcess):
            process.kill()
    psutil.wait_procs(found, timeout=10)
    child.stop()


@contextlib.contextmanager
def empty_site() -> Iterator[Site]:
    """A site with tables and nobody in it; Django is set up on it in this process too."""
    with locked(LOCAL / "drill.lock") as file:
        if file is None:
            raise StackError("another `./run drill` of this checkout is running.")
        _remove(DIRECTORY)
        with (
            stack.postgres(DIRECTORY, durable=True) as database,
            stack.redis_server(DIRECTORY) as broker,
            demo.listening(stack.free_port()) as listener,
        ):
            site = Site(DIRECTORY, database, broker, listener)
            os.environ.update(site.environment)
            _prepare(site)
            try:
                yield site
            finally:
                site.stop()


def _remove(directory: Path) -> None:
    """What an earlier drill left behind."""
    home = stack.server_home(directory, stack.unprivileged_account())
    for path in {home / "postgres", directory}:
        shutil.rmtree(path, ignore_errors=True)


def _prepare(site: Site) -> None:
    import django
    from django.core.management import call_command

    from config.drills.tally import watch_reports

    demo.collect_static(site.environment)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    call_command("migrate", verbosity=0)
    watch_reports()
