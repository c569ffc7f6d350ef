"""`./run accessibility`: every page judged in a browser as each role, at three widths.

The tests walk (tests/journeys/test_every_page.py) and say what they found; here it is joined,
printed as pages by roles, and kept: in docs/accessibility.md and, in figures, for the statement.
"""

import json
import tempfile
from datetime import date
from pathlib import Path

from config.checks import STATIC_FILES, environment_of_tests, run_pytest
from config.processes import StackError, say
from config.sharing import BASE

WALK = "tests/journeys/test_every_page.py"
MATRIX = BASE / "docs" / "accessibility.md"
# What the accessibility statement tells, in the order in which the file has it.
FIGURES = BASE / "reports" / "content" / "accessibility.json"
NOT_SEEN = "–"


def walk(arguments: list[str]) -> int:
    """Judge every page, print and keep the matrix; 1 if anything is wrong."""
    if arguments:
        raise StackError("`./run accessibility` takes no arguments.")
    with tempfile.TemporaryDirectory() as folder, environment_of_tests() as environment:
        STATIC_FILES.passes(environment)
        told = {**environment, "ACCESSIBILITY_RESULTS": folder, "REQUIRE_ALL": "1"}
        code = run_pytest([WALK, "-n", "2", "-q", "--tb=no"], told)
        parts = [json.loads(path.read_text()) for path in sorted(Path(folder).glob("*.json"))]
    if not parts:
        raise StackError(f"no page could be judged; `./run pytest {WALK}` says why.")
    found = joined(parts)
    say(matrix(found))
    for fault in found["faults"]:
        say(fault)
    if not code:
        MATRIX.write_text(document(found), "utf-8")
        FIGURES.write_text(json.dumps(figures(found), indent=2) + "\n", "utf-8")
    return int(bool(code))


def joined(parts: list[dict]) -> dict:
    """What the parts of the walk found, as one: ``matrix`` has faults by page and role."""
    first = parts[0]
    return {
        "axe": first["axe"],
        "widths": first["widths"],
        "roles": first["roles"],
        "views": sum(part["views"] for part in parts),
        "matrix": dict(
            sorted(pair for part in parts for pair in part["matrix"].items() if pair[1])
        ),
        "faults": [fault for part in parts for fault in part["faults"]],
    }


def figures(found: dict) -> dict:
    """The walk in the figures that the statement tells; ``on`` is the day of the walk."""
    return {
        "on": date.today().isoformat(),  # noqa: DTZ011 - the day by the clock of whoever runs it
        "axe": found["axe"],
        "widths": found["widths"],
        "pages": len(found["matrix"]),
        "roles": len(found["roles"]),
        "views": found["views"],
        "faults": len(found["faults"]),
    }


def matrix(found: dict) -> str:
    """A line for each page; below each role the number of its faults at all widths."""
    head = ["page", *found["roles"]]
    rows = [
        [name, *(str(faults.get(role, NOT_SEEN)) for role in found["roles"])]
        for name, faults in found["matrix"].items()
    ]
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def document(found: dict) -> str:
    """The matrix as a page of the documentation, with how it came about."""
    told = figures(found)
    widths = ", ".join(map(str, found["widths"]))
    return f"""# Accessibility of every page

Written by `./run accessibility` on {told["on"]}; the walk itself runs with every `./run test`.

One person of each of {told["roles"]} roles opens each of {told["pages"]} pages in Chromium. The
number is that of faults at all widths together, {NOT_SEEN} a page that the role does not get. A
page that reads the same for two roles is judged once, the frame around it once for each:
{told["views"]} views in all.

- axe {told["axe"]} at {widths} pixels: its rules for WCAG 2.0, 2.1 and 2.2, levels A and AA, and
  for best practice.
- No sideways scrolling at those widths, and at 640 and 320 pixels: 1280 at 200 and 400 per cent.
- Letters twice as large: no box cuts off its text.
- No movement for whoever asked for less of it; nothing that stays over what has the focus.

Faults: {told["faults"]}.

{matrix(found)}
"""
