"""Instructions can be read at the age of eleven: measured, file by file.

The measure is Flesch and Kincaid's grade, of short sentences and of words with few syllables. An
English child is in the sixth grade, as Americans count, at eleven. Syllables are counted by their
vowels, which is right for most words; a whole file evens out the rest.
"""

import re
import tomllib
from collections.abc import Iterator

import pytest

from config.sharing import BASE

SIXTH_GRADE = 6.0
# What tells people how to do something.
INSTRUCTIONS = {"hint", "intro", "note", "private", "warning", "text"}
# The method's own words, not ours to change, and a statement whose words the law lays down.
NOT_OURS = {
    "accessibility",
    "behaviours",
    "claims",
    "collection",
    "cross-cutting",
    "guide",
    "instruments",
    "messages",
    "methods",
    "models",
    "toolkit",
}
# A date to go by, which is no sentence.
FEWEST_WORDS, EXAMPLE = 4, "For example"


def told(words: dict) -> Iterator[str]:
    for key, said in words.items():
        if isinstance(said, dict):
            yield from told(said)
        elif key in INSTRUCTIONS and isinstance(said, str):
            yield said


def instructions(path) -> list[str]:
    """The instructions of a content file that are sentences."""
    found = told(tomllib.loads(path.read_text()))
    return [t for t in found if len(t.split()) >= FEWEST_WORDS and not t.startswith(EXAMPLE)]


def syllables(word: str) -> int:
    """As many as it has groups of vowels; an e at the end is silent, and so is that of most -ed."""
    letters = re.sub(r"[^a-z]", "", word.lower())
    count = len(re.findall(r"[aeiouy]+", letters))
    is_silent = re.search(r"[^aeiouyl]e$|[^aeiouytd]ed$", letters)
    return max(1, count - bool(is_silent))


def grade(texts: list[str]) -> float:
    sentences = [s for t in texts for s in re.split(r"[.!?:;]+(?:\s|$)|\n", t) if s.strip()]
    words = re.findall(r"[A-Za-z’'-]+", " ".join(texts))
    of_words = sum(map(syllables, words)) / len(words)
    return 0.39 * len(words) / len(sentences) + 11.8 * of_words - 15.59


OURS = [
    path
    for path in sorted(BASE.glob("*/content/*.toml"))
    if path.stem not in NOT_OURS and instructions(path)
]


@pytest.mark.parametrize("path", OURS, ids=lambda path: f"{path.parts[-3]}/{path.stem}")
def test_instructions_can_be_read_at_eleven(path):
    assert grade(instructions(path)) <= SIXTH_GRADE


@pytest.mark.parametrize("name", sorted(NOT_OURS))
def test_what_is_left_out_is_there(name):
    assert len(list(BASE.glob(f"*/content/{name}.toml"))) == 1


@pytest.mark.parametrize(
    ("word", "count"),
    [("school", 1), ("pupil", 2), ("table", 2), ("tried", 1), ("wanted", 2), ("evidence", 3)],
)
def test_syllables_are_counted(word, count):
    assert syllables(word) == count


def test_hard_sentence_would_be_seen():
    hard = "Practitioners operationalise collaborative methodologies systematically."

    assert grade(["The cat sat on the mat."]) < SIXTH_GRADE < grade([hard])
