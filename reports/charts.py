"""Where the marks and words of a chart stand; the SVG templates only write them down.

Lengths are in units of the drawing, which is ``WIDTH`` units wide and as high as its rows need.
"""

import re
from itertools import pairwise
from math import floor, log10
from textwrap import wrap
from typing import Any

WIDTH = 640
LABEL_WIDTH = 236
PLOT = (276, 560)
STACK = (252, 572)
SMALL = 10.5
LINE, SMALL_LINE = 14, 13
GAP = 13
AXIS = 26
BAR = 15
BAND = 22
DOT = 5.5
MIDDLE = 0.62
INKS = ("#10283f", "#ffffff")
DARKEST, LIGHTEST = (7, 71, 71), (226, 238, 238)
ACROSS = 4
LEAST_SHAFT = 20
COUNT = re.compile(r"[\d,.]+ (\D+)")
MINUS = "\N{MINUS SIGN}"

Drawing = dict[str, Any]


def drawing(chart: dict) -> Drawing:
    """What the template of the chart's kind needs: ``height``, ``rows``, ``ticks``, ``note``."""
    rows, bottom = _stood(chart)
    shared = {
        "kind": chart["kind"],
        "sentence": chart["sentence"],
        "note": shared_detail(chart),
        "width": WIDTH,
    }
    return shared | _KINDS[chart["kind"]](chart, rows, bottom)


def timeline(cycles: list[dict]) -> Drawing:
    """The cycles in order, at most four side by side; not to scale."""
    across = min(len(cycles), ACROSS)
    step = WIDTH / across
    lines, stops, top = [], [], 0.0
    for start in range(0, len(cycles), across):
        stood = [
            _stop(cycle, start + i, 16 + i * step, top, step)
            for i, cycle in enumerate(cycles[start : start + across])
        ]
        lines.append({"x1": 16, "x2": tenth(stood[-1]["x"]), "y": top + 16})
        stops += stood
        top = max(stop["bottom"] for stop in stood) + GAP
    told = [f"Cycle {i}: {_told(cycle)}" for i, cycle in enumerate(cycles, 1)]
    return {
        "kind": "timeline",
        "sentence": ". ".join(told) + ".",
        "width": WIDTH,
        "height": tenth(top),
        "lines": lines,
        "stops": stops,
    }


def ticks(low: float, high: float, *, whole: bool = False) -> list[float]:
    """Four to seven round values that span ``low`` to ``high`` and contain zero.

    Fewer where only ``whole`` values can be met, as in a count.
    """
    low, high = min(low, 0), max(high, 0)
    span = (high - low) or 1
    rough = span / 5
    power = 10 ** floor(log10(rough))
    step = next(power * m for m in (1, 2, 5, 10) if power * m >= rough * 0.999)
    step = max(step, 1) if whole else step
    first = floor(low / step)
    last = -floor(-(low + span) / step)
    return [round(i * step, 6) for i in range(first, last + 1)]


def shades(count: int) -> list[dict]:
    """Fills from light to dark, told apart without colour, with the ink that reads on each."""
    steps = [i / (count - 1) if count > 1 else 1.0 for i in range(count)]
    return [{"fill": _between(at), "ink": INKS[at >= MIDDLE]} for at in steps]


def _between(at: float) -> str:
    mixed = (round(a + (b - a) * at) for a, b in zip(LIGHTEST, DARKEST, strict=True))
    return "#" + "".join(f"{part:02x}" for part in mixed)


def tenth(value: float) -> float:
    return round(value, 1)


def _wide(text: str, size: float = 12) -> float:
    """About how wide a text is set."""
    return len(text) * size * 0.5


def lines_of(text: str, width: float, size: float = 12, most: int = 3) -> list[str]:
    return wrap(text, int(width / (size * 0.5)), max_lines=most, placeholder=" …")


def written(texts: list[str], y: float, step: float = LINE) -> list[dict]:
    """Lines of text under each other, the first with its baseline at ``y``."""
    return [{"y": tenth(y + i * step), "text": text} for i, text in enumerate(texts)]


# ---- rows and axis -------------------------------------------------------------------------


def shared_detail(chart: dict) -> str:
    """What is said of the rows of a chart as a whole."""
    if chart["kind"] == "stacked":
        return f"Number of {counted}" if (counted := _counted(chart)) else ""
    details = {row["detail"] for row in chart["rows"]}
    return details.pop() if len(details) == 1 else ""


def _short(text: str, unit: str) -> str:
    """A printed figure without the unit that the axis already names."""
    return text.removesuffix(f" {unit}") if unit else text


def _stood(chart: dict) -> tuple[list[Drawing], float]:
    """The rows under the legend, each with its label and its middle, and where they end."""
    top, rows = _first(chart), []
    stacked = chart["kind"] == "stacked"
    least = BAND + 8 if stacked else BAND
    for given in chart["rows"]:
        row, height = _row(given, top, least, detailed=_detailed(given, chart))
        row["texts"] = [_short(text, chart["unit"]) for text in given["texts"]]
        rows.append(row)
        top += height + GAP
    return rows, tenth(top - GAP + 4)


def _detailed(row: dict, chart: dict) -> bool:
    """Whether a row's detail stands under its label: not if it is short, or the same for all."""
    if chart["kind"] == "stacked":
        return not _aside(row)
    return not shared_detail(chart)


def _aside(row: dict) -> str:
    """A detail short enough to stand at the end of a bar, such as "n = 18"."""
    return row["detail"] if _wide(row["detail"], SMALL) <= WIDTH - STACK[1] - 6 else ""


def _first(chart: dict) -> float:
    """Where the rows begin: under the legend, where there is one."""
    if chart["kind"] == "stacked":
        return _legend_height(chart["series"])
    return 32.0 if chart["kind"] == "change" else 4.0


def _row(given: dict, top: float, least: float, *, detailed: bool) -> tuple[Drawing, float]:
    """The label of a row and its middle, and how high the row is."""
    label = lines_of(given["label"], LABEL_WIDTH)
    detail = lines_of(given["detail"], LABEL_WIDTH, SMALL, 2) if detailed else []
    text = LINE * len(label) + SMALL_LINE * len(detail)
    height = max(text, least)
    first = top + (height - text) / 2 + 11
    row = {
        "label": written(label, first),
        "detail": written(detail, first + LINE * len(label), SMALL_LINE),
        "middle": tenth(top + height / 2),
    }
    return row, height


def _axis(chart: dict, bottom: float) -> Drawing:
    """Round values under the rows, and where a value stands across."""
    values = [value for row in chart["rows"] for value in row["values"] if value is not None]
    whole = all(value == int(value) for value in values)
    marks = ticks(chart["low"], chart["high"], whole=whole)
    return {
        "ticks": [
            {"x": _across(mark, marks), "text": f"{mark:,g}".replace("-", MINUS)} for mark in marks
        ],
        "zero": _across(0, marks),
        "top": 0,
        "bottom": bottom,
        "unit": {"per cent": "Per cent"}.get(
            chart["unit"], chart["unit"][:1].upper() + chart["unit"][1:]
        ),
        "height": tenth(bottom + AXIS + (LINE if chart["unit"] else 0)),
        "marks": marks,
    }


def _across(value: float, marks: list[float]) -> float:
    left, right = PLOT
    return tenth(left + (right - left) * (value - marks[0]) / (marks[-1] - marks[0]))


# ---- bars ----------------------------------------------------------------------------------


def _bars(chart: dict, rows: list[Drawing], bottom: float) -> Drawing:
    axis = _axis(chart, bottom)
    for row, given in zip(rows, chart["rows"], strict=True):
        row.update(_bar(given["values"][0], row, axis))
    return axis | {"rows": rows}


def _bar(value: float | None, row: Drawing, axis: Drawing) -> Drawing:
    zero = axis["zero"]
    end = zero if value is None else _across(value, axis["marks"])
    below = end < zero
    return {
        "x": min(zero, end),
        "y": tenth(row["middle"] - BAR / 2),
        "long": tenth(abs(end - zero)),
        "high": BAR,
        "text_x": tenth(end - 6 if below else end + 6),
        "anchor": "end" if below else "start",
        "text": row["texts"][0],
    }


# ---- change --------------------------------------------------------------------------------


def _change(chart: dict, rows: list[Drawing], bottom: float) -> Drawing:
    axis = _axis(chart, bottom) | {"top": 24}
    for row, given in zip(rows, chart["rows"], strict=True):
        row.update(_move(given["values"], row["texts"], chart["series"], axis))
    return axis | {"rows": rows, "series": chart["series"]}


def _move(values: list, texts: list[str], series: list[str], axis: Drawing) -> Drawing:
    """A hollow and a filled dot with an arrow between them, each with its figure outside."""
    if None in values:
        told = ", ".join(
            f"{name}: {text or 'no figure'}" for name, text in zip(series, texts, strict=True)
        )
        return {"before": None, "after": None, "told": told, "told_x": axis["zero"] + 8}
    before, after = (_across(value, axis["marks"]) for value in values)
    way = 1 if after >= before else -1
    gap = abs(after - before)
    return {
        "before": before,
        "after": after,
        "radius": DOT,
        "ring": DOT + 3.5 if gap < DOT else DOT,
        "shaft": [tenth(before + way * DOT), tenth(after - way * (DOT + 5))]
        if gap > LEAST_SHAFT
        else None,
        "head": tenth(after - way * (DOT + 6)),
        "way": way,
        "before_text": _beside(texts[0], before, -way),
        "after_text": _beside(texts[1], after, way),
    }


def _beside(text: str, x: float, way: int) -> Drawing:
    """A figure outside a dot, on a plate that hides the lines of the axis."""
    start, wide = x + way * (DOT + 8), _wide(text)
    return {
        "x": tenth(start),
        "anchor": "start" if way > 0 else "end",
        "text": text,
        "plate": tenth(start if way > 0 else start - wide),
        "wide": tenth(wide),
    }


# ---- parts of a whole ----------------------------------------------------------------------


def _stacked(chart: dict, rows: list[Drawing], bottom: float) -> Drawing:
    tones = shades(len(chart["series"]))
    counted = _counted(chart)
    for row, given in zip(rows, chart["rows"], strict=True):
        row["texts"] = [text.removesuffix(f" {counted}") for text in row["texts"]]
        row["parts"], unplaced = _parts(given["values"], row["texts"], tones, row["middle"])
        row["aside"] = {"y": tenth(row["middle"] + 4), "text": _aside(given)}
        left = [f"{chart['series'][i]}: {row['texts'][i]}" for i in unplaced]
        row["told"] = "; ".join(left)
        row["told_y"] = tenth(row["middle"] + BAND / 2 + 11)
    return {
        "rows": rows,
        "legend": _legend(chart["series"], tones),
        "height": bottom + (12 if any(row["told"] for row in rows) else 2),
        "band": BAND,
        "x": STACK[0],
    }


def _counted(chart: dict) -> str:
    """What all figures of a chart count ("teachers"), so that it need be said only once."""
    texts = [text for row in chart["rows"] for text in row["texts"]]
    things = {match[1] if (match := COUNT.fullmatch(text)) else "" for text in texts}
    return things.pop() if len(things) == 1 else ""


def _parts(
    values: list, texts: list[str], tones: list[dict], middle: float
) -> tuple[list[Drawing], list[int]]:
    """The parts that have an extent, and the places of those whose figure finds no room."""
    left, right = STACK
    edges = [0.0]
    for value in values:
        edges.append(edges[-1] + (value or 0))
    whole = edges[-1] or 1
    parts, unplaced = [], []
    for i, (start, end) in enumerate(pairwise(edges)):
        wide = (right - left) * (end - start) / whole
        fits = wide >= _wide(texts[i]) + 6
        if not fits and values[i] != 0:
            unplaced.append(i)
        if wide:
            x = left + (right - left) * start / whole
            parts.append(
                tones[i]
                | {
                    "x": tenth(x),
                    "y": tenth(middle - BAND / 2),
                    "wide": tenth(wide),
                    "text": texts[i] if fits else "",
                    "text_x": tenth(x + wide / 2),
                    "text_y": tenth(middle + 4.2),
                }
            )
    return parts, unplaced


def _legend(series: list[str], tones: list[dict]) -> list[Drawing]:
    """Keys in reading order, as many to a line as fit."""
    x, y, keys = 0.0, 2.0, []
    for name, tone in zip(series, tones, strict=True):
        wide = 20 + _wide(name) + 16
        if x and x + wide > WIDTH:
            x, y = 0.0, y + 19
        keys.append(tone | {"x": tenth(x), "y": y, "text_x": tenth(x + 20), "text": name})
        x += wide
    return keys


def _legend_height(series: list[str]) -> float:
    return _legend(series, shades(len(series)))[-1]["y"] + 30


# ---- timeline ------------------------------------------------------------------------------


def _stop(cycle: dict, place: int, x: float, top: float, step: float) -> Drawing:
    room = step - 24
    label = lines_of(cycle["label"], room, 13)
    period = lines_of(cycle["period"], room, 11, 4)
    under = top + 50 + LINE * 1.1 * len(label)
    after = under + LINE * len(period)
    return {
        "x": tenth(x),
        "y": tenth(top + 16),
        "number": place + 1,
        "text_x": tenth(x - 14),
        "label": written(label, top + 50, LINE * 1.1),
        "period": written(period, under),
        "phase": {"y": tenth(after), "text": cycle["phase"]},
        "bottom": after + 6,
    }


def _told(cycle: dict) -> str:
    return ", ".join(filter(None, [cycle["label"], cycle["period"], cycle["phase"].lower()]))


_KINDS = {"bars": _bars, "change": _change, "stacked": _stacked}
