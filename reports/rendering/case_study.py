"""The order of a case study: sections that have something to say, figures, tables, gaps."""

from collections.abc import Iterator
from itertools import count, groupby
from typing import Any

from reports.rendering.numbering import Section, figures, numbered, when

SECTIONS = {
    "context": ("Context", ["context", "schools", "partners", "duties", "grants"]),
    "intentions": ("What we set out to do", ["focus", "question", "aims", "strands"]),
    "cycles": ("What we did, cycle by cycle", ["cycles"]),
    "impact": ("Impact on pupils, teachers and schools", ["charts", "levels"]),
    "alliance": ("Impact on the alliance", ["alliance_impact", "alliance_level", "claims"]),
    "leadership": ("Leadership learning", ["leadership", "quotations"]),
    "challenges": ("Challenges and actions", ["challenges"]),
    "sharing": ("Sharing and next steps", ["sharing", "next_steps", "lessons"]),
    "messages": ("Key messages and sources", ["key_messages", "sources"]),
}
EXPECTED = {
    "context": "what kind of alliance this is",
    "schools": "which schools take part",
    "aims": "what the alliance aims for",
    "cycles": "what was tried, cycle by cycle",
    "measures": "what was measured, with baselines and outcomes",
    "leadership": "what was learnt about leadership",
    "challenges": "which challenges were met, and what was done about them",
    "sharing": "how the learning was shared",
    "next_steps": "what happens next",
}


def context(data: dict) -> dict[str, Any]:
    """Sections, gaps and numbers; figures and tables are counted in the order of the pages."""
    figure, table = count(1), count(1)
    split = _split(data["measures"])
    return {
        "title": data["title"] or data["alliance"],
        "label": "Case study",
        "sections": _sections(data | split),
        "gaps": [text for key, text in EXPECTED.items() if not data[key]],
        "schools_table": when(data["schools"], table),
        "timeline": when(data["cycles"], figure),
        "cycles": [
            cycle | {"number": i, "table": when(cycle["trials"], table)}
            for i, cycle in enumerate(data["cycles"], 1)
        ],
        "figures": figures(data["charts"], figure),
        "levels": [_level(level, table) for level in split["levels"]],
        "alliance_level": [_level(level, table) for level in split["alliance_level"]],
        "claims_table": when(data["claims"], table),
        "leadership_table": when(data["leadership"], table),
        "challenges_table": when(data["challenges"], table),
    }


def _sections(data: dict) -> list[Section]:
    present = [
        (key, title)
        for key, (title, parts) in SECTIONS.items()
        if any(data[part] for part in parts)
    ]
    return numbered(present)


def _split(measures: list[dict]) -> dict[str, list[dict]]:
    """What is measured of the alliance itself stands in the section about it."""
    return {
        "levels": [level for level in measures if level["level"] != "alliance"],
        "alliance_level": [level for level in measures if level["level"] == "alliance"],
    }


# ---- measures ------------------------------------------------------------------------------


def _level(level: dict, table: Iterator[int]) -> dict[str, Any]:
    """A level's measures in tables of one kind each: change, one figure, answers, words."""
    sorted_out: dict[str, list[dict]] = {"change": [], "single": [], "answers": [], "words": []}
    for line in level["lines"]:
        sorted_out[_kind(line)].append(line)
    return {
        "title": level["title"],
        "change": _table(sorted_out["change"], table),
        "single": _table(sorted_out["single"], table),
        "answers": [_answers(group, table) for group in _alike(sorted_out["answers"])],
        "words": _table(sorted_out["words"], table),
    }


def _kind(line: dict) -> str:
    if line["categories"]:
        return "answers"
    if line["baseline"] or line["change"]:
        return "change"
    return "single" if line["outcome"] else "words"


def _table(lines: list[dict], table: Iterator[int]) -> dict[str, Any] | None:
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


def _answers(lines: list[dict], table: Iterator[int]) -> dict[str, Any]:
    """A row for each measure and moment, a column for each answer."""
    columns = list(dict.fromkeys(row[0] for line in lines for row in line["categories"]))
    named = len({line["name"] for line in lines}) > 1
    before = any(row[1] for line in lines for row in line["categories"])
    return {
        "number": next(table),
        "about": lines[0]["who"] if named else lines[0]["name"],
        "how": lines[0]["how"],
        "stub": "Measure" if named else "Group",
        "columns": columns,
        "before": before,
        "sized": any(line["n"] for line in lines),
        "rows": [_spread(line, columns, named=named, before=before) for line in lines],
        "notes": _notes(lines),
    }


def _spread(line: dict, columns: list[str], *, named: bool, before: bool) -> dict[str, Any]:
    found = {row[0]: row for row in line["categories"]}
    empty = ["", "", "", ""]
    moments = [("Baseline", 1), ("Outcome", 2)] if before else [("", 2)]
    return {
        "label": line["name"] if named else line["who"],
        "n": line["n"],
        "moments": [
            {"name": name, "cells": [found.get(column, empty)[place] for column in columns]}
            for name, place in moments
        ],
    }


def _notes(lines: list[dict]) -> list[str]:
    """What is noted of single answers, each note once."""
    rows = [row for line in lines for row in line["categories"] if row[3]]
    labels: dict[str, list[str]] = {}
    for label, *_, note in rows:
        labels.setdefault(note, []).append(label)
    return [
        note if len(said) > 1 else f"{said[0][:1].upper()}{said[0][1:]}: {note}"
        for note, said in labels.items()
    ]
