"""How much an alliance logs: entries a week over the last year, in figures and drawn."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import BigIntegerField, Count, DateField, F, Max, Model, QuerySet, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Greatest, TruncWeek

from enquiries.models import HelpRequest, Revision
from enquiries.queries import LOGS
from impact.models import Measure, Reading

WEEKS, LATELY = 52, 4
BAR, GAP, HEIGHT = 2, 1, 28


@dataclass(frozen=True)
class Momentum:
    """Entries in each of the last 52 weeks, the oldest first, and when the last was made."""

    weeks: tuple[int, ...]
    last_at: datetime | None

    @property
    def sentence(self) -> str:
        year, lately = sum(self.weeks), sum(self.weeks[-LATELY:])
        noun = "entry" if year == 1 else "entries"
        return f"{year} {noun} in a year, {lately} in the last {LATELY} weeks"

    @property
    def drawing(self) -> dict:
        """A bar for each week that has entries, in the units of the picture."""
        most = max(*self.weeks, 1)
        heights = [round(HEIGHT * count / most, 1) for count in self.weeks]
        bars = [
            {"x": week * (BAR + GAP), "y": round(HEIGHT - height, 1), "height": height}
            for week, height in enumerate(heights)
            if height
        ]
        return {"width": WEEKS * (BAR + GAP), "height": HEIGHT, "bar": BAR, "bars": bars}


@dataclass(frozen=True)
class Week:
    """How many entries somebody made in a week, by its Monday, and when the last of them was.

    ``writer`` is who saved forms, 0 for all that was logged: who of them facilitates may change
    with no change in an alliance, so that is for the reader to say.
    """

    writer: int
    monday: date
    entries: int
    last: datetime


def momentum(logged: Iterable[tuple[date, int]], last_at: datetime | None, today: date) -> Momentum:
    """Entries by the Mondays of their weeks, as they look on a day."""
    first, weeks = first_week(today), [0] * WEEKS
    for monday, entries in logged:
        place = (monday - first).days // 7
        if 0 <= place < WEEKS:
            weeks[place] += entries
    return Momentum(tuple(weeks), last_at)


def first_week(today: date, weeks: int = WEEKS) -> date:
    """The Monday of the first of so many weeks that are counted on a day."""
    return today - timedelta(days=today.weekday(), weeks=weeks - 1)


def logged_weeks(enquiries: Iterable[int], today: date, weeks: int) -> dict[int, list[Week]]:
    """What was logged and saved in each enquiry in the last weeks, and as one before them.

    One query. On a later day fewer of the weeks are the last.
    """
    found: dict[int, dict[tuple[int, date], Week]] = {pk: {} for pk in enquiries}
    for row in _weeks(list(found), first_week(today, weeks)):
        which, rows = (row["writer"], row["week"]), found[row["of"]]
        before = rows.get(which)
        entries, last = row["entries"], row["last"]
        if before:
            entries, last = entries + before.entries, max(last, before.last)
        rows[which] = Week(*which, entries, last)
    return {pk: [rows[which] for which in sorted(rows)] for pk, rows in found.items()}


def _weeks(enquiries: list[int], first: date) -> QuerySet:
    """Entries by enquiry, writer and week from every log and of every save of another form.

    Whatever was logged before the ``first`` week comes as one week before it.
    """
    kinds = (*LOGS, HelpRequest, Measure, Reading)
    logged = [kind._meta.model_name for kind in kinds]
    saves = _by_week(Revision.objects.exclude(sheet__in=logged), "at", first, F("by_id"))
    logs = [*(_logged(kind, first) for kind in kinds), saves]
    here = [rows.filter(of__in=enquiries) for rows in logs]
    return here[0].union(*here[1:], all=True)


def _logged(kind: type[Model], first: date) -> QuerySet:
    """What people logged; printed entries were logged by nobody."""
    nobody = Value(0, BigIntegerField())
    return _by_week(kind.objects.filter(logged_by__isnull=False), "logged_at", first, nobody)


def _by_week(rows: QuerySet, moment: str, first: date, writer: Combinable) -> QuerySet:
    week = Cast(TruncWeek(moment), DateField())
    earlier = Value(first - timedelta(weeks=1), output_field=DateField())
    return (
        rows.order_by()
        .annotate(
            of=F("enquiry_id"),
            week=Greatest(week, earlier),
            writer=writer,
        )
        .values("of", "week", "writer")
        .annotate(entries=Count("pk"), last=Max(moment))
    )
