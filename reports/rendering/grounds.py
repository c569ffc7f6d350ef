"""What claims rest on: how strong it is, drawn, and the lists that marks lead to."""

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from reports.rendering.numbering import figures, when

# A note of more pieces of evidence than these stands once, under the list.
FEW = 3
LINE_OF_A_SOURCE = re.compile(r"\d{3}:\d")


def grounds(data: dict, figure: Iterator[int], table: Iterator[int]) -> dict[str, Any]:
    """The pictures of strength, the claims in the order of their marks, and the evidence."""
    claims = sorted(data.get("rests_on", []), key=_order)
    evidence, notes = _noted_once(data.get("evidence", []))
    return {
        "strength": figures(data.get("strength", []), figure),
        "claims_list": claims,
        "claims_list_table": when(claims, table),
        "cites_lines": any(LINE_OF_A_SOURCE.search(claim["state"]) for claim in claims),
        "evidence": evidence,
        "evidence_notes": notes,
        "evidence_table": when(evidence, table),
    }


def _order(line: dict) -> tuple[str, int]:
    """C2 stands before C10."""
    return _parts(line["mark"])


def _parts(mark: str) -> tuple[str, int]:
    return mark[:1], int(mark[1:])


def _noted_once(evidence: list[dict]) -> tuple[list[dict], list[str]]:
    """The evidence without the notes that many pieces share, and each of those with its marks."""
    marks: dict[str, list[str]] = defaultdict(list)
    for piece in evidence:
        marks[piece["note"]].append(piece["mark"])
    shared = [note for note in marks if note and len(marks[note]) > FEW]
    told = [piece | {"note": ""} if piece["note"] in shared else piece for piece in evidence]
    return told, [f"{in_ranges(marks[note])}: {note[:1].lower()}{note[1:]}" for note in shared]


def in_ranges(marks: list[str]) -> str:
    """Marks in words, three or more that follow one another as a range: "M1, M3 to M5"."""
    runs: list[list[str]] = []
    for mark in marks:
        letter, number = _parts(mark)
        if runs and _parts(runs[-1][-1]) == (letter, number - 1):
            runs[-1].append(mark)
        else:
            runs.append([mark])
    return ", ".join(_in_words(run) for run in runs)


def _in_words(run: list[str]) -> str:
    return f"{run[0]} to {run[-1]}" if run[2:] else ", ".join(run)
