"""What is wrong with a spreadsheet: where, and why, in words."""

from dataclasses import dataclass

MOST_FAULTS = 1000


@dataclass(frozen=True)
class Fault:
    """A cell that cannot be taken. Row 1 holds the headings; 0 is the file as a whole.

    ``column`` is a heading, empty where the whole row is meant.
    """

    row: int
    column: str
    reason: str


@dataclass(frozen=True)
class Found:
    """What was read: plain rows to be saved, or the faults that keep all of them out.

    ``preview`` is plain JSON for the page that asks whether to save.
    """

    rows: tuple
    faults: tuple[Fault, ...]
    preview: dict


def refused(reason: str) -> Found:
    """A file of which no row could be looked at."""
    return Found((), (Fault(0, "", reason),), {})
