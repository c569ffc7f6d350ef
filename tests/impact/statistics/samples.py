"""Random data of classes and alliances, as they come; how closely two ways must agree on them."""

import pytest
from hypothesis import settings
from hypothesis import strategies as st

QUICK = settings(max_examples=60, deadline=None)

score = st.floats(-50, 150, allow_nan=False).map(lambda value: round(value, 2))


def close(expected):
    """The same to nine figures; to twelve places where a figure is next to nothing."""
    return pytest.approx(expected, rel=1e-9, abs=1e-12)


def scores(fewest: int = 3, most: int = 40) -> st.SearchStrategy[list[float]]:
    """A class's scores, not all the same."""
    return st.lists(score, min_size=fewest, max_size=most).filter(lambda all_: len(set(all_)) > 1)


def matched(fewest: int = 3, most: int = 40) -> st.SearchStrategy[tuple[list, list]]:
    """Scores before and after of the same people, who did not all change alike."""
    pair = st.tuples(score, score)
    both = st.lists(pair, min_size=fewest, max_size=most)
    return both.filter(lambda all_: len({round(b - a, 6) for a, b in all_}) > 1).map(
        lambda all_: ([a for a, _ in all_], [b for _, b in all_])
    )


def sizes(categories: int = 4, most: int = 30) -> st.SearchStrategy[list[int]]:
    """Counts over ordered categories, of at least two people who did not all answer alike."""
    counts = st.lists(st.integers(0, most), min_size=categories, max_size=categories)
    return counts.filter(lambda all_: sum(map(bool, all_)) > 1)


def spelled_out(counts: list[int]) -> list[int]:
    """The place of everybody's answer, one by one."""
    return [place for place, size in enumerate(counts) for _ in range(size)]
