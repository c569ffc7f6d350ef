"""Texts of pictures: none over another, none cut off, all large enough, whatever is drawn."""

import re
from dataclasses import asdict, replace

import pytest
from django.template import engines

from reports import charts
from reports.charts import KINDS, NARROW, WIDE
from reports.charts.marks import PAPER, QUIET, RUST, TEAL, TEXT, Text
from reports.charts.values import ChartLine, ChartRow
from tests.reports.drawn import chart, collisions, of, on, outside
from tests.reports.samples import FULL, LONG

BOTH = ["Baseline", "Outcome"]
LIKERT = ["Strongly disagree", "Disagree", "Neither agree nor disagree", "Agree", "Strongly agree"]
NAMES = [
    "Comfortable with a colleague in the classroom",
    "Aware",
    LONG,
    "Confident",
    "Keen",
    "Able",
]
FRAMES = pytest.mark.parametrize("frame", [WIDE, NARROW], ids=["wide", "narrow"])


def rows(kind: str, many: int) -> list[ChartRow]:
    """So many rows of a kind, with long names and figures that lie close together."""
    made = []
    for i in range(many):
        label = f"{NAMES[i % len(NAMES)]} {i}"
        detail = LONG if i % 5 == 2 else f"n = {i}"
        values, texts = VALUES[kind](i)
        made.append(ChartRow(label, detail, values, texts, at=700_000 + 40 * i))
    return made


VALUES = {
    "bars": lambda i: ([50 + i % 50], [f"{50 + i % 50}%"]),
    "dumbbell": lambda i: ([50 + i % 9, 52 - i % 9], [f"{50 + i % 9}%", f"{52 - i % 9}%"]),
    "slope": lambda i: ([50 + i % 2, 94], [f"{50 + i % 2}%", "94%"]),
    "stacked": lambda _: ([1, 2, 17, 30, 50], ["1", "2", "17 of 100", "30", "50"]),
    "diverging": lambda _: ([30, 2, 17, 1, 50], ["30", "2", "17", "1", "50"]),
    "distribution": lambda i: ([i, 60 - i], [f"{i} (1%)", f"{60 - i} (99%)"]),
    "forest": lambda _: ([0.1, -0.2, 0.4, 5], ["0.10", "−0.20 to 0.40", "5.0%"]),
    "run": lambda i: ([1.5 + i / 100], [f"{1.5 + i / 100:.2f}"]),
    "matrix": lambda _: ([1, 0, 0.5, None], ["pass", "fail", "partly, with doubts", "none"]),
    "figure": lambda i: ([i], [f"{i} of 22 pupils in all of the classes"]),
}
SERIES = {
    "stacked": LIKERT,
    "diverging": LIKERT,
    "forest": ["Effect", "Interval", "Weight"],
    "run": ["Grade"],
    "matrix": ["Validity", "Triangulation", "Reliability", "Comparison"],
}


def sample(kind: str, made: list[ChartRow], **given):
    middle = 2 if kind == "diverging" else None
    bounds = {"forest": (-0.2, 0.4), "run": (1.5, 2.1)}.get(kind, (0, 100))
    bounded = {"low": bounds[0], "high": bounds[1]} | given
    return chart(kind, made, SERIES.get(kind, BOTH), middle=middle, **bounded)


@FRAMES
@pytest.mark.parametrize("many", [1, 2, 6, 60])
@pytest.mark.parametrize("kind", VALUES)
def test_texts_keep_apart_and_within_the_picture(kind, many, frame):
    drawing = on(sample(kind, rows(kind, many)), frame)

    assert (collisions(drawing), outside(drawing)) == ([], [])


@FRAMES
@pytest.mark.parametrize("symbol", ["x", "z", "c"])
@pytest.mark.parametrize("kind", sorted(VALUES.keys() - {"forest"}))
def test_texts_keep_apart_where_everything_is_missing(kind, symbol, frame):
    missing = [
        replace(
            row,
            values=[None] * len(row.values),
            texts=[f"[{symbol}]"] * len(row.texts),
            symbols=[symbol] * len(row.values),
        )
        for row in rows(kind, 3)
    ]
    drawing = on(sample(kind, missing), frame)

    assert (collisions(drawing), outside(drawing)) == ([], [])


@FRAMES
@pytest.mark.parametrize("kind", ["bars", "dumbbell", "slope", "run"])
@pytest.mark.parametrize("value", [0, -40, 100])
def test_texts_keep_apart_where_all_are_equal(kind, value, frame):
    made = [
        replace(row, values=[value] * len(row.values), texts=[f"{value}%"] * len(row.texts))
        for row in rows(kind, 4)
    ]
    drawing = on(sample(kind, made, low=min(value, 0), high=100), frame)

    assert (collisions(drawing), outside(drawing)) == ([], [])


@FRAMES
def test_names_of_level_lines_keep_apart(frame):
    lines = [ChartLine(1.6, "Baseline"), ChartLine(1.61, "Target", is_target=True)]
    drawing = on(replace(sample("run", rows("run", 4)), references=lines), frame)

    assert (collisions(drawing), outside(drawing)) == ([], [])


@FRAMES
@pytest.mark.parametrize("kind", VALUES)
def test_texts_are_large_enough_and_stand_out(kind, frame):
    marks = of(on(sample(kind, rows(kind, 6)), frame), Text)

    assert min(mark.size for mark in marks) >= 12
    inks = {mark.ink for mark in marks} - {"#000000", "#ffffff"}  # those of shades, tried there
    assert inks <= {TEXT, QUIET, RUST, TEAL, PAPER, "#10283f"}


def test_every_kind_of_picture_is_tried():
    assert VALUES.keys() | {"change"} == KINDS.keys()


# ---- as a template writes them -------------------------------------------------------------


def svg(given) -> str:
    template = engines["django"].from_string("{% load charts %}{% chart given %}")
    return template.render({"given": asdict(given)})


@pytest.mark.parametrize("kind", VALUES)
def test_pictures_have_a_title_and_a_description_and_no_style_of_their_own(kind):
    markup = svg(replace(sample(kind, rows(kind, 2)), title="Half & half", sentence="A < B."))

    assert re.findall("<title>(.*?)</title>\n<desc>(.*?)</desc>", markup) == [
        ("Half &amp; half", "A &lt; B."),
        ("Half &amp; half", "A &lt; B."),
    ]
    assert re.findall(r'class="chart (.*?)" role="(.*?)"', markup) == [
        ("chart--wide", "img"),
        ("chart--narrow", "img"),
    ]
    assert re.findall(r"style|<script|\son\w+=|\sid=", markup) == []


def test_markup_of_bars():
    row = ChartRow("Row", "", [50], ["50%"])
    written = svg(chart("bars", [row], ["Per cent"])).partition("</svg>")[0]

    assert written.strip().splitlines()[3:] == [
        *(
            f'<line x1="{x}" y1="0" x2="{x}" y2="30.0" stroke="#d5dfe2" stroke-width="0.75"/>'
            for x in (256.0, 317.6, 379.2, 440.8, 502.4, 564.0)
        ),
        *(
            f'<text x="{x}" y="45.0" font-size="12" fill="#48555f" text-anchor="middle">{text}'
            "</text>"
            for x, text in zip(
                (256.0, 317.6, 379.2, 440.8, 502.4, 564.0), range(0, 101, 20), strict=True
            )
        ),
        '<text x="256" y="61.0" font-size="12" fill="#48555f">Per cent</text>',
        '<text x="0" y="17.0" font-size="13" fill="#14212e">Row</text>',
        '<rect x="256.0" y="5.0" width="154.0" height="16" fill="#0b6a6a"/>',
        '<text x="417.0" y="17.4" font-size="13" fill="#14212e" font-weight="bold">50%</text>',
        '<line x1="256.0" y1="0" x2="256.0" y2="30.0" stroke="#10283f" stroke-width="1"/>',
    ]


def test_large_numbers_are_not_grouped_in_coordinates():
    assert not re.search(r'="\d+,\d', svg(sample("bars", rows("bars", 60))))


def test_a_picture_comes_with_its_table():
    made = [
        ChartRow("Coaching", "Baseline", [50, 50], ["1", "1"]),
        ChartRow("", "Outcome", [0, 100], ["0", "2"]),
    ]
    template = engines["django"].from_string("{% load charts %}{{ given|chart_table|safe }}")
    written = template.render({"given": asdict(chart("stacked", made, ["Low", "High"]))})

    cells = [
        [{"heading": h, "text": t} for h, t in zip(["Low", "High"], row.texts, strict=True)]
        for row in made
    ]
    assert written == str(
        {
            "stub": "Measure",
            "headings": ["Low", "High"],
            "rows": [
                {"label": "Coaching", "detail": "Baseline", "cells": cells[0]},
                {"label": "Coaching", "detail": "Outcome", "cells": cells[1]},
            ],
        }
    )


@FRAMES
def test_cycles_with_long_names_keep_apart(frame):
    cycles = [asdict(replace(FULL.cycles[0], label=LONG, period=LONG))] * 9
    drawing = next(d for d in charts.timelines(cycles) if d.width == frame.width)

    assert (collisions(drawing), outside(drawing)) == ([], [])
