"""What alliances say of where they stand, as pictures: five points about the middle."""

from collections.abc import Callable
from dataclasses import dataclass

from enquiries.instruments import scale
from enquiries.models import Response
from enquiries.progress import comparison_over, spread
from reports.builders.groups import cohort_called, in_order, theme_called
from reports.charts.values import Chart, ChartRow


@dataclass(frozen=True)
class Progress:
    """The charts of one questionnaire; ``left_out`` are statements that cannot be compared."""

    answered: int
    row_heading: str
    charts: list[Chart]
    left_out: list[str]


def _theme(response: Response) -> str:
    theme = response.enquiry.alliance.theme
    return theme_called(theme and theme.number)


def _cohort(response: Response) -> str:
    cohort = response.enquiry.alliance.cohort
    return cohort_called(cohort and cohort.number)


SPLITS: dict[str, tuple[str, Callable[[Response], str]]] = {
    "theme": ("Theme", _theme),
    "cohort": ("Cohort", _cohort),
}


def build_progress(instrument: str, responses: list[Response], split: str = "") -> Progress:
    """One chart over all statements; with a split one for each, whose rows are the groups."""
    compared = comparison_over(instrument, responses)
    heading, group_of = SPLITS.get(split, ("Statement", None))
    codes = compared.statements if responses else []
    if group_of is None:
        rows = [_row(compared.texts[code], responses, code) for code in codes]
        charts = [_chart("How far alliances agree", rows)] if rows else []
    else:
        groups = _grouped(responses, group_of)
        charts = [
            _chart(compared.texts[code], [_row(name, own, code) for name, own in groups.items()])
            for code in codes
        ]
    return Progress(len(responses), heading, charts, compared.left_out)


def _grouped(responses: list[Response], group_of: Callable) -> dict[str, list[Response]]:
    """Each group's responses; the groups by name."""
    names = sorted({group_of(response) for response in responses}, key=in_order)
    return {name: [r for r in responses if group_of(r) == name] for name in names}


def _row(label: str, responses: list[Response], statement: str) -> ChartRow:
    counts = spread(responses, statement)[::-1]
    whole = sum(counts) or 1
    shares = [round(100 * count / whole, 1) for count in counts]
    return ChartRow(label, f"n = {sum(counts)}", shares, [str(count) for count in counts])


def _chart(title: str, rows: list[ChartRow]) -> Chart:
    points = [title for _, title in reversed(scale())]
    return Chart(
        kind="diverging",
        title=title,
        sentence=" ".join(_told(row, points) for row in rows),
        unit="per cent",
        series=points,
        low=0,
        high=100,
        rows=rows,
        middle=(len(points) - 1) / 2,
    )


def _told(row: ChartRow, points: list[str]) -> str:
    """A row in words, without the points that nobody chose."""
    pairs = zip(points, row.texts, strict=True)
    chosen = [f"{point.lower()} {text}" for point, text in pairs if text != "0"]
    return f"{row.label.removesuffix('.')}: {', '.join(chosen)}."
