"""A school that joins is picked from the national register, or its name is typed."""

import pytest

from alliances.actions import take_register
from alliances.register.reading import Entry
from tests.pages import text


def entry(urn: int, name: str, **more) -> Entry:
    told = {
        "town": "Guildford", "postcode": "GU1 1AA", "phase": "Primary", "kind": "Academy",
        "is_open": True, "opened_on": None, "closed_on": None,
    }  # fmt: skip
    return Entry(urn=urn, name=name, **told | more)


def known(*entries: Entry, **links: set[int]) -> None:
    take_register(
        {each.urn: each for each in entries},
        {int(urn.lstrip("u")): after for urn, after in links.items()},
        file_name="register.csv",
        file_hash=bytes(32),
        by=None,
    )


@pytest.fixture
def page(world, as_person):
    leah = as_person("leah")
    return lambda words="": leah.get(f"/enquiries/{world.enquiry.pk}/schools/join/{words}")


def test_search_lists_name_town_postcode_and_urn(page):
    known(entry(123456, "Downs School"), entry(123457, "Downs Infants", is_open=False))

    response = page("?q=downs+guildford")

    found = response.context["found"]
    assert [school.urn for school in found] == [123456, 123457]
    assert "2 schools found." in text(response)
    assert "Downs School Guildford, GU1 1AA, URN 123456" in text(response)
    assert "Downs Infants Closed. Guildford, GU1 1AA, URN 123457" in text(response)


def test_search_that_finds_nothing_says_what_to_do(page):
    assert "No school found. Check the spelling" in text(page("?q=nowhere"))


def test_school_that_is_picked_fills_the_form(page):
    known(entry(123456, "Downs School"))

    form = page("?urn=123456").context["form"]

    assert form.initial == {"name": "Downs School", "phase": "Primary", "urn": 123456}


@pytest.mark.parametrize("urn", ["999999", "x", "1" * 40, "12345\uff16"])
def test_urn_that_is_not_in_the_register_fills_nothing(page, urn):
    response = page(f"?urn={urn}")

    assert (response.status_code, response.context["form"].initial) == (200, {})


@pytest.mark.parametrize("count", [1, 3])
def test_search_takes_as_many_queries_for_many_schools(page, django_assert_num_queries, count):
    known(*(entry(123456 + n, f"Downs {n}") for n in range(count)))
    page("?q=downs")

    with django_assert_num_queries(4):
        response = page("?q=downs")

    assert len(response.context["found"]) == count


def test_page_of_schools_tells_what_the_register_says_since(world, as_person, page):
    as_person("leah").post(
        f"/enquiries/{world.enquiry.pk}/schools/join/",
        {
            "name": "Downs School",
            "urn": "123456",
            "joined_on_day": "3",
            "joined_on_month": "2",
            "joined_on_year": "2026",
            "how_joined": "chose",
        },
    )
    known(entry(123456, "Downs School"))
    known(
        entry(123456, "Downs School", is_open=False),
        entry(150001, "Downs Academy"),
        u123456={150001},
    )

    told = text(as_person("leah").get(f"/enquiries/{world.enquiry.pk}/schools/"))

    assert "Downs Academy" in told
    assert (
        "New URN: what it had goes on under it. Downs School (123456) → Downs Academy (150001)"
        in told
    )
