"""Claims made and backed for a test, by the site's own actions."""

from datetime import date
from uuid import UUID, uuid4

from enquiries.actions import save_sheet
from enquiries.sheets.forms import plain
from impact.models import Claim, DataTest, Measure
from tests.measuring import add_measure, add_reading

ANSWERS = {
    "level": "teacher",
    "statement": "Teachers plan together more often.",
    "kind": "observed",
    "strength": "evidence-limited",
}
PASSED = {
    "validity": "It counts what we mean.",
    "is_valid": "pass",
    "methods": 2,
    "respondent_groups": 2,
    "triangulation": "Two views.",
    "is_triangulated": "pass",
    "reliability": "Two counted alike.",
    "is_reliable": "pass",
}


def claimed(world, by: str = "leah", key: UUID | None = None, **answers) -> Claim:
    """A claim of the last cycle, or a change of the one with that key."""
    place = {"enquiry": world.enquiry, "cycle": world.cycle, "key": key or uuid4()}
    links = {n: [str(pk) for pk in pks] for n, pks in answers.items() if n.startswith("evidence.")}
    wanted = (answers if key else ANSWERS | answers) | links
    seen = {}
    if key:
        stored = Claim.everything.get(key=key)
        seen = {name: plain(stored.value_of(name)) for name in wanted}
    return save_sheet(Claim, place=place, seen=seen, wanted=wanted, by=world.person(by))


def measured(
    world, *, before: int = 120, after: int = 110, result: int = 5, on: date | None = None
) -> Measure:
    """A measure with a baseline and a result, of so many people each."""
    leah = world.person("leah")
    measure = add_measure(
        enquiry=world.enquiry,
        by=leah,
        baseline=None,
        level="teacher",
        name="Lessons planned together",
        instrument="questionnaire",
        better="higher",
        unit="lessons",
        population=f"Teachers {uuid4()}",
    )
    for moment, value, n in (("baseline", 3, before), ("outcome", result, after)):
        day = on or date(2026, 1, 12)
        add_reading(
            measure=measure, by=leah, moment=moment, kind="number", value=value, n=n, held_on=day
        )
    return measure


def with_tests(world, measure: Measure, **outcomes) -> DataTest:
    """The three tests of a measure's data, passed but for what is given."""
    place = {"enquiry": world.enquiry, "key": uuid4()}
    wanted = {**PASSED, "measure_id": measure.pk, **outcomes}
    return save_sheet(DataTest, place=place, seen={}, wanted=wanted, by=world.person("leah"))
