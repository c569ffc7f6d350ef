"""Parts of a whole, one bar a row: side by side from the left, or about their middle.

With a ``middle`` the category of that place is centred on zero, what is before it lies to the left
and what comes after it to the right, so that bars under each other show which way answers moved.
"""

from itertools import pairwise
from math import ceil, floor

from reports.charts.axes import Spans
from reports.charts.bars import symbol_of
from reports.charts.frames import GAP, Frame, Row, note_of, rows_of, spans
from reports.charts.marks import INK, Box, Line, Mark, Text, hatched, tenth
from reports.charts.signs import key, plated, quiet, swatch
from reports.charts.texts import SMALL, lines_of, wide

BAND, UNDER = 24, 15
INKS = ("#ffffff", "#000000")
WEIGHTS = (0.2126, 0.7152, 0.0722)  # of red, green and blue in how light a colour is
LIGHT = 0.18  # from here on black reads better on a colour than white
DARKEST, LIGHTEST = (7, 71, 71), (226, 238, 238)
WARM_DARK, WARM_LIGHT = (122, 51, 20), (246, 222, 205)
MIDDLING = "#e3e6e8"


def shades(count: int, middle: float | None = None) -> list[tuple[str, str]]:
    """Fills and the ink that reads on each: from light to dark, or dark towards both ends."""
    if middle is None:
        return [_shade(_even(i, count), LIGHTEST, DARKEST) for i in range(count)]
    after = int(count - middle - 0.5)
    before = [_shade(_even(i, after), WARM_DARK, WARM_LIGHT) for i in range(after)]
    between = [] if middle % 1 else [(MIDDLING, INKS[1])]
    return [
        *before,
        *between,
        *(_shade(_even(i, after), LIGHTEST, DARKEST) for i in range(after)),
    ]


def _even(place: int, count: int) -> float:
    return place / (count - 1) if count > 1 else 0.8


def _shade(at: float, first: tuple, last: tuple) -> tuple[str, str]:
    mixed = [round(a + (b - a) * at) for a, b in zip(first, last, strict=True)]
    lightness = sum(w * (part / 255) ** 2.2 for w, part in zip(WEIGHTS, mixed, strict=True))
    return "#" + "".join(f"{part:02x}" for part in mixed), INKS[lightness >= LIGHT]


def draw(chart: dict, frame: Frame) -> tuple[list[Mark], float]:
    middle, series = chart.get("middle"), chart["series"]
    tones = shades(len(series), middle)
    names = zip(series, tones, strict=True)
    legend, top = key([(name, swatch(fill)) for name, (fill, _) in names], frame.width)
    low, high = _ends(chart["rows"], middle)
    left = frame.left if frame.label else 0
    unit = (frame.width - 1 - left) / ((high - low) or 1)
    zero = left - low * unit
    marks, bottom = list(legend), top
    reach: Spans = []
    for given in chart["rows"]:
        gap = 4 if bottom == top else GAP if given["label"] else 5
        row = rows_of([given], frame, bottom + gap, BAND, note=note_of(chart))[0]
        parts, unplaced = _parts(row, tones, middle, zero, unit)
        told = lines_of(_told(given, series, unplaced), frame.width - left, SMALL)
        under = row.middle + BAND / 2
        marks += [*row.marks, *parts]
        if all(value == 0 for value in given["values"]):
            marks.append(quiet(left, row.middle + 4.2, "nobody"))
        marks += [quiet(left, under + UNDER * i, line) for i, line in enumerate(told, 1)]
        reach += spans([row], frame, bottom, BAND)
        bottom = max(row.bottom, under + UNDER * len(told) + (3 if told else 0))
    if middle is not None:
        reach = reach if frame.is_narrow else [(top, tenth(bottom + 4))]
        marks[:0] = [Line(tenth(zero), a, tenth(zero), b, INK, 1, "2 3") for a, b in reach]
    return marks, bottom + 5


def _told(row: dict, series: list[str], unplaced: list[int]) -> str:
    return "; ".join(f"{series[i]}: {row['texts'][i]}" for i in unplaced)


def _ends(rows: list[dict], middle: float | None) -> tuple[float, float]:
    """How far the bars reach to the left and to the right of zero, in per cent."""
    if middle is None:
        return 0.0, 100.0
    lefts, rights = zip(*(_reach(row, middle) for row in rows), strict=True)
    return -max(lefts), max(rights)


def _reach(row: dict, middle: float) -> tuple[float, float]:
    values = _extents(row)
    half = 0.0 if middle % 1 else values[int(middle)] / 2
    return sum(values[: ceil(middle)]) + half, sum(values[floor(middle) + 1 :]) + half


def _extents(row: dict) -> list[float]:
    """Each part's extent; what is withheld of the whole goes to the first that is."""
    values = [value or 0.0 for value in row["values"]]
    for i, value in enumerate(row["values"]):
        if value is None and symbol_of(row, i) == "c":
            values[i] = max(round(100 - sum(values), 1), 0)
            break
    return values


def _parts(
    row: Row, tones: list, middle: float | None, zero: float, unit: float
) -> tuple[list[Mark], list[int]]:
    """The parts that have an extent, and the places of those whose figure finds no room."""
    values, texts = row.given["values"], row.given["texts"]
    edges = [0.0 if middle is None else -_reach(row.given, middle)[0]]
    for extent in _extents(row.given):
        edges.append(edges[-1] + extent)
    marks: list[Mark] = []
    unplaced = []
    top, y = tenth(row.middle - BAND / 2), tenth(row.middle + 4.4)
    for i, (start, end) in enumerate(pairwise(edges)):
        x, long = zero + start * unit, (end - start) * unit
        fits = wide(texts[i], bold=True) + 6 <= long
        place = (tenth(x + long / 2), y, texts[i], "middle")
        if long and values[i] is None:
            marks += hatched(tenth(x), top, tenth(long), BAND)
            marks += plated(Text(*place)) if fits else []
        elif long:
            marks.append(Box(tenth(x), top, tenth(long), BAND, tones[i][0], INK))
        if fits and values[i]:
            marks.append(Text(*place, ink=tones[i][1], bold=True))
        elif values[i] or (values[i] is None and texts[i] and symbol_of(row.given, i) != "c"):
            unplaced.append(i)
    return marks, unplaced
