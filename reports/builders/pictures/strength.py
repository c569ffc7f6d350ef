"""A picture of how strong the evidence behind claims is: criterion by criterion, and as rated."""

from django.utils.text import Truncator

from impact.claims.queries import Stated
from impact.strength import criteria
from reports.charts.values import Chart, ChartRow

RATED = ["Self-rated", "Moderated"]
NOTE = (
    "Where a mark is full, nothing keeps the evidence down; half full, it may still be strong; "
    "empty, it is moderate at most; where there is none, nobody knows"
)


def strength_chart(stated: list[Stated]) -> Chart | None:
    """Claims that rest on something or have been rated; nothing where there are none."""
    rows = [_row(each) for each in stated if each.has_evidence or each.rated]
    if not rows:
        return None
    series = [*(criterion.title for criterion in criteria()), *RATED]
    return Chart(
        kind="matrix",
        title="How strong the evidence is",
        sentence=" ".join(_told(row, series) for row in rows),
        unit="",
        series=series,
        low=0,
        high=1,
        rows=rows,
        note=NOTE,
        stub="Claim",
    )


def _row(stated: Stated) -> ChartRow:
    judged = stated.strength.judged
    rated = [degree.title if degree else "Not rated" for degree in (stated.rated, stated.moderated)]
    return ChartRow(
        label=f"{stated.mark}: {Truncator(stated.claim.statement).chars(160)}",
        detail="",
        values=[*(each.part for each in judged), None, None],
        texts=[*(each.text for each in judged), *rated],
    )


def _told(row: ChartRow, series: list[str]) -> str:
    told = ", ".join(
        f"{name.lower()} {text.lower()}" for name, text in zip(series, row.texts, strict=True)
    )
    return f"{row.label.partition(':')[0]}: {told}."
