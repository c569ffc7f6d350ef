"""How much an alliance logs: entries a week over the last year, in figures and drawn."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import BigIntegerField, Count, DateField, F, Max, Model, QuerySet, Value
from django.db.models.functions import Cast, Greatest, TruncWeek

from alliances.models import Assignment
from alliances.roles import Role
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


NONE = Momentum((0,) * WEEKS, None)


@dataclass(frozen=True)
class Week:
    """How many entries were made in a week, by its Monday, and when the last of them was."""

    monday: date
    entries: int
    last: datetime


def momentum_of(enquiries: Iterable[int], today: date) -> dict[int, Momentum]:
    """How much the people of each enquiry's alliance logged and saved, in one query."""
    pks = list(enquiries)
    facilitators = Assignment.objects.filter(role=Role.FACILITATOR).values("user")
    rows = _weeks(pks, Revision.objects.exclude(by__in=facilitators), first_week(today))
    logged: dict[int, list[Week]] = {pk: [] for pk in pks}
    for row in rows:
        logged[row["of"]].append(Week(row["week"], row["entries"], row["last"]))
    return {pk: momentum(weeks, today) for pk, weeks in logged.items()}


def momentum(logged: Iterable[Week], today: date) -> Momentum:
    """What was logged week by week, as it looks on a day."""
    first, weeks = first_week(today), [0] * WEEKS
    last = None
    for each in logged:
        place = (each.monday - first).days // 7
        if 0 <= place < WEEKS:
            weeks[place] += each.entries
        last = max(each.last, last or each.last)
    return Momentum(tuple(weeks), last)


def first_week(today: date, weeks: int = WEEKS) -> date:
    """The Monday of the first of so many weeks that are counted on a day."""
    return today - timedelta(days=today.weekday(), weeks=weeks - 1)


def weeks_by_writer(enquiries: Iterable[int], today: date) -> dict[int, list[tuple[int, Week]]]:
    """What was logged and saved in each enquiry, with who saved it; 0 for what was logged.

    The last weeks one by one, and all before them as one; on a later day fewer of them are the
    last. Who of them facilitates is for the reader to say: that may change with no change in an
    alliance.
    """
    found: dict[int, list[tuple[int, Week]]] = {pk: [] for pk in enquiries}
    for row in _weeks(list(found), Revision.objects.all(), first_week(today, LATELY), "by"):
        week = Week(row["week"], row["entries"], row["last"])
        found[row["of"]].append((row["writer"], week))
    return found


def _weeks(enquiries: list[int], saves: QuerySet, first: date, writer: str = "") -> QuerySet:
    """Entries by enquiry and week from every log. A facilitator's own writing is no momentum.

    Whatever was logged before the ``first`` week comes as one week before it.
    """
    kinds = (*LOGS, HelpRequest, Measure, Reading)
    logged = [kind._meta.model_name for kind in kinds]
    saves = _by_week(saves.exclude(sheet__in=logged), "at", first, writer)
    logs = [*(_logged(kind, first) for kind in kinds), saves]
    here = [rows.filter(of__in=enquiries) for rows in logs]
    return here[0].union(*here[1:], all=True)


def _logged(kind: type[Model], first: date) -> QuerySet:
    """What people logged; printed entries were logged by nobody."""
    return _by_week(kind.objects.filter(logged_by__isnull=False), "logged_at", first)


def _by_week(rows: QuerySet, moment: str, first: date, writer: str = "") -> QuerySet:
    week = Cast(TruncWeek(moment), DateField())
    earlier = Value(first - timedelta(weeks=1), output_field=DateField())
    return (
        rows.order_by()
        .annotate(
            of=F("enquiry_id"),
            week=Greatest(week, earlier),
            writer=F(f"{writer}_id") if writer else Value(0, BigIntegerField()),
        )
        .values("of", "week", "writer")
        .annotate(entries=Count("pk"), last=Max(moment))
    )
