"""Reads the files of the national register (full download, extract, links), or says every fault.

A full download is cp1252 with CRLF and 120 columns or more, of which nine are read, by the name at
the head of the column; what it tells of head teachers is never read. An extract is UTF-8. Dates are
dd-mm-yyyy; 01-01-1900 means that nobody knows. Source: Get Information about Schools.
"""

import csv
import unicodedata
from codecs import getincrementaldecoder
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from io import TextIOWrapper
from pathlib import Path

COLUMNS = {
    "urn": ("URN", "urn"),
    "name": ("EstablishmentName", "name"),
    "town": ("Town", "town"),
    "postcode": ("Postcode", "postcode"),
    "phase": ("PhaseOfEducation (name)",),
    "kind": ("TypeOfEstablishment (name)",),
    "status": ("EstablishmentStatus (name)",),
    "opened_on": ("OpenDate", "open_date"),
    "closed_on": ("CloseDate",),
}
REQUIRED = ("urn", "name")
LINK_COLUMNS = ("URN", "LinkURN", "LinkType")
UNKNOWN_DAY = date(1900, 1, 1)
DAY_FORMATS = ("%d-%m-%Y", "%d/%m/%Y", "%Y-%m-%d")
LONGEST = {"name": 200, "town": 100, "postcode": 10, "phase": 50, "kind": 100}
URNS = range(100_000, 1_000_000)
MOST_FAULTS = 100
CHUNK = 1 << 20


class Unreadable(Exception):
    """A file that may not be imported; ``faults`` are sentences with their line numbers."""

    def __init__(self, faults: list[str]):
        self.faults = faults[:MOST_FAULTS]
        if len(faults) > MOST_FAULTS:
            self.faults.append(f"And {len(faults) - MOST_FAULTS} more.")
        super().__init__("\n".join(self.faults))


@dataclass(frozen=True)
class Entry:
    """A school as the register has it."""

    urn: int
    name: str
    town: str
    postcode: str
    phase: str
    kind: str
    is_open: bool
    opened_on: date | None
    closed_on: date | None


class _Fault(Exception):
    """What is wrong with one row."""


def entries(path: Path) -> dict[int, Entry]:
    """Every school of the file by its URN, or Unreadable."""
    found: dict[int, Entry] = {}
    faults: list[str] = []
    for line, row in _rows(path, faults, _columns):
        try:
            entry = _entry(row)
            if entry.urn in found:
                raise _Fault(f"URN {entry.urn} is there twice")
        except _Fault as fault:
            faults.append(f"Line {line}: {fault}.")
        else:
            found[entry.urn] = entry
    if not found and not faults:
        faults.append("The file lists no school.")
    if faults:
        raise Unreadable(faults)
    return found


def successors(path: Path) -> dict[int, set[int]]:
    """Which URNs took the place of which, as the links tell from either end, or Unreadable."""
    found: dict[int, set[int]] = defaultdict(set)
    faults: list[str] = []
    for line, row in _rows(path, faults, _link_columns):
        try:
            here, there = _urn(row["URN"]), _urn(row["LinkURN"])
        except _Fault as fault:
            faults.append(f"Line {line}: {fault}.")
            continue
        if row["LinkType"].startswith("Successor"):
            found[here].add(there)
        elif row["LinkType"].startswith("Predecessor"):
            found[there].add(here)
    if faults:
        raise Unreadable(faults)
    return dict(found)


def strange_letters(name: str) -> str:
    """Letters of other alphabets, which look like ours and are not; ``""`` for nearly all."""
    return "".join(c for c in name if c.isalpha() and not unicodedata.name(c).startswith("LATIN"))


def _rows(path: Path, faults: list[str], columns) -> Iterator[tuple[int, dict[str, str]]]:
    """Each row by the names of the columns that are read, with its line; ragged rows are faults."""
    with path.open("rb") as raw:
        text = TextIOWrapper(raw, encoding=_encoding(path), newline="")
        lines = csv.reader(text, strict=True)
        try:
            head = next(lines, [])
            places = columns(head)
            for row in lines:
                if len(row) == len(head):
                    yield lines.line_num, {name: row[at].strip() for name, at in places.items()}
                elif row:
                    told = f"has {len(row)} cells, the first line {len(head)}"
                    faults.append(f"Line {lines.line_num}: {told}.")
        except csv.Error as error:
            faults.append(f"Line {lines.line_num}: {error}.")
        except UnicodeDecodeError as error:
            faults.append(
                f"After line {lines.line_num}: a byte that is no letter ({error.reason})."
            )


def _encoding(path: Path) -> str:
    """UTF-8 where the whole file is, else what full downloads are written in."""
    decoder = getincrementaldecoder("utf-8-sig")()
    with path.open("rb") as raw:
        try:
            while chunk := raw.read(CHUNK):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return "cp1252"
    return "utf-8-sig"


def _columns(head: list[str]) -> dict[str, int]:
    places = {}
    for field, names in COLUMNS.items():
        at = next((head.index(name) for name in names if name in head), None)
        if at is not None:
            places[field] = at
    if missing := [COLUMNS[field][0] for field in REQUIRED if field not in places]:
        raise Unreadable([f"Line 1: there is no column {' and no column '.join(missing)}."])
    return places


def _link_columns(head: list[str]) -> dict[str, int]:
    if missing := [name for name in LINK_COLUMNS if name not in head]:
        raise Unreadable([f"Line 1: there is no column {' and no column '.join(missing)}."])
    return {name: head.index(name) for name in LINK_COLUMNS}


def _entry(row: dict[str, str]) -> Entry:
    words = {name: _words(name, row.get(name, "")) for name in LONGEST}
    if not words["name"]:
        raise _Fault("the school has no name")
    if words["town"].isupper():
        words["town"] = words["town"].title()
    words["postcode"] = words["postcode"].upper()
    if words["phase"] == "Not applicable":
        words["phase"] = ""
    return Entry(
        urn=_urn(row["urn"]),
        is_open=row.get("status", "Open").startswith("Open"),
        opened_on=_day(row.get("opened_on", "")),
        closed_on=_day(row.get("closed_on", "")),
        **words,
    )


def _words(name: str, given: str) -> str:
    kept = " ".join(given.split())
    if len(kept) > LONGEST[name]:
        raise _Fault(f"the {name} is longer than {LONGEST[name]} characters")
    if not kept.isprintable():
        raise _Fault(f"the {name} holds a character that cannot be printed")
    return kept


def is_urn(given: str) -> bool:
    """Whether the text is a number of six digits, as every URN is."""
    return given.isascii() and given.isdigit() and int(given[:7]) in URNS


def _urn(given: str) -> int:
    if is_urn(given):
        return int(given)
    raise _Fault(f"“{given[:20]}” is not a URN of six digits")


def _day(given: str) -> date | None:
    if not given:
        return None
    for form in DAY_FORMATS:
        try:
            day = datetime.strptime(given, form).date()  # noqa: DTZ007 (a day has no time zone)
        except ValueError:
            continue
        return None if day == UNKNOWN_DAY else day
    raise _Fault(f"“{given[:20]}” is not a date")
