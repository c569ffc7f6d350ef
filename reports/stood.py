"""What the records of an enquiry alone say of where it stands: kept with its counts."""

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from alliances.models import Alliance
from reports.facts import calls_of, high_risks, looked_at, voices_of
from reports.momentum import Momentum, Week, momentum, weeks_by_writer


@dataclass(frozen=True)
class Stood:
    """As JSON keeps it: days and moments are texts, empty where there is none.

    ``points`` are those of the last questionnaire. ``logged`` has for each week and writer the
    writer, the Monday, how many entries, and the moment of the last.
    """

    phase: str
    help_wanted: int
    schools_left: int
    has_baseline: bool
    deadline: str
    risks: int
    call: str
    points: list[int]
    logged: list[tuple[int, str, int, str]]

    def ends_on(self) -> date | None:
        return date.fromisoformat(self.deadline) if self.deadline else None

    def momentum(self, facilitators: Collection[int], today: date) -> Momentum:
        """How much was logged, without what these people wrote."""
        return momentum(self._weeks(facilitators), today)

    def _weeks(self, facilitators: Collection[int]) -> Iterator[Week]:
        for writer, monday, entries, last in self.logged:
            if writer not in facilitators:
                yield Week(date.fromisoformat(monday), entries, datetime.fromisoformat(last))


def stood_of(enquiries: Collection[int]) -> dict[int, Stood]:
    """Read anew from all records; as many queries for a hundred as for one."""
    alliances = Alliance.objects.filter(enquiries__in=enquiries)
    found = [each for each in looked_at(alliances) if each.pk in enquiries]
    calls, voices = calls_of(enquiries), voices_of(enquiries)
    risks = Counter(high_risks(enquiries))
    logged = weeks_by_writer(enquiries, timezone.localdate())
    return {
        each.pk: Stood(
            phase=each.phase or "",
            help_wanted=each.help_wanted,
            schools_left=each.schools_left,
            has_baseline=each.has_baseline,
            deadline=each.deadline.isoformat() if each.deadline else "",
            risks=risks[each.pk],
            call=calls[each.pk].status if each.pk in calls else "",
            points=list(voices[each.pk].points) if each.pk in voices else [],
            logged=sorted(
                (writer, week.monday.isoformat(), week.entries, week.last.isoformat())
                for writer, week in logged[each.pk]
            ),
        )
        for each in found
    }
