"""`./run` and `./run manage`: the platform on this machine, set up as it is in production."""

import contextlib
import errno
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from config import machine
from config.processes import Child, StackError, apart, run_in_foreground, say
from config.sharing import BASE, LOCAL, own_servers, private, shared_servers

MANAGE = [sys.executable, str(BASE / "manage.py")]
CONSONANTS, VOWELS = "bdfgklmnprstvz", "aeiou"
WITHOUT_PROXY = urllib.request.build_opener(urllib.request.ProxyHandler({}))
PORTS_TO_TRY, LAST_PORT = 20, 65535
WORKER = "celery --app config worker --concurrency 2 --loglevel warning"
SCHEDULE = "celery --app config beat --loglevel warning"
# Threads, because browsers open connections ahead of need and an idle one would block a worker.
WEB = "gunicorn config.wsgi --preload --workers 2 --threads 4 --no-control-socket"


def manage(arguments: list[str]) -> int:
    """manage.py with the servers up."""
    with shared_servers(" ".join(["manage", *arguments[:1]])) as urls:
        environment = local_environment(urls, wanted_port())
        return run_in_foreground([*MANAGE, *arguments], environment)


def serve(arguments: list[str]) -> int:
    """The demonstration, until Ctrl-C."""
    if arguments:
        raise StackError("the demonstration takes no arguments; PORT chooses its port.")
    try:
        with own_servers("demo") as host, listening(wanted_port()) as listener:
            port = listener.getsockname()[1]
            environment = local_environment(host.description.urls, port)
            people = prepare(environment)
            with processes(environment, listener) as running:
                address = f"http://localhost:{port}/"
                running[0].wait_until(lambda: answers(address))
                host.serves(address)
                welcome(address, people, environment)
                watch(running)
    except KeyboardInterrupt:
        say("Stopped.")
    return 0


def local_environment(urls: Mapping[str, str], port: int) -> dict[str, str]:
    """What the settings need on this machine, unless the environment says otherwise."""
    return {
        "DEBUG": "false",
        "HTTPS": "false",
        # Those who look around sign in with the printed password and nothing else.
        "SECOND_FACTOR_ROLES": "",
        "SECRET_KEY": kept("secret-key", lambda: secrets.token_urlsafe(50)),
        "SITE_URL": f"http://localhost:{port}",
        "DEMO_PASSWORD": kept("demo-password", readable_password),
        "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
        "EMAIL_FILE_PATH": str(LOCAL / "mail"),
        "STATIC_ROOT": str(LOCAL / "static"),
        **os.environ,
        **urls,
    }


def kept(name: str, make: Callable[[], str]) -> str:
    """A secret of this checkout, made when it is first needed."""
    path = LOCAL / name
    with contextlib.suppress(FileExistsError), open(path, "x", opener=private) as file:
        file.write(make())
    return path.read_text()


def readable_password() -> str:
    """Easy to type, and long enough for the site's rules: bosira-kelumo-4821."""
    words = ["".join(map(secrets.choice, [CONSONANTS, VOWELS] * 3)) for _ in range(2)]
    return "-".join([*words, str(1000 + secrets.randbelow(9000))])


def prepare(environment: Mapping[str, str]) -> list[str]:
    """Bring tables, static files and the demonstration up to date; its people, one a line."""
    say("Bringing the database up to date ...")
    run_manage(environment, "migrate", "--verbosity", "0")
    collect_static(environment)
    say("Loading the demonstration programme ...")
    people = run_manage(environment, "load_demo").splitlines()
    run_manage(environment, "load_desk")
    return people


def run_manage(environment: Mapping[str, str], *arguments: str) -> str:
    """What manage.py prints; what it tells of its progress goes to the terminal at once."""
    command = [*MANAGE, *arguments]
    told = {"stdout": subprocess.PIPE, "text": True, **apart()}
    done: subprocess.CompletedProcess[str] = subprocess.run(
        command, env=environment, cwd=BASE, **told
    )
    if done.returncode:
        raise StackError(f"manage.py {arguments[0]} failed; see above.\n{done.stdout}".rstrip())
    return done.stdout


def collect_static(environment: Mapping[str, str]) -> None:
    """Collect static files, unless nothing has changed since that was last done."""
    stamp, state = LOCAL / "static.state", state_of_static_files()
    if stamp.exists() and stamp.read_text() == state:
        return
    stamp.unlink(missing_ok=True)
    run_manage(environment, "collectstatic", "--noinput", "--clear", "--verbosity", "0")
    stamp.write_text(state)


def state_of_static_files() -> str:
    """Changes whenever a file of ours or the set of installed packages does."""
    ours = sorted((BASE / "static").rglob("*"))
    rest = [BASE / "requirements" / "production.txt", BASE / "config" / "settings.py"]
    return "\n".join(f"{path} {path.stat().st_mtime_ns}" for path in [*ours, *rest])


def wanted_port() -> int:
    """The port that PORT names."""
    value = os.environ.get("PORT") or "8000"
    if not value.isdecimal() or not 1 <= int(value) <= LAST_PORT:
        raise StackError(f"PORT must be a number from 1 to {LAST_PORT}, not {value!r}.")
    return int(value)


def listening(wanted: int) -> socket.socket:
    """A socket that listens on the wanted port, or on the next one that nothing uses."""
    for port in range(wanted, min(wanted + PORTS_TO_TRY, LAST_PORT + 1)):
        try:
            listener = socket.create_server(("127.0.0.1", port))
        except OSError as problem:
            if problem.errno != errno.EADDRINUSE:
                raise StackError(f"cannot use port {port}: {problem.strerror}.") from problem
            continue
        if port != wanted:
            say(f"Port {wanted} is busy; using {port}.")
        return listener
    raise StackError(f"port {wanted} and those after it are busy; set PORT to a free one.")


@contextlib.contextmanager
def processes(environment: Mapping[str, str], listener: socket.socket) -> Iterator[list[Child]]:
    """The web server on the socket, the worker that makes reports, and the clock it follows."""
    with (
        worker(environment, LOCAL) as working,
        schedule(environment, LOCAL) as clock,
        web_server(environment, LOCAL, listener) as web,
    ):
        yield [web, working, clock]


def worker(environment: Mapping[str, str], directory: Path) -> Child:
    """The worker; its log is in the directory."""
    command = [sys.executable, "-m", *WORKER.split()]
    log = directory / "worker.log"
    # Left alone it would wait for ever for a broker that is gone too; what it was at is done again.
    here: dict[str, Any] = {"env": environment, "cwd": BASE, "orphan_signal": signal.SIGKILL}
    return Child("The worker", command, log=log, **here)


def schedule(environment: Mapping[str, str], directory: Path) -> Child:
    """What sends the worker all that recurs; what it keeps and its log are in the directory."""
    command = [sys.executable, "-m", *SCHEDULE.split()]
    command += ["--schedule", str(directory / "schedule"), "--pidfile="]
    log = directory / "schedule.log"
    # It has nothing to end: what it had not sent yet is due again.
    here: dict[str, Any] = {"env": environment, "cwd": BASE, "stop_signal": signal.SIGKILL}
    return Child("The schedule", command, log=log, **here)


def web_server(environment: Mapping[str, str], directory: Path, listener: socket.socket) -> Child:
    """The web server on the socket; its log is in the directory."""
    number = listener.fileno()
    command = [sys.executable, "-m", *WEB.split(), "--bind", f"fd://{number}"]
    log = directory / "web.log"
    here: dict[str, Any] = {"env": environment, "cwd": BASE, "pass_fds": [number]}
    return Child("The web server", command, log=log, **here)


def answers(address: str) -> bool:
    """Whether the site is up; an error if it answers with one."""
    try:
        for page in ("healthz", ""):
            WITHOUT_PROXY.open(address + page, timeout=30).close()
    except urllib.error.HTTPError as problem:
        raise StackError(f"{problem.url} answers {problem.code}; see {LOCAL}/web.log.") from problem
    except OSError:
        return False
    return True


def welcome(address: str, people: list[str], environment: Mapping[str, str]) -> None:
    """Where the site is and how to sign in."""
    if not machine.can_make_pdf():
        say(machine.NO_PANGO)
    say(f"\nRunning at {address}\n")
    say("\n".join(f"  {line}" for line in people))
    say(f"\nPassword of each: {environment['DEMO_PASSWORD']}")
    say(f"E-mails are written to {environment['EMAIL_FILE_PATH']}, logs to {LOCAL}.")
    say("Ctrl-C stops everything.")


def watch(running: list[Child]) -> None:
    """Return never; an error as soon as one of them has ended."""
    while True:
        for child in running:
            if child.has_ended:
                raise StackError(child.obituary())
        time.sleep(0.5)
