"""What the people of an alliance log in the years of their enquiry, in the words of its project.

No published project tells how many trials it logged, so each school logs one in each turn.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from uuid import UUID

from django.utils import timezone

from alliances.content import words
from alliances.models import User
from alliances.terms import usual_year
from enquiries.actions import Filled
from enquiries.models import (
    Challenge,
    CheckInCall,
    Cycle,
    Dissemination,
    Enquiry,
    Ethics,
    HelpRequest,
    LeadershipEntry,
    MaturityReview,
    Quotation,
    SheetRecord,
    Trial,
)
from impact.actions.importing.progress import as_decimal
from impact.exchange.schema import EnquiryDoc, MeasureDoc
from impact.models import Claim, Measure, Reading

CALLS = {"on-track": 7, "at-risk": 2, "off-track": 1}
BETWEEN_READINGS = timedelta(weeks=8)
ASKED_BEFORE_COLLECTING = (
    *("who_sees", "protected", "collected", "permission", "recognised", "sensitive"),
    *("confidentiality", "withdraw", "parents", "stored"),
)

Save = Callable[[Sequence[Filled]], list[SheetRecord]]


@dataclass(frozen=True)
class Team:
    """An enquiry with its project, its turns, and those who write; between two days."""

    enquiry: Enquiry
    project: EnquiryDoc
    cycles: list[Cycle]
    lead: User
    teachers: list[User]
    facilitator: User
    began: date
    until: date
    chance: Random

    def filled(self, model: type[SheetRecord], on: date, by: User, wanted: dict, **place) -> Filled:
        """A form filled in in the afternoon of a day, under a key that is drawn too."""
        key = UUID(int=self.chance.getrandbits(128), version=4)
        hours = time(15, self.chance.randrange(60))
        at = timezone.make_aware(datetime.combine(on, hours))
        return Filled(model, {"enquiry": self.enquiry, "key": key, **place}, wanted, by, at)

    def within(self, number: int) -> date:
        """Some day of a turn."""
        turn = (self.until - self.began) // len(self.cycles)
        return self.began + turn * number + timedelta(self.chance.randrange(max(turn.days, 1)))


def log(teams: Sequence[Team], save: Save) -> None:
    """Save what they log; what points at something else comes after it."""
    save([form for team in teams for form in _entries(team)])
    measured = [(team, *each) for team in teams for each in _measures(team)]
    measures = save([form for _, form, _ in measured])
    read = [
        form
        for measure, (team, said, doc) in zip(measures, measured, strict=True)
        for form in _readings(team, measure, said.at, doc)
    ]
    readings = save(read)
    save(
        [
            _claim(team, measure, before, after)
            for (team, *_), measure, before, after in zip(
                measured, measures, readings[::2], readings[1::2], strict=True
            )
        ]
    )


def _entries(team: Team) -> Iterator[Filled]:
    if not team.enquiry.ethics_set.exists():
        yield _ethics(team)
    yield from _calls(team)
    for number, cycle in enumerate(team.cycles):
        for teacher in team.teachers:
            yield _trial(team, team.within(number), cycle, teacher)
        yield from _by_the_lead(team, team.within(number), cycle)
    for day in _anniversaries(team):
        yield _maturity(team, day)


def _ethics(team: Team) -> Filled:
    told = dict.fromkeys(ASKED_BEFORE_COLLECTING, "As the alliance's schools do with all data.")
    wanted = {
        **told,
        "owner": "The lead school",
        "consent_from": ["parent"],
        "right_to_withdraw": True,
        "is_published": True,
        "extra_check": "The lead school's head reads it before it is published.",
    }
    return Filled(Ethics, {"enquiry": team.enquiry}, wanted, team.lead, _noon(team.began))


def _calls(team: Team) -> Iterator[Filled]:
    """One each half term, as the programme's clusters had."""
    for span in _half_terms(team.began, team.until):
        status = team.chance.choices(list(CALLS), weights=list(CALLS.values()))[0]
        said = team.chance.choice(team.project.challenges)
        wanted = {"status": status, "discussion": said.challenge, "actions": said.response}
        place = {"enquiry": team.enquiry, "held_on": span}
        yield Filled(CheckInCall, place, wanted, team.facilitator, _noon(span))


def _half_terms(began: date, today: date) -> Iterator[date]:
    """A day of each half term that has begun since."""
    for year in range(began.year - 1, today.year + 1):
        for span in usual_year(year):
            if began <= (day := span.starts_on + timedelta(days=10)) <= today:
                yield day


def _trial(team: Team, on: date, cycle: Cycle, teacher: User) -> Filled:
    project, choose = team.project, team.chance.choice
    wanted = {
        "held_on": on,
        "strategy": choose(project.project.enquiry_methods or [project.project.title])[:200],
        "with_whom": choose(project.measures).population[:200],
        "done": cycle.tried,
        "experienced": cycle.refinements or choose(project.challenges).challenge,
        "reflection": choose(project.leadership_learning).reflection,
        "recommendation": choose(project.next_steps).text,
    }
    return team.filled(Trial, on, teacher, wanted, cycle=cycle)


def _by_the_lead(team: Team, on: date, cycle: Cycle) -> Iterator[Filled]:
    project, choose = team.project, team.chance.choice
    learnt, stood = choose(project.leadership_learning), choose(project.challenges)
    told: dict[type[SheetRecord], dict] = {
        LeadershipEntry: {
            "behaviour": learnt.skill_or_behaviour,
            "reflection": learnt.reflection,
        },
        Challenge: {"challenge": stood.challenge, "response": stood.response},
        Dissemination: {"text": choose(project.dissemination).text},
        HelpRequest: {"text": choose(project.challenges).challenge},
    }
    if project.quotes:
        said = choose(project.quotes)
        consent = Quotation.Consent.GIVEN
        told[Quotation] = {
            "text": said.text,
            "attribution": said.attribution,
            "reported": said.reported,
            "consent": consent,
        }
    for model, wanted in told.items():
        yield team.filled(model, on, team.lead, wanted, cycle=cycle)


def _anniversaries(team: Team) -> Iterator[date]:
    """The first day, and the same day of every year."""
    day = team.began
    while day <= team.until:
        yield day
        day += timedelta(days=365)


def _maturity(team: Team, on: date) -> Filled:
    """A level for each strand that the project works on; for some, where it names none of them."""
    levels = list(words("enquiries", "maturity-levels"))
    strands = team.chance.sample(list(words("enquiries", "maturity")), 4)
    years = (on - team.began).days // 365
    wanted = {"held_on": on}
    for strand in strands:
        level = min(team.chance.randrange(2) + years, len(levels) - 1)
        wanted[f"level.{strand}"] = levels[level]
        wanted[f"evidence.{strand}"] = team.chance.choice(team.project.alliance_impact).text
    return team.filled(MaturityReview, on, team.lead, wanted)


def _measures(team: Team) -> Iterator[tuple[Filled, MeasureDoc]]:
    """In each turn one of the project's measures that have a number at both ends, taken again."""
    both = [m for m in team.project.measures if _is_number(m)]
    for number, _ in enumerate(team.cycles if both else []):
        doc = team.chance.choice(both)
        wanted = {
            "level": doc.level,
            "name": f"{doc.name[:280]}, cycle {number + 1}",
            "instrument": doc.instrument,
            "better": "higher",
            "unit": doc.unit or "",
            "population": doc.population,
        }
        yield team.filled(Measure, team.within(number), team.lead, wanted), doc


def _is_number(doc: MeasureDoc) -> bool:
    return doc.baseline is not None and doc.outcome is not None and not doc.distribution


def _readings(team: Team, measure: Measure, at: datetime, doc: MeasureDoc) -> Iterator[Filled]:
    """Its outcome on a day, and its baseline some weeks before."""
    size, last = team.chance.randint(12, 240), timezone.localdate(at)
    for moment, value, on in (
        (Reading.Moment.BASELINE, doc.baseline, last - BETWEEN_READINGS),
        (Reading.Moment.OUTCOME, doc.outcome, last),
    ):
        wanted = {
            "measure_id": measure.pk,
            "moment": moment,
            "held_on": on,
            "given": Reading.Kind.NUMBER,
            "value": as_decimal(value),
            "n": size,
        }
        yield team.filled(Reading, on, team.lead, wanted)


def _claim(team: Team, measure: Measure, before: Reading, after: Reading) -> Filled:
    wanted = {
        "level": measure.level,
        "statement": team.chance.choice(team.project.alliance_impact).text,
        "kind": Claim.Kind.OBSERVED,
        "baseline_id": before.pk,
        "result_id": after.pk,
        "group_size": after.n,
        "strength": "evidence-limited",
        "evidence.measure": [str(measure.pk)],
    }
    return team.filled(Claim, after.held_on, team.lead, wanted, cycle=team.cycles[-1])


def _noon(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(12)))
