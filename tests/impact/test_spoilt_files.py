"""A real file spoilt at random places is imported and comes back equal, or is refused in words."""

import json
import re

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from enquiries.models import Enquiry
from impact.actions import import_enquiries
from impact.exchange.exporting import enquiry_document
from impact.exchange.faults import Faulty, read
from impact.exchange.schema import EnquiryDoc
from tests.impact.conftest import file_of

SOURCE = json.loads(file_of("central-bedfordshire").read_text("utf-8"))
SOURCE["measures"] = SOURCE["measures"][8:28]

KEYS = st.text("abcdefgh", min_size=1, max_size=4)
NUMBERS = st.one_of(
    st.integers(-3, 40),
    st.integers(),
    st.floats(),
    st.decimals(-1000, 1000, places=2).map(float),
    st.sampled_from([10**10, 10**10 - 1, 2**31, 0.0001, 1e-5, 1e300, -0.0]),
)
WORDS = st.one_of(
    st.text(max_size=12),
    st.text(min_size=301, max_size=301),
    st.sampled_from(
        ["", "\0", "\ud800", "2014-05", "2013", "May 2012", "cb-alevel-english", "All"]
    ),
)
SCALARS = st.one_of(st.none(), st.booleans(), NUMBERS, WORDS)
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=2) | st.dictionaries(KEYS, inner, max_size=2)
)


def places(here, path=()):
    """Every place of a document, as the keys and indexes that lead to it."""
    steps = here.items() if isinstance(here, dict) else enumerate(here)
    for step, value in steps:
        yield (*path, step)
        if isinstance(value, dict | list):
            yield from places(value, (*path, step))


def numbers(document):
    return [place for place in places(document) if isinstance(at(document, place), int | float)]


def at(document, place):
    for step in place:
        document = document[step]
    return document


@st.composite
def spoilt(draw):
    document = json.loads(json.dumps(SOURCE))
    for _ in range(draw(st.integers(1, 3))):
        spots = draw(st.sampled_from([places, numbers]))
        place = draw(st.sampled_from(list(spots(document))))
        holder, step = at(document, place[:-1]), place[-1]
        match draw(st.sampled_from(["replace", "remove", "copy", "add", "swap"])):
            case "remove":
                del holder[step]
            case "copy" if isinstance(holder, list):
                holder.insert(step, json.loads(json.dumps(holder[step])))
            case "add" if isinstance(holder, dict):
                holder[draw(KEYS)] = draw(VALUES)
            case "swap" if isinstance(holder, list):
                holder.reverse()
            case _ if isinstance(holder[step], int | float):
                holder[step] = draw(NUMBERS)
            case _:
                holder[step] = draw(VALUES)
    return document


def exists(document, path, problem):
    steps = [
        int(index) if index else key
        for key, index in re.findall(r"\.([^.\[]+)|\[(\d+)\]", path.split("$", 1)[1])
    ]
    missing = problem == "is missing"
    try:
        holder = at(document, steps[:-1] if missing else steps)
    except (KeyError, IndexError, TypeError):
        return False
    return not missing or (isinstance(holder, dict) and steps[-1] not in holder)


def import_and_export(document, programme):
    """The enquiry as it is exported after the import, then undone; or the faults of the file."""
    try:
        with transaction.atomic():
            doc = read(json.dumps(document).encode(), EnquiryDoc)
            import_enquiries({"file": doc}, programme=programme, by=None)
            enquiry = Enquiry.objects.exclude(title="").get()
            exported = enquiry_document(enquiry)
            transaction.set_rollback(True)
    except Faulty as faulty:
        return None, faulty.faults
    return exported, []


def without_empty_codes(document):
    """A measure that names no distribution may say so or leave it out."""
    for measure in document["measures"]:
        if measure.get("distribution", "") is None:
            del measure["distribution"]
    return document


@pytest.fixture
def outcomes():
    """What became of the files, so that the test sees both come up."""
    seen = set()
    yield seen
    assert seen == {"equal", "refused"}


@settings(
    max_examples=150,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(document=spoilt())
def test_a_spoilt_file_comes_back_equal_or_is_refused(programme, outcomes, document):
    exported, faults = import_and_export(document, programme)

    outcomes.add("refused" if faults else "equal")
    assert [f for f in faults if not exists(document, f.path, f.problem)] == []
    if not faults:
        assert exported == without_empty_codes(document)
