"""Scores and counts as they come in: out-of-range input is refused, honest gaps are left out."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean, stdev

# A spread so small beside the scores themselves is what adding decimals leaves behind.
ROUNDING = 1e-12
FEWEST = 2

Scores = Sequence[float | None]


@dataclass(frozen=True)
class Summary:
    """Mean, standard deviation (n - 1) and number of people; ``sd`` is None for one person.

    Raises ValueError for a negative n or sd, or a figure that is no number.
    """

    mean: float
    sd: float | None
    n: int

    def __post_init__(self) -> None:
        _finite([self.mean, 0 if self.sd is None else self.sd])
        if self.n < 0 or (self.sd is not None and self.sd < 0):
            raise ValueError(f"no group has n {self.n} and a standard deviation of {self.sd}")

    @property
    def known_sd(self) -> float:
        """The standard deviation; 0 for one person, who has none."""
        return self.sd or 0.0


@dataclass(frozen=True)
class Share:
    """So many of so many. Raises ValueError for less than none and for more than the whole."""

    count: int
    of: int

    def __post_init__(self) -> None:
        if not 0 <= self.count <= self.of:
            raise ValueError(f"{self.count} of {self.of} is no part of a whole")

    @property
    def value(self) -> float:
        """From 0 to 1."""
        return self.count / self.of


def summary_of(scores: Scores) -> Summary | None:
    """The summary of the scores that are there; None where there are none."""
    there = present(scores)
    if not there:
        return None
    return Summary(fmean(there), spread_of(there), len(there))


def present(scores: Scores) -> list[float]:
    """The scores without the gaps. Raises ValueError for a score that is no number."""
    return _finite([score for score in scores if score is not None])


def pairs(before: Scores, after: Scores) -> tuple[list[float], list[float]]:
    """Both scores of everybody who has both; the two lists go by the same people in one order.

    Raises ValueError where the lists differ in length.
    """
    both = [
        (one, other)
        for one, other in zip(before, after, strict=True)
        if one is not None and other is not None
    ]
    return _finite([one for one, _ in both]), _finite([other for _, other in both])


def spread_of(scores: Sequence[float], beside: Sequence[float] = ()) -> float | None:
    """Standard deviation (n - 1), None for one score; exactly 0 where only rounding differs.

    ``beside`` are the scores that these are differences of.
    """
    if len(scores) < FEWEST:
        return None
    sd = stdev(scores)
    largest = max(map(abs, [*scores, *beside]))
    return 0.0 if sd <= ROUNDING * largest else sd


def counts(sizes: Iterable[int]) -> list[int]:
    """Sizes of categories. Raises ValueError for one that is negative or no whole number."""
    found = list(sizes)
    if any(size < 0 or size % 1 for size in found):
        raise ValueError("a category holds a whole number of people, or none")
    return [int(size) for size in found]


def _finite(numbers: list[float]) -> list[float]:
    if not all(map(math.isfinite, numbers)):
        raise ValueError("a score must be a number")
    return numbers
