"""The order of a national report: sections, appendices, and the matrix of messages."""

from itertools import count
from typing import Any

from reports.rendering.numbering import Section, figures, lettered, numbered, present, when

SECTIONS = {
    "summary": ("Summary", ["figures"]),
    "alliances": ("The alliances and their enquiries", ["alliances"]),
    "levels": ("Impact, level by level", ["levels"]),
    "areas": ("Impact by area of focus", ["areas"]),
    "leadership": ("Leadership learning", ["behaviours", "reflections"]),
    "challenges": ("Challenges and actions", ["challenges"]),
    "messages": ("Key messages", ["messages"]),
}
APPENDICES = {
    "matrix": ("Key messages and the alliances cited", ["matrix"]),
    "programme": ("The programme", ["purposes", "cohorts", "events", "facts"]),
    "methods": ("How this report was made", ["service"]),
}


def context(data: dict) -> dict[str, Any]:
    """Sections, appendices and numbers; counted in the order of the pages."""
    figure, table = count(1), count(1)
    figured = [fact for fact in data["facts"] if fact["second"]]
    matrix = _matrix(data["messages"])
    charts = figures(data["charts"], figure)
    return {
        "title": data["programme"],
        "label": "National report",
        "sections": _sections(data | {"matrix": matrix}),
        "first_chart": charts[:1],
        "other_charts": charts[1:],
        "alliances_table": when(data["alliances"], table),
        "levels": [level | {"table": next(table)} for level in data["levels"]],
        "areas": [
            area | {"table": next(table), "caption": _area_caption(area)} for area in data["areas"]
        ],
        "behaviours_table": when(data["behaviours"], table),
        "reflections_table": when(data["reflections"], table),
        "challenges_table": when(data["challenges"], table),
        "matrix": matrix,
        "matrix_table": when(matrix, table),
        "cohorts_table": when(data["cohorts"], table),
        "events_table": when(data["events"], table),
        "figures_table": when(figured, table),
        "figured": figured,
        "remarks": [fact["first"] for fact in data["facts"] if not fact["second"]],
    }


def _sections(data: dict) -> list[Section]:
    return numbered(present(SECTIONS, data)) + lettered(present(APPENDICES, data))


def _area_caption(area: dict) -> str:
    projects = "project" if area["projects"] == 1 else "projects"
    return f"Examples from {area['projects']} {projects} in this area"


def _matrix(messages: list[dict]) -> list[dict]:
    """A row for each alliance cited, with its messages marked in the order of the messages."""
    names = sorted({name for message in messages for name in message["alliances"]})
    return [
        {"name": name, "cited": [m["number"] if name in m["alliances"] else None for m in messages]}
        for name in names
    ]
