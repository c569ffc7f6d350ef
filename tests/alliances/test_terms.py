"""The term calendar: the usual English year, what the national team sets, and what it refuses."""

from dataclasses import replace
from datetime import date

import pytest
from django.urls import reverse

from alliances import actions
from alliances.terms import Calendar, calendar_of, school_year_of, usual_year
from tests.alliances.test_pages import banner, rows
from tests.alliances.test_signing_in import errors


def dates(spans) -> list[tuple[date, date]]:
    return [(span.starts_on, span.ends_on) for span in spans]


def moved(spans, code: str, **ends):
    """The half terms with one of them moved."""
    return [replace(span, **ends) if span.code == code else span for span in spans]


def typed(spans) -> dict:
    """The half terms as they are typed into the form."""
    return {
        f"{span.code}-{end}_{part}": str(getattr(day, part))
        for span in spans
        for end, day in (("starts", span.starts_on), ("ends", span.ends_on))
        for part in ("day", "month", "year")
    }


def test_usual_year_is_that_of_most_english_schools():
    assert dates(usual_year(2025)) == [
        (date(2025, 9, 1), date(2025, 10, 24)),
        (date(2025, 11, 3), date(2025, 12, 19)),
        (date(2026, 1, 5), date(2026, 2, 13)),
        (date(2026, 2, 23), date(2026, 3, 27)),
        (date(2026, 4, 13), date(2026, 5, 22)),
        (date(2026, 6, 1), date(2026, 7, 17)),
    ]


@pytest.mark.parametrize("year", range(2010, 2060))
def test_usual_years_are_in_order_and_begin_on_mondays(year):
    days = [day for pair in dates(usual_year(year)) for day in pair]

    assert days == sorted(set(days))
    assert [day.weekday() for day in days] == [0, 4] * 6
    assert {school_year_of(day) for day in days} == {year}


@pytest.mark.parametrize(
    ("day", "half", "term"),
    [
        (date(2025, 8, 31), "summer-2", date(2025, 4, 14)),
        (date(2025, 9, 1), "autumn-1", date(2025, 9, 1)),
        (date(2025, 10, 30), "autumn-1", date(2025, 9, 1)),
        (date(2025, 11, 3), "autumn-2", date(2025, 9, 1)),
        (date(2026, 1, 1), "autumn-2", date(2025, 9, 1)),
        (date(2026, 1, 5), "spring-1", date(2026, 1, 5)),
        (date(2026, 4, 12), "spring-2", date(2026, 1, 5)),
        (date(2026, 4, 13), "summer-1", date(2026, 4, 13)),
        (date(2026, 7, 20), "summer-2", date(2026, 4, 13)),
        (date(2026, 8, 1), "summer-2", date(2026, 4, 13)),
    ],
)
def test_day_lies_in_the_half_term_that_began_last(day, half, term):
    calendar = Calendar()

    assert (calendar.half_term(day).code, calendar.term_start(day)) == (half, term)


def test_year_that_was_set_takes_the_place_of_the_usual_one(world, acts):
    spans = moved(usual_year(2025), "spring-1", starts_on=date(2026, 1, 6))

    actions.set_terms(
        programme=world.programme, school_year=2025, spans=spans, by=world.person("owen")
    )

    calendar = calendar_of(world.programme)
    assert (calendar.year(2025), calendar.year(2026)) == (spans, usual_year(2026))
    assert calendar.half_term(date(2026, 1, 5)).code == "autumn-2"
    of = "alliances.programme"
    said = ("set terms", "Owen Pryce", of, world.programme.pk, {"school_year": 2025})
    assert acts() == [said]


def test_year_is_set_again(world):
    owen = world.person("owen")
    for day in (6, 7):
        spans = moved(usual_year(2025), "spring-1", starts_on=date(2026, 1, day))
        actions.set_terms(programme=world.programme, school_year=2025, spans=spans, by=owen)

    assert calendar_of(world.programme).year(2025) == spans
    assert world.programme.half_terms.count() == 6


def test_calendar_takes_one_query(world, django_assert_num_queries):
    for year in (2024, 2025, 2026):
        actions.set_terms(
            programme=world.programme, school_year=year, spans=usual_year(year), by=None
        )

    with django_assert_num_queries(1):
        calendar = calendar_of(world.programme)

    assert sorted(calendar.set_by_hand) == [2024, 2025, 2026]


WRONG = [
    ("autumn-1", {"ends_on": date(2025, 9, 1)}, "Autumn 1 must end after it starts"),
    (
        "autumn-2",
        {"starts_on": date(2025, 10, 24)},
        "Autumn 2 must start after autumn 1 has ended",
    ),
    (
        "autumn-1",
        {"starts_on": date(2025, 7, 18)},
        "Autumn 1 must start after summer 2 has ended",
    ),
    (
        "summer-2",
        {"ends_on": date(2026, 9, 7)},
        "Summer 2 must end before the next school year starts",
    ),
]


@pytest.mark.parametrize(("code", "ends", "said"), WRONG)
def test_dates_that_run_into_each_other_are_refused_above_and_beside(
    code, ends, said, world, as_person
):
    spans = moved(usual_year(2025), code, **ends)
    url = reverse("terms-set", args=[world.programme.pk, 2025])

    response = as_person("owen").post(url, typed(spans))

    assert (response.status_code, *errors(response)) == (422, [said], [said])
    with pytest.raises(actions.TermsOverlap):
        actions.set_terms(programme=world.programme, school_year=2025, spans=spans, by=None)
    assert world.programme.half_terms.count() == 0


def test_missing_date_is_asked_for(world, as_person):
    url = reverse("terms-set", args=[world.programme.pk, 2025])
    data = typed(usual_year(2025)) | dict.fromkeys(
        [f"spring-1-starts_{part}" for part in ("day", "month", "year")], ""
    )

    response = as_person("owen").post(url, data)

    assert errors(response)[0] == ["Enter first day of spring 1"]


def test_terms_are_set_on_their_page_and_shown(world, as_person):
    owen, url = as_person("owen"), reverse("terms", args=[world.programme.pk])
    spans = moved(usual_year(2025), "spring-1", starts_on=date(2026, 1, 6))

    response = owen.post(
        reverse("terms-set", args=[world.programme.pk, 2025]), typed(spans), follow=True
    )

    assert response.redirect_chain == [(url, 302)]
    assert banner(response) == ["The term dates of 2025 to 2026 are saved."]
    years = [(y["title"], y["is_set"], y["spans"]) for y in response.context["years"]]
    assert years == [
        ("2024 to 2025", False, usual_year(2024)),
        ("2025 to 2026", True, spans),
        ("2026 to 2027", False, usual_year(2026)),
        ("2027 to 2028", False, usual_year(2027)),
    ]
    assert rows(response)[0] == [
        "Autumn 1",
        "Monday 2 September 2024",
        "Friday 25 October 2024",
    ]


def test_year_far_off_cannot_be_set(world, as_person):
    found = [
        as_person("owen").get(reverse("terms-set", args=[world.programme.pk, year])).status_code
        for year in (2023, 2024, 2027, 2028)
    ]

    assert found == [404, 200, 200, 404]
