"""A form of the method on paper, the minutes of a meeting, and the overview of a cycle."""

from typing import Any

# From plain to crowded: the overview is to stand on one sheet, whatever was written.
FITS = ("a4", "a3", "a3-close", "a3-closer")


def context(data: dict) -> dict[str, Any]:
    """Title, label and the numbers of lines that a blank box has."""
    return {"title": data["title"], "label": data["code"], "lines": range(4)}


def minutes_context(data: dict) -> dict[str, Any]:
    return {"title": data["title"], "label": "F24"}


def overview_context(data: dict) -> dict[str, Any]:
    return {"title": data["title"], "label": "F31"}
