"""What the records of an enquiry alone say of where it stands: kept with its counts."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime

from impact.claims.queries import Stated
from reports.facts import Call, Voice, calls_of, high_risks, looked_at, tests_of, voices_of
from reports.manuscript.standing import standings_of
from reports.momentum import LATELY, Week, first_week, logged_weeks


@dataclass(frozen=True)
class Lately:
    """How many entries were made in the last weeks, and when the last ever was."""

    entries: int
    last_at: datetime | None


@dataclass(frozen=True)
class Claimed:
    """What an alliance itself claims: how much of it has evidence, and how strong the best is.

    ``strongest`` is the code of the best degree among those with evidence, empty where none was
    rated.
    """

    claims: int
    backed: int
    signed: int
    strongest: str


@dataclass(frozen=True)
class Stood:
    """As JSON keeps it: days and moments are texts, empty where there is none.

    ``claimed`` are the fields of a Claimed. ``call`` is the status of the last one, on ``called``;
    ``points`` are those of the last questionnaire, answered on ``voiced``. ``case_study`` is the
    code of its State. ``logged`` has for each writer and each of the last weeks, and for all
    before them as one: the writer, the Monday, how many entries, and the moment of the last in
    universal time.
    """

    phase: str
    cycle: str
    help_wanted: int
    schools_left: int
    has_baseline: bool
    deadline: str
    risks: int
    tested: int
    passed: int
    claimed: dict
    call: str
    called: str
    voiced: str
    points: list[int]
    case_study: str
    logged: list[list]

    @property
    def ends_on(self) -> date | None:
        return _day(self.deadline)

    @property
    def last_call(self) -> Call | None:
        on = _day(self.called)
        return Call(self.call, on) if on else None

    @property
    def voice(self) -> Voice | None:
        on = _day(self.voiced)
        return Voice(on, tuple(self.points)) if on else None

    def lately(self, facilitators: Collection[int], today: date) -> Lately:
        """How much was logged of late, without what these people wrote."""
        first, until = first_week(today, LATELY).isoformat(), today.isoformat()
        own = [row for row in self.logged if row[0] not in facilitators]
        last = max((last for _, _, _, last in own), default="")
        return Lately(
            entries=sum(entries for _, monday, entries, _ in own if first <= monday <= until),
            last_at=datetime.fromisoformat(last) if last else None,
        )


def stood_of(
    enquiries: Collection[int], today: date, claims: Mapping[int, list[Stated]]
) -> dict[int, Stood]:
    """Read anew from all records; as many queries for a hundred as for one.

    ``claims`` are those of each enquiry.
    """
    found = list(looked_at(enquiries))
    calls, voices, risks = calls_of(enquiries), voices_of(enquiries), Counter(high_risks(enquiries))
    tested, passed = tests_of(enquiries)
    states = {each.enquiry.pk: each.state for each in standings_of(found)}
    logged = logged_weeks(enquiries, today, LATELY)
    return {
        each.pk: Stood(
            phase=each.phase or "",
            cycle=each.cycle_label or "",
            help_wanted=each.help_wanted,
            schools_left=each.schools_left,
            has_baseline=each.has_baseline,
            deadline=_text(each.deadline),
            risks=risks[each.pk],
            tested=tested[each.pk],
            passed=passed[each.pk],
            claimed=asdict(_claimed(claims[each.pk])),
            call=calls[each.pk].status if each.pk in calls else "",
            called=_text(calls[each.pk].on) if each.pk in calls else "",
            voiced=_text(voices[each.pk].on) if each.pk in voices else "",
            points=list(voices[each.pk].points) if each.pk in voices else [],
            case_study=states[each.pk].value,
            logged=[_row(week) for week in logged[each.pk]],
        )
        for each in found
    }


def _claimed(claims: list[Stated]) -> Claimed:
    own = [stated for stated in claims if not stated.is_printed]
    rated = [each.degree for each in own if each.degree and each.has_evidence]
    best = max(rated, key=lambda degree: degree.number, default=None)
    return Claimed(
        claims=len(own),
        backed=sum(each.has_evidence for each in own),
        signed=sum(each.is_signed for each in own),
        strongest=best.code if best else "",
    )


def _row(week: Week) -> list:
    """Later moments are greater texts."""
    last = week.last.astimezone(UTC).isoformat(timespec="microseconds")
    return [week.writer, week.monday.isoformat(), week.entries, last]


def _text(day: date | None) -> str:
    return day.isoformat() if day else ""


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
