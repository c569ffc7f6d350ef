"""Looks through a case study for what may tell who somebody is; people decide what to do."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from alliances import access
from alliances.forms import wording_of
from alliances.models import Assignment
from alliances.roles import Permission
from reports.builders.shelf import Shelf
from reports.manuscript.standing import SLUG
from reports.models import CaseStudyDraft

AROUND = 40  # characters shown on either side
SHORTEST_NAME = 3
TITLED = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Sir|Dame)\b\.? [A-Z][\w’'-]*")
UPN = re.compile(r"\b[A-HJ-NP-Z]\d{11}[0-9A-Z]\b")
MONTHS = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
DAY = re.compile(
    rf"\b\d{{1,2}}[./-]\d{{1,2}}[./-](?:\d{{4}}|\d{{2}})\b|\bborn\b[^.]{{0,20}}\d"
    rf"|\b\d{{1,2}}(?:st|nd|rd|th)? (?:{MONTHS})[a-z]* (?:19|20)\d{{2}}\b"
)
PATTERNS = {
    "Somebody with a title": TITLED,
    "Perhaps a pupil’s number": UPN,
    "Perhaps a date of birth": DAY,
}


@dataclass(frozen=True)
class Found:
    """What was found: why it is told, where it stands, and its words with what is around them."""

    why: str
    where: str
    words: str


def look_through(draft: CaseStudyDraft) -> list[Found]:
    """Names, titles, numbers and dates in what is written and in what is shown."""
    shelf = Shelf(draft.enquiry)
    labels = wording_of("reports", SLUG)["fields"]
    texts = [(labels[name]["label"], text) for name, text in draft.texts.items()]
    shown = [shelf.items[code] for code in draft.shown if code in shelf.items]
    texts += [(f"[{item.code}]", f"{item.title}. {item.words}") for item in shown if item.words]
    patterns = {**PATTERNS, "A name of the alliance": _names(draft)}
    return [found for where, text in texts for found in _in(text, where, patterns)]


def _names(draft: CaseStudyDraft) -> re.Pattern:
    """Names, whole and in their parts, of whoever holds or held a role in the alliance."""
    alliance = draft.enquiry.alliance
    held = Assignment.objects.filter(alliance=alliance).values_list("user__name", flat=True)
    now = access.people_over(alliance, Permission.SEE_ALLIANCE).values_list("name", flat=True)
    full = {*held, *now} - {""}
    parts = {part for name in full for part in name.split() if len(part) >= SHORTEST_NAME}
    words = sorted({*full, *parts}, key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})\b" if words else r"(?!)")


def _in(text: str, where: str, patterns: dict[str, re.Pattern]) -> Iterator[Found]:
    for why, pattern in patterns.items():
        for match in pattern.finditer(text):
            yield Found(why, where, _around(text, match))


def _around(text: str, match: re.Match) -> str:
    start, end = max(match.start() - AROUND, 0), match.end() + AROUND
    words = " ".join(text[start:end].split())
    return f"{'… ' if start else ''}{words}{' …' if end < len(text) else ''}"
