"""What in a text may tell who a pupil is: a pupil number, a date of birth, a list of names.

Pure functions: they know nothing of forms, and keep nothing of what they read.
"""

import re
from dataclasses import dataclass
from enum import StrEnum


class Sign(StrEnum):
    """What was found; a number whose check letter is right is always a pupil's."""

    NUMBER = "pupil number"
    LIKE_NUMBER = "number like a pupil’s"
    BORN = "date of birth"
    NAMES = "list of names"


@dataclass(frozen=True)
class Found:
    """A sign with the words that show it."""

    sign: Sign
    words: str


# The letters of a unique pupil number, each worth its place; I, O and S are left out. The first is
# the check letter; the last is a letter, not a digit, where the number is a temporary one.
LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
_NUMBER = re.compile(r"(?<![a-z0-9])([a-hj-np-rt-z])(\d{11}[\da-z])(?![a-z0-9])", re.IGNORECASE)

_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_DAY = (
    r"(?:\d{1,2}[./-]\d{1,2}[./-](?:\d{4}|\d{2})|\d{4}-\d\d-\d\d"
    rf"|\d{{1,2}}(?:st|nd|rd|th)? {_MONTH},? (?:19|20)\d\d)"
)
_BORN = re.compile(
    rf"\b(?:born\b|d\.?o\.?b\b\.?|date of birth\b|birthday\b)[^.\n]{{0,25}}?({_DAY})"
    rf"|({_DAY})[^.\n]{{0,10}}\b(?:d\.?o\.?b|date of birth|birthday)\b",
    re.IGNORECASE,
)

_WORD = r"[^\W\d_a-zß-ÿ][a-zß-ÿ]+(?:['’-][^\W\d_][a-zß-ÿ]*)*"
_NAME = rf"{_WORD} (?:{_WORD}|[A-Z]\b\.?)(?:[’'-]{_WORD})?"
_ROW = re.compile(rf"(?<![\w’'-]){_NAME}(?:(?:\s*[,;]\s*(?:and )?|\s+and\s+|\s*&\s*){_NAME}){{2,}}")
_CELL = re.compile(rf"[-•*\s]*(?:\d+[.)]\s*)?({_NAME})[\s,;.]*(?:[\d(:–-].*)?")
_DATED = re.compile(
    rf"(?<![\w’'-])({_NAME})[\s,;:(–-]{{1,3}}\d{{1,2}}[./-]\d{{1,2}}[./-]\d{{2,4}}\b"
)
_COLUMNS = re.compile(r"\t|\s*\|\s*|\s{3,}")
FEWEST_NAMES = 3
# Words of places, organisations, subjects and titles: what is called so is no pupil.
_OF_PLACES_AND_TITLES = """
school schools primary secondary infant infants junior juniors first middle high upper lower
academy academies college colleges university alliance alliances federation trust council
nursery centre institute hub network partnership cluster group team department borough county
road street lane north south east west northern southern eastern western midlands london
national teaching learning leadership leaders leader lead assessment english maths mathematics
science history geography art music drama computing reading writing phonics spelling grammar
year years term terms autumn spring summer winter cycle phase stage key level levels january
february march april may june july august september october november december monday tuesday
wednesday thursday friday saturday sunday the a an our their we they all each every new old
pupil pupils student students teacher teachers staff parents governors headteacher head deputy
assistant lesson lessons study peer growth open initial baseline final interim effective
church england catholic community grammar special education educational research enquiry
development professional project projects programme system service services saint st holy
park hill green wood field fields view house hall bridge grove heath common city town village
special local public free school’s
"""
_NO_NAME = frozenset(_OF_PLACES_AND_TITLES.split())


def signs(text: str) -> list[Found]:
    """Everything found in a text, each once: numbers first, then days of birth, then names."""
    found = [*_numbers(text), *_births(text), *_names(text)]
    return list(dict.fromkeys(found))


def is_pupil_number(text: str) -> bool:
    """Whether a text is a unique pupil number whose check letter is right."""
    match = _NUMBER.fullmatch(text.strip())
    return bool(match) and _check_letter(match[2]) == match[1].upper()


def _check_letter(rest: str) -> str:
    """The letter for the twelve characters after it: their weighted sum, divided by 23."""
    values = [int(c) if c.isdigit() else LETTERS.find(c.upper()) for c in rest]
    return LETTERS[sum(place * value for place, value in enumerate(values, 2)) % len(LETTERS)]


def _numbers(text: str) -> list[Found]:
    found = [match[0] for match in _NUMBER.finditer(text)]
    return [Found(Sign.NUMBER if is_pupil_number(n) else Sign.LIKE_NUMBER, n) for n in found]


def _births(text: str) -> list[Found]:
    """Days that are said to be of birth, and days that stand right after somebody's name."""
    found = [match[0] for match in _BORN.finditer(text)]
    found += [match[0] for match in _DATED.finditer(text) if _is_name(match[1])]
    return [Found(Sign.BORN, " ".join(words.split())) for words in found]


def _names(text: str) -> list[Found]:
    """Rows of names in a sentence, and columns of them, one name a line or a line's first cell."""
    rows = [
        match[0]
        for line in text.splitlines()
        for match in _ROW.finditer(line)
        if all(map(_is_name, re.findall(_NAME, match[0])))
    ]
    cells = [match[1] if (match := _CELL.fullmatch(_first(line))) else "" for line in _lines(text)]
    column: list[str] = []
    for cell in [*cells, ""]:
        if cell and _is_name(cell):
            column.append(cell)
            continue
        if len(column) >= FEWEST_NAMES:
            rows.append(", ".join(column))
        column = []
    return [Found(Sign.NAMES, " ".join(row.split())) for row in rows]


def _lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip()]


def _first(line: str) -> str:
    """The first cell of a line that was copied from a table, else the whole line."""
    return _COLUMNS.split(line.strip(), maxsplit=1)[0]


def _is_name(words: str) -> bool:
    return not {word.strip(".").lower() for word in words.split()} & _NO_NAME
