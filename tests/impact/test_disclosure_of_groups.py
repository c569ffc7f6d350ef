"""Groups whose names tell more than the site knows, and shares whose number others tell."""

from tests.impact.test_disclosure import measure, outcome, shown

SETS = ("Mr Ash's set", "Ms Birch's set", "Mx Cedar's set")


def share(value, **fields):
    return measure(outcome(value), unit="per cent", **fields)


def test_groups_that_come_to_a_whole_hide_the_small_one_behind_another():
    counts = [outcome(8, of=23), outcome(13, of=33), outcome(3, of=4)]
    whole = measure(outcome(24, of=60), unit="")

    out = shown(whole, *(measure(c, unit="", group=s) for c, s in zip(counts, SETS, strict=True)))

    assert out == [["24 of 60"], ["[c]"], ["13 of 33"], ["[c]"]]


def test_attainment_that_divides_a_whole_hides_the_size_of_a_small_group():
    kinds = {"high": (8, 23), "middle": (13, 33), "low": (3, 4)}
    groups = [
        measure(outcome(count, of=size), unit="", group=kind, group_kind=kind)
        for kind, (count, size) in kinds.items()
    ]

    out = shown(measure(outcome(24, of=60), unit=""), *groups)

    assert out == [["24 of 60"], ["[c]"], ["13 of 33"], ["[c]"]]


def test_share_of_few_is_withheld_where_another_measure_tells_of_how_many():
    counted = measure(outcome(17, of=30), unit="", name="Reading")

    assert shown(counted, share(6.7, name="Late")) == [["17 of 30"], ["[c]"]]
    assert shown(counted, share(40, name="Late")) == [["17 of 30"], ["40%"]]


def test_share_that_can_only_be_of_few_of_a_population_is_withheld():
    """One in seven, of no more than twelve."""
    counted = measure(outcome(6, of=12), unit="", name="Reading")

    assert shown(counted, share(14.3, group="SEND", name="Late")) == [["6 of 12"], ["[c]"]]


def test_share_of_nobody_knows_how_many_stays():
    assert shown(share(14.3, group="SEND")) == [["14.3%"]]
