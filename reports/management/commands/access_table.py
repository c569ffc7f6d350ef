"""The tables of docs/access.md, drawn from the roles and from what guards each address."""

import re
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand
from django.urls import URLPattern, URLResolver, get_resolver

from alliances.models import LONGEST_OPENING
from alliances.roles import RULES, Permission, Role
from reports.guards import GUARDS, Guard, Held

TABLE = Path(settings.BASE_DIR) / "docs" / "access.md"
OPENING = f"""# Who may do what

`./run manage access_table` writes this file from `alliances/roles.py` and `reports/guards.py`; a
test fails where it is out of date. `tests/access` tries every address by every method as eighteen
people and holds it to the second table; an address that is not in it fails.

Whoever has no part in an alliance is told that a page of it does not exist (404). Whoever has, but
lacks the permission, is refused (403). Whoever is signed out is asked to sign in; a program without
a token in force is refused (401). Roles begin and end on their dates; what a role allows ends with
it, at the next request.

## What each role may do

“yes”: always, where the role is held. “opened”: only of an alliance whose work the person has
opened, giving a reason that the alliance reads, for {LONGEST_OPENING} days at most; its lead is
told at once.

"""
ADDRESSES = """
## What each address takes

HEAD is answered wherever GET is. Other methods that are not named are refused (405).

"""


def access_table() -> str:
    """The whole file."""
    return OPENING + _lines(_roles()) + ADDRESSES + _lines(_addresses())


def _lines(rows: list[list[str]]) -> str:
    head, *others = rows
    drawn = [head, ["---"] * len(head), *others]
    return "".join(f"| {' | '.join(row)} |\n" for row in drawn)


def _roles() -> list[list[str]]:
    """A line for each permission, a column for each role."""
    head = ["Permission", "to", *(role.label for role in Role)]
    return [head, *([p.name, p.value, *(_cell(p, role) for role in Role)] for p in Permission)]


def _cell(permission: Permission, role: Role) -> str:
    rule = RULES[role]
    if permission in rule.standing:
        return f"yes, {rule.scope}"
    return "opened" if permission in rule.on_opening else "–"


def _addresses() -> list[list[str]]:
    """A line for each address and each thing that it takes, in the order of the addresses."""
    rows = [
        [f"`{pattern}`", name, methods, takes]
        for pattern, name in sorted(set(_patterns(get_resolver())))
        for takes, methods in _taken(name)
    ]
    return [["Address", "Name", "Method", "Takes"], *rows]


def _patterns(resolver: URLResolver, before: str = "/") -> Iterator[tuple[str, str]]:
    """Every address with its name, its parts named without their kind."""
    for entry in resolver.url_patterns:
        pattern = before + str(entry.pattern)
        if isinstance(entry, URLPattern):
            yield _plain(pattern), entry.name or pattern
        else:
            yield from _patterns(entry, pattern)


def _plain(pattern: str) -> str:
    """An address as people write it, also where it is a regular expression."""
    named = re.sub(r"\(\?P<(\w+)>[^)]*\)", r"<\1>", pattern)
    return re.sub(r"<\w+:(\w+)>", r"<\1>", named).replace("^", "").replace("$", "")


def _taken(name: str) -> list[tuple[str, str]]:
    """What an address takes, each with the methods that take it."""
    found: dict[str, list[str]] = {}
    for method, guard in GUARDS[name].items():
        found.setdefault(_words(guard), []).append(method)
    return [(takes, ", ".join(methods)) for takes, methods in found.items()]


def _words(guard: Guard) -> str:
    if isinstance(guard, Held):
        held = f"{' or '.join(p.name for p in guard.permissions)} over {guard.over}"
        return f"a token of somebody with {held}" if guard.by_token else held
    return guard.value


class Command(BaseCommand):
    help = "Write docs/access.md anew."

    def handle(self, **options):
        TABLE.write_text(access_table(), encoding="utf-8")
