"""Months of progress: bounds of the table, both ends of an interval, and where there are none."""

from decimal import Decimal

import pytest

from impact.statistics import (
    Basis,
    Interval,
    Kind,
    Months,
    MonthsOfProgress,
    Reason,
    Result,
    Summary,
    Table,
    Unsaid,
    hedges_g_of_summaries,
    months,
    months_of,
    standardised_change,
)

THREE = Table("t", "A table", "1", "nowhere", tuple(map(Decimal, ["0.01", "0.09", "0.18"])))


@pytest.mark.parametrize(
    ("effect", "expected"),
    [
        (0, Months(0)),
        (-0.0, Months(0)),
        (0.01, Months(0)),
        (0.0149, Months(0)),
        (0.015, Months(1)),
        (0.09, Months(1)),
        (0.0949, Months(1)),
        (0.095, Months(2)),
        (-0.015, Months(-1)),
        (-0.095, Months(-2)),
        (0.1849, Months(2)),
        (0.185, Months(2, is_more=True)),
        (7, Months(2, is_more=True)),
        (-7, Months(-2, is_more=True)),
    ],
)
def test_months_at_the_bounds(effect, expected):
    assert months(effect, THREE) == expected


@pytest.mark.parametrize("effect", [float("nan"), float("inf")])
def test_what_is_no_number_has_no_months(effect):
    with pytest.raises(ValueError, match="no effect size"):
        months(effect, THREE)


def effect(**changes):
    fields = {
        "kind": Kind.EFFECT_SIZE,
        "estimate": 0.05,
        "interval": Interval(-0.11, 0.21),
        "n": 60,
        "basis": Basis.COMPARISON,
    }
    return Result(**fields | changes)


def test_both_ends_of_the_interval_are_told():
    found = months_of(effect(), table=THREE, is_attainment=True)

    assert found == MonthsOfProgress(Months(1), Months(-2), Months(2, is_more=True), THREE)


def test_pooled_effect_has_months_too():
    found = months_of(effect(kind=Kind.POOLED_EFFECT), table=THREE, is_attainment=True)

    assert found.estimate == Months(1)


@pytest.mark.parametrize(
    ("result", "is_attainment", "reason"),
    [
        (effect(), False, Reason.NOT_ATTAINMENT),
        (effect(basis=Basis.DESCRIPTIVE), True, Reason.NO_COMPARISON),
        (effect(basis=Basis.CLASSES), True, Reason.NO_COMPARISON),
        (effect(kind=Kind.MEAN_CHANGE), True, Reason.NO_COMPARISON),
        (effect(interval=Unsaid(Reason.TOO_FEW)), True, Reason.NO_INTERVAL),
        (hedges_g_of_summaries(Summary(1, 0, 3), Summary(1, 0, 3)), True, Reason.NO_SPREAD),
        (standardised_change([1, 2, 3], [2, 5, 9]), True, Reason.NO_COMPARISON),
    ],
)
def test_nothing_else_has_months(result, is_attainment, reason):
    assert months_of(result, table=THREE, is_attainment=is_attainment) == Unsaid(reason)
