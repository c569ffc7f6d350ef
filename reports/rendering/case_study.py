"""The order of a case study: sections that have something to say, figures, tables, gaps."""

from collections.abc import Iterator
from itertools import count
from typing import Any

from reports.rendering import told
from reports.rendering.grounds import grounds
from reports.rendering.measures import level_in_tables
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
# What stands after the sections of a writer's own.
AFTER_THE_WORDS = ("evidence", "messages")
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
    names = {"title": title_of(data), "label": "Case study"}
    if not data.get("told"):
        return names | _account(data)
    ends = [(key, title) for key, title in present(SECTIONS, data) if key in AFTER_THE_WORDS]
    return names | told.context(data, ends)


def _account(data: dict) -> dict[str, Any]:
    """Of everything logged, without anybody's words about it."""
    figure, table = count(1), count(1)
    return {
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
            name: [level_in_tables(level, charts, figure, table) for level in levels]
            for name, levels in split(data["measures"]).items()
        },
        "claims_table": when(data["claims"], table),
    }


def split(measures: list[dict]) -> dict[str, list[dict]]:
    """What is measured of the alliance itself stands in the section about it."""
    return {
        "levels": [level for level in measures if level["level"] != "alliance"],
        "alliance_level": [level for level in measures if level["level"] == "alliance"],
    }
