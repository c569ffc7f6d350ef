"""Where the marks and words of a maturity profile stand; its SVG template only writes them down.

It looks like the charts beside it and is measured in the same units.
"""

from itertools import groupby

from reports.charts import (
    BAND,
    DOT,
    LABEL_WIDTH,
    LEAST_SHAFT,
    LINE,
    WIDTH,
    Drawing,
    lines_of,
    tenth,
    written,
)

STEPS = (286, 540)
LEGEND, HEADINGS, FIRST = 9, 36, 44
HEAD = 24
GAP = 9
LETTER_AND_MORE = 118


def drawing(profile: dict) -> Drawing:
    """What the template needs of a ``Profile``: ``groups`` of rows under the names of the steps."""
    xs = _places(profile["steps"])
    groups, top = [], float(FIRST)
    for dimension, lines in groupby(profile["lines"], key=lambda line: line["dimension"]):
        rows, head = [], tenth(top + 15)
        top += HEAD
        for line in lines:
            row, height = _row(line, top, xs)
            rows.append(row)
            top += height + GAP
        groups.append({"name": dimension, "y": head, "rows": rows})
    return {
        "width": WIDTH,
        "height": tenth(top),
        "legend": LEGEND,
        "keys": _keys(profile),
        "headings": [{"x": x, "y": HEADINGS, "text": step} for step, x in xs.items()],
        "lines_from": FIRST,
        "groups": groups,
        "radius": DOT,
        "sentence": profile["sentence"],
    }


def _places(steps: list[str]) -> dict[str, float]:
    """How far across each step stands, at even distances."""
    left, right = STEPS
    apart = (right - left) / max(len(steps) - 1, 1)
    return {step: tenth(left + i * apart) for i, step in enumerate(steps)}


def _keys(profile: dict) -> list[Drawing]:
    """The legend: a hollow dot for then, where there is one, and a filled one for now."""
    keys, x = [], 6.0
    for is_now, day in ((False, profile["then"]), (True, profile["now"])):
        if day:
            keys.append({"x": x, "text_x": x + 12, "text": day, "is_now": is_now})
            x += LETTER_AND_MORE
    return keys


def _row(line: dict, top: float, xs: dict[str, float]) -> tuple[Drawing, float]:
    """A strand with its label, its dots and the way between them, and how high it is."""
    label = lines_of(line["strand"], LABEL_WIDTH)
    height = max(LINE * len(label), BAND)
    row = {
        "label": written(label, top + (height - LINE * len(label)) / 2 + 11),
        "middle": tenth(top + height / 2),
        "then": xs.get(line["then"]),
        "now": xs.get(line["now"]),
        "is_priority": line["is_priority"],
    }
    return row | _way(row["then"], row["now"]), height


def _way(then: float | None, now: float | None) -> Drawing:
    """The arrow from then to now; where both lie on one spot a ring round the dot instead."""
    if then is None or now is None:
        return {"shaft": None, "ring": DOT}
    gap, way = abs(now - then), 1 if now >= then else -1
    has_room = gap > LEAST_SHAFT
    return {
        "ring": DOT if gap else DOT + 3.5,
        "shaft": [tenth(then + way * DOT), tenth(now - way * (DOT + 5))] if has_room else None,
        "head": tenth(now - way * (DOT + 6)),
        "way": way,
    }
