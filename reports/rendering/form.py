"""A form of the method, minutes, the paper for a visit, and the overview of a cycle."""

from typing import Any

# From plain to crowded: the overview is to stand on one sheet. No letters are smaller than 8.5
# points: what does not fit then goes on, on a second one, and the first says so.
FITS = ("a4", "a3", "a3-close", "a3-on")


def context(data: dict) -> dict[str, Any]:
    """Title, label and the numbers of lines that a blank box has."""
    return {"title": data["title"], "label": data["code"], "lines": range(4)}


def minutes_context(data: dict) -> dict[str, Any]:
    return {"title": data["title"], "label": "F24"}


def visit_context(data: dict) -> dict[str, Any]:
    """As many empty lines as each element of the guide has room for."""
    return {"title": data["title"], "label": "Facilitator’s guide", "lines": range(4)}


def overview_context(data: dict) -> dict[str, Any]:
    """What has been written; boxes, columns and schools without a word are named together."""
    headings, rows = data["table"]["headings"], data["table"]["rows"]
    written = [row for row in rows if any(row[1:])]
    columns = [n for n in range(len(headings)) if any(row[n] for row in written)]
    gaps = {
        "Not written yet": [
            *(box["first"] for box in data["group"] if not box["second"]),
            *(heading for n, heading in enumerate(headings[1:], 1) if n not in columns),
        ],
        "Schools of which nothing is written yet": [row[0] for row in rows if row not in written],
    }
    return {
        "title": data["title"],
        "label": "F31",
        "group": [box for box in data["group"] if box["second"]],
        "headings": [headings[n] for n in columns],
        "rows": [[row[n] for n in columns] for row in written],
        "gaps": [(name, unwritten) for name, unwritten in gaps.items() if unwritten],
    }
