"""The order of a case study: sections that have something to say, figures, tables, gaps."""

from collections.abc import Iterator
from itertools import count, groupby
from typing import Any

from reports.rendering.numbering import figures, gaps, numbered, present, when

SECTIONS = {
    "context": ("Context", ["context", "schools", "partners", "duties", "grants"]),
    "intentions": ("What we set out to do", ["focus", "question", "aims", "strands"]),
    "cycles": ("What we did, cycle by cycle", ["cycles"]),
    "impact": ("Impact on pupils, teachers and schools", ["stated", "charts", "levels"]),
    "alliance": ("Impact on the alliance", ["alliance_impact", "alliance_level", "claims"]),
    "leadership": ("Leadership learning", ["leadership", "quotations"]),
    "challenges": ("Challenges and actions", ["challenges"]),
    "sharing": ("Sharing and next steps", ["sharing", "next_steps", "lessons"]),
    "messages": ("Key messages and sources", ["key_messages", "sources"]),
    "evidence": ("Claims and their evidence", ["rests_on", "evidence"]),
}
ONCE = "Outcome"
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
    return {
        "title": title_of(data),
        "label": "Case study",
        "sections": numbered(present(SECTIONS, data | split(data["measures"]))),
        "gaps": gaps(EXPECTED, data),
        "schools_table": when(data["schools"], table),
        **turns(data, figure, table),
        **impact(data, figure, table),
        "leadership_table": when(data["leadership"], table),
        "challenges_table": when(data["challenges"], table),
        **grounds(data, figure, table),
    }


# ---- parts that an impact report has too ---------------------------------------------------


def title_of(data: dict) -> str:
    return data["title"].rstrip(".") or data["alliance"]


def turns(data: dict, figure: Iterator[int], table: Iterator[int]) -> dict[str, Any]:
    """The cycles, drawn in a line and told one by one."""
    return {
        "timeline": when(data["cycles"], figure),
        "cycles": [
            cycle | {"number": i, "table": when(cycle["trials"], table)}
            for i, cycle in enumerate(data["cycles"], 1)
        ],
    }


def impact(data: dict, figure: Iterator[int], table: Iterator[int]) -> dict[str, Any]:
    """What was measured, level by level, and what the programme's reports state."""
    charts = data["charts"]
    return {
        "figures": figures([chart for chart in charts if not chart.get("level")], figure),
        **{
            name: [_level(level, charts, figure, table) for level in levels]
            for name, levels in split(data["measures"]).items()
        },
        "claims_table": when(data["claims"], table),
    }


def grounds(data: dict, figure: Iterator[int], table: Iterator[int]) -> dict[str, Any]:
    """How strong the evidence is, drawn, and the lists that marks lead to."""
    return {
        "strength": figures(data.get("strength", []), figure),
        "claims_list_table": when(data.get("rests_on"), table),
        "evidence_table": when(data.get("evidence"), table),
    }


def split(measures: list[dict]) -> dict[str, list[dict]]:
    """What is measured of the alliance itself stands in the section about it."""
    return {
        "levels": [level for level in measures if level["level"] != "alliance"],
        "alliance_level": [level for level in measures if level["level"] == "alliance"],
    }


# ---- measures ------------------------------------------------------------------------------


def _level(
    level: dict, charts: list[dict], figure: Iterator[int], table: Iterator[int]
) -> dict[str, Any]:
    """A level's pictures, and its measures in tables of one kind each.

    The kinds are change, one figure, answers and words.
    """
    sorted_out: dict[str, list[dict]] = {"change": [], "single": [], "answers": [], "words": []}
    for line in level["lines"]:
        sorted_out[_kind(line)].append(line)
    return {
        "title": level["title"],
        "figures": figures([c for c in charts if c.get("level") == level["level"]], figure),
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
