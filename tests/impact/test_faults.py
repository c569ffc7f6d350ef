"""Malformed files: every fault is named with its place, and nothing else happens."""

import json

import pytest

from impact.exchange.faults import Faulty, read
from impact.exchange.schema import EnquiryDoc, ProgrammeDoc
from impact.exchange.when import is_after, span
from tests import world as cast
from tests.impact.conftest import file_of

WROXHAM = json.loads(file_of("wroxham").read_text("utf-8"))
PROGRAMME = json.loads((cast.DEMO / "programme.json").read_text("utf-8"))


def faults_of(content, shape=EnquiryDoc):
    content = content if isinstance(content, bytes) else json.dumps(content).encode()
    with pytest.raises(Faulty) as caught:
        read(content, shape)
    return list(map(str, caught.value.faults))


def spoilt(changes, source=WROXHAM):
    """The document with values put in place, by path: ``{"project.theme": 4}``."""
    document = json.loads(json.dumps(source))
    for path, value in changes.items():
        *way, last = [int(part) if part.isdigit() else part for part in path.split(".")]
        here = document
        for part in way:
            here = here[part]
        if value is GONE:
            del here[last]
        else:
            here[last] = value
    return document


GONE = object()


# Not JSON


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"", "is not JSON: Expecting value at line 1, column 1"),
        (b'{\n "alliance": }', "is not JSON: Expecting value at line 2, column 14"),
        (b"{}{}", "is not JSON: Extra data at line 1, column 3"),
        (b"[1", "is not JSON: Expecting ',' delimiter at line 1, column 3"),
        (b'{"a": "\xff"}', "is not UTF-8 text (byte 7)"),
        (
            b"\xef\xbb\xbf{}",
            "is not JSON: Unexpected UTF-8 BOM (decode using utf-8-sig) at line 1, column 1",
        ),
        (b"[" * 100_000, "is nested too deeply"),
        (b"1" * 5_000, "holds a number of too many digits"),
        (b"[]", "must be an object"),
        (b"null", "must be an object"),
        (b'"text"', "must be an object"),
    ],
)
@pytest.mark.parametrize("shape", [EnquiryDoc, ProgrammeDoc])
def test_content_that_is_no_document(content, fault, shape):
    assert faults_of(content, shape) == [f"$: {fault}"]


@pytest.mark.parametrize("depth", [50, 900, 980])
def test_nesting_that_json_still_reads(depth):
    content = json.dumps(spoilt({"project.focus": "DEEP"})).encode()
    content = content.replace(b'"DEEP"', b"[" * depth + b"]" * depth)

    faults = faults_of(content)

    assert faults in (["$.project.focus: must be text"], ["$: is nested too deeply"])


def test_keys_given_twice():
    content = json.dumps(WROXHAM).replace('"theme":', '"theme": 2, "theme":', 1)
    content = content.replace('"level":', '"level": "pupil", "level":', 1)

    assert faults_of(content.encode()) == [
        "$.measures[0].level: is given twice",
        "$.project.theme: is given twice",
    ]


# Shape


ONE_FAULT = [
    ("alliance.colour", "red", "is not a key this file may hold"),
    ("colour", None, "is not a key this file may hold"),
    ("measures.3.colour", [], "is not a key this file may hold"),
    ("alliance.name", GONE, "is missing"),
    ("measures", GONE, "is missing"),
    ("measures.14.n", GONE, "is missing"),
    ("alliance.source_lines", GONE, "is missing"),
    ("alliance.name", 7, "must be text"),
    ("alliance.name", None, "must be text"),
    ("alliance.name", "", "must not be empty"),
    ("alliance.name", "x" * 201, "must not be longer than 200 characters"),
    ("alliance.short_name", "x" * 101, "must not be longer than 100 characters"),
    ("project.title", "x" * 301, "must not be longer than 300 characters"),
    ("project.enquiry_methods.0", "x" * 201, "must not be longer than 200 characters"),
    ("cycles.0.label", "x" * 201, "must not be longer than 200 characters"),
    ("cycles.0.period", "x" * 201, "must not be longer than 200 characters"),
    ("measures.0.unit", "x" * 51, "must not be longer than 50 characters"),
    ("measures.0.group", "x" * 101, "must not be longer than 100 characters"),
    ("measures.0.baseline_date", "x" * 101, "must not be longer than 100 characters"),
    ("quotes.0.attribution", "x" * 201, "must not be longer than 200 characters"),
    ("schools.0.name", "x" * 201, "must not be longer than 200 characters"),
    ("alliance.name", "a\0b", "holds a character that cannot be stored"),
    ("cycles.0.evidence_collected.0", "\0", "holds a character that cannot be stored"),
    ("measures.0.text_result", "\ud800", "holds a character that cannot be stored"),
    ("alliance", [], "must be an object"),
    ("alliance", None, "must be an object"),
    ("measures.0", "x", "must be an object"),
    ("measures", {}, "must be a list"),
    ("project.aims", "One", "must be a list"),
    ("measures.0.n", "16", "must be a whole number"),
    ("measures.0.n", 16.5, "must be a whole number"),
    ("measures.0.n", 16.0, "must be a whole number"),
    ("measures.0.n", True, "must be a whole number"),
    ("measures.0.n", -1, "must not be less than 0"),
    ("measures.0.n", 2**31, "must not be more than 2147483647"),
    ("alliance.n_schools_in_alliance", 2**31, "must not be more than 2147483647"),
    ("schools.0.source_lines", [1], "must have at least 2 items"),
    ("schools.0.source_lines", [1, 2, 3], "must have at most 2 items"),
    ("schools.0.source_lines.1", 2**40, "must not be more than 2147483647"),
    ("measures.0.baseline", "7", "must be a number"),
    ("measures.0.baseline", True, "must be a number"),
    ("measures.0.baseline", [7], "must be a number"),
    ("measures.0.baseline", float("nan"), "must be a finite number"),
    ("measures.0.outcome", float("inf"), "must be a finite number"),
    ("measures.0.change", float("-inf"), "must be a finite number"),
    (
        "measures.0.outcome",
        10**10,
        "must have at most 10 digits before the point and 4 after it",
    ),
    (
        "measures.0.outcome",
        -(10**400),
        "must have at most 10 digits before the point and 4 after it",
    ),
    (
        "measures.0.outcome",
        0.00001,
        "must have at most 10 digits before the point and 4 after it",
    ),
    ("quotes.0.reported", 1, "must be true or false"),
    ("quotes.0.reported", "yes", "must be true or false"),
    (
        "measures.0.level",
        "child",
        "must be one of 'pupil', 'teacher', 'school' or 'alliance'",
    ),
    (
        "measures.0.level",
        ["pupil"],
        "must be one of 'pupil', 'teacher', 'school' or 'alliance'",
    ),
    (
        "measures.0.instrument",
        "exam",
        (
            "must be one of 'test', 'teacher assessment', 'questionnaire', 'interview', "
            "'lesson observation', 'attendance' or 'other'"
        ),
    ),
    ("schools.0.role", "boss", "must be one of 'lead', 'participant' or 'left'"),
    (
        "schools.0.phase",
        "tertiary",
        (
            "must be one of 'unknown', 'nursery', 'primary', 'secondary', 'special', 'lower', "
            "'middle' or 'upper'"
        ),
    ),
    ("project.theme", 4, "must not be more than 3"),
    ("project.theme", 0, "must not be less than 1"),
    ("project.cohort", 9, "must not be more than 3"),
    (
        "project.start",
        "May 2012",
        r"must be of the form ^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$",
    ),
    ("cycles.0.order", 0, "must not be less than 1"),
]


def json_path(path):
    return "$" + "".join(f"[{p}]" if p.isdigit() else f".{p}" for p in path.split("."))


@pytest.mark.parametrize(("path", "value", "problem"), ONE_FAULT)
def test_one_fault_of_shape(path, value, problem):
    assert faults_of(spoilt({path: value})) == [f"{json_path(path)}: {problem}"]


def test_every_fault_of_shape_is_named_at_once():
    changes = {path: value for path, value, _ in ONE_FAULT[2:6]} | {
        "measures.3.colour": [],
        "schools.0.role": "boss",
        "quotes.0.reported": 1,
        "project.cohort": 9,
        "measures.0.n": "16",
    }
    del changes["measures"]

    assert faults_of(spoilt(changes)) == [
        "$.alliance.name: is missing",
        "$.measures[0].n: must be a whole number",
        "$.measures[14].n: is missing",
        "$.measures[3].colour: is not a key this file may hold",
        "$.project.cohort: must not be more than 3",
        "$.quotes[0].reported: must be true or false",
        "$.schools[0].role: must be one of 'lead', 'participant' or 'left'",
    ]


# Rules


FIRST = WROXHAM["measures"][0]


@pytest.mark.parametrize(
    ("changes", "faults"),
    [
        (
            {"schools.1.name": WROXHAM["schools"][0]["name"]},
            ["$.schools[1]: is a duplicate of $.schools[0]"],
        ),
        (
            {"measures.2": {**FIRST, "level": "school"}},
            ["$.measures[2]: is a duplicate of $.measures[0]"],
        ),
        (
            {"cycles.1.order": 1},
            ["$.cycles[1].order: must be 2: cycles stand in their order, each once"],
        ),
        (
            {"project.start": "2014-05", "project.end": "2014-04-30"},
            ["$.project.end: is before the start"],
        ),
        (
            {"measures.0": {**FIRST, "baseline_date": "2014", "outcome_date": "2013-09"}},
            ["$.measures[0].baseline_date: the baseline is dated after the outcome"],
        ),
        (
            {
                "measures.0": {
                    **FIRST,
                    "baseline": None,
                    "outcome": None,
                    "change": None,
                    "text_result": None,
                }
            },
            ["$.measures[0]: has neither a value nor a result in words"],
        ),
        (
            {
                "project.start": "2014",
                "project.end": "2013",
                "cycles.0.order": 2,
                "schools.3.name": WROXHAM["schools"][2]["name"],
            },
            [
                "$.cycles[0].order: must be 1: cycles stand in their order, each once",
                "$.project.end: is before the start",
                "$.schools[3]: is a duplicate of $.schools[2]",
            ],
        ),
    ],
)
def test_rules(changes, faults):
    assert faults_of(spoilt(changes)) == faults


GRADE = {
    **FIRST,
    "population": "Year 6",
    "group": None,
    "n": 20,
    "baseline": None,
    "baseline_date": None,
    "outcome": 5,
    "outcome_date": "May",
    "change": None,
    "text_result": None,
    "distribution": "grades",
}


def grades(*changes):
    rows = [{**GRADE, "name": f"Grade {i}", **change} for i, change in enumerate(changes)]
    return spoilt({"measures": rows})


def test_a_sound_distribution_has_no_fault():
    assert len(read(json.dumps(grades({}, {}, {})).encode(), EnquiryDoc).measures) == 3


@pytest.mark.parametrize(
    ("changes", "faults"),
    [
        (
            [{}, {"distribution": None}, {}],
            ["$.measures[2].distribution: the rows of grades must follow one another"],
        ),
        (
            [{}, {"n": 21, "unit": "teachers", "level": "teacher"}],
            [
                "$.measures[1].level: differs from the first row of grades",
                "$.measures[1].n: differs from the first row of grades",
                "$.measures[1].unit: differs from the first row of grades",
            ],
        ),
        (
            [{}, {"scale": "A to E", "population": "Year 5", "group": "Boys"}],
            [
                "$.measures[1].group: differs from the first row of grades",
                "$.measures[1].population: differs from the first row of grades",
                "$.measures[1].scale: differs from the first row of grades",
            ],
        ),
        (
            [{"change": 1}, {}],
            ["$.measures[0].change: a category of a distribution is counted, not changed"],
        ),
        (
            [{"outcome": None, "outcome_date": None, "text_result": "Few"}],
            ["$.measures[0].distribution: no category of it is counted"],
        ),
        (
            [{}, {"baseline_date": "May", "instrument": "test"}],
            [
                "$.measures[1].baseline_date: is the date of a category that is not counted",
                "$.measures[1].instrument: differs from the first row of grades",
            ],
        ),
    ],
)
def test_rules_of_distributions(changes, faults):
    assert faults_of(grades(*changes)) == faults


# The programme


@pytest.mark.parametrize(
    ("changes", "faults"),
    [
        (
            {"alliances.1.key": PROGRAMME["alliances"][0]["key"]},
            ["$.alliances[1].key: is a duplicate of $.alliances[0]"],
        ),
        (
            {"alliances.1.name": PROGRAMME["alliances"][0]["name"].upper()},
            ["$.alliances[1].name: is a duplicate of $.alliances[0]"],
        ),
        (
            {"programme.cohorts.1.cohort": 1},
            [
                f"$.alliances[{index}].cohort: no such cohort is described in the programme"
                for index in sorted(
                    (i for i, a in enumerate(PROGRAMME["alliances"]) if a["cohort"] == 2), key=str
                )
            ]
            + ["$.programme.cohorts[1].cohort: is a duplicate of $.programme.cohorts[0]"],
        ),
        ({"alliances.0.key": "A b"}, ["$.alliances[0].key: must be of the form ^[a-z0-9-]{1,60}$"]),
        (
            {"alliances.0.key_messages_cited": [14]},
            ["$.alliances[0].key_messages_cited[0]: must not be more than 13"],
        ),
        ({"alliances.0.source": {"doc": "1"}}, ["$.alliances[0].source.lines: is missing"]),
        ({"alliances.0.source": "001"}, ["$.alliances[0].source: must be an object"]),
        ({"alliances.0.source": [7]}, ["$.alliances[0].source[0]: must be an object"]),
        (
            {"programme.title.source": [{"doc": "000", "lines": [1, 2]}] * 20},
            ["$.programme.title.source: names too many places to be cited"],
        ),
        (
            {"programme.title.value": "x" * 201},
            ["$.programme.title.value: must not be longer than 200 characters"],
        ),
        (
            {"programme.country.value": "x" * 101},
            ["$.programme.country.value: must not be longer than 100 characters"],
        ),
        (
            {"impact_examples_table1.0.projects": 32_768},
            ["$.impact_examples_table1[0].projects: must not be more than 32767"],
        ),
        ({"alliances.0.link": "ftp://x"}, ["$.alliances[0].link: must be of the form ^https?://"]),
        (
            {"programme.alliances_by_theme.0.theme": True},
            [
                "$.programme.alliances_by_theme[0].theme: must be a whole number",
                "$.programme.alliances_by_theme[0].theme: must be one of '1+2'",
            ],
        ),
    ],
)
def test_faults_of_a_programme(changes, faults):
    assert faults_of(spoilt(changes, PROGRAMME), ProgrammeDoc) == faults


# Printed dates


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2013", "2013-01-01", "2013-12-31"),
        ("2013-09", "2013-09-01", "2013-09-30"),
        ("2012-02", "2012-02-01", "2012-02-29"),
        ("2013-09-05", "2013-09-05", "2013-09-05"),
        ("2012-13", "2012-09-01", "2013-08-31"),
        ("1999-00", "1999-09-01", "2000-08-31"),
        (" September 2013 ", "2013-09-01", "2013-09-30"),
        ("5 may 2013", "2013-05-05", "2013-05-05"),
    ],
)
def test_span_of_a_printed_date(text, first, last):
    assert tuple(map(str, span(text))) == (first, last)


@pytest.mark.parametrize(
    "text", ["", "January mock", "2013-14-05", "31 June 2013", "2012-15", "0000", "13", "99999"]
)
def test_words_that_are_no_date(text):
    assert span(text) is None


@pytest.mark.parametrize(
    ("earlier", "later", "after"),
    [
        ("2013", "2012", True),
        ("2013", "2013", False),
        ("2013-06", "2013", False),
        ("2013-14", "2013", False),
        ("2013-14", "August 2013", True),
        ("5 May 2013", "2013-05-04", True),
        ("5 May 2013", "2013-05-05", False),
        ("2014", "end of lesson", False),
        (None, "2012", False),
        ("2013", None, False),
    ],
)
def test_is_after(earlier, later, after):
    assert is_after(earlier, later) is after


@pytest.mark.parametrize(
    ("before", "after"), [("2014", "2013"), ("May 2014", "2012-13"), ("2 May 2014", "2014-05-01")]
)
def test_a_baseline_after_its_outcome_in_any_form(before, after):
    measure = {**FIRST, "baseline_date": before, "outcome_date": after}

    assert faults_of(spoilt({"measures.0": measure})) == [
        "$.measures[0].baseline_date: the baseline is dated after the outcome"
    ]
