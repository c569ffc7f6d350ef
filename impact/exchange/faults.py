"""Every fault of a file, each with its JSON path, found before anything is written."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from alliances.content import words
from impact.exchange.schema import EnquiryDoc, MeasureDoc, ProgrammeDoc
from impact.exchange.when import is_after

Doc = TypeVar("Doc", bound=BaseModel)


@dataclass(frozen=True, order=True)
class Fault:
    """What is wrong at one place: ``$.measures[3].n`` must be a whole number."""

    path: str
    problem: str

    def __str__(self) -> str:
        return f"{self.path}: {self.problem}"


class Faulty(Exception):
    """A file that may not be imported; carries every fault found in it."""

    def __init__(self, faults: Iterable[Fault]):
        self.faults = sorted(set(faults))
        super().__init__("; ".join(map(str, self.faults)))


def read(content: bytes, shape: type[Doc]) -> Doc:
    """The file's content in its shape, or Faulty with everything that is wrong with it."""
    plain = _plain(content)
    try:
        doc = shape.model_validate(plain)
    except ValidationError as error:
        raise Faulty(_shape_faults(error, plain)) from None
    found = list(_rules(doc))
    if found:
        raise Faulty(found)
    return doc


def _plain(content: bytes) -> Any:
    twice: list[str] = []

    def pairs(items: list[tuple[str, Any]]) -> dict[str, Any]:
        twice.extend(key for key, n in Counter(key for key, _ in items).items() if n > 1)
        return dict(items)

    try:
        plain = json.loads(content.decode("utf-8"), object_pairs_hook=pairs)
    except UnicodeDecodeError as error:
        raise Faulty([Fault("$", f"is not UTF-8 text (byte {error.start})")]) from None
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise Faulty([Fault("$", f"is not JSON: {error.msg} at {place}")]) from None
    except RecursionError:
        raise Faulty([Fault("$", "is nested too deeply")]) from None
    if twice:
        raise Faulty(Fault("$", f"the key “{key}” is given twice in one object") for key in twice)
    return plain


# ---- shape ---------------------------------------------------------------------------------

_MESSAGES = {
    "missing": "is missing",
    "extra_forbidden": "is not a key this file may hold",
    "string_type": "must be text",
    "string_too_short": "must not be empty",
    "list_type": "must be a list",
    "model_type": "must be an object",
    "bool_type": "must be true or false",
    "int_type": "must be a whole number",
    "float_type": "must be a number",
    "finite_number": "must be a finite number",
}


def _shape_faults(error: ValidationError, plain: Any) -> Iterator[Fault]:
    for one in error.errors(include_url=False):
        yield Fault(_path(one["loc"], plain), _message(one))


def _message(error: Any) -> str:
    kind, context = error["type"], error.get("ctx", {})
    if kind == "literal_error":
        return f"must be one of {context['expected']}, not {error['input']!r}"
    if kind == "string_pattern_mismatch":
        return f"{error['input']!r} is not of the form {context['pattern']}"
    if kind == "string_too_long":
        return f"must not be longer than {context['max_length']} characters"
    return _MESSAGES.get(kind) or error["msg"][:1].lower() + error["msg"][1:]


def _path(loc: tuple[int | str, ...], plain: Any) -> str:
    """The place as a JSON path; parts that name a branch of a union are left out."""
    path, here = "$", plain
    for part in loc:
        if isinstance(here, list) and isinstance(part, int):
            path, here = f"{path}[{part}]", here[part]
        elif isinstance(here, dict) and (part in here or part is loc[-1]):
            path, here = f"{path}.{part}", here.get(part)
    return path


# ---- rules ---------------------------------------------------------------------------------


def _rules(doc: BaseModel) -> Iterator[Fault]:
    if isinstance(doc, EnquiryDoc):
        yield from _enquiry_rules(doc)
    if isinstance(doc, ProgrammeDoc):
        yield from _programme_rules(doc)


def _enquiry_rules(doc: EnquiryDoc) -> Iterator[Fault]:
    yield from _twice("$.schools", (school.name for school in doc.schools))
    yield from _twice("$.measures", ((m.name, m.population, m.group) for m in doc.measures))
    for index, cycle in enumerate(doc.cycles):
        if cycle.order != index + 1:
            problem = f"must be {index + 1}: cycles stand in their order, each once"
            yield Fault(f"$.cycles[{index}].order", problem)
    if is_after(doc.project.start, doc.project.end):
        yield Fault("$.project.end", "is before the start")
    for index, measure in enumerate(doc.measures):
        yield from _measure_rules(f"$.measures[{index}]", measure)
    yield from _distribution_rules(doc.measures)


def _measure_rules(path: str, measure: MeasureDoc) -> Iterator[Fault]:
    if is_after(measure.baseline_date, measure.outcome_date):
        yield Fault(f"{path}.baseline_date", "the baseline is dated after the outcome")
    values = (measure.baseline, measure.outcome, measure.change)
    if all(value is None for value in values) and measure.text_result is None:
        yield Fault(path, "has neither a value nor a result in words")
    if measure.change is not None and measure.distribution:
        yield Fault(f"{path}.change", "a category of a distribution is counted, not changed")


def _distribution_rules(measures: list[MeasureDoc]) -> Iterator[Fault]:
    """A distribution's rows follow one another and differ only in what they count."""
    shared = ("level", "instrument", "scale", "population", "group", "n", "unit")
    seen: set[str] = set()
    rows = list(enumerate(measures))
    for code, run in groupby(rows, key=lambda row: row[1].distribution):
        members = list(run)
        if code is None:
            continue
        first = members[0][0]
        if code in seen:
            problem = f"the rows of {code} must follow one another"
            yield Fault(f"$.measures[{first}].distribution", problem)
        seen.add(code)
        for index, measure in members[1:]:
            for name in shared:
                if getattr(measure, name) != getattr(measures[first], name):
                    problem = f"differs from the first row of {code}"
                    yield Fault(f"$.measures[{index}].{name}", problem)


def _programme_rules(doc: ProgrammeDoc) -> Iterator[Fault]:
    yield from _twice("$.alliances", (a.key for a in doc.alliances), "key")
    yield from _twice("$.alliances", (a.name.casefold() for a in doc.alliances), "name")
    yield from _twice("$.programme.cohorts", (c.cohort for c in doc.programme.cohorts), "cohort")
    cohorts = {cohort.cohort for cohort in doc.programme.cohorts}
    for index, alliance in enumerate(doc.alliances):
        path = f"$.alliances[{index}]"
        if alliance.cohort is not None and alliance.cohort not in cohorts:
            yield Fault(f"{path}.cohort", "no such cohort is described in the programme")
        for place, number in enumerate(alliance.key_messages_cited):
            if f"km{number}" not in words("enquiries", "messages"):
                yield Fault(f"{path}.key_messages_cited[{place}]", "no such key message")


def _twice(path: str, values: Iterable[Any], name: str = "") -> Iterator[Fault]:
    first: dict[Any, int] = {}
    for index, value in enumerate(values):
        if value in first:
            suffix = f".{name}" if name else ""
            yield Fault(f"{path}[{index}]{suffix}", f"is a duplicate of {path}[{first[value]}]")
        first.setdefault(value, index)
