"""What one report may tell after another: nothing of a few alliances or a few pupils."""

import pytest

from impact.disclosure import Issue, Ledger
from impact.values import MeasureValues, Tally, Value

SEVEN = range(1, 8)


def ledger(*earlier: Issue) -> Ledger:
    return Ledger(fewest=3, threshold=6, earlier=earlier)


def issue(figure: str, units, number: int) -> Issue:
    return Issue(figure, frozenset(units), number)


def measure(*readings: Value, level="pupil", unit="pupils") -> MeasureValues:
    return MeasureValues(
        id=1,
        level=level,
        name="Reading",
        instrument="test",
        scale="",
        unit=unit,
        population="Year 4",
        group="",
        better="higher",
        note="",
        is_distribution=any(reading.tallies for reading in readings),
        readings=readings,
    )


def outcome(value=None, **fields) -> Value:
    return Value("outcome", "May", value=value, id=9, **fields)


@pytest.mark.parametrize(
    ("number", "is_told"),
    [(0, True), (1, False), (2, False), (3, True), (4, True), (5, False), (6, False), (7, True)],
)
def test_number_of_alliances_is_told_where_it_names_no_few(number, is_told):
    book = ledger()

    assert book.tell_alliances("Listening", SEVEN, number) is is_told
    assert book.told == [issue("Listening", SEVEN, number)] * is_told


@pytest.mark.parametrize(
    ("units", "number", "is_told"),
    [
        (SEVEN, 4, True),
        (SEVEN, 3, False),
        (SEVEN, 7, True),
        (range(1, 9), 4, False),
        (range(1, 10), 4, False),
        (range(1, 11), 4, True),
        (range(1, 7), 3, False),
        ([2, 3, 4, 5, 6, 7, 8], 4, False),
    ],
)
def test_number_is_told_again_where_it_differs_by_none_or_enough(units, number, is_told):
    book = ledger(issue("Listening", SEVEN, 4))

    assert book.tell_alliances("Listening", units, number) is is_told


def test_another_figure_is_no_earlier_issue():
    assert ledger(issue("Listening", SEVEN, 4)).tell_alliances("Asking", SEVEN, 3)


@pytest.mark.parametrize(
    ("value", "n", "changed"),
    [(12, 29, False), (13, 29, True), (17, 29, True), (18, 29, False), (12, 30, True)],
)
def test_reading_that_changed_by_few_pupils(value, n, changed):
    before = ledger()
    before.tell_measures([measure(outcome(12, n=29))], 1)

    found = ledger(*before.told).changed_by_few([measure(outcome(value, n=n))])

    assert found == ({9} if changed else set())


def test_numbers_of_a_distribution_and_shares_are_told():
    book = ledger()
    tallies = (Tally("low", 10), Tally("high", 12))

    book.tell_measures([measure(outcome(n=22, tallies=tallies))], 5)
    book.tell_measures([measure(outcome(50, n=40), unit="per cent")], 5)

    assert [(i.figure, i.number) for i in book.told] == [
        ("reading 9 low", 10),
        ("reading 9 high", 12),
        ("reading 9 number", 22),
        ("reading 9 ", 20),
        ("reading 9 others", 20),
        ("reading 9 number", 40),
    ]


def test_what_is_withheld_or_of_teachers_is_not_told():
    book = ledger()

    book.tell_measures([measure(outcome(3, n=22).suppressed())], 5)
    book.tell_measures([measure(outcome(3, n=22), level="teacher", unit="teachers")], 5)

    assert book.told == []
