"""`./run bench register`: a full download of 50,000 schools, made of the extract, is taken over."""

import csv
import resource
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from config.processes import say
from config.sharing import BASE

SCHOOLS = 50_000
CHANGED = 500
WIDE = 120
MEGABYTE = 1024
HEAD = [
    "URN", "EstablishmentName", "EstablishmentStatus (name)", "TypeOfEstablishment (name)",
    "PhaseOfEducation (name)", "OpenDate", "CloseDate", "Town", "Postcode",
]  # fmt: skip
# What no reader needs of a school, and every download tells: so wide is a row.
FILLER = "not told here"


def register() -> None:
    """Print seconds and memory of a first reading, a second of the same, and one with changes."""
    with tempfile.TemporaryDirectory() as name:
        first, later = Path(name) / "first.csv", Path(name) / "later.csv"
        _write(first, changed=0)
        _write(later, changed=CHANGED)
        alone = _seconds(lambda: _scan(first))
        say(f"{SCHOOLS:,} schools, {WIDE} columns, {first.stat().st_size / 1e6:.0f} MB")
        say(f"the file read as CSV and nothing more: {alone:.2f} s")
        for words, file in [
            ("read for the first time", first),
            ("the same again", first),
            (f"with {CHANGED} names changed", later),
        ]:
            taken = _seconds(lambda file=file: _take(file))
            say(f"{words}: {taken:.2f} s, {taken / alone:.1f} times as long")
    say(f"most memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MEGABYTE:.0f} MB")


def _write(file: Path, *, changed: int) -> None:
    """As the register's own download: one-byte letters, CRLF, and every school that has closed."""
    head = HEAD + [f"Column {number}" for number in range(len(HEAD), WIDE)]
    with file.open("w", encoding="cp1252", errors="replace", newline="") as target:
        rows = csv.writer(target, lineterminator="\r\n")
        rows.writerow(head)
        for number, row in enumerate(_schools()):
            name = f"{row[1]} Academy" if number < changed else row[1]
            rows.writerow([row[0], name, *row[2:], *[FILLER] * (WIDE - len(row))])


def _schools() -> Iterator[list[str]]:
    """The open schools of the extract; then as many that closed before, under URNs of their own."""
    with (BASE / "demo" / "register.csv").open(encoding="utf-8") as source:
        known = list(csv.DictReader(source))
    free = sorted(set(range(100_000, 1_000_000)) - {int(row["urn"]) for row in known})
    for number in range(SCHOOLS):
        row = known[number % len(known)]
        place = [row["town"], row["postcode"]]
        if number < len(known):
            yield [row["urn"], row["name"], "Open", "Academy", "", row["open_date"], "", *place]
        else:
            urn = str(free[number])
            days = ["01-01-1900", "31-08-2011"]
            yield [urn, row["name"], "Closed", "Community school", "", *days, *place]


def _scan(file: Path) -> None:
    with file.open(encoding="cp1252", newline="") as source:
        for _ in csv.reader(source):
            pass


def _take(file: Path) -> None:
    from django.core.management import call_command

    with tempfile.TemporaryFile("w") as told:
        call_command("import_register", str(file), stdout=told)


def _seconds(work) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start
