"""A case study in its writers' words: their sections, and in each what they show after them."""

from base64 import b64decode
from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from typing import Any

from reports.rendering.grounds import grounds
from reports.rendering.measures import level_in_tables
from reports.rendering.numbering import numbered, when


def context(data: dict, ends: list[tuple[str, str]]) -> dict[str, Any]:
    """The sections with figures and tables counted through; ``ends`` stand after them."""
    figure, table = count(1), count(1)
    contents = [_content(told, figure, table) for told in data["told"]]
    titles = [(told["key"], told["title"]) for told in data["told"]]
    own = [
        replace(section, template="told", about=content)
        for section, content in zip(numbered(titles), contents, strict=True)
    ]
    return {
        "sections": [*own, *numbered([*titles, *ends])[len(own) :]],
        **grounds(data | {"strength": []}, figure, table),
    }


def _content(told: dict, figure: Iterator[int], table: Iterator[int]) -> dict[str, Any]:
    """In the order in which the template sets them, for that is how they are counted."""
    levels = [level_in_tables(level, told["charts"], figure, table) for level in told["measures"]]
    timeline = when("cycles" in told["tables"], figure)
    trials = when(told["trials"], table)
    return told | {
        "levels": levels,
        "timeline": timeline,
        "trials_table": {"table": trials, "trials": told["trials"]} if trials else None,
        "schools_table": when("schools" in told["tables"], table),
        "entries_table": when(told["entries"], table),
        "challenges_table": when("challenges" in told["tables"], table),
        "is_reported": any("(reported)" in voice["second"] for voice in told["quotations"]),
        "photos": [{"number": next(figure), "photo": photo} for photo in told["photos"]],
    }


def pictures(data: dict) -> dict[str, bytes]:
    """The photos that the sections show, by the names under which the page asks for them."""
    photos = [photo for told in data.get("told", []) for photo in told["photos"]]
    return {f"{photo['mark']}.jpg": b64decode(photo["jpeg"]) for photo in photos}
