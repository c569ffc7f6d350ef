"""A measure on a page of its own: what is known of it, and every reading in its order."""

from dataclasses import dataclass
from uuid import UUID

from django.utils.formats import date_format

from impact.models import Measure, Reading
from impact.progress import progress_of
from impact.values import MeasureValues, Value
from impact.wording import figure, number
from reports.builders.measures import LEVELS, MOMENTS


@dataclass(frozen=True)
class ReadingLine:
    """A reading ready to print; ``counts`` are a distribution's answers with their figures."""

    key: UUID
    moment: str
    when: str
    figure: str
    spread: str
    n: str
    words: str
    counts: list[tuple[str, str]]


def facts_of(values: MeasureValues, measure: Measure) -> list[dict]:
    """What is measured, in whom and how, as rows of a summary; unknown ones are left out."""
    told = {
        "Whose change it shows": LEVELS[values.level],
        "Whose measure it is": str(measure.participation.school) if measure.participation else "",
        "Who is measured": values.population,
        "Group": ", part of ".join(filter(None, [values.group, values.part_of])),
        "How it is measured": measure.get_instrument_display(),
        "Scale": values.scale,
        "Better": measure.get_better_display(),
        "Success criterion": _criterion(values),
        "Progress": _progress(values),
        "Note": values.note,
    }
    return [{"key": key, "value": value} for key, value in told.items() if value]


def _progress(values: MeasureValues) -> str:
    has_target = values.target is not None or values.is_target_withheld
    return progress_of(values).text if has_target else ""


def _criterion(values: MeasureValues) -> str:
    target = "" if values.target is None else f"{number(values.target)} {values.unit}".strip()
    by = f"by {date_format(values.target_on, 'j F Y')}" if values.target_on else ""
    return ": ".join(filter(None, [values.criterion, " ".join(filter(None, [target, by]))]))


def readings_of(values: MeasureValues, measure: Measure) -> list[ReadingLine]:
    """Every reading, by its day."""
    stored: dict[int | None, Reading] = {r.pk: r for r in measure.readings.all()}
    return [_line(reading, stored[reading.id].key, values.unit) for reading in values.readings]


def _line(reading: Value, key: UUID, unit: str) -> ReadingLine:
    return ReadingLine(
        key=key,
        moment=MOMENTS[reading.moment],
        when=" to ".join(filter(None, [reading.since, reading.when])),
        figure=figure(reading, unit),
        spread="" if reading.sd is None else number(reading.sd),
        n="" if reading.n is None else number(reading.n),
        words=reading.words,
        counts=[(tally.label, figure(tally, unit)) for tally in reading.tallies],
    )
