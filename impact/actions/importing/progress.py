from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

Progress = Callable[[int, int, str], None]


def silent(done: int, total: int, what: str) -> None:
    """Progress that nobody watches."""


@dataclass
class Imported:
    """How many things an import made and how many it found as they were."""

    made: int = 0
    unchanged: int = 0


def as_decimal(value: int | float | None) -> Decimal | None:
    """The number as it was printed, not as a binary fraction."""
    return None if value is None else Decimal(str(value))
