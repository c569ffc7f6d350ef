"""The term calendar of a programme: as the national team set it, else as is usual in England."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import groupby, pairwise, takewhile

from alliances.content import Item, words
from alliances.models import HalfTerm, Programme

MONDAY, FRIDAY = 0, 4
# A school year is the one that begins from this month on.
FIRST_MONTH = 8
# As many terms as two school years have are offered to choose from.
MOST_TERMS = 6


@dataclass(frozen=True)
class Span:
    """A half term, from its first day to its last; ``part_of`` is its term."""

    code: str
    title: str
    part_of: str
    starts_on: date
    ends_on: date


@dataclass(frozen=True)
class Term:
    """A term of two half terms; ``since`` is the day after the one before, holidays included."""

    title: str
    since: date
    starts_on: date
    ends_on: date


@dataclass(frozen=True)
class Fault:
    """What is wrong with a date: which half term's, which of the two, and what to say of it."""

    code: str
    end: str
    text: str


@dataclass(frozen=True)
class Calendar:
    """Half terms by school year; ``set_by_hand`` holds those of years that somebody has set."""

    set_by_hand: dict[int, list[Span]] = field(default_factory=dict)

    def year(self, school_year: int) -> list[Span]:
        """The six half terms of a school year, in order."""
        return self.set_by_hand.get(school_year) or usual_year(school_year)

    def half_term(self, day: date) -> Span:
        """The half term a day lies in; in holidays the one before."""
        return self._begun(day)[0]

    def term_start(self, day: date) -> date:
        """First day of the term that a day lies in; in holidays of the one before."""
        begun = self._begun(day)
        halves = takewhile(lambda span: span.part_of == begun[0].part_of, begun)
        return min(span.starts_on for span in halves)

    def terms(self, day: date) -> list[Term]:
        """The last six terms that had begun on a day, latest first."""
        this = school_year_of(day)
        spans = [span for year in (this - 2, this - 1, this) for span in self.year(year)]
        halves = [list(group) for _, group in groupby(spans, key=lambda span: span.part_of)]
        terms = [
            Term(
                title=f"{term[0].part_of.capitalize()} term {term[0].starts_on.year}",
                since=before[-1].ends_on + timedelta(days=1),
                starts_on=term[0].starts_on,
                ends_on=term[-1].ends_on,
            )
            for before, term in pairwise(halves)
        ]
        return [term for term in reversed(terms) if term.starts_on <= day][:MOST_TERMS]

    def last_ended(self, day: date) -> Term:
        """The term that ended last before a day."""
        return next(term for term in self.terms(day) if term.ends_on < day)

    def _begun(self, day: date) -> list[Span]:
        """Half terms that had begun on a day, latest first."""
        this = school_year_of(day)
        around = [*self.year(this - 1), *self.year(this)]
        return [span for span in reversed(around) if span.starts_on <= day]


def calendar_of(programme: Programme | int) -> Calendar:
    """The calendar of a programme, or of the programme with that key, in one query."""
    years: dict[int, list[Span]] = {}
    for row in HalfTerm.objects.filter(programme=programme):
        span = _span(words("alliances", "terms")[row.code], row.starts_on, row.ends_on)
        years.setdefault(row.school_year, []).append(span)
    return Calendar(years)


def school_year_of(day: date) -> int:
    """The school year a day belongs to, by the calendar year in which it began."""
    return day.year if day.month >= FIRST_MONTH else day.year - 1


def usual_year(school_year: int) -> list[Span]:
    """Six half terms as most English schools have them, before anybody has set any dates."""
    return [
        _span(
            item,
            _first(MONDAY, school_year, item.extra["from"]),
            _first(FRIDAY, school_year, item.extra["until"]),
        )
        for item in words("alliances", "terms").values()
    ]


def _span(item: Item, starts_on: date, ends_on: date) -> Span:
    return Span(item.code, item.title, item.extra["part_of"], starts_on, ends_on)


def _first(weekday: int, school_year: int, month_and_day: str) -> date:
    """The first such weekday from a day of a school year on."""
    month, day = map(int, month_and_day.split("-"))
    earliest = date(school_year + (month < FIRST_MONTH), month, day)
    return earliest + timedelta(days=(weekday - earliest.weekday()) % 7)


def faults(school_year: int, spans: Sequence[Span], calendar: Calendar) -> Iterator[Fault]:
    """What is wrong with the dates of a year: order, overlaps, and where its neighbours begin."""
    before, after = calendar.year(school_year - 1)[-1], calendar.year(school_year + 1)[0]
    for span in spans:
        if span.ends_on <= span.starts_on:
            text = f"{span.title} must end after it starts"
            yield Fault(span.code, "ends", text)
    for earlier, later in pairwise([before, *spans, after]):
        if later.starts_on > earlier.ends_on:
            continue
        if later is after:
            text = f"{earlier.title} must end before the next school year starts"
            yield Fault(earlier.code, "ends", text)
        else:
            text = f"{later.title} must start after {earlier.title.lower()} has ended"
            yield Fault(later.code, "starts", text)
