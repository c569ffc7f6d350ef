"""An enquiry as the JSON it can be imported from again: the same order, numbers and words."""

from collections.abc import Collection, Iterator
from decimal import Decimal

from django.db.models import Prefetch, Q

from enquiries.models import Enquiry
from impact.exchange.withholding import as_shown
from impact.models import Category, Claim, Count, Measure, Reading
from impact.values import MeasureValues

# Moments that the row of a category has a place for.
PLACED = (Reading.Moment.BASELINE, Reading.Moment.OUTCOME)


def enquiry_document(
    enquiry: Enquiry,
    *,
    printed_only: bool = False,
    shown: Collection[MeasureValues] | None = None,
) -> dict:
    """The enquiry in the shape of EnquiryDoc, as plain values.

    With ``printed_only`` as it was imported, without what people have logged on the site; with
    what is ``shown`` of its measures it tells no more of them than that.
    """
    told = Q(logged_by=None) if printed_only else Q()
    document = enquiry.document
    return {
        "alliance": _alliance(enquiry),
        "project": _project(enquiry),
        "schools": [
            {
                "name": p.school.name,
                "phase": p.school.phase,
                "role": p.part,
                "notes": p.notes,
                "source_lines": p.source_lines,
            }
            for p in enquiry.participations.select_related("school")
        ],
        "people_roles": _rows(enquiry.duties.filter(told), role="description"),
        "cycles": _cycles(enquiry.cycles.filter(told)),
        "measures": [row for m in _measures(enquiry, told, shown) for row in _measure_rows(m)],
        "leadership_learning": [
            {
                "skill_or_behaviour": str(entry),
                "reflection": entry.reflection,
                "source_lines": entry.source_lines,
            }
            for entry in enquiry.leadership_log.filter(told)
        ],
        "challenges": _rows(
            enquiry.challenges.filter(told), challenge="challenge", response="response"
        ),
        "alliance_impact": _rows(
            enquiry.claims.filter(told, level="alliance", origin=Claim.Origin.ALLIANCE),
            text="statement",
        ),
        "dissemination": _rows(enquiry.disseminations.filter(told), text="text"),
        "next_steps": _rows(enquiry.next_steps.filter(told), text="text"),
        "quotes": _rows(
            enquiry.quotations.filter(told),
            text="text",
            attribution="attribution",
            reported="reported",
        ),
        "document_outline": document.get("outline", []),
        "tables_and_figures": document.get("tables", []),
    }


def _cycles(cycles) -> list[dict]:
    rows = _rows(
        cycles,
        label="label",
        period="period",
        what_was_tried="tried",
        refinements="refinements",
        evidence_collected="evidence",
    )
    return [{"order": order, **row} for order, row in enumerate(rows, 1)]


def _measures(enquiry: Enquiry, told: Q, shown: Collection[MeasureValues] | None) -> list[Measure]:
    measures = enquiry.measures.filter(told).prefetch_related(
        "categories",
        Prefetch("readings", Reading.objects.filter(told)),
        Prefetch("readings__counts", Count.objects.select_related("category")),
    )
    if shown is None:
        return list(measures)
    values = {each.id: each for each in shown}
    return [as_shown(measure, values[measure.pk]) for measure in measures]


def _rows(entries, **names: str) -> list[dict]:
    return [
        {
            **{theirs: getattr(entry, ours) for theirs, ours in names.items()},
            "source_lines": entry.source_lines,
        }
        for entry in entries.all()
    ]


def _alliance(enquiry: Enquiry) -> dict:
    alliance = enquiry.alliance
    return {
        "name": alliance.name,
        "short_name": alliance.short_name,
        "lead_school": alliance.lead_school,
        "region_or_area": alliance.area,
        "context_summary": alliance.context,
        "phases": alliance.phases,
        "n_schools_in_alliance": alliance.school_count,
        "source_lines": enquiry.document.get("alliance"),
    }


def _project(enquiry: Enquiry) -> dict:
    alliance = enquiry.alliance
    return {
        "theme": alliance.theme and alliance.theme.number,
        "title": enquiry.title,
        "focus": enquiry.focus,
        "research_question": enquiry.question or None,
        "aims": enquiry.aims,
        "start": enquiry.started or None,
        "end": enquiry.ended or None,
        "cohort": alliance.cohort and alliance.cohort.number,
        "maturity_strands": enquiry.strands,
        "enquiry_methods": enquiry.methods,
        "partners": enquiry.partners,
        "funding": _rows(enquiry.grants, amount_gbp="pounds", purpose="purpose"),
        "source_lines": enquiry.document.get("project"),
    }


def _number(value: Decimal | None) -> int | float | None:
    """A stored decimal as the whole number or fraction it was printed as."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def _measure_rows(measure: Measure) -> list[dict]:
    """One row for a plain measure, one for each category of a distribution."""
    if not measure.distribution:
        return [{**_common(measure), **_values(measure)}]
    return [
        {
            **_common(measure),
            "name": category.name,
            "text_result": "; ".join(_said(measure, category)) or None,
            "source_lines": category.source_lines,
            "distribution": measure.distribution,
            **_counted(measure, category.pk),
        }
        for category in measure.categories.all()
    ]


def _common(measure: Measure) -> dict:
    readings = list(measure.readings.all())
    return {
        "level": measure.level,
        "name": measure.name,
        "instrument": measure.instrument,
        "scale": measure.scale or None,
        "population": measure.population,
        "group": measure.group.name if measure.group else None,
        "n": readings[0].n if readings else None,
        "unit": measure.unit or None,
        "change": None,
        "source_lines": measure.source_lines,
    }


def _values(measure: Measure) -> dict:
    """The numbers of a row. What a row has no place for is told in its words."""
    readings = list(measure.readings.all())
    at: dict[str, Reading] = {reading.moment: reading for reading in readings}
    baseline, outcome, change = (at.get(m) for m in ("baseline", "outcome", "change"))
    spanning = next((r for r in readings if r.since or r.kind == "text" or r is change), None)
    words = [measure.note, *(_in_words(r) for r in readings if not _fits(r, at, readings[0].n))]
    return {
        "baseline": _number(baseline.value) if baseline else None,
        "baseline_date": (baseline.dated if baseline else spanning.since if spanning else "")
        or None,
        "outcome": _number(outcome.value) if outcome else None,
        "outcome_date": (outcome.dated if outcome else spanning.dated if spanning else "") or None,
        "change": _number(change.value) if change else None,
        "text_result": "; ".join(filter(None, words)) or None,
    }


def _fits(reading: Reading, at: dict[str, Reading], n: int | None) -> bool:
    """Whether a row says all of the reading in its numbers and dates."""
    if reading.missing == Reading.Missing.SUPPRESSED:
        return False
    is_last = at[reading.moment] is reading and reading.moment != Reading.Moment.INTERIM
    is_plain = reading.kind == Reading.Kind.NUMBER or reading.logged_by_id is None
    return is_last and is_plain and reading.n == n and not reading.text


def _in_words(reading: Reading) -> str:
    """The words of a printed reading; of any other its moment, date and value too."""
    if reading.logged_by_id is None and reading.text:
        return reading.text
    value, n, sd = _number(reading.value), reading.n, _number(reading.sd)
    said = [
        reading.text,
        reading.missing and reading.get_missing_display().lower(),
        f"{reading.numerator} of {reading.denominator}" if reading.denominator else "",
        "" if value is None else str(value),
        "" if sd is None else f"standard deviation {sd}",
        "" if n is None else f"n = {n}",
    ]
    moment = ", ".join(filter(None, [reading.get_moment_display(), reading.dated]))
    return f"{moment}: {', '.join(filter(None, said))}"


def _said(measure: Measure, category: Category) -> Iterator[str]:
    """The words of a category: its note, that a count is withheld, and counts on the way."""
    told = [
        (reading, count.value)
        for reading in measure.readings.all()
        for count in reading.counts.all()
        if count.category_id == category.pk
    ]
    if category.note:
        yield category.note
    if any(value is None for _, value in told):
        yield Reading.Missing.SUPPRESSED.label
    for reading, value in told:
        if reading.moment not in PLACED and value is not None:
            moment = ", ".join(filter(None, [reading.get_moment_display(), reading.dated]))
            yield f"{moment}: {_number(value)}"


def _counted(measure: Measure, category_id: int) -> dict:
    row = {"baseline": None, "baseline_date": None, "outcome": None, "outcome_date": None}
    for reading in measure.readings.all():
        for count in reading.counts.all():
            if count.category_id == category_id and reading.moment in PLACED:
                row[reading.moment] = _number(count.value)
                row[f"{reading.moment}_date"] = count.when or None
    return row
