"""What matched scores say together: who is matched, who was lost, and what changed."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import fmean

from impact.disclosure import is_small
from impact.matched.reading import Arm
from impact.models import MatchedRow
from impact.statistics import (
    Basis,
    Kind,
    Result,
    Unsaid,
    adjusted_g,
    as_classes,
    g_of_classes,
    hedges_g,
    mean_change,
    share_improved,
    standardised_change,
    summary_of,
)
from impact.wording import signed

EVERYBODY = "Everybody"


@dataclass(frozen=True)
class Line:
    """Some of the people of a set: how many, with which scores, and the means of what there is.

    ``change`` is of those matched; ``difference`` of the means of all who have a score at all.
    """

    label: str
    people: int
    matched: int
    before_alone: int
    after_alone: int
    change: float | None
    difference: float | None

    @property
    def lost(self) -> int:
        """Per cent of those with a score before who have none after."""
        began = self.matched + self.before_alone
        return round(100 * self.before_alone / began) if began else 0

    @property
    def change_shown(self) -> str:
        return _shown(self.change)

    @property
    def difference_shown(self) -> str:
        return _shown(self.difference)


@dataclass(frozen=True)
class Figures:
    """A set's figures. Nothing of a single person, and nothing at all where ``is_withheld``."""

    lines: tuple[Line, ...]
    groups: tuple[Line, ...]
    results: tuple[Result | Unsaid, ...]
    has_comparison: bool
    is_withheld: bool = False

    @property
    def is_of_classes(self) -> bool:
        """Whether one class was set against another, so that teaching and class cannot be told."""
        bases = {result.basis for result in self.results if isinstance(result, Result)}
        return Basis.CLASSES in bases


WITHHELD = Figures((), (), (), has_comparison=False, is_withheld=True)


def figures_of(rows: list[MatchedRow], better: str) -> Figures:
    """The figures as those who hold the scores may see them; ``better`` as in a measure."""
    arms = {arm: [row for row in rows if row.arm == arm] for arm in Arm}
    has_comparison = bool(arms[Arm.COMPARISON])
    lines = [_line(EVERYBODY, rows)]
    if has_comparison:
        lines += [_line(arm.label, arms[arm]) for arm in Arm]
    return Figures(
        tuple(lines),
        tuple(_groups(rows)),
        tuple(_against(arms) if has_comparison else _alone(rows, better)),
        has_comparison,
    )


def outside(figures: Figures, threshold: int) -> Figures:
    """The figures as they may leave the alliance: nothing where any count of people is small.

    Groups stay inside, and so does a share of people that leaves out or counts only a few.
    """
    counts = [
        count
        for line in figures.lines
        for count in (line.people, line.matched, line.before_alone, line.after_alone)
    ]
    if any(is_small(count, threshold) for count in counts):
        return WITHHELD
    results = tuple(each for each in figures.results if not _betrays(each, threshold))
    return Figures(figures.lines, (), results, figures.has_comparison)


def _betrays(result: Result | Unsaid, threshold: int) -> bool:
    if isinstance(result, Unsaid) or result.kind is not Kind.SHARE_IMPROVED:
        return False
    improved = round(result.estimate * result.n)
    return is_small(improved, threshold) or is_small(result.n - improved, threshold)


def _line(label: str, rows: Iterable[MatchedRow]) -> Line:
    rows = list(rows)
    before, after = _scores(rows)
    changes = [
        last - first for first, last in zip(before, after, strict=True) if _both(first, last)
    ]
    return Line(
        label,
        people=len(rows),
        matched=len(changes),
        before_alone=sum(score is None for score in after),
        after_alone=sum(score is None for score in before),
        change=fmean(changes) if changes else None,
        difference=_difference(before, after),
    )


def _shown(change: float | None) -> str:
    """A change with its sign, to two places; a dash where there is none."""
    return "–" if change is None else signed(round(change, 2) + 0.0)


def _both(first: float | None, last: float | None) -> bool:
    return first is not None and last is not None


def _difference(before: list[float | None], after: list[float | None]) -> float | None:
    starts, ends = ([score for score in scores if score is not None] for scores in (before, after))
    return fmean(ends) - fmean(starts) if starts and ends else None


def _scores(rows: list[MatchedRow]) -> tuple[list[float | None], list[float | None]]:
    before = [None if row.before is None else float(row.before) for row in rows]
    after = [None if row.after is None else float(row.after) for row in rows]
    return before, after


def _groups(rows: list[MatchedRow]) -> Iterable[Line]:
    """Those in each group and those not in it, so that it can be seen whom the set lost."""
    for name in dict.fromkeys(name for row in rows for name in row.groups):
        for answer, word in ((True, "yes"), (False, "no")):
            yield _line(f"{name}: {word}", (row for row in rows if row.groups.get(name) is answer))


def _alone(rows: list[MatchedRow], better: str) -> Iterable[Result | Unsaid]:
    before, after = _scores(rows)
    yield mean_change(before, after)
    yield standardised_change(before, after)
    yield share_improved(before, after, better)


def _against(arms: dict[Arm, list[MatchedRow]]) -> Iterable[Result | Unsaid]:
    """Those who took part against those who did not, adjusted for where each began, and not.

    Where every matched person has a class, the classes take the place of single people.
    """
    matched = [[row for row in arms[arm] if _both(row.before, row.after)] for arm in Arm]
    treated, comparison = (_scores(rows) for rows in matched)
    adjusted = adjusted_g(treated, comparison)
    sizes = [Counter(row.class_code for row in rows) for rows in matched]
    if all(sizes) and not any("" in each for each in sizes):
        first, second = (list(each.values()) for each in sizes)
        yield as_classes(adjusted, treated_classes=first, comparison_classes=second)
        yield _of_classes(treated[1], comparison[1], sizes)
    else:
        yield adjusted
        yield hedges_g(treated[1], comparison[1])


def _of_classes(treated, comparison, sizes: list[Counter]) -> Result | Unsaid:
    summaries = summary_of(treated), summary_of(comparison)
    if None in summaries:
        return hedges_g(treated, comparison)
    return g_of_classes(
        *summaries,
        treated_classes=list(sizes[0].values()),
        comparison_classes=list(sizes[1].values()),
    )
