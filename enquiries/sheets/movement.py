"""How the places on a grid moved from day to day, as a drawing and as a table.

Lengths are in units of the drawing, which is ``WIDTH`` units wide.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from math import atan2, ceil, cos, degrees, hypot, sin, sqrt
from textwrap import wrap
from typing import Any

from django.db import models
from django.utils.formats import date_format

from enquiries.models import Cycle, Enquiry, InnovationPlacing, Placing, SheetRecord
from enquiries.sheets import Sheet
from enquiries.sheets.placings import INNOVATION, Grid, PlacingForm, grid_of
from enquiries.sheets.queries import records_of

WIDTH = 420
LEFT, TOP = 104, 44
CELL = (104, 92)
NAME_HEIGHT = 18
RADIUS = 12
HEAD = 9
LEAST_SHAFT = 6
BEND = 0.14
LETTERS_OF_A_STEP = 12
KEY_HEIGHT = 30


@dataclass(frozen=True)
class Spot:
    """One placing: its number in order of days, its day, and where it lies, all in words.

    ``kind`` says whether it is an aim or an outcome, on a form that tells the two apart; ``name``
    what is placed, where that is not always the same; ``key`` is that of its record.
    """

    number: int
    name: str
    on: str
    kind: str
    down: str
    across: str
    key: str


@dataclass(frozen=True)
class Movement:
    """Everything that was placed on a form's grid; ``kinds`` is empty where all is of one kind.

    ``sentences`` say each placing in words, with its date and its kind.
    """

    slug: str
    title: str
    legend: str
    down: str
    across: str
    kinds: list[str]
    spots: list[Spot]
    sentences: list[str]
    drawing: dict[str, Any]


def movement_of(sheet: Sheet, records: list, hidden: frozenset[str]) -> Movement | None:
    """What moved on the grid of a form; None where it has no grid, or none this reader may see."""
    if not issubclass(sheet.form, PlacingForm) or hidden & {sheet.model.down, sheet.model.across}:
        return None
    return _moved(sheet, records)


def movement_up_to(sheet: Sheet, record: SheetRecord, hidden: frozenset[str]) -> Movement | None:
    """The way to one record; None as with ``movement_of``."""
    if not isinstance(record, Placing):
        return None
    earlier = [
        r
        for r in records_of(sheet, record.enquiry, record.cycle)
        if r.in_order() <= record.in_order()
    ]
    return movement_of(sheet, earlier, hidden)


def innovations_of(enquiry: Enquiry, cycle: Cycle | None) -> Movement:
    """How far from practice, and how large, the changes of a cycle were meant to be and became."""
    return _moved(INNOVATION, InnovationPlacing.objects.filter(enquiry=enquiry, cycle=cycle))


def _moved(sheet: Sheet, records: Iterable[Placing]) -> Movement:
    grid, kinds = grid_of(sheet), _kinds(sheet.model)
    placings = sorted(records, key=Placing.in_order)
    spots = [_spot(number, placing, kinds) for number, placing in enumerate(placings, 1)]
    return Movement(
        slug=sheet.slug,
        title=sheet.title,
        legend=grid.legend,
        down=grid.down,
        across=grid.across,
        kinds=kinds,
        spots=spots,
        sentences=[_sentence(spot, grid) for spot in spots],
        drawing=_drawing(grid, kinds if placings else [], placings),
    )


def _spot(number: int, placing: Placing, kinds: list[str]) -> Spot:
    return Spot(
        number,
        placing.name,
        date_format(placing.placed_on, "j F Y"),
        kinds[not placing.is_aim] if kinds else "",
        _label(placing, placing.down),
        _label(placing, placing.across),
        str(placing.key),
    )


def _sentence(spot: Spot, grid: Grid) -> str:
    when = ", ".join(filter(None, [spot.name, spot.on, spot.kind.lower()]))
    down = f"{grid.down.lower()}: {spot.down.lower()}"
    return f"{when}: {down}; {grid.across.lower()}: {spot.across.lower()}"


def _kinds(model: type[models.Model]) -> list[str]:
    """An aim and an outcome, where the form tells them apart."""
    moment = getattr(model, "Moment", None)
    return [str(label) for label in moment.labels] if moment else []


def _label(placing: Placing, name: str) -> str:
    return str(getattr(placing, f"get_{name}_display")())


# ---- the drawing ---------------------------------------------------------------------------


def _drawing(grid: Grid, kinds: list[str], placings: list[Placing]) -> dict[str, Any]:
    wide, high = CELL
    bottom = TOP + high * len(grid.rows)
    marks = _marks(grid, placings)
    moves = not any(placing.name for placing in placings)
    return {
        "width": WIDTH,
        "height": bottom + (KEY_HEIGHT if kinds else 4),
        "left": LEFT,
        "top": TOP,
        "middle": TOP + high * len(grid.rows) / 2,
        "centre": LEFT + wide * len(grid.columns) / 2,
        "columns": [
            {"x": LEFT + wide * (i + 0.5), "text": text} for i, text in enumerate(grid.columns)
        ],
        "rows": [
            {"lines": _step(line[0].down[1], TOP + high * (i + 0.5))}
            for i, line in enumerate(grid.rows)
        ],
        "cells": _cells(grid),
        "arrows": [a for a in map(_arrow, pairwise(marks)) if a] if moves else [],
        "marks": marks,
        "keys": [
            {"x": LEFT + RADIUS + i * wide, "y": bottom + 18, "is_aim": i == 0, "text": text}
            for i, text in enumerate(kinds)
        ],
    }


def _step(label: str, middle: float) -> list[dict]:
    """A step's label in short lines, around the middle of its row."""
    lines = wrap(label, LETTERS_OF_A_STEP)
    first = middle - 7.5 * (len(lines) - 1) + 4
    return [{"y": first + 15 * i, "text": text} for i, text in enumerate(lines)]


def _cells(grid: Grid) -> list[dict]:
    wide, high = CELL
    return [
        {
            "x": LEFT + wide * column,
            "y": TOP + high * row,
            "wide": wide,
            "high": high,
            "name_x": LEFT + wide * (column + 0.5),
            "names": [
                {"y": TOP + high * (row + 1) - 7 - 13 * i, "text": text}
                for i, text in enumerate(reversed(wrap(cell.name, LETTERS_OF_A_STEP)))
            ],
        }
        for row, line in enumerate(grid.rows)
        for column, cell in enumerate(line)
    ]


def _marks(grid: Grid, placings: list[Placing]) -> list[dict]:
    """A numbered disc for each placing; those in one cell stand side by side and shrink."""
    places = [
        grid.position(getattr(placing, placing.down), getattr(placing, placing.across))
        for placing in placings
    ]
    marks, taken = [], dict.fromkeys(places, 0)
    for number, (placing, place) in enumerate(zip(placings, places, strict=True), 1):
        x, y, radius = _slot(place, taken[place], places.count(place))
        taken[place] += 1
        marks.append(
            {
                "number": number,
                "x": round(x, 1),
                "y": round(y, 1),
                "radius": round(radius, 1),
                "size": round(radius * 1.1, 1),
                "is_aim": placing.is_aim,
            }
        )
    return marks


def _slot(place: tuple[int, int], nth: int, of: int) -> tuple[float, float, float]:
    """Where the nth of several discs in a cell stands, and how large it may be."""
    row, column = place
    wide, high = CELL[0] - 8, CELL[1] - 2 * NAME_HEIGHT
    across = ceil(sqrt(of))
    lines = ceil(of / across)
    step_x, step_y = wide / across, high / lines
    x = LEFT + CELL[0] * column + 4 + step_x * (nth % across + 0.5)
    y = TOP + CELL[1] * row + 4 + step_y * (nth // across + 0.5)
    return x, y, min(RADIUS, min(step_x, step_y) / 2 - 1)


def _arrow(ends: tuple[dict, dict]) -> dict | None:
    """A bow from the edge of a disc to that of the next; none where they all but touch.

    It bends to its right, so that the way back is another, and goes round what lies between.
    """
    start, end = ends
    far = hypot(end["x"] - start["x"], end["y"] - start["y"])
    if far < start["radius"] + end["radius"] + LEAST_SHAFT:
        return None
    bend = (
        (start["x"] + end["x"]) / 2 - (end["y"] - start["y"]) * BEND,
        (start["y"] + end["y"]) / 2 + (end["x"] - start["x"]) * BEND,
    )
    x1, y1 = _towards(start, bend, start["radius"] + 1)
    x2, y2 = _towards(end, bend, end["radius"] + 2 + HEAD / 2)
    tip_x, tip_y = _towards(end, bend, end["radius"] + 2)
    return {
        "x1": x1,
        "y1": y1,
        "bend_x": round(bend[0], 1),
        "bend_y": round(bend[1], 1),
        "x2": x2,
        "y2": y2,
        "tip_x": tip_x,
        "tip_y": tip_y,
        "turn": round(degrees(atan2(end["y"] - bend[1], end["x"] - bend[0])), 1),
        "is_aim": end["is_aim"],
    }


def _towards(mark: dict, point: tuple[float, float], far: float) -> tuple[float, float]:
    """The point so far from the middle of a disc, on the way to another point."""
    way = atan2(point[1] - mark["y"], point[0] - mark["x"])
    return round(mark["x"] + cos(way) * far, 1), round(mark["y"] + sin(way) * far, 1)
