"""Straight quotation marks and apostrophes as a typesetter sets them."""

import re
from typing import Any

_OPENING = r"(?:(?<=^)|(?<=[\s(\[/–—‘“]))"
_RULES = [
    (re.compile(_OPENING + r"'(?=\S)"), "‘"),
    (re.compile("'"), "’"),
    (re.compile(_OPENING + r'"(?=\S)'), "“"),
    (re.compile('"'), "”"),
]


def typeset(value: Any) -> Any:
    """The same value with curled quotation marks in every text within it."""
    if isinstance(value, str):
        return _curled(value)
    if isinstance(value, dict):
        return {key: typeset(item) for key, item in value.items()}
    if isinstance(value, list):
        return [typeset(item) for item in value]
    return value


def _curled(text: str) -> str:
    for pattern, mark in _RULES:
        text = pattern.sub(mark, text)
    return text
