"""`./run test` and `./run check`: everything that must hold before a change is published."""

import contextlib
import os
import secrets
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from config import machine
from config.demo import MANAGE
from config.prepared import prepared_database
from config.processes import Command, StackError, apart, run_in_foreground, say
from config.sharing import BASE, servers_for_tests

PROGRAMS = Path(sys.executable).parent
PYTEST = [sys.executable, "-m", "pytest"]
DEFAULT_ARGUMENTS = ["-n", "2"]


@dataclass(frozen=True)
class Check:
    """A command that must end well."""

    name: str
    command: Command
    environment: Mapping[str, str] = field(default_factory=dict)

    def passes(self, environment: Mapping[str, str]) -> bool:
        """Run it and print one line, with what it said only if it failed."""
        began = time.monotonic()
        done = subprocess.run(
            self.command,
            env={**environment, **self.environment},
            cwd=BASE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            **apart(),
        )
        report(self.name, time.monotonic() - began, done.stdout if done.returncode else None)
        return done.returncode == 0


# Also done before the tests alone: pages are tested with the files that would be served.
STATIC_FILES = Check("static files", [*MANAGE, "collectstatic", "--noinput", "--verbosity", "0"])


def checks() -> list[Check]:
    """Every check but the tests, the quick ones first."""
    templates = sorted(BASE.glob("templates/**/*.html"))
    return [
        STATIC_FILES,
        Check(
            "formatting",
            [PROGRAMS / "ruff", "format", "--check", "--output-format", "concise", "."],
        ),
        Check("lint", [PROGRAMS / "ruff", "check", "--output-format", "concise", "."]),
        Check("templates", [PROGRAMS / "djade", "--check", "--target-version", "5.2", *templates]),
        Check("import direction", [PROGRAMS / "lint-imports"]),
        Check("types", [PROGRAMS / "mypy"]),
        Check("migrations", [*MANAGE, "makemigrations", "--check", "--dry-run"]),
        Check(
            "deployment",
            [*MANAGE, "check", "--deploy", "--fail-level", "WARNING"],
            {"HTTPS": "true", "SECRET_KEY": secrets.token_urlsafe(50)},
        ),
    ]


def test(arguments: list[str]) -> int:
    """Every check, then the tests; the tests run even where a check failed."""
    with environment_of_tests() as environment:
        all_passed = run_checks(environment)
        code = run_pytest(arguments, environment)
    return code or int(not all_passed)


def check(arguments: list[str]) -> int:
    """Every check but the tests."""
    if arguments:
        raise StackError("`./run check` takes no arguments.")
    with environment_of_tests() as environment:
        return int(not run_checks(environment))


def only_pytest(arguments: list[str]) -> int:
    """The tests alone."""
    with environment_of_tests() as environment:
        STATIC_FILES.passes(environment)
        return run_pytest(arguments, environment)


def run_checks(environment: Mapping[str, str]) -> bool:
    """Run all of them, whatever fails; whether all passed."""
    results = [each.passes(environment) for each in checks()]
    return all(results)


def run_pytest(arguments: list[str], environment: Mapping[str, str]) -> int:
    """The tests, in the terminal; their exit code."""
    if not machine.can_make_pdf():
        say(machine.NO_PANGO)
    if not environment["CHROMIUM"]:
        say(machine.NO_BROWSER)
    if not machine.has_java():
        say(machine.NO_JAVA)
    if "DATABASE_URL" not in os.environ:
        environment = {**environment, "TEST_TEMPLATE": prepared_database(environment)}
    return run_in_foreground([*PYTEST, *(arguments or DEFAULT_ARGUMENTS)], environment, BASE)


@contextlib.contextmanager
def environment_of_tests() -> Iterator[dict[str, str]]:
    """Servers of their own and settings that do not depend on the machine."""
    with servers_for_tests() as (directory, urls):
        environment = {
            **os.environ,
            "DEBUG": "false",
            "HTTPS": "false",
            "SECRET_KEY": secrets.token_urlsafe(50),
            "SITE_URL": "https://enquiry.example",
            "SECOND_FACTOR_ROLES": "",
            "ALLOWED_HOSTS": "localhost,127.0.0.1,testserver",
            "EMAIL_BACKEND": "django.core.mail.backends.locmem.EmailBackend",
            "STATIC_ROOT": str(directory / "static"),
            "CHROMIUM": machine.browser(),
            **({"REQUIRE_ALL": "1"} if os.environ.get("CI") == "true" else {}),
            **urls,
        }
        yield environment


def report(name: str, seconds: float, fault: str | None) -> None:
    """One line, and below it the fault if there is one."""
    say(f"{'ok    ' if fault is None else 'FAILED'} {name:<18}{seconds:6.1f} s")
    if fault is not None:
        say(textwrap.indent(fault.rstrip(), "    "))
