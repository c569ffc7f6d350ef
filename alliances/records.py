"""The record of an alliance as acts keep it, and what keeps such an act from being undone.

An act keeps only what it changed, under the names of the form: a place by its key, a list whole.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Model
from django.db.models.functions import Lower

from alliances.models import Alliance, AuditRecord, Cluster, Cohort, Partner, Theme

ACTS = ("described", "placed")
# What the national team gives; all but the region are rows, kept by their key.
PLACES = ("theme", "cohort", "region", "cluster")
KEYED = {"theme": Theme, "cohort": Cohort, "cluster": Cluster}
PARTNERS = {"universities": Partner.Kind.UNIVERSITY, "other_partners": Partner.Kind.OTHER}
LISTED = ("other_names", *PARTNERS)

Plain = int | str | list[str] | None


def plain(value: Model | Plain) -> Plain:
    """A value as an act keeps it: a row by its key."""
    return value.pk if isinstance(value, Model) else value


def said_of(alliance: Alliance, names: Iterable[str]) -> dict[str, Plain]:
    """What the record says under these names, as an act keeps it."""
    return {name: _said(alliance, name) for name in names}


def _said(alliance: Alliance, name: str) -> Plain:
    if name == "other_names":
        return [other.name for other in alliance.other_names.all()]
    if kind := PARTNERS.get(name):
        return [partner.name for partner in alliance.partners.all() if partner.kind == kind]
    return getattr(alliance, Alliance._meta.get_field(name).attname)


def changes_the_record(act: AuditRecord) -> bool:
    """Whether an act changed the record of an alliance and kept what stood there before."""
    is_of_alliance = act.subject_type == Alliance._meta.label_lower
    return is_of_alliance and act.act in ACTS and "was" in act.detail


@dataclass(frozen=True)
class Hindrance:
    """What keeps an act from being undone.

    It ``was_undone``, or names were ``changed`` since, either by ``later`` if that was an act; a
    former place is ``gone``; a former name is ``taken`` by another alliance.
    """

    alliance: Alliance
    was_undone: bool = False
    changed: list[str] = field(default_factory=list)
    later: AuditRecord | None = None
    gone: list[str] = field(default_factory=list)
    taken: str = ""


class Records:
    """The records that some acts changed, as they stand now; in a fixed number of queries."""

    def __init__(self, acts: Iterable[AuditRecord]):
        acts = list(acts)
        keys = {act.subject_id for act in acts}
        found = Alliance.objects.filter(pk__in=keys).prefetch_related("other_names", "partners")
        self.alliances = found.in_bulk()
        self._places = {name: _rows(name, acts) for name in KEYED}
        self._later, self._undone = _since(acts, keys)
        self._called = _called(acts)

    def place(self, name: str, key: int) -> Model | None:
        """The theme, cohort or cluster of that key; None where it is there no more."""
        return self._places[name].get(key)

    def hindrance(self, act: AuditRecord) -> Hindrance | None:
        """What keeps an act from being undone; None where nothing does."""
        was, now = act.detail["was"], act.detail["now"]
        alliance = self.alliances[act.subject_id]
        stands = said_of(alliance, now)
        if undoing := self._undone.get(act.pk):
            return Hindrance(alliance, was_undone=True, later=undoing)
        later = [each for each in self._later[alliance.pk] if each.pk > act.pk]
        since = {name: each for each in reversed(later) for name in each.detail["now"]}
        if changed := [name for name in now if stands[name] != now[name] or name in since]:
            last = max(map(since.get, changed), key=lambda each: each.pk if each else 0)
            by_it = [name for name in changed if since.get(name) is last]
            return Hindrance(alliance, changed=by_it, later=last)
        if gone := [name for name in was if self._is_gone(name, was[name])]:
            return Hindrance(alliance, gone=gone)
        others = self._called.get((alliance.programme_id, was.get("name", "").lower()), set())
        return Hindrance(alliance, taken=was["name"]) if others - {alliance.pk} else None

    def _is_gone(self, name: str, key: Plain) -> bool:
        return name in KEYED and key is not None and self.place(name, key) is None


def _rows(name: str, acts: list[AuditRecord]) -> dict[int, Model]:
    """The rows that acts speak of under the name of a place."""
    keys = {act.detail[side].get(name) for act in acts for side in ("was", "now")} - {None}
    return KEYED[name].objects.in_bulk(keys)


def _since(
    acts: list[AuditRecord], keys: set[int]
) -> tuple[dict[int, list[AuditRecord]], dict[int, AuditRecord]]:
    """Since the first of these acts, what changed the same records and what undid such a change.

    What changed and still stands is told by alliance, the latest first; what undid, by the key of
    what was undone.
    """
    found = AuditRecord.objects.filter(
        act__in=ACTS,
        subject_type=Alliance._meta.label_lower,
        subject_id__in=keys,
        pk__gt=min((act.pk for act in acts), default=0),
        detail__has_key="now",
    )
    later: dict[int, list[AuditRecord]] = defaultdict(list)
    undone: dict[int, AuditRecord] = {}
    for each in found.select_related("by").order_by("-pk"):
        if each.pk in undone:
            continue
        if "undoes" in each.detail:
            undone[each.detail["undoes"]] = each
        else:
            later[each.subject_id].append(each)
    return later, undone


def _called(acts: list[AuditRecord]) -> dict[tuple[int, str], set[int]]:
    """Which alliances bear the former names that acts have taken away, by programme and name."""
    names = [name for act in acts if (name := act.detail["was"].get("name"))]
    found: dict[tuple[int, str], set[int]] = defaultdict(set)
    if names:
        lower = Alliance.objects.annotate(lower=Lower("name"))
        for each in lower.filter(lower__in=[name.lower() for name in names]):
            found[each.programme_id, each.lower].add(each.pk)
    return found
