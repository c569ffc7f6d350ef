"""The pages that tell of measures, read by people of other alliances: few pupils are on none."""

import re
from datetime import date

import pytest
from django.urls import reverse

from impact.models import Claim, Reading
from reports.builders import build_case_study, build_national
from tests.claims import claimed
from tests.measuring import add_group, add_measure, add_reading

DAY = date(2026, 1, 12)
WORDS = "Wallaby"
# A mean of two pupils; a group of all but three; and a count that leaves three of the whole out.
WHOLE = "8642"
MARKS = {WORDS, WHOLE, "8731.25", "8639", "4178"}
CLASS = "Year 4"


@pytest.fixture
def planted(world):
    """Leah's enquiry with figures of a few pupils that stand nowhere else."""
    leah = world.person("leah")
    of = {"enquiry": world.enquiry, "by": leah}
    shared = {"level": "pupil", "instrument": "test", "population": CLASS}
    add_group(**of, name="Pupil premium", kind="pp")

    def outcome(group, kind, name="Reading aloud", **value):
        measure = add_measure(**of, **shared, name=name, group=group, unit="points")
        return add_reading(
            measure=measure, by=leah, moment="outcome", held_on=DAY, kind=kind, **value
        )

    outcome("SEND", "mean", value=8731.25, sd=1, n=2)
    outcome("EAL", "text", text=WORDS, n=2)
    outcome("", "proportion", numerator=4181, denominator=8642)
    outcome("Pupil premium", "proportion", numerator=4178, denominator=8639)
    result = Reading.objects.get(value=8731.25)
    claimed(world, level="pupil", statement="They read aloud.", group_size=2, result_id=result.pk)
    return world


OF_AN_ENQUIRY = ("enquiry", "measures", "account", "handover", "claims", "timeline", "sheets")
OF_A_PROGRAMME = ("programme", "programme-clusters", "programme-progress", "figures")


def exits(world) -> list[str]:
    """Addresses of the pages that tell of what is measured, and of its forms."""
    enquiry = world.enquiry
    paths = [reverse(name, args=[enquiry.pk]) for name in OF_AN_ENQUIRY]
    paths += [reverse(name, args=[world.programme.pk]) for name in OF_A_PROGRAMME]
    paths += [reverse("measure", args=[m.pk]) for m in enquiry.measures.filter(population=CLASS)]
    for slug, model in (("reading", Reading), ("claim", Claim)):
        paths.append(reverse("sheet", args=[enquiry.pk, slug]))
        for row in model.objects.filter(enquiry=enquiry, saved_by__isnull=False):
            paths.append(reverse("sheet-record", args=[enquiry.pk, slug, row.key]))
            paths += [reverse("claim", args=[row.pk])] * (model is Claim)
    return paths


def told(client, world) -> set[tuple[str, str]]:
    """Which marks stand where, with numbers as they are typed."""
    pages = {path: client.get(path, follow=True).content.decode() for path in exits(world)}
    plain = {path: re.sub(r"(?<=\d),(?=\d{3})", "", text) for path, text in pages.items()}
    return {(path, mark) for path, text in plain.items() for mark in MARKS if mark in text}


@pytest.mark.parametrize("person", ["faye", "marcus", "ravi", "nadia", "owen", "hana", "uma"])
def test_nobody_else_finds_a_figure_of_few_pupils(planted, as_person, person):
    found = told(as_person(person), planted)

    assert {(path, mark) for path, mark in found if mark != WHOLE} == set()


@pytest.mark.parametrize(("person", "seen"), [("leah", "all"), ("faye", "the whole")])
def test_figures_are_found_by_whom_they_are_for(planted, as_person, person, seen):
    found = {mark for _, mark in told(as_person(person), planted)}

    assert found == (MARKS if seen == "all" else {WHOLE})


def test_claims_of_few_pupils_leave_without_figure_and_words(planted):
    few, many, teachers = (
        Claim.objects.create(
            enquiry=planted.enquiry,
            position=90 + value,
            level=level,
            statement=f"Stated of {value}",
            value=value,
            unit=level + "s",
            origin="programme",
        )
        for value, level in ((3, "pupil"), (7, "pupil"), (4, "teacher"))
    )
    study = build_case_study(planted.enquiry)
    national = build_national(planted.programme, [planted.abbot.pk], "One")

    printed = [pair.second for pair in study.claims if "Stated" in pair.second]
    told = [e for level in national.levels for e in level.examples if "Stated" in e.statement]
    assert printed == [f"Stated of 7 [C{many.position}]", f"Stated of 4 [C{teachers.position}]"]
    assert [(e.statement, e.figure) for e in told] == [
        ("Stated of 7", "7 pupils"),
        ("Stated of 4", "4 teachers"),
    ]
    assert f"[c] [C{few.position}]" in [pair.second for pair in study.claims]
    assert [pair.second for pair in national.symbols] == [
        "withheld, because it rests on few pupils",
        "withheld, because it could tell of fewer than 3 alliances",
    ]
