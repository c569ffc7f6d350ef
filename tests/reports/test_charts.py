"""Where the marks of each kind of picture stand."""

from dataclasses import asdict, replace
from itertools import pairwise

import pytest

from reports import charts
from reports.charts import NARROW, WIDE
from reports.charts.axes import Scale, ticks
from reports.charts.marks import PAPER, RUST, TEAL, Box, Dot, Line, Path, Text, hatched
from reports.charts.shares import shades
from reports.charts.texts import apart, lines_of, wide
from reports.charts.values import ChartLine, ChartRow
from tests.reports.drawn import chart, of, on, said, texts
from tests.reports.samples import FULL

# ---- axes and texts ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (0, 100, [0, 20, 40, 60, 80, 100]),
        (0, 1.82, [0, 0.5, 1, 1.5, 2]),
        (0, 11, [0, 5, 10, 15]),
        (0, 7, [0, 2, 4, 6, 8]),
        (0, 1, [0, 0.2, 0.4, 0.6, 0.8, 1]),
        (-0.5, 2.9, [-1, 0, 1, 2, 3]),
        (-30, -5, [-30, -20, -10, 0]),
        (0, 0, [0, 0.2, 0.4, 0.6, 0.8, 1]),
    ],
)
def test_axes_have_round_values_and_a_zero(low, high, expected):
    assert ticks(low, high) == expected


@pytest.mark.parametrize(
    ("high", "expected"), [(1, [0, 1]), (3, [0, 1, 2, 3]), (40, [0, 10, 20, 30, 40])]
)
def test_axis_of_a_count_has_whole_values(high, expected):
    assert ticks(0, high, whole=True) == expected


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (1.45, 1.82, [1.4, 1.5, 1.6, 1.7, 1.8, 1.9]),
        (3, 3, [3, 3.2, 3.4, 3.6, 3.8, 4]),
        (10, 39, [10, 20, 30, 40]),
    ],
)
def test_axis_of_scores_may_begin_elsewhere(low, high, expected):
    assert ticks(low, high, from_zero=False) == expected


def test_scale_stands_upright_when_its_second_end_is_above():
    assert [Scale([0, 50, 100], 200, 20).at(value) for value in (0, 50, 100)] == [200, 110, 20]


def test_narrow_letters_take_less_room_than_broad_ones():
    assert [round(wide(text, 10), 2) for text in ("ill", "mmm", "")] == [6.66, 24.99, 0]
    assert wide("ill", bold=True) > wide("ill")


def test_lines_break_between_words_and_break_words_that_are_too_long():
    assert lines_of("one two three", 50) == ["one two", "three"]
    assert lines_of("incomprehensible", 60, most=9) == ["incompre", "hensible"]
    assert lines_of("one two three four", 50, most=2) == ["one two", "three …"]
    assert lines_of("", 45) == []


@pytest.mark.parametrize(
    ("wanted", "low", "expected"),
    [
        ([(10, 4), (30, 4)], 0, [10, 30]),
        ([(10, 4), (10, 4)], 0, [8, 12]),
        ([(1, 4), (2, 4)], 0, [2, 6]),
        ([(10, 4), (11, 4), (40, 4)], 0, [8.5, 12.5, 40]),
        ([(10, 4), (10, 4), (16, 4)], 0, [8, 12, 16]),
        ([(10, 4), (10, 4), (13, 4)], 0, [7, 11, 15]),
        ([], 0, []),
    ],
)
def test_blocks_that_would_meet_move_apart_as_little_as_need_be(wanted, low, expected):
    assert apart(wanted, low) == expected


def test_hatching_stays_within_its_frame():
    frame, strokes = hatched(10, 20, 12, 6)

    assert frame == Box(10, 20, 12, 6, PAPER, "#48555f")
    assert strokes.d == (
        "M10.0 21.0L11.0 20.0M10.0 26.0L16.0 20.0M15.0 26.0L21.0 20.0M20.0 26.0L22.0 24.0"
    )


# ---- bars ----------------------------------------------------------------------------------


def one(kind: str, value: list, text: list[str], symbols: tuple[str, ...] = (), **given):
    row = {key: given.pop(key) for key in ("verdict", "target") if key in given}
    return chart(kind, [ChartRow("Row", "", value, text, symbols=list(symbols), **row)], **given)


def test_bars_are_as_long_as_their_values():
    rows = [ChartRow("Useful", "", [62], ["62%"]), ChartRow("Clear", "", [91], ["91%"])]
    drawing = on(chart("bars", rows, ["Per cent"]))

    assert of(drawing, Box) == [Box(256, 5, 191, 16), Box(256, 41, 280.3, 16)]
    assert (said(drawing, "62%").x, said(drawing, "62%").y) == (454, 17.4)
    assert of(drawing, Line)[-1] == Line(256, 0, 256, 66)


def test_bars_of_a_phone_stand_under_their_labels_and_lines_leave_these_free():
    rows = [ChartRow("Useful", "", [50], ["50%"])]
    drawing = on(chart("bars", rows, ["Per cent"]), NARROW)

    assert said(drawing, "Useful").box[3] == 16.0
    assert of(drawing, Box) == [Box(8, 24, 126, 16)]
    assert {(line.y1, line.y2) for line in of(drawing, Line)} == {(18, 46)}


def test_a_negative_bar_goes_left_from_zero():
    drawing = on(one("bars", [-5], ["−5"], low=-10, high=10, unit=""))

    assert of(drawing, Box) == [Box(390, 5, 58, 16)]
    assert (of(drawing, Text)[-1].x, of(drawing, Text)[-1].anchor) == (383, "end")


def test_zero_is_its_figure_on_the_line_and_what_is_missing_its_symbol():
    zero = on(one("bars", [0], ["0%"]))
    missing = on(one("bars", [None], ["[x]"], ["x"]))
    withheld = on(one("bars", [None], ["[c]"], ["c"]))

    assert [of(drawing, Box, Path) for drawing in (zero, missing)] == [[], []]
    assert [said(zero, "0%").x, said(missing, "[x]").x] == [263, 263]
    assert of(withheld, Box, Path) == hatched(260, 6, 20, 14)
    assert said(withheld, "[c]").x == 286


def test_a_weak_figure_is_a_hollow_bar():
    assert of(on(one("bars", [50], ["50%"], ["u"])), Box)[0].fill == PAPER


@pytest.mark.parametrize(
    ("text", "unit", "shown"),
    [
        ("16 teachers", "teachers", "16"),
        ("1 teacher", "teachers", "1"),
        ("1 academy", "academies", "1"),
        ("14 of 22 pupils", "pupils", "14 of 22 pupils"),
        ("66%", "per cent", "66%"),
        ("1.82", "average grade", "1.82"),
        ("[c]", "pupils", "[c]"),
        ("16 teachers [u]", "teachers", "16 [u]"),
        ("1.82 [u]", "average grade", "1.82 [u]"),
    ],
)
def test_units_on_the_axis_are_not_repeated_at_each_figure(text, unit, shown):
    drawing = on(one("bars", [16], [text], unit=unit, high=16))

    assert texts(drawing)[-1] == shown


def test_a_detail_that_all_rows_share_is_left_to_the_note():
    alike = [ChartRow("A", "All staff", [1], ["1"]), ChartRow("B", "All staff", [1], ["1"])]
    apart_ = [alike[0], replace(alike[1], detail="Heads")]

    assert charts.note_of(asdict(chart("bars", alike))) == "All staff"
    assert texts(on(chart("bars", alike)))[-4:] == ["A", "B", "1", "1"]
    assert texts(on(chart("bars", apart_)))[-6:] == ["A", "All staff", "B", "Heads", "1", "1"]


# ---- before and after ----------------------------------------------------------------------


def test_a_change_goes_from_a_ring_to_a_disc():
    drawing = on(one("dumbbell", [20, 70], ["20%", "70%"]))
    before, after = of(drawing, Dot)[2:]

    assert (before.x, before.fill) == (358.9, PAPER)
    assert (after.x, after.fill) == (504, TEAL)
    assert of(drawing, Path)[0].d == "M497.5 45.0L490.5 40.5L490.5 49.5Z"
    assert (said(drawing, "20%").anchor, said(drawing, "70%").anchor) == ("end", "start")


def test_a_fall_is_drawn_like_a_rise_the_other_way_round():
    drawing = on(one("dumbbell", [70, 20], ["70%", "20%"]))

    assert of(drawing, Path)[0].d == "M365.4 45.0L372.4 40.5L372.4 49.5Z"
    assert (said(drawing, "20%").anchor, said(drawing, "70%").anchor) == ("end", "start")


def test_a_turn_for_the_worse_is_said_and_not_only_coloured():
    drawing = on(one("dumbbell", [93, 92], ["93%", "92%"], verdict="worse"))

    assert of(drawing, Dot)[-1].fill == RUST
    assert said(drawing, "worse").size == 12


def test_discs_on_one_spot_stay_apart_and_need_no_arrow():
    drawing = on(one("dumbbell", [50, 50], ["50%", "50%"]))

    assert [dot.r for dot in of(drawing, Dot)[2:]] == [9, 5.5]
    assert of(drawing, Path) == []


def test_a_target_is_a_stroke_and_stands_in_the_key():
    drawing = on(one("dumbbell", [50, 55], ["50%", "55%"], target=60))

    assert [line for line in of(drawing, Line) if line.thick == 2.5] == [
        Line(184.3, -1, 184.3, 19, thick=2.5),
        Line(475, 35, 475, 55, thick=2.5),
    ]
    assert texts(drawing)[:3] == ["Baseline", "Outcome", "Target"]


@pytest.mark.parametrize(
    ("values", "shown", "symbols", "expected"),
    [
        ([None, 40], ["[x]", "40%"], ["x", ""], ["40%", "Baseline [x]"]),
        ([40, None], ["40%", "[z]"], ["", "z"], ["40%", "Outcome [z]"]),
        ([None, None], ["[x]", "[x]"], ["x", "x"], ["Baseline [x], Outcome [x]"]),
    ],
)
def test_an_end_that_is_missing_is_named_beside_the_other(values, shown, symbols, expected):
    drawing = on(one("dumbbell", values, shown, symbols))

    assert texts(drawing)[-len(expected) :] == expected
    assert len(of(drawing, Dot)) == 2 + len(expected) - 1


def test_a_withheld_end_is_hatched():
    drawing = on(one("dumbbell", [None, 40], ["[c]", "40%"], ["c", ""]))

    assert len(of(drawing, Path)) == 1
    assert said(drawing, "Baseline [c]").x == 454.5


# ---- slopes --------------------------------------------------------------------------------


def slope(*rows: ChartRow, **given):
    return chart("slope", list(rows), **given)


def test_a_slope_goes_up_when_its_figure_does():
    drawing = on(slope(ChartRow("Aware", "", [0, 50], ["0%", "50%"])))

    line = next(line for line in of(drawing, Line) if line.thick == 2.25)
    assert line == Line(45.8, 220, 255.8, 129, TEAL, 2.25)
    assert texts(drawing) == ["Baseline", "Outcome", "0%", "50%", "Aware"]


def test_ends_at_one_height_have_their_names_under_each_other():
    rows = [ChartRow(name, "", [i, 94], [f"{i}%", "94%"]) for i, name in enumerate("ABC")]
    drawing = on(slope(*rows))

    names = [said(drawing, name) for name in "ABC"]
    assert [name.y for name in names] == [50, 88, 126]
    assert {name.x for name in names} == {277.8}


def test_scale_that_does_not_begin_at_zero_says_so():
    cut = on(slope(ChartRow("A", "", [1.82, 1.45], ["1.82", "1.45"]), low=1.45, high=1.82, unit=""))
    whole = on(slope(ChartRow("A", "", [1.82, 1.45], ["1.82", "1.45"]), high=1.82, unit=""))

    note = "The scale runs from 1.4 to 1.9, not from zero."
    assert [note in texts(drawing) for drawing in (cut, whole)] == [True, False]


def test_slope_for_the_worse_is_dashed_and_says_so():
    drawing = on(slope(ChartRow("A", "", [93, 92], ["93%", "92%"], verdict="worse")))

    assert [line.dashes for line in of(drawing, Line) if line.thick == 2.25] == ["7 4"]
    assert "worse" in texts(drawing)


def test_slope_without_an_end_is_not_drawn():
    drawing = on(slope(ChartRow("A", "", [50, None], ["50%", "[c]"], symbols=["", "c"])))

    assert [line for line in of(drawing, Line) if line.thick == 2.25] == []
    assert len(of(drawing, Dot)) == 1
    assert len(of(drawing, Path)) == 1


# ---- parts of a whole ----------------------------------------------------------------------

LIKERT = ["Never", "Rarely", "Sometimes", "Often", "Always"]


def shares(values: list, shown: list[str], **given):
    kind = "stacked" if given.get("middle") is None else "diverging"
    series = given.pop("series", LIKERT[: len(values)])
    symbols = given.pop("symbols", [])
    row = ChartRow("Row", given.pop("detail", ""), values, shown, symbols=symbols)
    return chart(kind, [row], series, **given)


def bar(drawing) -> list[tuple[float, float]]:
    """From where to where the parts of the bars go."""
    return [(box.x, box.wide) for box in of(drawing, Box) if box.high == 24]


def test_parts_fill_the_bar_in_proportion():
    drawing = on(shares([10, 90], ["1", "9"]))

    assert bar(drawing) == [(256, 38.3), (294.3, 344.7)]
    assert texts(drawing) == ["Never", "Rarely", "Row", "1", "9"]


def test_middle_category_is_centred_on_zero():
    rows = [
        ChartRow("Before", "", [20, 20, 20, 20, 20], ["1"] * 5),
        ChartRow("After", "", [0, 0, 20, 40, 40], ["0", "0", "1", "2", "2"]),
    ]
    drawing = on(chart("diverging", rows, LIKERT, middle=2))

    zero = of(drawing, Line)[0].x1
    parts = bar(drawing)
    assert zero == 392.8
    assert parts[2] == (365.4, 54.7)
    assert parts[5] == (365.4, 54.7)
    assert [round(x + long / 2, 1) for x, long in (parts[2], parts[5])] == [392.8, 392.8]


def test_zero_lies_between_two_categories_where_none_is_the_middle():
    drawing = on(shares([25, 25, 25, 25], ["1", "1", "1", "1"], middle=1.5))

    assert of(drawing, Line)[0].x1 == 447.5
    assert [x for x, _ in bar(drawing)] == [256, 351.8, 447.5, 543.2]
    assert len(shades(4, 1.5)) == 4


def test_row_without_a_label_keeps_close_to_the_one_above():
    rows = [
        ChartRow("Coaching", "Baseline", [50, 50], ["1", "1"]),
        ChartRow("", "Outcome", [0, 100], ["0", "2"]),
        ChartRow("Planning", "Baseline", [50, 50], ["1", "1"]),
    ]
    tops = [box.y for box in of(on(chart("stacked", rows, LIKERT[:2])), Box) if box.high == 24]

    assert tops == [36.5, 36.5, 69, 110.5, 110.5]


def test_a_part_too_narrow_for_its_figure_is_told_below():
    drawing = on(shares([1, 99], ["1 of 100", "99 of 100"]))

    assert texts(drawing)[-2:] == ["99 of 100", "Never: 1 of 100"]


def test_parts_that_are_withheld_share_a_hatched_gap():
    drawing = on(shares([64, None, None], ["14", "[c]", "[c]"], symbols=["", "c", "c"]))

    assert bar(drawing) == [(256, 245.1), (501.1, 137.9)]
    assert texts(drawing)[-2:] == ["14", "[c]"]


def test_parts_that_were_not_collected_are_told_and_leave_no_gap():
    drawing = on(shares([100, None], ["14", "[x]"], symbols=["", "x"]))

    assert bar(drawing) == [(256, 383)]
    assert texts(drawing)[-1] == "Rarely: [x]"


def test_nobody_is_no_bar():
    drawing = on(shares([0, 0], ["0", "0"], detail="n = 0"))

    assert bar(drawing) == []
    assert texts(drawing)[-2:] == ["n = 0", "nobody"]


def grey(fill: str) -> float:
    weights = ((0.3, 1), (0.59, 3), (0.11, 5))
    return sum(weight * int(fill[i : i + 2], 16) for weight, i in weights)


@pytest.mark.parametrize("count", range(1, 8))
def test_shades_differ_in_grey(count):
    greys = [grey(fill) for fill, _ in shades(count)]

    assert [a - b > 20 for a, b in pairwise(greys)] == [True] * (count - 1)


@pytest.mark.parametrize(("count", "middle"), [(3, 1), (5, 2), (7, 3)])
def test_shades_grow_darker_from_the_middle_to_both_ends(count, middle):
    greys = [grey(fill) for fill, _ in shades(count, middle)]

    assert greys[:middle] == sorted(greys[:middle])
    assert greys[middle + 1 :] == sorted(greys[middle + 1 :], reverse=True)


@pytest.mark.parametrize(
    ("fill", "ink"), [*(s for n in range(1, 8) for s in shades(n)), *shades(7, 3), *shades(6, 2.5)]
)
def test_figures_read_on_every_shade(fill, ink):
    assert contrast(fill, ink) >= 4.5


def contrast(one: str, other: str) -> float:
    """The ratio of WCAG 2.2 between two colours."""
    darker, lighter = sorted(_luminance(colour) for colour in (one, other))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return sum(w * p for w, p in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


# ---- distributions -------------------------------------------------------------------------


def test_each_category_has_a_hollow_bar_before_and_a_filled_one_after():
    rows = [
        ChartRow("A and B", "", [0, 100], ["0 (0%)", "17 (100%)"]),
        ChartRow("D", "", [12, 0], ["2 (12%)", "0 (0%)"]),
    ]
    drawing = on(chart("distribution", rows))

    bars = [box for box in of(drawing, Box) if box.high == 14]
    assert bars == [
        Box(256, 48, 314.2, 14, TEAL, "#10283f"),
        Box(256, 78, 37.7, 14, PAPER, "#10283f"),
    ]


def test_category_withheld_before_is_hatched_and_zero_after_is_a_figure():
    row = ChartRow("D", "", [None, 0], ["[c]", "0 (0%)"], symbols=["c", ""])
    drawing = on(chart("distribution", [row]))

    assert len(of(drawing, Path)) == 1
    assert texts(drawing)[-2:] == ["[c]", "0 (0%)"]


# ---- forest --------------------------------------------------------------------------------

STUDIES = [
    ChartRow("North", "", [0.4, 0.2, 0.6, 64], ["0.4", "0.2 to 0.6", "64%"]),
    ChartRow("South", "", [-0.1, -0.5, 0.3, 36], ["−0.1", "−0.5 to 0.3", "36%"]),
    ChartRow("Together", "", [0.2, 0.0, 0.4, None], ["0.2", "0 to 0.4", ""]),
]
FOREST = chart(
    "forest",
    STUDIES,
    ["Effect", "95% interval", "Weight"],
    unit="standard deviations",
    low=-0.5,
    high=0.6,
    note="Effects differ little between the two.",
    ends=["worse", "better"],
)


def test_squares_grow_with_their_weight_and_the_pool_is_a_diamond():
    drawing = on(FOREST)

    assert [(box.x, box.wide) for box in of(drawing, Box)] == [(398.7, 13), (316.8, 11)]
    assert of(drawing, Path)[0].d == "M338.9 92.0L372.0 84.0L405.2 92.0L372.0 100.0Z"
    assert texts(drawing)[-3:] == ["← worse", "better →", "Effects differ little between the two."]


def test_line_of_no_effect_goes_through_all_rows():
    drawing = on(FOREST)

    assert Line(338.9, 0, 338.9, 110) in of(drawing, Line)


def test_effect_without_an_interval_is_a_small_square():
    row = ChartRow("North", "", [0.4, None, None, None], ["0.4", "", ""])
    drawing = on(replace(FOREST, rows=[row]))

    assert [(box.wide, box.high) for box in of(drawing, Box)] == [(8, 8)]


# ---- runs ----------------------------------------------------------------------------------


def point(label: str, value, at: int | None = None, symbol: str = "", n: str = "") -> ChartRow:
    text = f"{value:g}" if value is not None else f"[{symbol}]"
    return ChartRow(label, n, [value], [text], symbols=[symbol], at=at)


def run(*rows: ChartRow, **given):
    return chart("run", list(rows), ["Grade"], unit="", **{"low": 1.45, "high": 1.82} | given)


def test_points_with_days_stand_at_their_distance_in_time():
    dated = on(run(point("Start", 1.8, 0), point("Soon", 1.6, 10), point("End", 1.5, 100)))
    undated = on(run(point("Start", 1.8), point("Soon", 1.6), point("End", 1.5)))

    assert [dot.x for dot in of(dated, Dot)] == [59, 113.3, 602]
    assert [dot.x for dot in of(undated, Dot)] == [59, 330.5, 602]
    assert [texts(d)[-1].endswith("not to scale.") for d in (dated, undated)] == [False, True]


def test_points_out_of_their_order_in_time_stay_within_the_picture():
    drawing = on(run(point("Start", 1.8, 0), point("End", 1.5, 100), point("Late", 1.6, 0)))

    assert [dot.x for dot in of(drawing, Dot)] == [59, 602, 59]


def test_line_is_broken_where_a_reading_is_missing():
    drawing = on(run(point("A", 1.8), point("B", None, symbol="x"), point("C", 1.6)))

    assert [line for line in of(drawing, Line) if line.thick == 2.25] == []
    assert said(drawing, "[x]").y == 184


def test_size_stands_under_each_point():
    drawing = on(run(point("Start", 1.8, n="n = 36"), point("End", 1.45, n="n = 18")))

    assert [(said(drawing, text).x, said(drawing, text).y) for text in ("Start", "n = 36")] == [
        (59, 221),
        (59, 236),
    ]


def test_baseline_and_target_are_level_lines_with_names():
    lines = [ChartLine(1.8, "Baseline"), ChartLine(1.5, "Target", is_target=True)]
    drawing = on(run(point("A", 1.8), point("B", 1.6), references=lines))

    assert [line.dashes for line in of(drawing, Line) if line.dashes] == ["2 3", "9 4"]
    assert [said(drawing, name).y for name in ("Baseline", "Target")] == [62.2, 164.2]


def test_weak_reading_is_a_ring():
    drawing = on(run(point("A", 1.8), point("B", 1.6, symbol="u")))

    assert [dot.fill for dot in of(drawing, Dot)] == [TEAL, PAPER]


# ---- matrix, figures, cycles ---------------------------------------------------------------


def test_marks_are_filled_half_filled_or_empty_and_have_words():
    row = ChartRow("Mock", "", [1, 0, 0.5, None], ["pass", "fail", "in part", "not tested"])
    columns = ["Validity", "Triangulation", "Reliability", "Comparison"]
    drawing = on(chart("matrix", [row], columns))

    assert [(dot.x, dot.fill) for dot in of(drawing, Dot)] == [
        (263, TEAL),
        (359, PAPER),
        (455, PAPER),
    ]
    assert of(drawing, Path)[0].d == "M455.0 43.5A5.5 5.5 0 0 0 455.0 54.5Z"
    assert texts(drawing) == [*columns, "pass", "fail", "in part", "not tested", "Mock"]


def test_cells_stand_two_by_two_on_a_phone():
    row = ChartRow("Mock", "", [1, 0, 1], ["pass", "fail", "pass"])
    drawing = on(chart("matrix", [row], ["Validity", "Triangulation", "Reliability"]), NARROW)

    assert [(dot.x, dot.y) for dot in of(drawing, Dot)] == [(7, 43), (167, 43), (7, 77)]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("14 of 22 pupils", ["14 of 22", "pupils"]),
        ("66%", ["66%"]),
        ("+4.9 points", ["+4.9", "points"]),
        ("[c]", ["[c]"]),
    ],
)
def test_figure_is_large_and_what_it_counts_small(text, shown):
    drawing = on(chart("figure", [ChartRow("Row", "", [1], [text])]))

    assert texts(drawing) == [*shown, "Row"]
    assert [mark.size for mark in of(drawing, Text)][: len(shown)] == [26, 12][: len(shown)]


def test_cycles_are_numbered_and_start_a_new_line_after_four():
    cycles = [asdict(cycle) for cycle in FULL.cycles] * 3
    wide_, narrow = charts.timelines(cycles)

    assert [len({dot.y for dot in of(drawing, Dot)}) for drawing in (wide_, narrow)] == [2, 3]
    assert [dot.x for dot in of(wide_, Dot)] == [16, 176, 336, 496, 16, 176]
    assert wide_.sentence.startswith(
        "Cycle 1: Year 1, First year, ended. Cycle 2: Year 2, Second year, impact."
    )


def test_frames_are_as_wide_as_a_column_and_a_phone():
    assert [(drawing.width, drawing.is_narrow) for drawing in charts.drawings(asdict(FOREST))] == [
        (WIDE.width, False),
        (NARROW.width, True),
    ]
