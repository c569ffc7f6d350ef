"""Marks in a writer's words, such as [M2], and the paragraphs they stand in."""

import re

# What an enquiry holds: claims, measures, trials, quotations, leadership entries, files.
OF_AN_ENQUIRY = "CMTQLF"
MARK = re.compile(rf"\[([{OF_AN_ENQUIRY}]\d+)\]")
# In a report on many alliances statements have a letter of their own.
MARK_OF_ANY_REPORT = re.compile(rf"\[([{OF_AN_ENQUIRY}S]\d+)\]")
# A sentence ends before a space and a capital; marks that follow it still belong to it.
SENTENCE = re.compile(rf"(?<=[.!?])(?:\s*{MARK.pattern})*\s+(?=[A-Z“‘\"'])")
FIGURE = re.compile(r"\d")


def paragraphs(text: str) -> list[str]:
    """The text as its paragraphs, one for each line that holds anything."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def marks_in(text: str) -> list[str]:
    """Every mark in a text, once, in the order of the words."""
    return list(dict.fromkeys(MARK.findall(text)))


def with_figures(text: str) -> list[str]:
    """The marks that stand in one sentence with a figure in digits."""
    found = [s for line in paragraphs(text) for s in _sentences(line)]
    beside = [mark for s in found if FIGURE.search(MARK.sub("", s)) for mark in MARK.findall(s)]
    return list(dict.fromkeys(beside))


def _sentences(line: str) -> list[str]:
    """A paragraph's sentences, each with the marks right after it."""
    ends = [found.end() for found in SENTENCE.finditer(line)]
    return [line[a:b] for a, b in zip([0, *ends], [*ends, len(line)], strict=True)]
