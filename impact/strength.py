"""How strong the evidence behind a claim can be called: the ceilings of content/ceilings.toml.

It only ever goes down. What was planned when the first trial began sets the start, and what was
then done can lower it. People may rate lower than the ceiling, never higher.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from alliances.content import words

UNKNOWN, UNTESTED = "unknown", "untested"
STRONG = 4


@dataclass(frozen=True)
class Level:
    """One degree of strength; ``number`` counts from the weakest, 1."""

    code: str
    title: str
    text: str
    number: int


@dataclass(frozen=True)
class Ceiling:
    """A rule: where ``fact`` stands so to ``against``, nothing is stronger than ``at_most``.

    ``test`` is one of is, below, over. ``remedy`` says what would lift it, ``short`` what it found.
    """

    code: str
    title: str
    remedy: str
    short: str
    fact: str
    test: str
    against: str
    at_most: Level
    for_a_plan: bool

    def holds(self, facts: Mapping[str, str | float]) -> bool:
        """Whether it applies; a fact that is not given lowers nothing."""
        fact = facts.get(self.fact)
        if fact is None or self.test == "is":
            return fact == self.against
        if isinstance(fact, str):
            return False
        limit = float(self.against)
        return fact < limit if self.test == "below" else fact > limit


@dataclass(frozen=True)
class Criterion:
    """What evidence is judged by; ``best`` is said where no ceiling holds, ``unknown`` in doubt."""

    code: str
    title: str
    best: str
    unknown: str
    fact: str


@dataclass(frozen=True)
class Judged:
    """What was found by a criterion, in a word or two.

    ``part`` is 1 where nothing keeps the evidence down, a half where it may still be strong, 0
    where it may not, and None where it is not known.
    """

    criterion: Criterion
    text: str
    part: float | None


@dataclass(frozen=True)
class Grounds:
    """What a rating follows from. The tests are "pass", "fail" or "untested".

    ``people`` stand behind the result, ``lost`` per cent of those at the baseline were not
    measured again; None where nobody knows. Without figures only ``is_measured`` counts.
    """

    is_measured: bool
    is_planned: bool = True
    validity: str = UNTESTED
    triangulation: str = UNTESTED
    reliability: str = UNTESTED
    comparison: str = "none"
    people: int | None = None
    lost: float | None = None

    def facts(self) -> dict[str, str | float]:
        """By the names that the ceilings know them by."""
        if not self.is_measured:
            return {"measured": "no"}
        if not self.is_planned:
            return {"planned": "no"}
        return {
            "validity": self.validity,
            "triangulation": self.triangulation,
            "reliability": self.reliability,
            "comparison": self.comparison,
            "people": UNKNOWN if self.people is None else self.people,
            "lost": UNKNOWN if self.lost is None else self.lost,
        }


@dataclass(frozen=True)
class Rating:
    """The strongest that evidence can be called, and the ceilings that hold, the lowest first."""

    level: Level
    because: tuple[Ceiling, ...]


@dataclass(frozen=True)
class Strength:
    """What the plan allowed, what is left of it by what was done, and how that was judged."""

    design: Rating
    execution: Rating
    judged: tuple[Judged, ...]

    @property
    def level(self) -> Level:
        return self.execution.level

    def found(self, criterion: str) -> Judged:
        """What was found by the criterion of a code."""
        return next(each for each in self.judged if each.criterion.code == criterion)

    def allows(self, code: str) -> bool:
        """Whether somebody may call the evidence this strong."""
        return levels()[code].number <= self.level.number


@cache
def levels() -> dict[str, Level]:
    """Every level by its code, the weakest first."""
    return {
        item.code: Level(item.code, item.title, item.text, item.number)
        for item in words("impact", "strength").values()
    }


@cache
def ceilings() -> tuple[Ceiling, ...]:
    """Every ceiling, the lowest first."""
    by_number = {level.number: level for level in levels().values()}
    found = [
        Ceiling(
            item.code,
            item.title,
            item.text,
            item.extra["short"],
            *item.extra["when"].split(),
            at_most=by_number[int(item.extra["at_most"])],
            for_a_plan=bool(item.extra["design"]),
        )
        for item in words("impact", "ceilings").values()
    ]
    return tuple(sorted(found, key=lambda ceiling: ceiling.at_most.number))


@cache
def criteria() -> tuple[Criterion, ...]:
    """Every criterion, in the order of the file."""
    return tuple(
        Criterion(item.code, item.title, item.text, item.extra["unknown"], item.extra["fact"])
        for item in words("impact", "criteria").values()
    )


def strength_of(*, plan: Grounds, done: Grounds) -> Strength:
    """The design by what was planned, the execution by that and by what was done."""
    of_plan = [rule for rule in ceilings() if rule.for_a_plan and rule.holds(plan.facts())]
    of_both = [rule for rule in ceilings() if rule in of_plan or rule.holds(done.facts())]
    return Strength(
        design=_rating(of_plan),
        execution=_rating(of_both),
        judged=tuple(_judged(each, done.facts()) for each in criteria()),
    )


def lowest(*codes: str) -> Level | None:
    """The weakest of some ratings; those that are empty do not count."""
    given = [levels()[code] for code in codes if code]
    return min(given, key=lambda level: level.number, default=None)


def _rating(held: list[Ceiling]) -> Rating:
    best = max(levels().values(), key=lambda level: level.number)
    return Rating(held[0].at_most if held else best, tuple(held))


def _judged(criterion: Criterion, facts: Mapping[str, str | float]) -> Judged:
    """By the lowest ceiling of its fact that holds; without figures nothing can be judged."""
    known = facts.get(criterion.fact)
    if known in (None, UNKNOWN, UNTESTED):
        return Judged(criterion, criterion.unknown, None)
    held = [rule for rule in ceilings() if rule.fact == criterion.fact and rule.holds(facts)]
    if not held:
        return Judged(criterion, criterion.best, 1)
    return Judged(criterion, held[0].short, 0.5 if held[0].at_most.number >= STRONG else 0)
