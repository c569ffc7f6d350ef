"""Measures in tables: of change, of one figure, of answers and of words."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from impact.values import Symbol
from reports.rendering.numbering import figures

ONCE = "Outcome"
WITHHELD = f"[{Symbol.SUPPRESSED}]"
# So many measures that tell nothing are named together instead of each in a row.
MANY = 3


def level_in_tables(
    level: dict, charts: list[dict], figure: Iterator, table: Iterator
) -> dict[str, Any]:
    """A level's pictures, and its measures in tables of one kind each, numbered on from the counts.

    The kinds are change, one figure, answers and words. Many that are withheld stand in none.
    """
    told, withheld = _told_apart(level["lines"])
    sorted_out: dict[str, list[dict]] = {"change": [], "single": [], "answers": [], "words": []}
    for line in told:
        sorted_out[_kind(line)].append(line)
    return {
        "title": level["title"],
        "figures": figures([c for c in charts if c.get("level") == level["level"]], figure),
        "change": _table(sorted_out["change"], table),
        "single": _table(sorted_out["single"], table),
        "answers": [_answers(group, table) for group in _alike(sorted_out["answers"])],
        "words": _table(sorted_out["words"], table),
        "withheld": _by_name(withheld),
    }


def _told_apart(lines: list[dict]) -> tuple[list[dict], list[dict]]:
    """Those with anything to tell, and the others, unless these are few or all would be told."""
    withheld = [line for line in lines if _is_withheld(line)]
    if len(withheld) < min(MANY, len(lines)):
        return lines, []
    return [line for line in lines if line not in withheld], withheld


def _is_withheld(line: dict) -> bool:
    """Whether of a measure no figure and no word is told, as it rests on few people."""
    figures_told = {line[key] for key in ("baseline", "outcome", "change")} - {""}
    return figures_told == {WITHHELD} and not line["words"] and not line.get("readings")


def _by_name(lines: list[dict]) -> list[dict[str, Any]]:
    """Names of measures in their order, each once with the marks of all that have it."""
    marks: dict[str, list[str]] = {}
    for line in lines:
        marks.setdefault(line["name"], []).append(line.get("mark", ""))
    return [{"name": name, "marks": [*filter(None, own)]} for name, own in marks.items()]


def _kind(line: dict) -> str:
    if line["categories"]:
        return "answers"
    if line["baseline"] or line["change"]:
        return "change"
    return "single" if line["outcome"] else "words"


def _table(lines: list[dict], table: Iterator) -> dict[str, Any] | None:
    if not lines:
        return None
    return {
        "number": next(table),
        "lines": lines,
        "sized": any(line["n"] for line in lines),
        "dated": any(line["outcome_when"] for line in lines),
    }


# ---- distributions -------------------------------------------------------------------------


def _alike(lines: list[dict]) -> list[list[dict]]:
    """Distributions over the same answers stand in one table."""
    return [list(group) for _, group in groupby(lines, key=lambda line: line["how"])]


def _answers(lines: list[dict], table: Iterator) -> dict[str, Any]:
    """A row for each measure and moment, a column for each answer."""
    columns = list(dict.fromkeys(row[0] for line in lines for row in line["categories"]))
    moments = _moments(lines)
    return {
        "number": next(table),
        "about": _shared(lines, "name") or _shared(lines, "who") or "Answers",
        "how": lines[0]["how"],
        "stub": "Group" if _shared(lines, "name") else "Measure",
        "columns": columns,
        "before": moments != [ONCE],
        "sized": any(line["n"] for line in lines),
        "rows": [_spread(line, _label(line, lines), columns, moments) for line in lines],
        "notes": _notes(lines),
    }


def _shared(lines: list[dict], key: str) -> str:
    """What all lines say under ``key``, or nothing."""
    return lines[0][key] if len({line[key] for line in lines}) == 1 else ""


def _label(line: dict, lines: list[dict]) -> str:
    """What sets a line apart from the others of its table."""
    apart = [line[key] for key in ("name", "who") if not _shared(lines, key)]
    return ", ".join(apart) or line["who"]


def _moments(lines: list[dict]) -> list[str]:
    """The moments at which anything of a table was counted, in their order."""
    told = {
        moment
        for line in lines
        for place, moment in enumerate(_of(line), 1)
        if any(row[place] for row in line["categories"])
    }
    return [moment for moment in _all(lines) if moment in told]


def _all(lines: list[dict]) -> list[str]:
    """Every moment of the lines: baselines, then what lies between, then outcomes."""
    named = dict.fromkeys(moment for line in lines for moment in _of(line))
    return sorted(named, key=lambda moment: (moment == ONCE, moment != "Baseline"))


def _of(line: dict) -> list[str]:
    """The moments of a line; reports frozen before 2026-11-22 do not name them."""
    return line.get("moments") or ["Baseline", ONCE]


def _spread(line: dict, label: str, columns: list[str], moments: list[str]) -> dict[str, Any]:
    found = {row[0]: row[1:-1] for row in line["categories"]}
    own = _of(line)
    nothing = [""] * len(own)
    return {
        "label": label,
        "mark": line.get("mark", ""),
        "n": line["n"],
        "moments": [
            {
                "name": moment,
                "cells": [
                    found.get(column, nothing)[own.index(moment)] if moment in own else ""
                    for column in columns
                ],
            }
            for moment in moments
        ],
    }


def _notes(lines: list[dict]) -> list[str]:
    """What is noted of single answers, each note once and with what it is about."""
    about: dict[str, list[str]] = {}
    for line in lines:
        for answer, *_, note in line["categories"]:
            about.setdefault(note, []).append(_place(line, answer, lines))
    about.pop("", None)
    return [note if len(places) > 1 else f"{places[0]}: {note}" for note, places in about.items()]


def _place(line: dict, answer: str, lines: list[dict]) -> str:
    named = [_label(line, lines), answer] if len(lines) > 1 else [answer]
    place = ", ".join(named)
    return place[:1].upper() + place[1:]
