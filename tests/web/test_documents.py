"""What the documents about security say is tested, is."""

import re
from collections import Counter
from pathlib import Path

import pytest

TESTS = Path(__file__).parent.parent
DOCS = TESTS.parent / "docs"
NAMED = re.compile(r"`([\w/]+\.py)(?:::(\w+))?`")


def missing(text: str) -> list[str]:
    """The tests that a text names and that are not there."""
    found = []
    for path, name in NAMED.findall(text.replace("`tests/", "`")):
        file = TESTS / path
        if not file.is_file() or (name and f"def {name}(" not in file.read_text("utf-8")):
            found.append(f"{path}::{name}")
    return found


@pytest.mark.parametrize("document", ["asvs.md", "threats.md"])
def test_every_test_named_is_there(document):
    text = (DOCS / document).read_text("utf-8")

    assert missing(text) == []
    assert len(NAMED.findall(text)) > 10


def test_test_that_is_not_there_is_noticed():
    told = "`web/test_documents.py::test_of_nothing`, `nowhere.py`, `web/test_documents.py`"

    assert missing(told) == ["web/test_documents.py::test_of_nothing", "nowhere.py::"]


STATE = "met in part|met|not applicable|open"


def test_standard_counts_its_rows():
    text = (DOCS / "asvs.md").read_text("utf-8")
    rows = re.findall(rf"^\| \d[\d.,– ]* \| .* \| ({STATE})\b", text, re.MULTILINE)

    told = {state: int(number) for number, state in re.findall(rf"(\d+) ({STATE})[,.]", text)}

    assert told == Counter(rows)
