"""What changes the record of an alliance: what it says of itself, and its place."""

from collections.abc import Iterable

from django.db import transaction

from alliances import audit
from alliances.models import Alliance, AlsoKnownAs, AuditRecord, Partner, User
from alliances.records import LISTED, PARTNERS, Hindrance, Plain, Records, plain, said_of


class DescribedMeanwhile(Exception):
    """Somebody else has changed what is said of the alliance since this person read it."""


class ChangedSince(Exception):
    """What keeps acts from being undone, so that none of them was."""

    def __init__(self, hindrances: list[Hindrance]):
        super().__init__("; ".join(str(each.alliance) for each in hindrances))
        self.hindrances = hindrances


@transaction.atomic
def describe_alliance(*, alliance: Alliance, by: User | None, **said) -> AuditRecord | None:
    """What an alliance says of itself, under the names of its form; None where nothing changes.

    Its earlier name stays as a former one.
    """
    held = _hold(alliance)
    if {"name", "other_names"} & set(said):
        said["other_names"] = _other_names(held, **said)
    return _change("described", held, alliance, by, said)


@transaction.atomic
def place_alliance(*, alliance: Alliance, by: User | None, **places) -> AuditRecord | None:
    """Give an alliance its theme, cohort, cluster or region; None where that changes nothing."""
    return _change("placed", _hold(alliance), alliance, by, places)


@transaction.atomic
def change_alliance(*, alliance: Alliance, seen: str, by: User, **said) -> AuditRecord | None:
    """The record of an alliance (F01); None where nothing changes.

    Raises DescribedMeanwhile, and changes nothing, unless ``seen`` is the record as it stands.
    """
    if _hold(alliance).stand() != seen:
        raise DescribedMeanwhile
    return describe_alliance(alliance=alliance, by=by, **said)


@transaction.atomic
def take_back(*, acts: Iterable[AuditRecord], by: User) -> int:
    """Put the records back as they were before these acts; how many. ChangedSince, or all of them.

    What is put back is an act of the same kind, so that it can be undone in its turn.
    """
    acts = list(acts)
    held = Alliance.objects.select_for_update(no_key=True)
    held.in_bulk([act.subject_id for act in acts])
    records = Records(acts)
    if found := [each for act in acts if (each := records.hindrance(act))]:
        raise ChangedSince(found)
    for act in acts:
        alliance = records.alliances[act.subject_id]
        _change(act.act, alliance, alliance, by, act.detail["was"], undoes=act.pk)
    return len(acts)


def _hold(alliance: Alliance) -> Alliance:
    return Alliance.objects.select_for_update(no_key=True).get(pk=alliance.pk)


def _other_names(
    held: Alliance, name: str = "", other_names: list[str] | None = None, **_others
) -> list[str]:
    """The former and other names, each once and none its own; with the name it has until now."""
    name = name or held.name
    listed = said_of(held, ["other_names"])["other_names"] if other_names is None else other_names
    once: dict[str, str] = {}
    for each in [*listed, held.name]:
        once.setdefault(each.casefold(), each)
    once.pop(name.casefold(), None)
    return list(once.values())


def _change(
    act: str, held: Alliance, alliance: Alliance, by: User | None, said: dict, **more: int
) -> AuditRecord | None:
    """Change what is said otherwise of an alliance that is held, and keep what it was and is."""
    wanted = {name: plain(value) for name, value in said.items()}
    was = said_of(held, wanted)
    now = {name: value for name, value in wanted.items() if value != was[name]}
    if not now:
        return None
    _write(held, now)
    for name in set(now).difference(LISTED):
        setattr(alliance, Alliance._meta.get_field(name).attname, now[name])
    was = {name: was[name] for name in now}
    return audit.record(act, held, by=by, was=was, now=now, **more)


def _write(held: Alliance, now: dict[str, Plain]) -> None:
    columns = [name for name in now if name not in LISTED]
    for name in columns:
        setattr(held, Alliance._meta.get_field(name).attname, now[name])
    if columns:
        held.save(update_fields=columns)
    if "other_names" in now:
        held.other_names.all().delete()
        names = [AlsoKnownAs(alliance=held, name=name) for name in now["other_names"]]
        AlsoKnownAs.objects.bulk_create(names)
    for name in set(now) & set(PARTNERS):
        kind = PARTNERS[name]
        held.partners.filter(kind=kind).delete()
        partners = [Partner(alliance=held, kind=kind, name=each) for each in now[name]]
        Partner.objects.bulk_create(partners)
