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
    found = list(_given_twice(plain))
    try:
        doc = shape.model_validate(plain)
    except ValidationError as error:
        found += _shape_faults(error, plain)
    else:
        found += _rules(doc)
    if found:
        raise Faulty(found)
    return doc


class _Object(dict[str, Any]):
    """An object of the file; ``twice`` are the keys that it gives more than once."""

    def __init__(self, items: list[tuple[str, Any]]):
        super().__init__(items)
        self.twice = [key for key, times in Counter(key for key, _ in items).items() if times > 1]


def _plain(content: bytes) -> Any:
    try:
        return json.loads(content.decode("utf-8"), object_pairs_hook=_Object)
    except UnicodeDecodeError as error:
        problem = f"is not UTF-8 text (byte {error.start})"
    except json.JSONDecodeError as error:
        problem = f"is not JSON: {error.msg} at line {error.lineno}, column {error.colno}"
    except RecursionError:
        problem = "is nested too deeply"
    except ValueError:
        problem = "holds a number of too many digits"
    raise Faulty([Fault("$", problem)])


def _given_twice(plain: Any) -> Iterator[Fault]:
    waiting = [("$", plain)]
    while waiting:
        path, here = waiting.pop()
        if isinstance(here, _Object):
            yield from (Fault(f"{path}.{key}", "is given twice") for key in here.twice)
            waiting += ((f"{path}.{key}", value) for key, value in here.items())
        elif isinstance(here, list):
            waiting += ((f"{path}[{index}]", value) for index, value in enumerate(here))


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
    "int_parsing_size": "must be a smaller number",
    "greater_than_equal": "must not be less than {ge}",
    "less_than_equal": "must not be more than {le}",
    "too_short": "must have at least {min_length} items",
    "too_long": "must have at most {max_length} items",
    "string_too_long": "must not be longer than {max_length} characters",
    "literal_error": "must be one of {expected}",
    "string_pattern_mismatch": "must be of the form {pattern}",
}


def _shape_faults(error: ValidationError, plain: Any) -> Iterator[Fault]:
    for one in error.errors(include_url=False, include_input=False):
        yield Fault(_path(one, plain), _message(one))


def _message(error: Any) -> str:
    kind, context = error["type"], error.get("ctx", {})
    if context.get("field_type") == "Value":  # the length of a text, not of a list
        kind = f"string_{kind}"
    return _MESSAGES[kind].format(**context) if kind in _MESSAGES else error["msg"]


def _path(error: Any, plain: Any) -> str:
    """The place as a JSON path; parts that name a branch of a union are left out."""
    path, here, last = "$", plain, error["loc"][-1:]
    is_missing = error["type"] == "missing"
    for part in error["loc"]:
        if isinstance(here, list) and isinstance(part, int):
            path, here = f"{path}[{part}]", here[part]
        elif isinstance(here, dict) and (part in here or (is_missing and (part,) == last)):
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
    is_printed = measure.source_lines is not None
    if is_printed and all(value is None for value in (*values, measure.text_result)):
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
        yield from _count_rules(members)
        for index, measure in members[1:]:
            for name in shared:
                if getattr(measure, name) != getattr(measures[first], name):
                    problem = f"differs from the first row of {code}"
                    yield Fault(f"$.measures[{index}].{name}", problem)


def _count_rules(members: list[tuple[int, MeasureDoc]]) -> Iterator[Fault]:
    """Something is counted, and nothing is dated that is not counted."""
    if all(measure.baseline is None and measure.outcome is None for _, measure in members):
        yield Fault(f"$.measures[{members[0][0]}].distribution", "no category of it is counted")
    for index, measure in members:
        for moment in ("baseline", "outcome"):
            if getattr(measure, f"{moment}_date") and getattr(measure, moment) is None:
                path = f"$.measures[{index}].{moment}_date"
                yield Fault(path, "is the date of a category that is not counted")


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
