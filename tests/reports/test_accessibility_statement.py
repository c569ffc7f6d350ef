"""The accessibility statement: no sentence of it claims what no test proves."""

import ast
import json
import re

import pytest

from alliances.content import words
from config.sharing import BASE
from reports.views.notices import LAST_WALK
from tests.access.cast import NOBODY
from tests.journeys.judging import WIDTHS
from tests.journeys.test_every_page import ROLES, readers
from tests.pages import text

EVERY_PAGE = "journeys/test_every_page.py::test_every_page_keeps_nobody_out"
BY_KEYS = "journeys/test_keyboard.py::test"
EVERY_PDF = "reports/test_pdfua.py::test_file_of_each_kind_is_pdfua_by_the_rules_of_verapdf"
# Of each sentence that makes a claim, how it begins and the test that proves it.
PROVED = {
    "It should be possible to use": EVERY_PAGE,
    "Reports are tagged PDF files": EVERY_PDF,
    "Each can also be read as": (
        "journeys/test_reports.py::test_report_without_a_file_is_read_as_a_page"
    ),
    "On {on} each of {pages} pages": EVERY_PAGE,
    "Each was examined with axe": EVERY_PAGE,
    "The number of faults found": EVERY_PAGE,
    "No page has to be scrolled": EVERY_PAGE,
    "No page cuts off its text": EVERY_PAGE,
    "Nothing moves for people": EVERY_PAGE,
    "Nothing on a page covers": EVERY_PAGE,
    "With a keyboard alone": f"{BY_KEYS}_lead_logs_a_trial_and_comes_back",
    "Project leads log a trial": f"{BY_KEYS}_lead_logs_a_trial_and_comes_back",
    "They also pick a school": f"{BY_KEYS}_lead_picks_a_school_that_appears_as_its_name_is_typed",
    "Facilitators see": (f"{BY_KEYS}_facilitator_sees_who_is_stuck_and_why_and_writes_a_judgement"),
    "National staff wait": f"{BY_KEYS}_national_staff_wait_for_a_report_and_open_it",
    "Pointing at a place": (
        "journeys/test_grids.py::test_place_is_pointed_at_with_the_arrow_keys_on_a_phone"
    ),
    "Everything a project lead": (
        "journeys/test_without_script.py::test_lead_does_everything_without_script"
    ),
    "Its figures are those of": (
        "reports/test_accessibility_statement.py::test_statement_tells_the_figures_of_the_last_walk"
    ),
}
# What no test can prove: what is wrong or unknown, who answers, what the law says.
OPEN = [
    "{service} is run by",
    "The service is partially compliant",
    "Files that people attach",
    "Automatic tests find only",
    "The service has not been",
    "Write to {contact}",
    "We answer within",
    "If you are not content",
    "The Equality and Human Rights",
    "It will be reviewed",
]


def sentences() -> list[str]:
    told = " ".join(section.text for section in words("reports", "accessibility").values())
    ends = re.compile(r"(?<=[a-z0-9})]\.)\s+(?=[A-Z{])")
    return [sentence for sentence in ends.split(" ".join(told.split())) if sentence]


def test_every_sentence_is_proved_or_known_to_be_open():
    beginnings = [*PROVED, *OPEN]

    strays = [s for s in sentences() if not any(s.startswith(b) for b in beginnings)]
    unsaid = [b for b in beginnings if not any(s.startswith(b) for s in sentences())]

    assert (strays, unsaid) == ([], [])


@pytest.mark.parametrize("proof", sorted(set(PROVED.values())))
def test_proof_of_a_claim_is_there(proof):
    path, _, name = proof.partition("::")
    tree = ast.parse((BASE / "tests" / path).read_text("utf-8"))

    assert name in {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def test_walk_judges_every_role_at_the_widths_that_are_told():
    told = json.loads(LAST_WALK.read_text("utf-8"))

    assert told["widths"] == list(WIDTHS)
    assert told["roles"] == len(ROLES)
    assert told["faults"] == 0
    assert NOBODY in ROLES


def test_statement_tells_the_figures_of_the_last_walk(as_person, db):
    told = json.loads(LAST_WALK.read_text("utf-8"))

    page = text(as_person(None).get("/accessibility/"))

    said = re.search(r"each of (\d+) pages.* one of (\d+) kinds.*axe ([\d.]+) at", page)
    assert said.groups() == (str(told["pages"]), str(told["roles"]), told["axe"])
    assert "{" not in page


def test_matrix_in_the_docs_is_that_of_the_figures():
    told = json.loads(LAST_WALK.read_text("utf-8"))
    document = (BASE / "docs" / "accessibility.md").read_text("utf-8")
    table = [line.split(" | ") for line in document.splitlines() if line.startswith("| ")]

    head, _, *rows = table

    assert {row[0].removeprefix("| ") for row in rows} <= {name for name, *_ in readers()}
    assert len(rows) == told["pages"]
    assert len(head) == 1 + told["roles"]
    assert {cell.strip(" |") for row in rows for cell in row[1:]} == {"0", "–"}
