"""A leadership log over time: which skills and behaviours were drawn on, term by term."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils import timezone

from alliances.content import words
from alliances.forms import wording_of
from alliances.terms import Calendar, calendar_of
from enquiries.models import Enquiry, LeadershipEntry
from enquiries.sheets.logs import PASSAGES

OTHER_WORDS = "In other words"


@dataclass(frozen=True)
class Behaviour:
    """How often one was drawn on in each term, in the order of the log's terms."""

    title: str
    counts: list[int]

    @property
    def total(self) -> int:
        return sum(self.counts)


@dataclass(frozen=True)
class Passage:
    """What an entry says under one heading, and where it is picked out as a quotation."""

    label: str
    text: str
    url: str


@dataclass(frozen=True)
class Logged:
    """One entry: its day, what was drawn on, its passages."""

    on: date
    drawn_on: list[str]
    passages: list[Passage]


@dataclass(frozen=True)
class Log:
    """Entries, newest first, and over their terms how often each behaviour was drawn on.

    A term is its name and its year; one without an entry is left out.
    """

    terms: list[tuple[str, str]]
    behaviours: list[Behaviour]
    entries: list[Logged]


def log_of(enquiry: Enquiry, found: Iterable[LeadershipEntry]) -> Log:
    """What the entries tell over time."""
    calendar = calendar_of(enquiry.alliance.programme_id)
    by_term: dict[tuple[date, str], list[LeadershipEntry]] = {}
    entries = sorted(found, key=_day)
    for entry in entries:
        by_term.setdefault(_term(calendar, _day(entry)), []).append(entry)
    return Log(
        terms=[(part_of.capitalize(), str(began.year)) for began, part_of in by_term],
        behaviours=_behaviours(list(by_term.values())),
        entries=[_logged(entry) for entry in reversed(entries)],
    )


def _day(entry: LeadershipEntry) -> date:
    return entry.held_on or timezone.localdate(entry.logged_at)


def _term(calendar: Calendar, day: date) -> tuple[date, str]:
    return calendar.term_start(day), calendar.half_term(day).part_of


def _behaviours(terms: list[list[LeadershipEntry]]) -> list[Behaviour]:
    """Each of the ten, those never drawn on too; others together, if there are any."""
    lines = [
        Behaviour(item.title, [sum(item.code in e.behaviours for e in term) for term in terms])
        for item in words("enquiries", "behaviours").values()
    ]
    other = Behaviour(OTHER_WORDS, [sum(bool(e.behaviour) for e in term) for term in terms])
    return [*lines, other] if other.total else lines


def _logged(entry: LeadershipEntry) -> Logged:
    labels = wording_of("enquiries", "leadership")["fields"]
    new = reverse("sheet-new", args=[entry.enquiry_id, "quotation"])
    passages = [
        Passage(labels[part]["label"], text, f"{new}?entry={entry.pk}&part={part}")
        for part in PASSAGES
        if (text := getattr(entry, part))
    ]
    return Logged(_day(entry), entry.drawn_on, passages)


# ---- the drawing ---------------------------------------------------------------------------


def picture_of(log: Log) -> dict:
    """What the picture of a log needs: terms across, behaviours down, counts in the cells."""
    return {
        "title": "Skills and behaviours by term",
        "sentence": " ".join(_told(line, log.terms) for line in log.behaviours if line.total),
        "columns": log.terms,
        "rows": [{"label": line.title, "counts": line.counts} for line in log.behaviours],
    }


def _told(line: Behaviour, terms: list[tuple[str, str]]) -> str:
    counts = [
        f"{term.lower()} {year} {count}"
        for (term, year), count in zip(terms, line.counts, strict=True)
        if count
    ]
    return f"{line.title}: {', '.join(counts)}."
