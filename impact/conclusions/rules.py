"""The rules by which a measure is read, in the order in which they speak."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from alliances.content import Item, words
from impact.conclusions.facts import Facts
from impact.conclusions.results import sentence_of
from impact.statistics import Basis, Interval, Result, Spread, Unsaid
from impact.values import MeasureValues
from impact.wording import number

# Below this, one person is more than five of a hundred.
FEW = 20
PATH = 3

# What a rule puts into its sentences; None where it does not apply.
Said = dict[str, str] | None
Condition = Callable[[Facts, Item], Said]


@dataclass(frozen=True)
class Conclusion:
    """A measure read for its reader: what it says, and what may and may not be concluded from it.

    ``codes`` are the rules that spoke, of content/conclusions.toml.
    """

    says: list[str]
    may: list[str]
    may_not: list[str]
    codes: list[str]


def conclude(
    measure: MeasureValues,
    results: Sequence[Result | Unsaid] = (),
    matched: Sequence[Result | Unsaid] = (),
) -> Conclusion:
    """What may be concluded from a measure, and from the statistics worked out of it, if any.

    ``results`` come from its readings, ``matched`` from the scores of the same people; these say
    so, for they may be of some of the people only, and tell another story.
    """
    facts = Facts(measure, [*results, *matched])
    found = Conclusion([], [], [], [])
    for code, condition in RULES.items():
        item = words("impact", "conclusions")[code]
        said = condition(facts, item)
        if said is not None:
            found.codes.append(code)
            for name, into in (
                ("says", found.says),
                ("may", found.may),
                ("may_not", found.may_not),
            ):
                sentence = item.extra[name].format(**said)
                into.extend([sentence] if sentence and sentence not in into else [])
    found.says.extend(map(sentence_of, results))
    of_matched = words("impact", "statistics")["source-matched"].text
    found.says.extend(of_matched.format(said=sentence_of(result)) for result in matched)
    return found


def _if(condition: object, **said: str) -> Said:
    return said if condition else None


def _marked(item: Item, *texts: str) -> bool:
    """Whether any of the rule's marks stands in a text, as words of their own."""
    return any(
        re.search(rf"(?<!\w){re.escape(mark)}", text.casefold())
        for mark in item.extra["marks"]
        for text in texts
    )


# ---- what there is ---------------------------------------------------------------------------


def _words(facts: Facts, _: Item) -> Said:
    told = any(reading.words for reading in facts.measure.readings)
    return _if(told and not facts.has_figures and not facts.is_withheld)


def _nothing(facts: Facts, _: Item) -> Said:
    told = any(reading.words for reading in facts.measure.readings)
    is_there = told or facts.has_figures or facts.is_withheld or facts.is_nobody
    return _if(not (is_there or facts.worked_out))


def _nobody(facts: Facts, _: Item) -> Said:
    return _if(facts.is_nobody)


def _withheld(facts: Facts, _: Item) -> Said:
    return _if(facts.is_withheld)


def _background(facts: Facts, item: Item) -> Said:
    return _if(_marked(item, facts.measure.note))


def _reach(facts: Facts, item: Item) -> Said:
    is_marked = _marked(item, facts.measure.name, facts.measure.note)
    return _if(is_marked and facts.has_figures and not facts.counted)


def _baseline_only(facts: Facts, _: Item) -> Said:
    return _if(facts.before and not facts.after and not facts.change and not facts.is_withheld)


def _outcome_only(facts: Facts, _: Item) -> Said:
    return _if(facts.after and not facts.before and not facts.change and not facts.is_withheld)


def _change_only(facts: Facts, _: Item) -> Said:
    return _if(facts.change and not (facts.before and facts.after))


# ---- which way it went -----------------------------------------------------------------------


def _went(verdict: str) -> Condition:
    def condition(facts: Facts, _: Item) -> Said:
        return _if(facts.moved and facts.verdict == verdict, moved=facts.moved)

    return condition


def _no_direction(facts: Facts, _: Item) -> Said:
    is_open = facts.moved and not facts.verdict and facts.measure.better == "unstated"
    return _if(is_open, moved=facts.moved)


def _unlike(facts: Facts, _: Item) -> Said:
    is_open = facts.moved and not facts.verdict and facts.measure.better != "unstated"
    return _if(is_open, moved=facts.moved)


def _no_comparison(facts: Facts, _: Item) -> Said:
    return _if(facts.is_change and not facts.comparisons)


# ---- beside another group --------------------------------------------------------------------


def _apart(facts: Facts, _: Item) -> Said:
    sides = _sides(facts)
    side = "ahead of" if (1 in sides) == (facts.measure.better == "higher") else "behind"
    if facts.measure.better == "unstated":
        side = "apart from"
    return _if(sides in ({1}, {-1}), side=side)


def _level(facts: Facts, _: Item) -> Said:
    return _if(_sides(facts) == {0})


def _mixed(facts: Facts, _: Item) -> Said:
    return _if(len(_sides(facts)) > 1)


def _sides(facts: Facts) -> set[int]:
    """On which side of nought the intervals of the comparisons lie; 0 for those that hold it.

    Where any is adjusted for the baseline, those that are not do not speak.
    """
    found = [each for each in facts.comparisons if isinstance(each.interval, Interval)]
    adjusted = [each for each in found if each.spread is Spread.POOLED_OUTCOMES]
    ends = [each.interval for each in adjusted or found if isinstance(each.interval, Interval)]
    return {(each.low > 0) - (each.high < 0) for each in ends}


def _classes(facts: Facts, _: Item) -> Said:
    return _if(any(each.basis is Basis.CLASSES for each in facts.comparisons))


# ---- who was measured ------------------------------------------------------------------------


def _numbers_differ(facts: Facts, _: Item) -> Said:
    first, last = (facts.people[0], facts.people[-1]) if facts.people else (0, 0)
    return _if(facts.is_change and first != last, first=number(first), last=number(last))


def _group_changed(facts: Facts, item: Item) -> Said:
    return _if(_marked(item, facts.measure.note) and _numbers_differ(facts, item) is None)


def _earlier_answer(facts: Facts, item: Item) -> Said:
    measure = facts.measure
    return _if(_marked(item, measure.name, measure.scale, measure.population))


def _one(facts: Facts, _: Item) -> Said:
    return _if(facts.people and max(facts.people) == 1)


def _few(facts: Facts, _: Item) -> Said:
    n = min(facts.people, default=0)
    points = number(round(100 / n)) if n else ""
    return _if(1 < n < FEW and facts.has_figures, n=number(n), points=points)


def _number_unknown(facts: Facts, item: Item) -> Said:
    is_rate = facts.measure.unit in item.extra["marks"]
    return _if(is_rate and facts.has_figures and not facts.people)


# ---- how it was counted ----------------------------------------------------------------------


def _points(facts: Facts, _: Item) -> Said:
    count = max(len(facts.points), len(facts.counted))
    return _if(count >= PATH, count=number(count))


def _distribution(facts: Facts, _: Item) -> Said:
    return _if(facts.counted)


def _categories_differ(facts: Facts, _: Item) -> Said:
    labels = {frozenset(tally.label for tally in reading.tallies) for reading in facts.counted}
    return _if(len(labels) > 1)


def _overlap(facts: Facts, item: Item) -> Said:
    measure = facts.measure
    labels = [tally.label for reading in measure.readings for tally in reading.tallies]
    too_many = any(_adds_up_to_more(measure, place) for place in range(len(measure.readings)))
    return _if(too_many or _marked(item, measure.name, measure.note, *labels))


def _adds_up_to_more(measure: MeasureValues, place: int) -> bool:
    """Whether the categories of a reading hold more than its whole; a hundred and a bit is 100."""
    reading = measure.readings[place]
    total = sum(tally.value or 0 for tally in reading.tallies)
    whole = 100 + len(reading.tallies) if measure.unit == "per cent" else reading.of or reading.n
    return bool(whole and total > whole)


# ---- how far the figure itself may be trusted ------------------------------------------------


def _weak(facts: Facts, _: Item) -> Said:
    return _if(any(reading.is_weak for reading in facts.measure.readings))


def _noted(facts: Facts, item: Item) -> Said:
    return _if(_marked(item, facts.measure.note))


RULES: dict[str, Condition] = {
    "conclude-words": _words,
    "conclude-nothing": _nothing,
    "conclude-nobody": _nobody,
    "conclude-withheld": _withheld,
    "conclude-background": _background,
    "conclude-reach": _reach,
    "conclude-baseline-only": _baseline_only,
    "conclude-outcome-only": _outcome_only,
    "conclude-change-only": _change_only,
    "conclude-better": _went("better"),
    "conclude-worse": _went("worse"),
    "conclude-unchanged": _went("unchanged"),
    "conclude-no-direction": _no_direction,
    "conclude-unlike": _unlike,
    "conclude-no-comparison": _no_comparison,
    "conclude-apart": _apart,
    "conclude-level": _level,
    "conclude-mixed": _mixed,
    "conclude-classes": _classes,
    "conclude-numbers-differ": _numbers_differ,
    "conclude-group-changed": _group_changed,
    "conclude-points": _points,
    "conclude-distribution": _distribution,
    "conclude-categories-differ": _categories_differ,
    "conclude-overlap": _overlap,
    "conclude-earlier-answer": _earlier_answer,
    "conclude-one": _one,
    "conclude-few": _few,
    "conclude-number-unknown": _number_unknown,
    "conclude-weak": _weak,
    "conclude-doubt": _noted,
    "conclude-derived": _noted,
}
