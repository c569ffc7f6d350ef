"""What would tell who somebody is. Such a column is refused whole, and nothing of it is quoted."""

import re
from datetime import date

from impact.spreadsheets.cells import Cell, Unfit, day, plain

NAME, BORN, UPN, EMAIL, ADDRESS = (
    "a name",
    "a date of birth",
    "a unique pupil number",
    "an e-mail address",
    "an address",
)

# Words that give a heading away, and headings that do so where nothing else stands in them.
_WORDS = {
    NAME: {"name", "names", "forename", "forenames", "surname", "surnames", "firstname",
           "lastname", "fullname", "initials"},
    BORN: {"dob", "birth", "birthday", "birthdate", "born"},
    UPN: {"upn", "uln", "uci", "nhs", "ni", "candidate", "admission", "trn"},
    EMAIL: {"email", "mail", "phone", "telephone", "mobile"},
    ADDRESS: {"address", "street", "postcode", "town"},
}  # fmt: skip
_PEOPLE = {"pupil", "student", "child", "learner", "teacher", "parent", "carer", "guardian"}

_CAPITALISED = r"[^\W\d_a-zß-ÿ][^\W\d_]*(?:['’-][^\W\d_]+)*"
_LOOKS = {
    UPN: re.compile(r"[A-Za-z]\d{11}[A-Za-z0-9]"),
    EMAIL: re.compile(r"\S+@\S+\.\S+"),
    ADDRESS: re.compile(
        r"\d+\w? .*\b(street|st|road|rd|lane|avenue|ave|close|drive|way|court|gardens)\b.*"
        r"|.*\b[a-z]{1,2}\d[a-z\d]? \d[a-z]{2}",
        re.IGNORECASE,
    ),
    NAME: re.compile(rf"{_CAPITALISED},? {_CAPITALISED}(?: {_CAPITALISED})*"),
}
# Digits that are a day of the last thirty years, as in 14032015 or 20150314.
_DAY_IN_DIGITS = re.compile(r"\d{8}")
_YEARS_AGO = range(2, 31)


def in_heading(heading: str) -> str:
    """What a column of this heading would hold that tells who somebody is; empty for nothing."""
    said = set(re.findall(r"[a-z]+", plain(heading)))
    if said and said <= _PEOPLE:
        return NAME
    said.add(re.sub(r"[^a-z]", "", plain(heading)))
    return next((what for what, words in _WORDS.items() if said & words), "")


def in_cell(cell: Cell, today: date) -> str:
    """What a cell looks like that tells who somebody is; empty for nothing."""
    if isinstance(cell, date):
        return BORN
    if not isinstance(cell, str | int):
        return ""
    text = str(cell).strip()
    if _is_day(text, today):
        return BORN
    return next((what for what, looks in _LOOKS.items() if looks.fullmatch(text)), "")


def _is_day(text: str, today: date) -> bool:
    if _DAY_IN_DIGITS.fullmatch(text):
        day_first, year_first = (text[4:], text[2:4], text[:2]), (text[:4], text[4:6], text[6:])
        return any(
            _is_real(*map(int, parts)) and today.year - int(parts[0]) in _YEARS_AGO
            for parts in (day_first, year_first)
        )
    try:
        day(text, latest=today)
    except Unfit:
        return False
    return True


def _is_real(year: int, month: int, number: int) -> bool:
    try:
        date(year, month, number)
    except ValueError:
        return False
    return True
