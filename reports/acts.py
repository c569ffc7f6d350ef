"""What was done, in words: of what changed the record of an alliance, from what to what."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from django.apps import apps
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.timezone import localtime

from alliances.content import words
from alliances.forms import AllianceForm
from alliances.models import Alliance, AuditRecord, Programme
from alliances.queries import touching
from alliances.records import KEYED, PLACES, Hindrance, Plain, Records, changes_the_record
from alliances.roles import Permission
from alliances.templatetags.moments import moment
from reports.naming import label_of, title_of

# Of an act on many alliances; each is told by an act of its own as well.
MOST_ALLIANCES = 50
# Longer words are not repeated: that they changed is told by the name of their field.
LONGEST = 60
MOST_SENTENCES = 3
SERVICE = "the service itself"
FIELDS = [*AllianceForm.Meta.fields, "school_count"]


@dataclass(frozen=True)
class Told:
    """An act in words; of one on many alliances ``each`` in words, and how many ``more``.

    To somebody who may undo it, either it ``can_be_undone``, or ``kept`` says why not.
    """

    record: AuditRecord
    words: str
    each: list[str] = field(default_factory=list)
    more: int = 0
    can_be_undone: bool = False
    kept: str = ""


def acts_in(programme: Programme) -> QuerySet[AuditRecord]:
    """What was done in a programme's alliances, and to what else belongs to it, the latest first.

    Done to a person, it is told to each programme in which they hold or held a role.
    """
    own = Q(alliance__in=programme.alliances.values("pk"))
    for model in apps.get_models():
        if hasattr(model, "of_programme"):
            rows = touching(model, programme).filter(pk=OuterRef("subject_id"))
            own |= Q(Exists(rows), alliance=None, subject_type=model._meta.label_lower)
    acts = AuditRecord.objects.exclude(transaction="").order_by("-at", "-pk")
    return acts.filter(own).select_related("by", "alliance")


def acts_of_kind(code: str) -> Q:
    """Acts of a kind of change; of an empty one all."""
    found = words("reports", "history").get(code)
    return Q(subject_type__startswith=found.text.replace("_", ".", 1)) if found else Q()


def act_in_words(record: AuditRecord) -> str:
    """An act and what it was done to: ``Signed off: claim``."""
    model = apps.get_model(record.subject_type)
    return f"{record.act.capitalize()}: {title_of(model).lower()}"


def acts_in_words(
    records: Iterable[AuditRecord], allowed: Collection[Permission] = ()
) -> list[Told]:
    """Each act in words, to somebody who holds these permissions where it was done."""
    acts = list(records)
    telling = _Telling(acts)
    return [telling.told(act, allowed) for act in acts]


def asked_by(act: AuditRecord) -> frozenset[Permission]:
    """What somebody has to hold who changes the record of an alliance in this way, or back."""
    if act.act != "described":
        return frozenset({Permission.PLACE_ALLIANCES})
    places = {Permission.PLACE_ALLIANCES} if set(PLACES) & set(act.detail["was"]) else set()
    return frozenset({Permission.MANAGE_SCHOOLS, *places})


def single_acts(records: Iterable[AuditRecord]) -> dict[int, list[AuditRecord]]:
    """By the key of each act the changes of single records that it consisted of."""
    records = list(records)
    keys = {key for record in records for key in record.detail.get("acts", [])}
    acts = AuditRecord.objects.in_bulk(keys)
    return {
        record.pk: [
            act
            for act in [
                record,
                *(acts[key] for key in record.detail.get("acts", []) if key in acts),
            ]
            if changes_the_record(act)
        ]
        for record in records
    }


def kept_in_words(hindrances: list[Hindrance]) -> str:
    """What keeps an act from being undone, in sentences without their last stop."""
    if all(each.was_undone for each in hindrances):
        return _say("kept-undone", **_later_in_words(hindrances[-1]))
    told = [_hindrance_in_words(each) for each in hindrances]
    sentences = "; ".join(told[:MOST_SENTENCES])
    more = len(told) - MOST_SENTENCES
    return _say("kept-more", sentences=sentences, number=more) if more > 0 else sentences


def _hindrance_in_words(hindrance: Hindrance) -> str:
    if hindrance.taken:
        return _say("kept-taken", name=hindrance.taken)
    code = "kept-gone"
    if hindrance.was_undone:
        code = "kept-undone-of"
    elif hindrance.changed:
        code = "kept-changed-by" if hindrance.later else "kept-changed"
    labels = " and ".join(_label(name) for name in hindrance.changed or hindrance.gone)
    said = {"labels": labels, "alliance": hindrance.alliance}
    return _say(code, **said, **_later_in_words(hindrance))


def _later_in_words(hindrance: Hindrance) -> dict[str, str]:
    later = hindrance.later
    return {"by": str(later.by or SERVICE), "at": moment(localtime(later.at))} if later else {}


def _say(code: str, **said: object) -> str:
    return words("reports", "acts")[code].title.format(**said)


def _label(name: str) -> str:
    return _begun_small(label_of(Alliance, name))


def _begun_small(sentence: str) -> str:
    return f"{sentence[:1].lower()}{sentence[1:]}"


class _Telling:
    """Tells acts, with the names of places that they speak of, in a fixed number of queries."""

    def __init__(self, acts: list[AuditRecord]):
        keys = {act.detail["undone"] for act in acts if "undone" in act.detail}
        self._undone = AuditRecord.objects.in_bulk(keys)
        singles = single_acts([*acts, *self._undone.values()])
        self._records = Records({each.pk: each for s in singles.values() for each in s}.values())
        there = self._records.alliances
        self._singles = {
            key: [each for each in found if each.subject_id in there]
            for key, found in singles.items()
        }

    def told(self, act: AuditRecord, allowed: Collection[Permission]) -> Told:
        """An act in words, and whether somebody who holds these permissions can undo it."""
        singles = self._singles[act.pk]
        each, more = [], 0
        if "acts" in act.detail:
            each = [self._single("act-of", one) for one in singles[:MOST_ALLIANCES]]
            more = len(singles) - len(each)
        may_undo = bool(singles and act.by_id) and asked_by(act) <= set(allowed)
        hindrances = [h for one in singles if may_undo and (h := self._records.hindrance(one))]
        kept = ""
        if hindrances:
            code = "kept-since" if all(each.was_undone for each in hindrances) else "kept-cannot"
            kept = _say(code, kept=kept_in_words(hindrances))
        return Told(act, self._words(act), each, more, may_undo and not kept, kept)

    def _words(self, act: AuditRecord) -> str:
        singles = self._singles.get(act.pk, [])
        if undone := self._undone.get(act.detail.get("undone")):
            return _say("act-undid", act=_begun_small(self._words(undone)))
        if singles and "acts" in act.detail:
            number = "1 alliance" if len(singles) == 1 else f"{len(singles)} alliances"
            return _say("act-placed-together", number=number)
        return self._single(f"act-{act.act}", act) if singles else act_in_words(act)

    def _single(self, code: str, act: AuditRecord) -> str:
        alliance = self._records.alliances[act.subject_id]
        was, now = act.detail["was"], act.detail["now"]
        parts = [self._part(name, was[name], now[name]) for name in FIELDS if name in now]
        return _say(code, alliance=alliance, parts="; ".join(parts))

    def _part(self, name: str, was: Plain, now: Plain) -> str:
        """What an act changed: from what to what, unless that takes many words."""
        if any(isinstance(each, list) or len(str(each)) > LONGEST for each in (was, now)):
            return _label(name)
        sides = {"was": self._value(name, was), "now": self._value(name, now)}
        return _say("said-changed", label=_label(name), **sides)

    def _value(self, name: str, value: Plain) -> str:
        if value is None or value == "":
            return _say("said-nothing")
        if name in KEYED:
            place = self._records.place(name, value)
            return f"“{place}”" if place else _say("said-gone")
        return f"“{value}”"
