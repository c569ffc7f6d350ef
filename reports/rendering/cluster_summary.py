"""The order of a cluster's summary of a term."""

from dataclasses import replace
from itertools import count
from typing import Any

from reports.rendering.numbering import gaps, numbered, present

SAID = {
    "progress": "Progress against the focus",
    "shown": "Evidence",
    "successes": "Successes",
    "leadership": "Leadership reflections",
    "advice": "What the others advised",
    "help": "Help needed",
    "next_foci": "What comes next",
}
ORDER = (
    "meetings",
    "progress",
    "shown",
    "successes",
    "challenges",
    "leadership",
    "advice",
    "help",
    "next_foci",
    "patterns",
    "next_dates",
)
TITLES = SAID | {
    "meetings": "Meetings, and who came",
    "challenges": "Challenges and actions",
    "patterns": "What alliances share",
    "next_dates": "Dates",
}


def context(data: dict) -> dict[str, Any]:
    """Sections that have something to say; each holds one table, and all but two the same kind."""
    sections = numbered(present({key: (TITLES[key], [key]) for key in ORDER}, data))
    table = count(1)
    return {
        "title": data["title"],
        "label": "Cluster summary",
        "sections": [
            replace(section, template="said", about=data[section.key])
            if section.key in SAID
            else section
            for section in sections
        ],
        "tables": {section.key: next(table) for section in sections},
        "challenges": [
            {"first": met["alliance"], "second": met["challenge"]} for met in data["challenges"]
        ],
        "has_actions": any(met["action"] for met in data["challenges"]),
        "gaps": gaps({key: TITLES[key].lower() for key in ORDER}, data),
    }
