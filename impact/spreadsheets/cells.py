"""What stands in one cell of a spreadsheet, read strictly; ``Unfit`` says in words what is wrong.

Nothing of a cell is quoted: what is wrong may be a name.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TypeVar

from alliances.fields import MONTHS
from alliances.recognising import signs


@dataclass(frozen=True)
class Spoilt:
    """A cell that cannot be read as it is, and why."""

    reason: str


Cell = str | int | float | date | Spoilt
Choice = TypeVar("Choice")

PLACES = Decimal("0.0001")
LARGEST = Decimal(10) ** 10
MOST_COUNTED = 2_147_483_647  # that fits a column
FIRST_YEAR = 1990

FORMULA = Spoilt("Holds a formula. Copy the column and paste it back as values")
PERCENTAGE = Spoilt("Is formatted as a percentage. Format it as a number: 45 for 45 per cent")
ERROR = Spoilt("Holds an error of the spreadsheet, such as #DIV/0!")
TICK = Spoilt("Holds TRUE or FALSE. Enter words or a number")

_DAY_FIRST = re.compile(r"(\d{1,2})[/. -]([A-Za-z]+|\d{1,2})[/. -](\d{4})")
_YEAR_FIRST = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00(?::00)?)?")
_STARTS_LIKE_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Unfit(Exception):
    """Why a cell cannot be taken, in words for whoever filled it in."""


def neutral(text: str) -> str:
    """Text as it may stand in a spreadsheet we hand out: no program takes it for a formula."""
    return f"'{text}" if text.startswith(_STARTS_LIKE_A_FORMULA) else text


def words(cell: Cell, *, longest: int) -> str:
    """Plain text; what begins like a formula stays text, without the apostrophe that guards it."""
    text = _text(cell)
    if text.startswith("'") and text[1:].startswith(_STARTS_LIKE_A_FORMULA):
        text = text[1:]
    if "\x00" in text:
        raise Unfit("Holds a character that no text has")
    if len(text) > longest:
        raise Unfit(f"Enter {longest} characters or fewer")
    if signs(text):
        raise Unfit("May tell who a pupil is: a name, a number or a day of birth. Take it out")
    return text


def number(cell: Cell) -> Decimal:
    """A decimal number, rounded to four places."""
    if isinstance(cell, int | float):
        found = Decimal(repr(cell))
    else:
        found = Decimal(_digits(_text(cell), r"[+-]?(\d+(\.\d*)?|\.\d+)"))
    if not found.is_finite() or abs(found) >= LARGEST:
        raise Unfit("Enter a number with ten digits or fewer before the point")
    return found.quantize(PLACES)


def count(cell: Cell) -> int:
    """A whole number, none or more."""
    found = number(cell)
    if found != found.to_integral_value() or not 0 <= found <= MOST_COUNTED:
        raise Unfit("Enter a whole number, 0 or more")
    return int(found)


def day(cell: Cell, *, latest: date) -> date:
    """A date that is not later than ``latest``."""
    if isinstance(cell, datetime):
        found = cell.date()
    elif isinstance(cell, date):
        found = cell
    elif isinstance(cell, str):
        found = _typed_day(cell.strip())
    else:
        raise Unfit(_reason(cell, "Format the cell as a date, or type it like 27/3/2026"))
    if found > latest:
        raise Unfit("Enter a date that is today or in the past")
    if found.year < FIRST_YEAR:
        raise Unfit(f"Enter a date in {FIRST_YEAR} or later")
    return found


def one_of(cell: Cell, offered: Mapping[str, Choice], instead: str) -> Choice:
    """What the words of a cell stand for; ``instead`` says what to enter where they are unknown."""
    known = {plain(text): value for text, value in offered.items()}
    text = plain(words(cell, longest=1000))
    if text not in known:
        raise Unfit(instead)
    return known[text]


def plain(text: str) -> str:
    """Words as they are compared: without capitals and doubled spaces."""
    return " ".join(text.casefold().split())


def _text(cell: Cell) -> str:
    if isinstance(cell, Spoilt):
        raise Unfit(cell.reason)
    if isinstance(cell, date):
        raise Unfit("Holds a date. Format the cell as text or as a number")
    return str(cell).strip()


def _reason(cell: Cell, otherwise: str) -> str:
    return cell.reason if isinstance(cell, Spoilt) else otherwise


def _digits(text: str, pattern: str) -> str:
    text = text.replace("−", "-")
    if re.fullmatch(pattern, text, re.ASCII):
        return text
    if re.fullmatch(r"[+-]?[\d.]*\d,\d[\d,.]*", text):
        raise Unfit("Write numbers without a comma: 12.5 rather than 12,5, 1250 rather than 1,250")
    if text.endswith("%"):
        raise Unfit("Leave out the sign %: 45 for 45 per cent")
    raise Unfit("Enter a number, such as 12.5")


def _typed_day(text: str) -> date:
    if found := _YEAR_FIRST.fullmatch(text):
        year, month, number_of_day = found.groups()
    elif found := _DAY_FIRST.fullmatch(text):
        number_of_day, month, year = found.groups()
    else:
        raise Unfit("Enter a date like 27/3/2026, with all four numbers of the year")
    try:
        return date(int(year), MONTHS[month.lower().lstrip("0")], int(number_of_day))
    except (KeyError, ValueError):
        raise Unfit("Enter a real date like 27/3/2026, the day first") from None
