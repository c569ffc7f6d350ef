"""Takes over a file of the national register: what changed, and what that means for our schools."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict

from django.db import transaction

from alliances import audit
from alliances.models import RegisterChange, RegisteredSchool, RegisterReading, School, User
from alliances.register.finding import searched
from alliances.register.reading import Entry, strange_letters

BATCH = 5000
FIELDS = [name for name in Entry.__dataclass_fields__ if name != "urn"]
Kind = RegisterChange.Kind


@transaction.atomic
def take_register(
    entries: Mapping[int, Entry],
    successors: Mapping[int, set[int]],
    *,
    file_name: str,
    file_hash: bytes,
    by: User | None,
) -> RegisterReading:
    """Bring the register up to date with a file; read twice, the second time changes nothing.

    A school of ours that closed and has one successor, of which it is the one predecessor, goes on
    under the successor's URN with everything it had. Where the links say less, people decide.
    """
    known = {entry.urn: entry for entry in _known()}
    differing = [entry for urn, entry in entries.items() if known.get(urn) != entry]
    _write(differing)
    added = sum(entry.urn not in known for entry in differing)
    reading = RegisterReading.objects.create(
        by=by,
        file_name=file_name,
        file_hash=file_hash,
        added=added,
        changed=len(differing) - added,
        same=len(entries) - len(differing),
        missing=len(known.keys() - entries.keys()),
        strange=_strange(differing),
    )
    ours = {s.urn: s for s in School.objects.select_for_update().filter(urn__isnull=False)}
    changes = list(_changes(known, differing, ours)) if known else []
    changes += _followed(ours, known | dict(entries), successors)
    for change in changes:
        change.reading = reading
    RegisterChange.objects.bulk_create(changes, batch_size=BATCH)
    audit.record("register read", reading, by=by, file=file_name, rows=len(entries))
    return reading


def _known() -> Iterator[Entry]:
    for values in RegisteredSchool.objects.values_list("urn", *FIELDS).iterator(BATCH):
        yield Entry(**dict(zip(["urn", *FIELDS], values, strict=True)))


def _write(entries: list[Entry]) -> None:
    rows = (
        RegisteredSchool(
            **asdict(entry), searched=searched(entry.name, entry.town, entry.postcode, entry.urn)
        )
        for entry in entries
    )
    RegisteredSchool.objects.bulk_create(
        rows,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["urn"],
        update_fields=[*FIELDS, "searched"],
    )


def _strange(entries: list[Entry]) -> str:
    told = ((entry, strange_letters(entry.name)) for entry in entries)
    return "\n".join(f"{entry.urn} {entry.name}: {found}" for entry, found in told if found)


def _changes(
    known: Mapping[int, Entry], entries: list[Entry], ours: Mapping[int, School]
) -> Iterator[RegisterChange]:
    """What became of schools one by one; our schools take over their official names."""
    for now in entries:
        was, school = known.get(now.urn), ours.get(now.urn)
        if was is None:
            yield RegisterChange(kind=Kind.OPENED, urn=now.urn, after=now.name)
            continue
        if was.name != now.name:
            yield RegisterChange(
                kind=Kind.RENAMED, urn=now.urn, school=school, before=was.name, after=now.name
            )
            if school and school.name == was.name:
                school.name = now.name
                school.save(update_fields=["name"])
        if was.is_open != now.is_open:
            kind = Kind.OPENED if now.is_open else Kind.CLOSED
            yield RegisterChange(kind=kind, urn=now.urn, school=school, after=now.name)


def _followed(
    ours: Mapping[int, School], register: Mapping[int, Entry], successors: Mapping[int, set[int]]
) -> Iterator[RegisterChange]:
    """Our schools that closed and go on elsewhere, moved to their new URN where that is certain."""
    for urn, school in ours.items():
        after = successors.get(urn, set())
        if urn not in register or register[urn].is_open or not after:
            continue
        told = ", ".join(_called(register, each) for each in sorted(after))
        change = RegisterChange(urn=urn, school=school, before=_called(register, urn), after=told)
        if _is_certain(urn, after, register, successors, ours):
            change.kind = Kind.SUCCEEDED
            _move(school, register[urn], register[next(iter(after))])
            yield change
        elif not school.register_changes.filter(kind=Kind.UNDECIDED, urn=urn).exists():
            change.kind = Kind.UNDECIDED
            yield change


def _is_certain(urn, after, register, successors, ours) -> bool:
    new = next(iter(after))
    before = {old for old, news in successors.items() if new in news}
    is_open = new in register and register[new].is_open
    return len(after) == 1 and before == {urn} and is_open and new not in ours


def _called(register: Mapping[int, Entry], urn: int) -> str:
    return f"{register[urn].name} ({urn})" if urn in register else str(urn)


def _move(school: School, was: Entry, now: Entry) -> None:
    school.urn = now.urn
    if school.name == was.name:
        school.name = now.name
    school.save(update_fields=["urn", "name"])
