"""How much an alliance logs: entries a week over the last year, in figures and drawn."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, F, Max, Model, Q, QuerySet
from django.db.models.functions import TruncWeek
from django.utils import timezone

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


def momentum_of(enquiries: Iterable[int], today: date) -> dict[int, Momentum]:
    """How much the people of each enquiry's alliance logged and saved, in one query."""
    pks = list(enquiries)
    monday = today - timedelta(days=today.weekday())
    first = monday - timedelta(weeks=WEEKS - 1)
    counts: dict[int, list[int]] = {pk: [0] * WEEKS for pk in pks}
    last: dict[int, datetime] = {}
    for row in _weeks(pks):
        pk, week = row["of"], (timezone.localdate(row["week"]) - first).days // 7
        if 0 <= week < WEEKS:
            counts[pk][week] += row["entries"]
        last[pk] = max(row["last"], last.get(pk, row["last"]))
    return {pk: Momentum(tuple(weeks), last.get(pk)) for pk, weeks in counts.items()}


def _weeks(enquiries: list[int]) -> QuerySet:
    """Entries by enquiry and week from every log. A facilitator's own writing is no momentum."""
    facilitators = Assignment.objects.filter(role=Role.FACILITATOR).values("user")
    kinds = (*LOGS, HelpRequest, Measure, Reading)
    logged = [kind._meta.model_name for kind in kinds]
    saves = Revision.objects.exclude(by__in=facilitators).exclude(sheet__in=logged)
    logs = [*map(_logged, kinds), _by_week(saves, "at")]
    here = [rows.filter(of__in=enquiries) for rows in logs]
    return here[0].union(*here[1:], all=True)


def _logged(kind: type[Model]) -> QuerySet:
    """What people logged; printed entries were logged by nobody."""
    return _by_week(kind.objects.filter(logged_by__isnull=False), "logged_at")


def _by_week(rows: QuerySet, moment: str) -> QuerySet:
    return (
        rows.order_by()
        .annotate(of=F("enquiry_id"), week=TruncWeek(moment))
        .values("of", "week")
        .annotate(entries=Count("pk"), last=Max(moment))
        .filter(~Q(week=None))
    )
