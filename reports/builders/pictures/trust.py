"""A picture of how far figures can be trusted: the tests they went through."""

from impact.queries import DataSet
from reports.charts.values import Chart, ChartRow

TESTS = {"pass": (1.0, "passed"), "fail": (0.0, "failed"), "": (None, "not tested")}


def trust_chart(data_sets: list[DataSet]) -> Chart | None:
    """The last tests of every data set that has been through any; nothing where none has."""
    tested = [each for each in data_sets if each.validity or each.triangulation or each.reliability]
    if not tested:
        return None
    rows = []
    for each in tested:
        marks = [TESTS[test] for test in (each.validity, each.triangulation, each.reliability)]
        parts, texts = zip(*marks, strict=True)
        rows.append(ChartRow(each.name, "", list(parts), list(texts)))
    series = ["Validity", "Triangulation", "Reliability"]
    told = (
        ", ".join(f"{name.lower()} {text}" for name, text in zip(series, row.texts, strict=True))
        for row in rows
    )
    return Chart(
        kind="matrix",
        title="How far the figures can be trusted",
        sentence=" ".join(f"{row.label}: {t}." for row, t in zip(rows, told, strict=True)),
        unit="",
        series=series,
        low=0,
        high=1,
        rows=rows,
    )
