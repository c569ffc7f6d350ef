"""Which measures stand in one picture, and what the pictures of measures say."""

from dataclasses import asdict, replace
from datetime import date

import pytest

from impact.values import MeasureValues, Symbol, Tally, Value, by_day
from reports import charts
from reports.builders.measures import measure_tables
from reports.builders.pictures import charts_of, groups_of, picture_of
from reports.charts.values import Chart, ChartLine, ChartRow

X, C = Symbol.NOT_COLLECTED, Symbol.SUPPRESSED


def measure(*readings: Value, **fields) -> MeasureValues:
    told = {"id": 1, "level": "pupil", "name": "Reading", "instrument": "test", "scale": ""}
    told |= {"unit": "pupils", "population": "Year 4", "group": "", "better": "higher", "note": ""}
    is_distribution = any(reading.tallies for reading in readings)
    return MeasureValues(**told | fields, is_distribution=is_distribution, readings=readings)


def at(moment: str, value: float | None = None, **fields) -> Value:
    return Value(moment, fields.pop("when", ""), value=value, **fields)


def counted(moment: str, n: int | None = None, **tallies: float | Symbol) -> Value:
    cells = tuple(
        Tally(label, None, value) if isinstance(value, Symbol) else Tally(label, value)
        for label, value in tallies.items()
    )
    return Value(moment, "", n=n, tallies=cells)


def several(*measures: MeasureValues) -> list[MeasureValues]:
    return [replace(each, id=i) for i, each in enumerate(measures, 1)]


def kinds(*measures: MeasureValues) -> list[tuple[str, int]]:
    return [(group.kind, len(group.measures)) for group in groups_of(several(*measures))]


RISE = measure(at("baseline", 10), at("outcome", 12), name="Rise")


@pytest.mark.parametrize(
    ("measures", "expected"),
    [
        ([RISE], [("dumbbell", 1)]),
        ([RISE, replace(RISE, name="Other")], [("slope", 2)]),
        ([replace(RISE, name=str(i)) for i in range(7)], [("dumbbell", 7)]),
        ([replace(RISE, name=str(i)) for i in range(14)], [("dumbbell", 12), ("dumbbell", 2)]),
        ([RISE, replace(RISE, group="EAL")], [("dumbbell", 2)]),
        ([RISE, replace(RISE, name="Points", unit="points")], [("dumbbell", 1), ("dumbbell", 1)]),
        ([measure(at("baseline", 1), at("interim", 2), at("outcome", 3))], [("run", 1)]),
        ([measure(at("baseline", 1), at("interim", symbol=X), at("outcome", 3))], [("run", 1)]),
        ([measure(at("baseline", 1), at("interim", 2))], [("dumbbell", 1)]),
        ([measure(at("baseline", symbol=C), at("outcome", 3))], [("dumbbell", 1)]),
        ([measure(at("baseline", symbol=X), at("outcome", 3))], [("figure", 1)]),
        ([measure(at("baseline", 3))], [("figure", 1)]),
        ([measure(at("change", 3))], [("figure", 1)]),
        ([measure(at("outcome", symbol=C))], [("words", 1)]),
        ([measure(Value("outcome", "", words="Better"))], [("words", 1)]),
        ([measure()], [("words", 1)]),
    ],
)
def test_kind_of_picture_of_numbers(measures, expected):
    assert kinds(*measures) == expected


@pytest.mark.parametrize(
    ("measures", "expected"),
    [
        ([measure(counted("outcome", Low=1, High=2))], [("stacked", 1)]),
        (
            [measure(counted("baseline", A=1, B=2), counted("outcome", A=0, B=3))],
            [("distribution", 1)],
        ),
        ([measure(counted("outcome", Agree=1, Disagree=2))], [("diverging", 1)]),
        ([measure(counted("outcome", A=1, B=1), group=g) for g in "xyz"], [("stacked", 3)]),
        ([measure(counted("outcome", A=1, B=1), name=n) for n in "xyz"], [("stacked", 3)]),
        ([measure(counted("outcome", A=1))], [("figure", 1)]),
    ],
)
def test_kind_of_picture_of_distributions(measures, expected):
    assert kinds(*measures) == expected


SHARE = measure(at("outcome", 62), unit="per cent", scale="% agreeing")
GAIN = measure(at("change", 1.5), unit="points")


@pytest.mark.parametrize(
    ("measures", "expected"),
    [
        ([SHARE, replace(SHARE, name="Other")], [("bars", 2)]),
        ([SHARE, replace(SHARE, name="Other", scale="% yes")], [("figure", 1), ("figure", 1)]),
        ([GAIN, replace(GAIN, group="EAL")], [("bars", 2)]),
        ([GAIN, replace(GAIN, name="Other")], [("figure", 1), ("figure", 1)]),
    ],
)
def test_kind_of_picture_of_single_figures(measures, expected):
    assert kinds(*measures) == expected


def only(*measures: MeasureValues) -> Chart:
    found = charts_of(several(*measures))
    assert len(found) == 1
    return found[0]


def test_slope_tells_what_moved_and_which_end_is_good():
    before = {"unit": "average grade", "better": "lower", "scale": "1-4"}
    chart = only(
        measure(at("baseline", 1.82, n=36), at("outcome", 1.57, n=18), name="Year 1", **before),
        measure(at("baseline", 1.82), at("outcome", 1.9), name="Year 2", **before),
    )

    assert (chart.kind, chart.low, chart.high) == ("slope", 1.57, 1.9)
    assert chart.title == "From baseline to outcome, average grade"
    assert chart.note == "Year 4. A lower figure is better."
    assert chart.sentence == "Year 1: from 1.82 to 1.57 (better). Year 2: from 1.82 to 1.9 (worse)."
    assert [row.detail for row in chart.rows] == ["n = 36, then 18", ""]


def test_parts_of_two_wholes_are_compared_as_shares():
    chart = only(measure(at("baseline", 10, of=20), at("outcome", 12, of=40)))

    assert (chart.unit, chart.high) == ("per cent", 100)
    assert chart.rows[0].values == [50.0, 30.0]
    assert chart.rows[0].texts == ["10 of 20 pupils", "12 of 40 pupils"]


def test_parts_of_one_whole_with_a_target_in_per_cent_are_drawn_in_per_cent():
    chart = only(measure(at("baseline", 11, of=22), at("outcome", 22, of=22), target=80))

    assert (chart.unit, chart.high) == ("per cent", 100)
    assert (chart.rows[0].values, chart.rows[0].target) == ([50.0, 100.0], 80)


def test_parts_of_a_whole_share_no_axis_with_bare_counts():
    part = measure(at("baseline", 10, of=20), at("outcome", 12, of=40), group="EAL")

    assert kinds(RISE, replace(part, name="Rise")) == [("dumbbell", 1), ("dumbbell", 1)]


def test_a_part_of_a_whole_is_not_drawn_against_a_bare_count():
    assert kinds(measure(at("baseline", 14, of=22), at("outcome", 15))) == [("figure", 1)]


def test_run_of_parts_of_different_wholes_is_drawn_in_per_cent():
    chart = only(
        measure(
            at("baseline", 11, of=22),
            at("interim", 12, of=48),
            at("outcome", 45, of=60),
            target=80,
        )
    )

    assert (chart.kind, chart.unit, chart.high) == ("run", "per cent", 100)
    assert [row.values for row in chart.rows] == [[50.0], [25.0], [75.0]]
    assert [line.value for line in chart.references] == [50.0, 80]


def test_a_category_that_overlaps_others_is_a_share_of_everybody():
    chart = only(
        measure(
            counted("baseline", 20, One_or_more=18, Two_or_more=10),
            counted("outcome", 20, One_or_more=20, Two_or_more=15),
        )
    )

    assert [row.values for row in chart.rows] == [[90.0, 100.0], [50.0, 75.0]]


def test_percentages_that_overlap_are_drawn_as_they_are_told():
    chart = only(
        measure(
            counted("baseline", Any=90, Many=50),
            counted("outcome", Any=95, Many=60),
            unit="per cent",
        )
    )

    assert [(row.values, row.texts) for row in chart.rows] == [
        ([90.0, 95.0], ["90%", "95%"]),
        ([50.0, 60.0], ["50%", "60%"]),
    ]


def test_one_of_very_many_is_not_told_as_nought_per_cent():
    chart = only(
        measure(counted("baseline", 500, Low=499, High=1), counted("outcome", 500, Low=0, High=500))
    )

    assert [row.texts for row in chart.rows] == [
        ["499 (99.8%)", "0 (0%)"],
        ["1 (0.2%)", "500 (100%)"],
    ]


def test_groups_of_a_family_are_named_by_their_group():
    chart = only(RISE, replace(RISE, group="Pupil premium"))

    assert chart.title == "Rise: from baseline to outcome"
    assert [row.label for row in chart.rows] == ["Everybody", "Pupil premium"]
    assert chart.note == "Year 4."


def test_words_that_names_share_stand_in_the_title():
    chart = only(replace(SHARE, name="Enquiry: useful"), replace(SHARE, name="Enquiry: clear"))

    assert (chart.title, [row.label for row in chart.rows]) == ("Enquiry", ["Useful", "Clear"])


def test_target_is_within_the_axis():
    chart = only(replace(RISE, target=40))

    assert (chart.rows[0].target, chart.high) == (40, 40)


def test_run_has_its_days_its_gap_and_what_it_is_held_against():
    chart = only(
        measure(
            at("baseline", 12, on=date(2025, 9, 1), n=36, when="September"),
            at("interim", symbol=X, on=date(2026, 1, 5)),
            at("outcome", 9, on=date(2026, 6, 1), n=18, is_weak=True),
            target=15,
        )
    )

    assert chart.rows == [
        ChartRow("September", "n = 36", [12], ["12 pupils"], [""], target=15, at=739495),
        ChartRow("On the way", "", [None], ["[x]"], ["x"], target=15, at=739621),
        ChartRow("Outcome", "n = 18", [9], ["9 pupils [u]"], ["u"], target=15, at=739768),
    ]
    assert chart.references == [ChartLine(12, "Baseline"), ChartLine(15, "Target", is_target=True)]


def test_what_was_counted_before_stands_above_what_was_after():
    chart = only(
        measure(
            counted("baseline", 2, Disagree=2, Agree=0), counted("outcome", 4, Disagree=1, Agree=3)
        )
    )

    assert [(row.label, row.detail, row.values) for row in chart.rows] == [
        ("Year 4", "Baseline, n = 2", [100, 0]),
        ("", "Outcome, n = 4", [25, 75]),
    ]
    assert chart.middle == 0.5


@pytest.mark.parametrize(
    ("n", "share"), [(22, 63.6), (None, None), (10, None)], ids=["known", "unknown", "too few"]
)
def test_share_beside_withheld_counts_is_of_those_who_were_counted(n, share):
    chart = only(measure(counted("outcome", n, Right=14, Wrong=C)))

    assert (chart.rows[0].values, chart.rows[0].texts) == ([share, None], ["14", "[c]"])


def test_answers_that_nobody_gave_are_not_shared_out():
    chart = picture_of(
        measure(counted("outcome", 0, Yes=0, No=0), counted("outcome", 2, Yes=1, No=1))
    )

    assert chart.rows[0].values == [0.0, 0.0]


def test_counts_of_different_sizes_are_drawn_as_shares():
    whole = {"scale": "1-5", "unit": "teachers"}
    chart = only(
        measure(at("outcome", 12, n=18), name="Coaching", **whole),
        measure(at("outcome", 7, n=10), name="Cross-phase", **whole),
    )

    assert [(row.values, row.texts) for row in chart.rows] == [
        ([66.7], ["12 of 18"]),
        ([70.0], ["7 of 10"]),
    ]


def test_change_without_its_ends_is_signed_and_says_so():
    chart = only(GAIN, replace(GAIN, group="EAL", readings=(at("change", -2),)))

    assert [row.texts for row in chart.rows] == [["+1.5"], ["−2"]]
    assert chart.note == "Year 4. Only the change is recorded, not its ends."
    assert (chart.low, chart.high) == (-2, 1.5)


def test_change_of_low_reliability_is_marked():
    chart = only(GAIN, replace(GAIN, group="EAL", readings=(at("change", -2, is_weak=True),)))

    assert [row.symbols for row in chart.rows] == [[""], ["u"]]


@pytest.mark.parametrize(
    ("reading", "text", "detail"),
    [
        (at("outcome", 100, when="July 2014"), "100%", "Year 4, Outcome, July 2014"),
        (at("baseline", 35, n=17), "35%", "Year 4, Baseline, n = 17"),
        (at("outcome", 0), "0%", "Year 4, Outcome"),
    ],
)
def test_single_figure_says_its_moment(reading, text, detail):
    chart = picture_of(measure(reading, unit="per cent"))

    assert (chart.kind, chart.rows[0].texts, chart.rows[0].detail) == ("figure", [text], detail)


def test_words_have_no_picture():
    assert picture_of(measure(Value("outcome", "", words="Warm"))) is None


# ---- the real projects ---------------------------------------------------------------------


def test_distribution_on_the_way_has_a_column_of_its_own():
    told = measure(
        counted("baseline", Low=4, High=0),
        replace(counted("interim", Low=3, High=1), when="January"),
        counted("outcome", Low=0, High=4),
    )
    line = measure_tables([told])[0].lines[0]

    assert line.moments == ["Baseline", "On the way, January", "Outcome"]
    assert line.categories == [
        ["Low", "4 pupils", "3 pupils", "0 pupils", ""],
        ["High", "0 pupils", "1 pupil", "4 pupils", ""],
    ]


def test_report_frozen_before_the_kinds_had_their_names_is_still_drawn():
    chart = asdict(only(RISE))

    old = charts.drawing(chart | {"kind": "change"})
    assert old.marks == charts.drawing(chart).marks


def test_shares_are_rounded_once():
    before = counted("baseline", 28, Shy=14, Bold=14)
    chart = only(measure(before, counted("outcome", 27, Shy=5, Bold=22)))

    assert [row.texts for row in chart.rows] == [["14 (50%)", "5 (19%)"], ["14 (50%)", "22 (81%)"]]


def test_readings_without_a_day_keep_their_place():
    late = at("interim", 3, on=date(2026, 6, 1))
    early = at("interim", 2, on=date(2026, 1, 5))

    assert by_day([at("baseline", 1), late, early]) == (at("baseline", 1), early, late)
