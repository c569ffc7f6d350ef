"""What a picture is given, as plain values: frozen as JSON with the report it stands in."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class ChartRow:
    """A label and its values; None draws nothing and its text says why.

    ``texts`` are what is printed of each of the chart's series, the cells of its table.
    ``symbols`` holds x, z or c for a value that is missing and u beside one that is weak, else
    nothing; it may be empty as a whole. ``at`` is the day of a reading, counted from year 1.
    ``target`` is in the chart's unit. ``verdict`` is better, worse, unchanged or empty.
    A row without a label goes on with the one above.
    """

    label: str
    detail: str
    values: list[float | None]
    texts: list[str]
    symbols: list[str] = field(default_factory=list)
    verdict: str = ""
    target: float | None = None
    at: int | None = None


@dataclass(frozen=True)
class ChartLine:
    """A level line that readings are held against: their baseline, or what was to be reached."""

    value: float
    label: str
    is_target: bool = False


@dataclass(frozen=True)
class Chart:
    """A picture of a kind, one of ``reports.charts.KINDS``, which says what its rows hold.

    bars and figure: one value. dumbbell and slope: before and after. stacked, diverging: each
    category's share in per cent; ``middle`` is the place of the category that is centred on zero,
    or lies between two. distribution: a row for each category, its share before and after.
    forest: effect, lower and upper end, weight in per cent; a row without a weight pools the
    others; ``ends`` say what lies on either side of no effect. run: a row for each time, a value
    for each series. matrix: a part of one for each series.

    ``series`` heads the columns of the chart's table and ``stub`` its first one; ``low`` and
    ``high`` bound the axis, in ``unit``. ``sentence`` is what the picture shows, for those who
    cannot see it; ``note`` is what must be known to read it. ``level`` is that of the measures it
    shows, if it shows any.
    """

    kind: str
    title: str
    sentence: str
    unit: str
    series: list[str]
    low: float
    high: float
    rows: list[ChartRow]
    note: str = ""
    middle: float | None = None
    references: list[ChartLine] = field(default_factory=list)
    ends: list[str] = field(default_factory=list)
    level: str = ""
    stub: str = ""
