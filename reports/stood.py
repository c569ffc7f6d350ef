"""What the records of an enquiry alone say of where it stands: kept with its counts."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime

from django.utils import timezone

from alliances.models import Alliance
from impact.claims.queries import claims_with_evidence
from reports.facts import calls_of, high_risks, looked_at, voices_of
from reports.manuscript.standing import standings_of
from reports.momentum import LATELY, Week, first_week, weeks_by_writer


@dataclass(frozen=True)
class Lately:
    """How many entries were made in the last weeks, and when the last ever was."""

    entries: int
    last_at: datetime | None


@dataclass(frozen=True)
class Stood:
    """As JSON keeps it: days and moments are texts, empty where there is none.

    ``unbacked`` are the alliance's own claims without evidence; ``points`` are those of the last
    questionnaire; ``case_study`` is the code of its State. ``logged`` has for each of the last
    weeks, and for all before them as one, and each writer: the writer, the Monday, how many
    entries, and the moment of the last in universal time.
    """

    phase: str
    help_wanted: int
    schools_left: int
    has_baseline: bool
    unbacked: int
    deadline: str
    risks: int
    call: str
    points: list[int]
    case_study: str
    logged: list[tuple[int, str, int, str]]

    def ends_on(self) -> date | None:
        return date.fromisoformat(self.deadline) if self.deadline else None

    def lately(self, facilitators: Collection[int], today: date) -> Lately:
        """How much was logged of late, without what these people wrote."""
        first, until = first_week(today, LATELY).isoformat(), today.isoformat()
        own = [row for row in self.logged if row[0] not in facilitators]
        last = max((last for _, _, _, last in own), default="")
        return Lately(
            entries=sum(entries for _, monday, entries, _ in own if first <= monday <= until),
            last_at=datetime.fromisoformat(last) if last else None,
        )


def stood_of(enquiries: Collection[int]) -> dict[int, Stood]:
    """Read anew from all records; as many queries for a hundred as for one."""
    alliances = Alliance.objects.filter(enquiries__in=enquiries)
    found = [each for each in looked_at(alliances) if each.pk in enquiries]
    calls, voices = calls_of(enquiries), voices_of(enquiries)
    risks, unbacked = Counter(high_risks(enquiries)), Counter(_unbacked(enquiries))
    states = {each.enquiry.pk: each.state for each in standings_of(found)}
    logged = weeks_by_writer(enquiries, timezone.localdate())
    return {
        each.pk: Stood(
            phase=each.phase or "",
            help_wanted=each.help_wanted,
            schools_left=each.schools_left,
            has_baseline=each.has_baseline,
            unbacked=unbacked[each.pk],
            deadline=each.deadline.isoformat() if each.deadline else "",
            risks=risks[each.pk],
            call=calls[each.pk].status if each.pk in calls else "",
            points=list(voices[each.pk].points) if each.pk in voices else [],
            case_study=states[each.pk].value,
            logged=_by_writer(logged[each.pk]),
        )
        for each in found
    }


def _unbacked(enquiries: Collection[int]) -> Iterator[int]:
    """The enquiry of each claim of an alliance's own that rests on nothing."""
    for stated in claims_with_evidence(enquiries):
        if not (stated.is_printed or stated.has_evidence):
            yield stated.claim.enquiry_id


def _by_writer(logged: Iterable[tuple[int, Week]]) -> list[tuple[int, str, int, str]]:
    """One row for each writer and week, whatever it was that they wrote."""
    entries, last = Counter[tuple[int, date]](), dict[tuple[int, date], datetime]()
    for writer, week in logged:
        which = writer, week.monday
        entries[which] += week.entries
        last[which] = max(week.last, last.get(which, week.last))
    return [
        (writer, monday.isoformat(), entries[writer, monday], _moment(last[writer, monday]))
        for writer, monday in sorted(entries)
    ]


def _moment(moment: datetime) -> str:
    """Later moments are greater texts."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")
