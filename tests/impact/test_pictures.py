"""Which picture a measure's values allow, alone and beside other groups."""

from dataclasses import replace

import pytest

from impact.pictures import Picture, picture_of, pictures_of
from impact.values import Symbol
from tests.impact.test_conclusions import at, counted, measure

SLOPE = measure(at("baseline", 1), at("outcome", 2))
FIGURE = measure(at("outcome", 2))


@pytest.mark.parametrize(
    ("readings", "picture"),
    [
        ([at("baseline", 1), at("outcome", 2)], Picture.SLOPE),
        ([at("baseline", 0), at("interim", 0)], Picture.SLOPE),
        ([at("baseline", 1), at("interim", 2), at("outcome", 2)], Picture.RUN),
        ([at("outcome", 2)], Picture.FIGURE),
        ([at("interim", 1), at("outcome", 2)], Picture.FIGURE),
        ([at("change", 2)], Picture.FIGURE),
        ([at("baseline", 1), at("outcome", symbol=Symbol.NOT_COLLECTED)], Picture.FIGURE),
        ([at("outcome", words="Better")], Picture.WORDS),
        ([at("outcome", symbol=Symbol.SUPPRESSED)], Picture.WORDS),
        ([], Picture.WORDS),
        ([counted("outcome", Low=1, High=2)], Picture.DISTRIBUTION),
        ([counted("outcome", n=0, Low=0, High=0)], Picture.WORDS),
        ([counted("outcome", Agree=1, Disagree=2)], Picture.DIVERGING),
        ([counted("outcome", Agree=1, Disagree=2).suppressed()], Picture.WORDS),
    ],
)
def test_picture_of_one_measure(readings, picture):
    assert picture_of(measure(*readings)) is picture


def shown(measures):
    return [(each.picture, [m.group for m in each.measures]) for each in pictures_of(measures)]


@pytest.mark.parametrize(("one", "picture"), [(SLOPE, Picture.DUMBBELL), (FIGURE, Picture.BARS)])
def test_groups_of_a_family_stand_together(one, picture):
    groups = [one, replace(one, id=2, group="EAL"), replace(one, id=3, name="Spelling")]

    assert shown(groups) == [(picture, ["", "EAL"]), (picture_of(one), [""])]


@pytest.mark.parametrize(
    "other", [{"unit": "points"}, {"population": "Year 9"}, {"readings": FIGURE.readings}]
)
def test_what_was_not_measured_alike_stands_alone(other):
    assert shown([SLOPE, replace(SLOPE, id=2, **other)])[0] == (Picture.SLOPE, [""])


def test_distributions_of_a_family_stand_alone():
    one = measure(counted("outcome", Low=1, High=2))

    assert shown([one, replace(one, id=2, group="EAL")]) == [
        (Picture.DISTRIBUTION, [""]),
        (Picture.DISTRIBUTION, ["EAL"]),
    ]
