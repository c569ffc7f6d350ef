"""The shipped table of months against the figures that were published by it."""

from dataclasses import replace

import pytest

from impact.months import criticism, in_months, in_words, table_of
from impact.statistics import (
    Months,
    MonthsOfProgress,
    Spread,
    Summary,
    hedges_g_of_summaries,
    months,
    months_of,
)

PRINTED = [
    (-0.01, 0.01),
    (0.02, 0.09),
    (0.10, 0.18),
    (0.19, 0.26),
    (0.27, 0.35),
    (0.36, 0.44),
    (0.45, 0.52),
    (0.53, 0.61),
    (0.62, 0.69),
    (0.70, 0.78),
    (0.79, 0.87),
    (0.88, 0.95),
    (0.96, 1.00),
]


@pytest.mark.parametrize(("number", "bounds"), list(enumerate(PRINTED)))
def test_months_are_those_of_the_printed_table(number, bounds):
    table = table_of()

    assert [months(effect, table) for effect in bounds] == [Months(number)] * 2
    assert months(-bounds[1], table) == Months(-number)


@pytest.mark.parametrize(("effect", "number"), [(0.03, 1), (0.44, 5), (0.96, 12)])
def test_published_months(effect, number):
    assert months(effect, table_of()) == Months(number)


def test_beyond_the_table():
    assert months(1.01, table_of()) == Months(12, is_more=True)


def test_pair_of_classes_is_five_months_give_or_take():
    g = hedges_g_of_summaries(Summary(58, 10, 28), Summary(54, 10, 27))

    found = months_of(g, table=table_of(), is_attainment=True)

    assert (found.low, found.estimate, found.high) == (Months(-2), Months(5), Months(11))
    assert in_words(found) == "5 months ahead, somewhere from 2 months behind to 11 months ahead"


def test_every_set_has_its_months_and_the_adjusted_effect_goes_before_the_plain_one():
    plain = hedges_g_of_summaries(Summary(58, 10, 28), Summary(54, 10, 27))
    adjusted = replace(plain, spread=Spread.POOLED_OUTCOMES)
    none = replace(adjusted, estimate=0.0)

    told = in_months([adjusted, plain, none, plain], is_attainment=True)

    assert [line.split(",")[0].removeprefix("In months of progress: ") for line in told[:-1]] == [
        "5 months ahead",
        "no months",
    ]
    assert told[-1] == criticism(table_of())


def test_months_beyond_the_table_and_none_in_words():
    found = MonthsOfProgress(Months(1), Months(0), Months(12, is_more=True), table_of())

    assert in_words(found) == (
        "1 month ahead, somewhere from no months to more than 12 months ahead"
    )


def test_criticism_is_three_short_sentences_in_one_line():
    told = criticism(table_of())

    assert (told.count("\n"), told.count(".")) == (0, 3)
