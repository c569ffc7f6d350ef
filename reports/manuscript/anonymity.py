"""Looks through a case study for what may tell who somebody is; people decide what to do."""

import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass

from alliances import access
from alliances.models import Assignment
from alliances.recognising import Sign, signs
from alliances.roles import Permission
from reports.builders import build_told_case_study
from reports.models import CaseStudyDraft

AROUND = 40  # characters shown on either side
SHORTEST_NAME = 3
TITLED = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Sir|Dame)\b\.? [A-Z][\w’'-]*")
MONTHS = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
DAY = re.compile(
    rf"\b\d{{1,2}}[./-]\d{{1,2}}[./-](?:\d{{4}}|\d{{2}})\b|\bborn\b[^.]{{0,20}}\d"
    rf"|\b\d{{1,2}}(?:st|nd|rd|th)? (?:{MONTHS})[a-z]* (?:19|20)\d{{2}}\b"
)
# What says when something was measured or tried, and what the tables say in words as well.
NOT_READ = {"on", "jpeg", "charts", "baseline_when", "outcome_when", "moments", "readings"}
# Days are looked for more widely here than where people write: what is published stays.
SIGNS = {
    Sign.NUMBER: "Perhaps a pupil’s number",
    Sign.LIKE_NUMBER: "Perhaps a pupil’s number",
    Sign.NAMES: "Perhaps a list of names",
}
PATTERNS = {
    "Somebody with a title": TITLED,
    "Perhaps a date of birth": DAY,
}


@dataclass(frozen=True)
class Found:
    """What was found: why it is told, where it stands, and its words with what is around them."""

    why: str
    where: str
    words: str


def look_through(draft: CaseStudyDraft) -> list[Found]:
    """Names, titles, numbers and dates in everything that would be published."""
    patterns = {**PATTERNS, "A name of the alliance": _names(draft)}
    found = (_in(text, where, patterns) for where, text in _published(draft))
    return list(dict.fromkeys(each for several in found for each in several))


def _published(draft: CaseStudyDraft) -> Iterator[tuple[str, str]]:
    """Every text of the document, with the name of the part where it stands."""
    study = build_told_case_study(draft)
    parts = {
        "Title": study.title,
        "Summary": study.summary,
        "At a glance": [study.question, study.focus, study.methods, study.strands],
        "The schools": [asdict(school) for school in study.schools],
        "The cycles": [cycle.label for cycle in study.cycles],
        "The challenges": [asdict(pair) for pair in study.challenges],
        **{told.title: asdict(told) for told in study.told},
    }
    for where, part in parts.items():
        yield from ((where, text) for text in _texts(part))


def _texts(value: str | list | dict) -> Iterator[str]:
    """The texts within some values, but for days on which something was done, and pictures."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        yield from (text for each in value for text in _texts(each))
    elif isinstance(value, dict):
        for name, each in value.items():
            if name not in NOT_READ:
                yield from _texts(each)


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
    for found in signs(text):
        if found.sign in SIGNS:
            yield Found(SIGNS[found.sign], where, found.words)
    for why, pattern in patterns.items():
        for match in pattern.finditer(text):
            yield Found(why, where, _around(text, match))


def _around(text: str, match: re.Match) -> str:
    start, end = max(match.start() - AROUND, 0), match.end() + AROUND
    words = " ".join(text[start:end].split())
    return f"{'… ' if start else ''}{words}{' …' if end < len(text) else ''}"
