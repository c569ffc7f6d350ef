"""An enquiry as the JSON it can be imported from again: the same order, numbers and words."""

from decimal import Decimal

from django.db.models import Prefetch, prefetch_related_objects

from enquiries.models import Enquiry
from impact.models import Claim, Count, Measure, Reading


def enquiry_document(enquiry: Enquiry) -> dict:
    """The enquiry in the shape of EnquiryDoc, as plain values."""
    prefetch_related_objects(
        [enquiry],
        "alliance__theme",
        "alliance__cohort",
        "participations__school",
        "measures__categories",
        "measures__readings",
        Prefetch("measures__readings__counts", Count.objects.select_related("category")),
    )
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
            for p in enquiry.participations.all()
        ],
        "people_roles": _rows(enquiry.duties, role="description"),
        "cycles": _rows(
            enquiry.cycles,
            order="position",
            label="label",
            period="period",
            what_was_tried="tried",
            refinements="refinements",
            evidence_collected="evidence",
        ),
        "measures": [row for m in enquiry.measures.all() for row in _measure_rows(m)],
        "leadership_learning": _rows(
            enquiry.leadership_log, skill_or_behaviour="behaviour", reflection="reflection"
        ),
        "challenges": _rows(enquiry.challenges, challenge="challenge", response="response"),
        "alliance_impact": _rows(
            enquiry.claims.filter(level="alliance", origin=Claim.Origin.ALLIANCE),
            text="statement",
        ),
        "dissemination": _rows(enquiry.disseminations, text="text"),
        "next_steps": _rows(enquiry.next_steps, text="text"),
        "quotes": _rows(
            enquiry.quotations, text="text", attribution="attribution", reported="reported"
        ),
        "document_outline": document.get("outline", []),
        "tables_and_figures": document.get("tables", []),
    }


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
            "text_result": category.note or None,
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
        "group": measure.group or None,
        "n": readings[0].n if readings else None,
        "unit": measure.unit or None,
        "change": None,
        "source_lines": measure.source_lines,
    }


def _values(measure: Measure) -> dict:
    readings = list(measure.readings.all())
    at: dict[str, Reading] = {reading.moment: reading for reading in readings}
    baseline, outcome, change = (at.get(m) for m in ("baseline", "outcome", "change"))
    spanning = next((r for r in readings if r.since or r.kind == "text" or r is change), None)
    words = [r.text for r in readings if r.text]
    return {
        "baseline": _number(baseline.value) if baseline else None,
        "baseline_date": (baseline.when if baseline else spanning.since if spanning else "")
        or None,
        "outcome": _number(outcome.value) if outcome else None,
        "outcome_date": (outcome.when if outcome else spanning.when if spanning else "") or None,
        "change": _number(change.value) if change else None,
        "text_result": (words[0] if words else measure.note) or None,
    }


def _counted(measure: Measure, category_id: int) -> dict:
    row = {"baseline": None, "baseline_date": None, "outcome": None, "outcome_date": None}
    for reading in measure.readings.all():
        for count in reading.counts.all():
            if count.category_id == category_id:
                row[reading.moment] = _number(count.value)
                row[f"{reading.moment}_date"] = count.when or None
    return row
