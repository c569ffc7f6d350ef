"""The words beside the code: their codes never change, and they fit what the code asks for."""

import re
import tomllib
from importlib import import_module
from pathlib import Path
from typing import get_args

import pytest

from alliances.content import words
from alliances.forms import Worded
from alliances.models import Programme, Route
from config.sharing import BASE
from enquiries.models import Cycle, Listing, Participation
from impact.actions import import_programme
from impact.exchange import schema
from impact.exchange.faults import read
from impact.models import Measure
from impact.models.measure import Better, Level
from tests.world import DEMO

KEYS_OF_A_PAGE = {
    "title",
    "intro",
    "button",
    "private",
    "fields",
    "columns",
    "row",
    "reasons",
    "warning",
    "across",
    "grid",
}
CODES_LOCK = BASE / "tests" / "codes.lock"
FILES = sorted(BASE.glob("*/content/*.toml"))
LISTS = [path for path in FILES if path.stem != "forms" and not path.stem.startswith("sheets")]
FORM_FILES = [path for path in FILES if path not in LISTS]


def is_named():
    return {"ids": lambda case: case.__name__ if isinstance(case, type) else str(case)}


def app_of(path: Path) -> str:
    return path.parts[-3]


def listed(path: Path) -> dict:
    return dict(words(app_of(path), path.stem))


def codes() -> list[str]:
    """Every code of every list, as app/list/code."""
    return sorted(f"{app_of(path)}/{path.stem}/{code}" for path in LISTS for code in listed(path))


# Codes


def test_no_code_is_taken_away_and_every_new_one_is_recorded():
    """Rows in databases and frozen reports hold codes: tests/codes.lock lists all ever published.

    A code that is missing here has to come back; add a new one to the lock, in its place.
    """
    published = CODES_LOCK.read_text().splitlines()

    assert codes() == published
    assert published == sorted(set(published))


@pytest.mark.parametrize("path", LISTS, ids=lambda path: f"{app_of(path)}/{path.stem}")
def test_codes_are_short_and_plain(path):
    odd = [
        code for code in listed(path) if not re.fullmatch("[A-Za-z]+(-[a-z]+)*(-?[0-9]+)?", code)
    ]

    assert odd == []


def test_a_code_means_one_thing():
    """Whatever list it stands in: a row that holds a code does not say which."""
    bare = [code.rpartition("/")[2] for code in codes()]

    assert sorted(set(bare)) == sorted(bare)


@pytest.mark.parametrize("path", LISTS, ids=lambda path: f"{app_of(path)}/{path.stem}")
def test_entries_of_a_list_are_of_one_shape(path):
    entries = tomllib.loads(path.read_text()).values()

    assert len({frozenset(entry) for entry in entries}) == 1


@pytest.mark.parametrize(
    ("app", "name", "within"),
    [
        ("alliances", "themes", None),
        ("enquiries", "messages", None),
        ("enquiries", "claims", "family"),
    ],
)
def test_numbers_count_up_from_one(app, name, within):
    groups = {}
    for item in words(app, name).values():
        groups.setdefault(item.extra[within] if within else "", []).append(item.number)

    assert groups == {group: list(range(1, len(n) + 1)) for group, n in groups.items()}


def test_words_about_themes_name_routes_the_code_knows():
    assert {item.extra["route"] for item in words("alliances", "themes").values()} == set(Route)


def test_words_about_scales_name_ends_the_code_knows():
    assert {item.extra["better"] for item in words("impact", "scales").values()} <= set(Better)


def test_words_about_phases_cover_those_an_enquiry_goes_through():
    assert list(words("enquiries", "phases")) == [p for p in Cycle.Phase if p != Cycle.Phase.ENDED]


def test_codes_that_listings_hold_exist(db):
    import_programme(read((DEMO / "programme.json").read_bytes(), schema.ProgrammeDoc), by=None)
    listings = Listing.objects.all()

    claims = {code for listing in listings for code in listing.claims}
    messages = {code for listing in listings for code in listing.key_messages}

    assert listings.count() == Programme.objects.get().alliances.count() == 62
    assert claims - set(words("enquiries", "claims")) == set()
    assert messages - set(words("enquiries", "messages")) == set()
    assert claims
    assert messages


# Forms


def forms(base: type = Worded) -> list[type]:
    """Every form of the site whose words stand in a content file."""
    for app in {app_of(path) for path in FORM_FILES}:
        for path in (BASE / app).rglob("forms.py"):
            import_module(".".join(path.relative_to(BASE).with_suffix("").parts))
    found = [form for child in base.__subclasses__() for form in [child, *forms(child)]]
    apart = ("allauth", "tests")
    ours = [f for f in found if hasattr(f, "wording") and f.__module__.split(".")[0] not in apart]
    return sorted(set(ours), key=lambda form: (form.wording, form.__qualname__))


def wording_of_fields(form: type) -> dict:
    """The words of a form's fields, without making the form, which may need this and that."""
    return form.__new__(form)._words_of_fields()


@pytest.mark.parametrize("form", forms(), **is_named())
def test_words_of_a_form_are_those_of_its_fields(form):
    asked = {name for name, field in form.base_fields.items() if not field.widget.is_hidden}

    assert set(wording_of_fields(form)) == asked


@pytest.mark.parametrize("form", forms(), **is_named())
def test_every_question_has_a_label_and_nothing_unknown(form):
    for name, given in wording_of_fields(form).items():
        assert set(given) <= {"label", "hint"}, name
        assert given["label"].strip(), name


@pytest.mark.parametrize("path", FORM_FILES, ids=app_of)
def test_every_page_of_questions_is_known_and_has_a_title(path):
    known = {name for app, name in (form.wording for form in forms()) if app == app_of(path)}
    files = [other for other in FORM_FILES if app_of(other) == app_of(path)]
    pages = {
        name: page for other in files for name, page in tomllib.loads(other.read_text()).items()
    }

    assert set(pages) == known
    for name in known:
        assert set(pages[name]) <= KEYS_OF_A_PAGE, name
        assert pages[name]["title"].strip(), name


# The exchange files


@pytest.mark.parametrize(
    ("literal", "choices"),
    [
        (schema.LevelCode, Level),
        (schema.InstrumentCode, Measure.Instrument),
        (schema.SchoolDoc.model_fields["role"].annotation, Participation.Part),
    ],
    ids=["level", "instrument", "part of a school"],
)
def test_codes_of_the_exchange_are_those_of_the_database(literal, choices):
    assert list(get_args(literal)) == choices.values
