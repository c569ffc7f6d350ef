"""Figures in the words of a report, as numbers that a spreadsheet reckons with."""

import re
from dataclasses import dataclass
from decimal import Decimal

MOST_DIGITS = 15  # that a spreadsheet keeps
LONGEST_UNIT = 40
WEAK = " [u]"

_FIGURE = re.compile(
    r"(?P<sign>[+−-]?)(?P<money>£?)"
    r"(?P<whole>\d{1,3}(?:,\d{3})+|0|[1-9]\d*)(?P<part>\.\d+)?(?P<unit>%| [^\d\"\[\]]+)?"
)


@dataclass(frozen=True)
class Quantity:
    """A number, and how a spreadsheet shows it so that it reads as the report has it.

    ``is_bare`` where it has no unit.
    """

    number: Decimal
    shown: str
    text: str
    is_bare: bool


def quantity_in(text: str, *, with_unit: bool) -> Quantity | None:
    """The quantity that a text is, such as 1,234 or 12.50%; with its unit only where that is asked.

    None of a text that is more than one number, and of a symbol.
    """
    found = _FIGURE.fullmatch(text)
    if not found:
        return None
    unit = found["unit"] or ""
    digits = found["whole"].replace(",", "") + (found["part"] or "")
    is_unit_asked = with_unit or unit in ("", "%")
    if not is_unit_asked or len(digits) > MOST_DIGITS or len(unit) > LONGEST_UNIT:
        return None
    is_less = found["sign"] in ("−", "-")
    number = Decimal(f"-{digits}" if is_less else digits)
    return Quantity(number, _shown(found), text, is_bare=not (found["money"] or found["unit"]))


def _shown(found: re.Match) -> str:
    """The format of its cell; spreadsheets put the minus before it themselves."""
    digits = "#,##0" if "," in found["whole"] else "0"
    if found["part"]:
        digits += "." + "0" * (len(found["part"]) - 1)
    before = f'"{found["money"]}"' if found["money"] else ""
    after = f'"{found["unit"]}"' if found["unit"] else ""
    plus = '"+"' if found["sign"] == "+" else ""
    return f"{plus}{before}{digits}{after}"
