import re
from itertools import groupby, takewhile

from alliances.content import words
from enquiries.actions import add_printed, next_position
from enquiries.models import Enquiry
from impact.actions.importing.progress import as_decimal
from impact.exchange.schema import MeasureDoc
from impact.models import Better, Category, Count, Group, Measure, Reading


def write_measures(enquiry: Enquiry, docs: list[MeasureDoc]) -> None:
    """The rows of a file as measures with their readings; a distribution's rows become one."""
    numbered = list(enumerate(docs))
    runs = groupby(numbered, key=lambda row: row[1].distribution or row[0])
    groups = [[doc for _, doc in run] for _, run in runs]
    named = _named_groups(enquiry, docs)
    rows = [{**_measure(group), "group": named.get(group[0].group)} for group in groups]
    measures = add_printed(Measure, enquiry=enquiry, rows=rows)
    readings: list[Reading] = []
    categories: list[Category] = []
    counts: list[Count] = []
    for measure, group in zip(measures, groups, strict=True):
        if measure.distribution:
            _distribute(measure, group, readings, categories, counts)
        else:
            readings += _readings(measure, group[0])
    for position, reading in enumerate(readings, next_position(Reading, enquiry)):
        reading.position = position
    Reading.objects.bulk_create(readings)
    Category.objects.bulk_create(categories)
    Count.objects.bulk_create(counts)


def _named_groups(enquiry: Enquiry, docs: list[MeasureDoc]) -> dict[str | None, Group]:
    """The groups that the file names, with those the enquiry has, by name."""
    kinds = {
        name: kind.code
        for kind in words("impact", "groups").values()
        for name in kind.extra["printed"]
    }
    known = {group.name: group for group in enquiry.groups.all()}
    printed = {doc.group: doc.source_lines for doc in reversed(docs) if doc.group}
    new = {name: lines for name, lines in reversed(printed.items()) if name not in known}
    rows = [
        {"name": name, "kind": kinds.get(name, ""), "source_lines": lines}
        for name, lines in new.items()
    ]
    return known | {g.name: g for g in add_printed(Group, enquiry=enquiry, rows=rows)}


def _measure(group: list[MeasureDoc]) -> dict:
    doc = group[0]
    has_values = any(v is not None for v in (doc.baseline, doc.outcome, doc.change))
    return {
        "level": doc.level,
        "name": _shared_name(group) if doc.distribution else doc.name,
        "instrument": doc.instrument,
        "scale": doc.scale or "",
        "better": _better(doc),
        "unit": doc.unit or "",
        "population": doc.population,
        "note": (doc.text_result or "") if has_values and not doc.distribution else "",
        "distribution": doc.distribution or "",
        "source_lines": doc.source_lines,
    }


def _shared_name(group: list[MeasureDoc]) -> str:
    """The words with which the names of all categories begin; the whole name of a lone one."""
    names = [doc.name for doc in group]
    if len(names) == 1:
        return names[0].split(":")[0]
    alike = takewhile(
        lambda words: len(set(words)) == 1, zip(*(n.split() for n in names), strict=False)
    )
    shared = [words[0] for words in alike]
    return re.sub(r"(, rated|:)$", "", " ".join(shared)) or names[0]


def _better(doc: MeasureDoc) -> Better:
    """The good end of the scale where that is known.

    A count of people has no such end, nor has the share who gave one of the scale's answers.
    """
    things = {"teachers", "pupils", "students", "schools", "academies", "headteachers", "people"}
    is_share = doc.unit == "per cent" and not (doc.scale or "").startswith("%")
    if doc.unit in things or is_share or doc.distribution:
        return Better.UNSTATED
    known = {scale.title: scale.extra["better"] for scale in words("impact", "scales").values()}
    return Better(known.get(doc.scale or "", Better.UNSTATED))


def _readings(measure: Measure, doc: MeasureDoc) -> list[Reading]:
    """One reading for each value printed; words alone, or a moment without its value, are too."""
    rows: list[dict] = []
    before, after = doc.baseline_date or "", doc.outcome_date or ""
    moment, kind = Reading.Moment, Reading.Kind
    number = {"kind": kind.NUMBER}
    missing = {"kind": kind.MISSING, "missing": Reading.Missing.NOT_COLLECTED}
    if doc.baseline is not None:
        rows.append({"moment": moment.BASELINE, "when": before, "value": doc.baseline, **number})
    elif before and doc.outcome is not None:
        rows.append({"moment": moment.BASELINE, "when": before, **missing})
    if doc.outcome is not None:
        rows.append({"moment": moment.OUTCOME, "when": after, "value": doc.outcome, **number})
    elif after and doc.baseline is not None and doc.change is None:
        rows.append({"moment": moment.OUTCOME, "when": after, **missing})
    if doc.change is not None:
        dates = {} if doc.outcome is not None else {"since": before, "when": after}
        rows.append({"moment": moment.CHANGE, "value": doc.change, **number, **dates})
    if not rows and doc.text_result:
        text = {"kind": kind.TEXT, "text": doc.text_result}
        rows.append({"moment": moment.OUTCOME, "since": before, "when": after, **text})
    for row in rows:
        row["value"] = as_decimal(row.get("value"))
    return [Reading(enquiry_id=measure.enquiry_id, measure=measure, n=doc.n, **row) for row in rows]


def _distribute(
    measure: Measure,
    group: list[MeasureDoc],
    readings: list[Reading],
    categories: list[Category],
    counts: list[Count],
) -> None:
    """A distribution's categories, and a reading for each moment at which any was counted."""
    own = [
        Category(
            measure=measure,
            position=position,
            name=doc.name,
            note=doc.text_result or "",
            source_lines=doc.source_lines,
        )
        for position, doc in enumerate(group, 1)
    ]
    categories += own
    for moment in ("baseline", "outcome"):
        printed = [
            (category, getattr(doc, moment), getattr(doc, f"{moment}_date") or "")
            for category, doc in zip(own, group, strict=True)
            if getattr(doc, moment) is not None
        ]
        if not printed:
            continue
        reading = Reading(
            enquiry_id=measure.enquiry_id,
            measure=measure,
            moment=moment,
            kind=Reading.Kind.DISTRIBUTION,
            n=group[0].n,
        )
        readings.append(reading)
        counts += [
            Count(reading=reading, category=category, value=as_decimal(value), when=when)
            for category, value, when in printed
        ]
