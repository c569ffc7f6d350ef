import re
from dataclasses import asdict, replace
from itertools import pairwise

import pytest
from django.template import engines

from reports import charts
from reports.values import ChartRow
from tests.reports.samples import BARS, CHANGE, FULL, LONG, STACKED

ROLE = 'class="chart" role="img"'
FONT = 'font-family="Enquiry Sans, Helvetica, Arial, sans-serif" font-size="12" fill="#14212e"'


def drawn(chart) -> dict:
    return charts.drawing(asdict(chart))


def svg(chart) -> str:
    """The chart as a template writes it, one space between its marks."""
    template = engines["django"].from_string("{% load charts %}{% chart given %}")
    return re.sub(r"\s*\n\s*", "\n", template.render({"given": asdict(chart)})).strip()


def one(chart, value: list, text: list[str], **given):
    return replace(chart, rows=[ChartRow("Row", "", value, text)], **given)


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
    assert charts.ticks(low, high) == expected


@pytest.mark.parametrize(
    ("high", "expected"), [(1, [0, 1]), (3, [0, 1, 2, 3]), (40, [0, 10, 20, 30, 40])]
)
def test_axis_of_a_count_has_whole_values(high, expected):
    assert charts.ticks(0, high, whole=True) == expected


def test_chart_of_counts_is_drawn_on_such_an_axis():
    rows = [ChartRow("Theme 3", "", [2], ["2"])]
    drawn = charts.drawing(asdict(replace(BARS, low=0, high=2, rows=rows)))

    assert [tick["text"] for tick in drawn["ticks"]] == ["0", "1", "2"]


def test_bars_are_as_long_as_their_values():
    first, second = drawn(BARS)["rows"]
    assert (first["x"], first["long"], first["text_x"]) == (276, 176.1, 458.1)
    assert (second["x"], second["long"], second["text"]) == (276, 258.4, "91%")
    assert second["middle"] - first["middle"] == charts.BAND + charts.GAP


def test_a_negative_bar_goes_left_from_zero():
    row = drawn(one(BARS, [-5], ["−5"], low=-10, high=10, unit=""))["rows"][0]
    assert (row["x"], row["long"]) == (347.0, 71.0)
    assert (row["anchor"], row["text_x"]) == ("end", 341.0)


@pytest.mark.parametrize("value", [0, None])
def test_nothing_is_drawn_for_nothing_but_its_text(value):
    row = drawn(one(BARS, [value], ["[x]"]))["rows"][0]
    assert (row["long"], row["text"], row["text_x"]) == (0, "[x]", 282)
    assert "<rect" not in svg(one(BARS, [value], ["[x]"]))


def test_a_detail_that_all_rows_share_is_said_once():
    assert charts.shared_detail(asdict(BARS)) == "All staff"
    assert [row["detail"] for row in drawn(BARS)["rows"]] == [[], []]
    assert charts.shared_detail(asdict(CHANGE)) == ""
    assert drawn(CHANGE)["rows"][0]["detail"][0]["text"] == "Year 6"


def test_a_change_goes_from_a_ring_to_a_dot():
    row = drawn(one(CHANGE, [20, 70], ["20%", "70%"]))["rows"][0]
    assert (row["before"], row["after"], row["way"]) == (332.8, 474.8, 1)
    assert row["shaft"] == [338.3, 464.3]
    assert (row["before_text"]["anchor"], row["after_text"]["anchor"]) == ("end", "start")


def test_a_fall_is_drawn_like_a_rise_the_other_way_round():
    row = drawn(one(CHANGE, [70, 20], ["70%", "20%"]))["rows"][0]
    assert row["way"] == -1
    assert (row["before_text"]["anchor"], row["after_text"]["anchor"]) == ("start", "end")


def test_dots_on_one_spot_stay_apart_and_need_no_arrow():
    row = drawn(one(CHANGE, [50, 50], ["50%", "50%"]))["rows"][0]
    assert row["ring"] > row["radius"]
    assert row["shaft"] is None


def test_a_change_without_a_baseline_is_told():
    row = drawn(CHANGE)["rows"][1]
    assert (row["before"], row["told"]) == (None, "Baseline: [x], Outcome: 40%")
    assert svg(CHANGE).count("<circle") == 4


def test_units_on_the_axis_are_not_repeated_at_each_figure():
    chart = one(BARS, [16], ["16 teachers"], unit="teachers", high=16)
    assert drawn(chart)["rows"][0]["text"] == "16"
    assert drawn(chart)["unit"] == "Teachers"


def test_parts_fill_the_bar_in_proportion():
    row = drawn(STACKED)["rows"][0]
    assert [(part["x"], part["wide"], part["text"]) for part in row["parts"]] == [
        (252, 32.0, "1"),
        (284.0, 288.0, "9"),
    ]
    assert row["aside"]["text"] == "n = 10"
    assert charts.shared_detail(asdict(STACKED)) == "Number of teachers"


def test_a_part_too_narrow_for_its_figure_is_told_below():
    row = drawn(one(STACKED, [1, 99], ["1 of 100", "99 of 100"]))["rows"][0]
    assert [part["text"] for part in row["parts"]] == ["", "99 of 100"]
    assert row["told"] == "low: 1 of 100"


def test_parts_that_are_not_known_are_told_and_not_drawn():
    row = drawn(one(STACKED, [None, 90], ["[c]", "9"]))["rows"][0]
    assert len(row["parts"]) == 1
    assert row["told"] == "low: [c]"


@pytest.mark.parametrize("count", range(1, 8))
def test_shades_differ_in_grey(count):
    greys = [
        sum(
            weight * int(shade["fill"][i : i + 2], 16)
            for weight, i in ((0.3, 1), (0.59, 3), (0.11, 5))
        )
        for shade in charts.shades(count)
    ]
    steps = [before - after for before, after in pairwise(greys)]
    assert all(step > 20 for step in steps)


@pytest.mark.parametrize("rows", [1, 10])
def test_long_labels_wrap_and_rows_do_not_meet(rows):
    chart = replace(BARS, rows=[ChartRow(LONG, LONG, [i], [str(i)]) for i in range(rows)])
    drawing = drawn(chart)
    assert all(len(row["label"]) == 3 for row in drawing["rows"])
    assert all(row["label"][-1]["text"].endswith("…") for row in drawing["rows"])
    ends = [row["label"][-1]["y"] for row in drawing["rows"]]
    starts = [row["label"][0]["y"] for row in drawing["rows"]]
    assert all(start - end > charts.LINE for end, start in zip(ends, starts[1:], strict=False))
    assert drawing["height"] > ends[-1]


def test_markup_of_bars():
    chart = one(BARS, [50], ["50%"], sentence="Half & <half>.")
    expected = """
        <svg xmlns="http://www.w3.org/2000/svg" ROLE viewBox="0 0 640 70.0" FONT>
        <title>Half &amp; &lt;half&gt;.</title>
        TICKS
        <text x="276.0" y="30.0" dy="29" font-size="10.5" fill="#48555f">Per cent</text>
        <text x="0" y="19.0">Row</text>
        <rect x="276.0" y="7.5" width="142.0" height="15" fill="#0b6a6a"/>
        <text x="424.0" y="15.0" dy="4.2" text-anchor="start" font-weight="bold">50%</text>
        <line x1="276.0" y1="0" x2="276.0" y2="30.0" stroke="#10283f" stroke-width="1"/>
        </svg>
    """
    ticks = "\n".join(
        f'<line x1="{x}" y1="0" x2="{x}" y2="30.0" stroke="#d5dfe2" stroke-width="0.75"/>\n'
        f'<text x="{x}" y="30.0" dy="14" text-anchor="middle" font-size="10.5" fill="#48555f">'
        f"{text}</text>"
        for x, text in zip(
            [276.0, 332.8, 389.6, 446.4, 503.2, 560.0], range(0, 101, 20), strict=True
        )
    )
    whole = expected.replace("TICKS", ticks).replace("FONT", FONT).replace("ROLE", ROLE)
    lines = [line.strip() for line in whole.strip().splitlines()]
    assert [line for line in svg(chart).splitlines() if line] == lines


@pytest.mark.parametrize("chart", [BARS, CHANGE, STACKED])
def test_pictures_have_a_title_and_no_style_of_their_own(chart):
    markup = svg(chart)
    assert f"<title>{chart.sentence}</title>" in markup
    assert 'role="img"' in markup
    assert re.findall(r"style|<script|\son\w+=", markup) == []


def test_large_numbers_are_not_grouped_in_coordinates():
    chart = replace(BARS, rows=[ChartRow("Row", "", [i], [str(i)]) for i in range(60)])
    assert not re.search(r'="\d+,\d', svg(chart))


def test_the_timeline_numbers_the_cycles_and_starts_a_new_line_after_four():
    cycles = [asdict(cycle) for cycle in FULL.cycles] * 3
    drawing = charts.timeline(cycles)
    assert [stop["number"] for stop in drawing["stops"]] == [1, 2, 3, 4, 5, 6]
    assert len({stop["y"] for stop in drawing["stops"]}) == len(drawing["lines"]) == 2
    assert drawing["sentence"].startswith(
        "Cycle 1: Year 1, First year, ended. Cycle 2: Year 2, Second year, impact."
    )


def test_the_timeline_of_one_cycle():
    drawing = charts.timeline([asdict(FULL.cycles[0])])
    assert drawing["stops"][0]["label"][0]["text"] == "Year 1"
    assert drawing["stops"][0]["phase"]["text"] == "Ended"
