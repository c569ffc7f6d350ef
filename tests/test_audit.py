"""`./run audit` says what it found, and never that all is well where it could ask nobody."""

import json

import pytest

from config.audit import vulnerabilities
from config.processes import StackError

SOUND = {"name": "django", "version": "5.2.19", "vulns": []}
HOLED = {
    "name": "pillow",
    "version": "13.0.0",
    "vulns": [
        {"id": "PYSEC-1", "fix_versions": ["13.0.1"]},
        {"id": "PYSEC-2", "fix_versions": []},
    ],
}


def answer(*dependencies) -> str:
    return json.dumps({"dependencies": dependencies})


def test_each_vulnerability_is_a_line_with_its_release():
    found = vulnerabilities(answer(SOUND, HOLED), "")

    assert found == [
        "pillow 13.0.0: PYSEC-1, mended in 13.0.1",
        "pillow 13.0.0: PYSEC-2, mended in no release yet",
    ]


def test_nothing_known_is_nothing_found():
    assert vulnerabilities(answer(SOUND), "") == []


@pytest.mark.parametrize(
    ("told", "complaint", "said"),
    [
        ("", "ERROR: no route to host", "so nothing is known: ERROR: no route to host"),
        ("", "", "so nothing is known: it said nothing"),
        ("<html>", "", "so nothing is known: it said nothing"),
        (answer(), "", "nothing is known of: any package"),
        (answer({"name": "django", "skip_reason": "timed out"}), "", "nothing is known of: django"),
    ],
)
def test_answer_that_is_none_is_an_error(told, complaint, said):
    with pytest.raises(StackError) as refused:
        vulnerabilities(told, complaint)

    assert str(refused.value)[-len(said) :] == said
