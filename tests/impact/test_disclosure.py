"""What leaves an alliance: which figures are withheld, and that none can be worked out again."""

from collections import defaultdict
from datetime import date
from itertools import product

import pytest

from impact.disclosure import disclose, is_small
from impact.models import Reading
from impact.progress import Progress, State, progress_of
from impact.queries import measures_of
from impact.values import MeasureValues, Symbol, Tally, Value
from impact.wording import figure
from tests import world as cast

THRESHOLD = 6


def measure(*readings, level="pupil", unit="pupils", group="", name="Reading", **fields):
    return MeasureValues(
        id=1,
        level=level,
        name=name,
        instrument="test",
        scale="",
        unit=unit,
        population=fields.pop("population", "Year 4"),
        group=group,
        better="higher",
        note=fields.pop("note", ""),
        is_distribution=any(reading.tallies for reading in readings),
        readings=readings,
        **fields,
    )


def outcome(value=None, **fields):
    return Value(moment="outcome", when="May", value=value, **fields)


def spread(*values, n=None):
    tallies = tuple(Tally(label=f"grade {i}", value=v) for i, v in enumerate(values))
    return outcome(n=n, tallies=tallies)


def shown(*measures):
    """Every figure as the page prints it, measure by measure."""
    out = disclose(measures, threshold=THRESHOLD)
    return [[figure(cell, m.unit) for r in m.readings for cell in (r.tallies or (r,))] for m in out]


# One figure


@pytest.mark.parametrize(
    ("count", "small"), [(None, False), (0, False), (0.4, True), (1, True), (5, True), (6, False)]
)
def test_is_small(count, small):
    assert is_small(count, THRESHOLD) is small


@pytest.mark.parametrize(
    ("value", "n", "expected"),
    [
        (0, 22, "0 pupils"),
        (0, 0, "0 pupils"),
        (0, None, "0 pupils"),
        (1, 22, "[c]"),
        (5, 22, "[c]"),
        (6, 22, "6 pupils"),
        (16, 22, "16 pupils"),
        (17, 22, "[c]"),
        (21, 22, "[c]"),
        (22, 22, "22 pupils"),
        (5, None, "[c]"),
        (6, None, "6 pupils"),
        (0, 5, "[c]"),
        (5, 5, "[c]"),
        (6, 6, "6 pupils"),
    ],
)
def test_count_of_pupils(value, n, expected):
    assert shown(measure(outcome(value, n=n))) == [[expected]]


@pytest.mark.parametrize(
    ("value", "n", "expected"),
    [
        (0, 22, "0%"),
        (100, 22, "100%"),
        (50, 22, "50%"),
        (5, 100, "[c]"),
        (6, 100, "6%"),
        (94, 100, "94%"),
        (95, 100, "[c]"),
        (4, 140, "[c]"),
        (1, 40, "[c]"),
        (1, None, "1%"),
        (50, 5, "[c]"),
    ],
)
def test_percentage_with_the_number_behind_it(value, n, expected):
    assert shown(measure(outcome(value, n=n), unit="per cent")) == [[expected]]


@pytest.mark.parametrize(
    ("numerator", "denominator", "expected"),
    [
        (14, 22, "14 of 22"),
        (5, 22, "[c]"),
        (17, 22, "[c]"),
        (0, 22, "0 of 22"),
        (22, 22, "22 of 22"),
        (0, 5, "[c]"),
    ],
)
def test_so_many_out_of_so_many(numerator, denominator, expected):
    reading = outcome(numerator, of=denominator)

    assert shown(measure(reading, unit="")) == [[expected]]


@pytest.mark.parametrize(("n", "expected"), [(5, "[c]"), (6, "3.2 points"), (None, "3.2 points")])
def test_mean(n, expected):
    assert shown(measure(outcome(3.2, n=n, sd=1), unit="points")) == [[expected]]


@pytest.mark.parametrize(
    "unit", ["pupils", "Students", " children ", "pupil", "Boys", "girls", "learners"]
)
def test_pupils_by_any_name_are_counted(unit):
    assert shown(measure(outcome(3, n=22), unit=unit)) == [["[c]"]]


@pytest.mark.parametrize("unit", ["per cent", "Per  cent", "%", "percent"])
def test_a_share_by_any_name_is_counted(unit):
    assert shown(measure(outcome(5, n=60), unit=unit)) == [["[c]"]]


def test_a_small_fall_is_a_small_number():
    assert shown(measure(Value("change", "May", value=-3), unit="pupils")) == [["[c]"]]


@pytest.mark.parametrize("level", ["teacher", "school", "alliance"])
def test_other_people_are_untouched(level):
    people = {"level": level, "unit": "teachers"}
    measures = [
        measure(outcome(3, n=4, words="Three of four"), note="Three of four", **people),
        measure(spread(1, 2, 1, n=4), **people),
    ]

    assert disclose(measures, threshold=THRESHOLD) == measures


@pytest.mark.parametrize("level", ["teacher", "school", "alliance"])
def test_few_pupils_are_withheld_at_whatever_level_they_are_counted(level):
    assert shown(measure(outcome(2), level=level)) == [["[c]"]]


# What goes with a withheld figure


def test_words_of_few_pupils_are_withheld():
    one_pupil = outcome(words="Stopped calling out", n=1)

    (out,) = disclose([measure(one_pupil, note="He")], threshold=THRESHOLD)

    assert out == measure(Value("outcome", "May", symbol=Symbol.SUPPRESSED))


def test_words_of_many_pupils_stay():
    many = measure(outcome(words="Asked more questions", n=30), note="Seen by two observers")

    assert disclose([many], threshold=THRESHOLD) == [many]


def test_the_note_of_a_withheld_figure_goes():
    (out,) = disclose([measure(outcome(25, n=29), note="All but four")], threshold=THRESHOLD)

    assert (out.note, out.readings[0].n) == ("", None)


def test_the_note_of_a_shown_figure_stays():
    known = measure(outcome(14, n=22), note="Printed as 64 per cent")

    assert disclose([known], threshold=THRESHOLD) == [known]


def test_a_change_from_a_shown_figure_to_a_withheld_one_goes():
    readings = (
        Value("baseline", "May", value=10, n=22),
        outcome(4, n=22),
        Value("change", "May", value=-6, n=22),
    )

    assert shown(measure(*readings)) == [["10 pupils", "[c]", "[c]"]]


def test_words_beside_a_withheld_figure_go():
    readings = (
        Value("baseline", "May", value=4, n=22),
        Value("interim", "June", words="Only four could"),
        outcome(14, n=22),
    )

    (out,) = disclose([measure(*readings)], threshold=THRESHOLD)

    assert [(r.value, r.words, r.symbol) for r in out.readings] == [
        (None, "", "c"),
        (None, "", "c"),
        (14, "", ""),
    ]


def test_notes_of_shown_categories_go_where_another_is_withheld():
    tallies = (
        Tally("grade D", 2),
        Tally("grade E", 9),
        Tally("grade B", 11, note="22 less the 9 at E and the 2 at D"),
    )

    (out,) = disclose([measure(outcome(n=22, tallies=tallies))], threshold=THRESHOLD)

    assert [(t.value, t.note) for t in out.readings[0].tallies] == [
        (None, ""),
        (None, ""),
        (11, ""),
    ]


# Distributions


@pytest.mark.parametrize(
    ("values", "n", "expected"),
    [
        ((7, 8, 7), 22, ["7", "8", "7"]),
        ((0, 10, 12), 22, ["0", "10", "12"]),
        ((22, 0, 0), 22, ["22", "0", "0"]),
        ((3, 7, 12), 22, ["[c]", "[c]", "12"]),
        ((3, 7, 7, 12), 29, ["[c]", "[c]", "[c]", "12"]),
        ((14, 5, 3), 22, ["14", "[c]", "[c]"]),
        ((0, 3, 9, 10), 22, ["0", "[c]", "[c]", "10"]),
        ((1, 1, 10, 10), 22, ["[c]", "[c]", "[c]", "[c]"]),
        ((1, 1, 8, 12), 22, ["[c]", "[c]", "[c]", "12"]),
        ((5, 5, 5, 7, 20), 42, ["[c]", "[c]", "[c]", "7", "20"]),
        ((20, 2), 22, ["[c]", "[c]"]),
        ((1, 1, 1, 1, 1, 1), 6, ["[c]"] * 6),
        ((3, 0, 0), None, ["[c]", "[c]", "[c]"]),
        ((0, 0), 0, ["0", "0"]),
        ((2, 3), 5, ["[c]", "[c]"]),
    ],
)
def test_distribution(values, n, expected):
    assert shown(measure(spread(*values, n=n), unit="pupils")) == [
        [text if text == "[c]" else f"{text} pupils" for text in expected]
    ]


def test_distribution_in_per_cent():
    assert shown(measure(spread(4, 16, 80, n=50), unit="per cent")) == [["[c]", "[c]", "80%"]]


@pytest.mark.parametrize(("categories", "most"), [(2, 30), (3, 24), (4, 17)])
def test_no_withheld_category_can_be_worked_out_even_by_who_knows_the_rule(categories, most):
    """Every table of a total is published; a withheld count has several tables left to it."""
    published = defaultdict(list)
    for table in product(range(most + 1), repeat=categories):
        if THRESHOLD <= sum(table) <= most:
            (out,) = disclose([measure(spread(*table, n=sum(table)))], threshold=THRESHOLD)
            reading = out.readings[0]
            published[reading.n, tuple(t.value for t in reading.tallies)].append(table)

    derived = [
        (cells, index)
        for (_, cells), tables in published.items()
        for index, cell in enumerate(cells)
        if cell is None and len({table[index] for table in tables}) == 1
    ]

    assert derived == []
    assert any(None in cells for _, cells in published)


# Groups


def test_a_withheld_group_leaves_groups_that_do_not_tell_of_it():
    measures = (
        measure(outcome(17, n=29), group="All"),
        measure(outcome(7, n=13), group="Pupil premium"),
        measure(outcome(3, n=4), group="SEND"),
    )

    assert shown(*measures) == [["17 pupils"], ["7 pupils"], ["[c]"]]


def test_words_of_a_group_of_unknown_size_go_with_a_withheld_one():
    measures = (
        measure(outcome(3, n=4), group="SEND"),
        measure(outcome(words="Two were bored"), group="High", name="Interest"),
        measure(outcome(words="Many were keen"), name="Interest"),
        measure(outcome(words="Two were bored"), group="High", population="Year 5"),
    )

    out = disclose(measures, threshold=THRESHOLD)

    assert [m.readings[0].words for m in out] == ["", "", "Many were keen", "Two were bored"]


def test_reading_that_changed_by_few_goes_with_what_would_give_it_back():
    measures = (
        measure(outcome(20, n=40, id=1), group="All"),
        measure(outcome(9, n=19, id=2), group="Girls", group_kind="girls"),
        measure(outcome(11, n=21, id=3), group="Boys", group_kind="boys"),
    )

    out = disclose(measures, threshold=THRESHOLD, few={2})

    assert [m.readings[0].value for m in out] == [20, None, None]


def test_groups_that_divide_a_whole_give_nobody_away():
    measures = (
        measure(outcome(17, n=40), group="All"),
        measure(outcome(4, n=19), group="Girls", group_kind="girls"),
        measure(outcome(13, n=21), group="Boys", group_kind="boys"),
    )

    assert shown(*measures) == [["17 pupils"], ["[c]"], ["[c]"]]


def test_a_group_within_a_group_gives_nobody_away():
    measures = (
        measure(outcome(30, n=60), group="All"),
        measure(outcome(12, n=30), group="Pupil premium"),
        measure(outcome(9, n=16), group="Boys with pupil premium", part_of="Pupil premium"),
    )

    assert shown(*measures) == [["30 pupils"], ["12 pupils"], ["[c]"]]


def test_a_group_whose_size_is_withheld_once_is_withheld_everywhere():
    measures = (
        measure(outcome(3.2, n=29), group="All", unit="points"),
        measure(outcome(3.5, n=25), group="Pupil premium", unit="points"),
        measure(outcome(51, n=25), group="Pupil premium", unit="points", name="Spelling"),
    )

    assert shown(*measures) == [["3.2 points"], ["[c]"], ["[c]"]]


def test_a_share_is_counted_by_the_number_behind_another_reading():
    readings = (Value("baseline", "May", value=50, n=20), outcome(10))

    assert shown(measure(*readings, unit="per cent")) == [["50%", "[c]"]]


def test_a_population_is_the_same_however_it_is_typed():
    measures = (
        measure(outcome(17, n=29), population="year  4 "),
        measure(outcome(15, n=22), group="SEND"),
    )

    assert shown(*measures) == [["17 pupils"], ["[c]"]]


def test_the_criterion_goes_with_a_withheld_figure():
    known = measure(
        outcome(3, n=22), criterion="From 3 pupils to 10", target=10.0, target_on=date(2026, 7, 1)
    )

    (out,) = disclose([known], threshold=THRESHOLD)

    assert (out.criterion, out.target, out.target_on) == ("", None, None)
    assert out.is_target_withheld
    assert progress_of(out) == Progress(State.WITHHELD)


def test_a_withheld_whole_leaves_its_large_groups():
    measures = (
        measure(outcome(27, n=29), group="All pupils"),
        measure(outcome(15, n=15), group="Boys"),
    )

    assert shown(*measures) == [["[c]"], ["15 pupils"]]


@pytest.mark.parametrize(
    ("whole", "part"),
    [
        (outcome(17, n=29), outcome(12, n=13)),
        (outcome(17, n=29), outcome(15, n=22)),
        (outcome(17, n=29), outcome(14, n=25)),
        (outcome(17, of=29), outcome(14, of=16)),
        (outcome(words="Better", n=29), outcome(words="Better", n=25)),
    ],
)
def test_a_group_goes_that_would_tell_of_the_few_outside_it(whole, part):
    measures = [measure(whole, group="All"), measure(part, group="Pupil premium")]

    out = disclose(measures, threshold=THRESHOLD)

    assert [m.readings[0].symbol for m in out] == [Symbol.NONE, Symbol.SUPPRESSED]


def test_categories_of_a_group_go_that_would_tell_of_the_few_outside_it():
    whole = measure(spread(10, 19, n=29), group="All")
    part = measure(spread(7, 6, n=13), group="Pupil premium")

    assert shown(whole, part) == [["10 pupils", "19 pupils"], ["[c]", "[c]"]]


@pytest.mark.parametrize(
    ("whole", "part"),
    [
        (outcome(17, n=29), outcome(7, n=13)),
        (outcome(17, n=29), outcome(17, n=23)),
        (outcome(17), outcome(7)),
        (outcome(17, n=29), Value("baseline", "", value=12, n=27)),
        (spread(10, 19, n=29), spread(10, 9, n=19)),
    ],
)
def test_a_group_stays_that_tells_of_nobody(whole, part):
    measures = [measure(whole, group="All"), measure(part, group="Pupil premium")]
    kept = [measure(whole, group="All"), measure(part, group="Pupil premium")]

    assert disclose(measures, threshold=THRESHOLD) == kept


# The real programme


@pytest.fixture
def real(db):
    """Every measure of the two alliances with the smallest groups, exact and as others see it."""
    doc = cast.programme_doc("aet", "centralbeds")
    cast.import_programme(doc, by=None)
    programme = cast.Programme.objects.get()
    aet = programme.alliances.get(key="aet")
    cast.actions.also_known_as(alliance=aet, name="AET NTSA")
    docs = cast.enquiry_docs("aet-national", "central-bedfordshire")
    cast.import_enquiries(docs, programme=programme, by=None)
    enquiries = cast.Enquiry.objects.exclude(title="")
    return [
        pair
        for enquiry in enquiries
        for pair in zip(
            measures_of(enquiry, exact=True), measures_of(enquiry, exact=False), strict=True
        )
    ]


def test_no_real_figure_shown_is_of_one_to_five_pupils(real):
    counted = [
        (out.name, out.population, cell.value)
        for _, out in real
        for reading in out.readings
        for cell in (reading, *reading.tallies)
        if out.level == "pupil" and out.unit in ("pupils", "students") and cell.value is not None
    ]

    assert [pair for pair in counted if 1 <= pair[-1] <= 5] == []
    assert sorted({value for *_, value in counted}) == [0, 11, 14, 17, 22, 74, 90]


def test_no_real_reading_shown_rests_on_one_to_five_pupils(real):
    behind = {r.n for _, out in real if out.level == "pupil" for r in out.readings}

    assert behind & {1, 2, 3, 4, 5} == set()


def test_no_real_note_beside_a_withheld_figure_is_shown(real):
    beside = [
        out
        for _, out in real
        if any(c.symbol == "c" for r in out.readings for c in (r, *r.tallies))
    ]

    assert len(beside) == 38
    assert {m.note for m in beside} == {""}
    assert {t.note for m in beside for r in m.readings for t in r.tallies} == {""}
    assert {r.words for m in beside for r in m.readings} == {""}


def test_real_figures_of_teachers_leave_as_they_are(real):
    exact = [kept for kept, _ in real if kept.level != "pupil"]

    assert [out for _, out in real if out.level != "pupil"] == exact
    assert len(exact) == 20


def test_the_alliance_itself_sees_every_figure(world):
    symbols = {
        cell.symbol
        for m in measures_of(world.other_enquiry, exact=True)
        for r in m.readings
        for cell in (r, *r.tallies)
    }

    assert symbols == {Symbol.NONE}


def test_others_see_the_shares_of_a_real_class_only_where_it_is_large(world):
    name = "Vectors question"
    told = [
        (m.population[-8:-1], m.group, [figure(t, "") for r in m.readings[1:] for t in r.tallies])
        for m in measures_of(world.other_enquiry, exact=False)
        if m.name == name and m.group in ("All", "High ability", "Pupil premium")
    ]

    assert told == [
        ("table 2", "All", ["14", "[c]", "[c]"]),
        ("table 2", "High ability", ["[c]", "[c]", "[c]"]),
        ("table 2", "Pupil premium", ["[c]", "[c]", "[c]"]),
        ("table 3", "All", ["14", "[c]", "[c]"]),
        ("table 3", "High ability", ["[c]", "[c]", "[c]"]),
        ("table 3", "Pupil premium", ["[c]", "[c]", "[c]"]),
    ]


def test_the_threshold_is_the_programme_s(world):
    cast.actions.set_figures(
        programme=world.programme,
        small_number_threshold=50,
        small_number_reason="",
        fewest_schools=3,
        shows_months=False,
        by=world.person("owen"),
    )
    world.other_enquiry.alliance.programme.refresh_from_db()

    shown_now = [
        reading.value
        for m in measures_of(world.other_enquiry, exact=False)
        for reading in m.readings
        if m.level == "pupil" and m.unit == "students" and reading.moment == Reading.Moment.OUTCOME
    ]

    assert set(shown_now) == {None}
