"""A leadership log over time: which skills and behaviours were drawn on, term by term.

Lengths of the drawing are in units of it; it is as wide as the charts beside it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from math import sqrt

from django.urls import reverse
from django.utils import timezone

from alliances.content import words
from alliances.forms import wording_of
from alliances.terms import Calendar, calendar_of
from enquiries.models import Enquiry, LeadershipEntry
from enquiries.sheets.logs import PASSAGES
from reports.charts import LABEL_WIDTH, WIDTH, Drawing, lines_of, tenth, written

OTHER_WORDS = "In other words"
COLUMNS = (290, 620)
WIDEST_COLUMN = 74
HEADING, FIRST, ROW = 14, 36, 32
LEAST, MOST_RADIUS = 9, 15


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


def drawing(log: Log) -> Drawing:
    """A disc for each behaviour and term, as large as it was drawn on often, with its number."""
    left, right = COLUMNS
    step = min((right - left) / len(log.terms), WIDEST_COLUMN)
    xs = [tenth(left + step * (i + 0.5)) for i in range(len(log.terms))]
    most = max((count for line in log.behaviours for count in line.counts), default=1) or 1
    return {
        "width": WIDTH,
        "height": FIRST + ROW * len(log.behaviours),
        "headings": [
            {"x": x, "y": HEADING, "term": term, "year": year}
            for x, (term, year) in zip(xs, log.terms, strict=True)
        ],
        "rows": [
            _row(line, FIRST + ROW * (i + 0.5), xs, most) for i, line in enumerate(log.behaviours)
        ],
        "sentence": " ".join(_told(line, log.terms) for line in log.behaviours if line.total),
    }


def _row(line: Behaviour, middle: float, xs: list[float], most: int) -> Drawing:
    return {
        "label": written(lines_of(line.title, LABEL_WIDTH), middle + 4),
        "middle": middle,
        "discs": [
            {"x": x, "count": count, "radius": tenth(_radius(count, most))}
            for x, count in zip(xs, line.counts, strict=True)
            if count
        ],
    }


def _radius(count: int, most: int) -> float:
    """Areas grow with counts, from a disc that holds a figure to one that fills its row."""
    return LEAST + (MOST_RADIUS - LEAST) * sqrt(count / most)


def _told(line: Behaviour, terms: list[tuple[str, str]]) -> str:
    counts = [
        f"{term.lower()} {year} {count}"
        for (term, year), count in zip(terms, line.counts, strict=True)
        if count
    ]
    return f"{line.title}: {', '.join(counts)}."
