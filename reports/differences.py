"""What changed between two frozen reports, in words and numbers."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from difflib import SequenceMatcher
from functools import reduce
from typing import Any

from django.db.models import QuerySet

from reports.models import SUBJECT, Report

# Charts are drawn from figures that are compared in words; numbers on the site and marks, which
# count in the order of the pages, say nothing, nor does where in the report something is told;
# which version it is stands on each report's face.
UNTOLD = {"charts", "id", "claim", "mark", "issue", "of", "is_bare"}
# What a thing in a list is surely known by: the first of these that it has.
NUMBERS = ("claim", "id")
COUNT = re.compile(r"[\d,]+")
# What it is called, and what it is known by where it has no number.
NAMES = (
    "code",
    "key",
    "name",
    "alliance",
    "mark",
    "label",
    "area",
    "heading",
    "title",
    "first",
    "statement",
)


@dataclass(frozen=True)
class Piece:
    """Words that stayed, went or came."""

    fate: str
    text: str


@dataclass(frozen=True)
class Change:
    """One thing that is otherwise now; ``before`` or ``after`` is empty where it was not there.

    ``place`` leads to it, outermost first. ``pieces`` tell a changed text word by word, ``by`` a
    changed figure with its sign.
    """

    place: tuple[str, ...]
    before: str
    after: str
    pieces: tuple[Piece, ...] = ()
    by: str = ""

    @property
    def fate(self) -> str:
        if not self.before:
            return "new"
        return "changed" if self.after else "gone"


def earlier_issues(report: Report) -> QuerySet[Report]:
    """Finished reports on the same subject that were asked for before, newest first."""
    same = {name: getattr(report, name) for name in SUBJECT}
    return Report.objects.filter(status=Report.Status.READY, pk__lt=report.pk, **same)


def changes(before: dict, after: dict) -> list[Change]:
    """What differs between the data of two reports of one kind, in the order of the later one."""
    return list(_compared(before, after, ()))


def counted(found: list[Change]) -> dict[str, int]:
    """How many are new, changed and gone."""
    fates = Counter(change.fate for change in found)
    return {fate: fates[fate] for fate in ("new", "changed", "gone")}


def _compared(before: Any, after: Any, place: tuple[str, ...]) -> Iterator[Change]:
    if before == after:
        return
    if isinstance(before, dict) and isinstance(after, dict):
        for name in [*after, *(name for name in before if name not in after)]:
            if name not in UNTOLD:
                inner = (*place, *_called(name))
                yield from _compared(before.get(name), after.get(name), inner)
    elif isinstance(before or after, list):
        yield from _lists(before or [], after or [], place)
    else:
        yield from _values(_plain(before), _plain(after), place)


def _called(name: str) -> tuple[str, ...]:
    """A field in words; of a pair one is said of the other, and neither needs a name."""
    return () if name in ("first", "second") else (name.replace("_", " ").capitalize(),)


def _lists(before: list, after: list, place: tuple[str, ...]) -> Iterator[Change]:
    """Things that have a name are compared with their namesakes, others are there or are not."""
    old, new = _known(before), _known(after)
    yield from _order(old, new, place)
    for known in [*new, *(known for known in old if known not in new)]:
        thing = new.get(known, old.get(known))
        inner = (*place, _name(thing)) if isinstance(thing, dict) else place
        if known in old and known in new:
            yield from _compared(old[known], new[known], inner)
        else:
            yield from _values(_besides(old.get(known)), _besides(new.get(known)), inner)


def _order(old: dict, new: dict, place: tuple[str, ...]) -> Iterator[Change]:
    """That passages, whose order their editors chose, stand in another; other lists say nothing."""
    stayed = [known for known in old if known in new and _is_passage(new[known])]
    stand = [known for known in new if known in stayed]
    if stayed != stand:
        was, now = ([f"{_name(new[known])};" for known in each] for each in (stayed, stand))
        pieces = tuple(_pieces(was, now))
        yield Change((*place, "Order"), " ".join(was), " ".join(now), pieces)


def _known(things: list) -> dict[tuple[tuple[str, str], int], Any]:
    """Each thing under what it is known by, and how many known by that came before it."""
    seen: Counter[tuple[str, str]] = Counter()
    known = {}
    for thing in things:
        by = _known_by(thing)
        known[by, seen[by]] = thing
        seen[by] += 1
    return known


def _known_by(thing: Any) -> tuple[str, str]:
    """Its number with what is numbered, else its name with what it states."""
    if not isinstance(thing, dict):
        return "", _plain(thing)
    if _is_drawn(thing):
        return "part", thing["part"]
    if _is_counted(thing):
        return "counted", thing["second"]
    numbered = next(((name, str(thing[name])) for name in NUMBERS if thing.get(name)), None)
    return numbered or (_name(thing), str(thing.get("statement", "")))


def _is_passage(thing: Any) -> bool:
    return isinstance(thing, dict) and "heading" in thing


def _is_drawn(thing: dict) -> bool:
    """Whether it is a passage that is drawn from the records, whatever its editors call it."""
    return bool(_is_passage(thing) and thing.get("part"))


def _is_counted(thing: dict) -> bool:
    """Whether it is a pair of a number and what it counts: what is counted names it."""
    return bool(thing.get("second")) and bool(COUNT.fullmatch(str(thing.get("first"))))


def _name(thing: Any) -> str:
    if not isinstance(thing, dict):
        return _plain(thing)
    if _is_counted(thing):
        return thing["second"]
    return next((str(thing[name]) for name in NAMES if thing.get(name)), _plain(thing))


def _besides(thing: Any) -> str:
    """What a thing says beside its name, which leads to it; the name where that is all."""
    if not isinstance(thing, dict):
        return _plain(thing)
    naming = "second" if _is_counted(thing) else next((n for n in NAMES if thing.get(n)), "")
    called = {naming}
    if _is_drawn(thing):
        called.add("part")
    return _plain({n: said for n, said in thing.items() if n not in called}) or _name(thing)


def _plain(value: Any) -> str:
    """A value as one line of words; nothing is empty."""
    if value is None or value == "":
        return ""
    if isinstance(value, dict):
        value = [item for name, item in value.items() if name not in UNTOLD]
    if isinstance(value, list):
        return reduce(_joined, map(_plain, value), "")
    return str(value)


def _joined(before: str, after: str) -> str:
    """One after the other, with a semicolon where no sentence ends between them."""
    if not (before and after):
        return before or after
    return f"{before}{' ' if before.endswith(tuple('.?!')) else '; '}{after}"


def _values(before: str, after: str, place: tuple[str, ...]) -> Iterator[Change]:
    if before == after:
        return
    by = _difference(before, after)
    told_in_words = before and after and not by
    pieces = tuple(_pieces(before.split(), after.split())) if told_in_words else ()
    yield Change(place, before, after, pieces, by)


def _difference(before: str, after: str) -> str:
    try:
        return f"{Decimal(after.replace(',', '')) - Decimal(before.replace(',', '')):+}"
    except InvalidOperation:
        return ""


def _pieces(before: list[str], after: list[str]) -> Iterator[Piece]:
    matcher = SequenceMatcher(a=before, b=after, autojunk=False)
    for _, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        old, new = before[old_from:old_to], after[new_from:new_to]
        if old == new:
            yield Piece("same", " ".join(old))
            continue
        if old:
            yield Piece("gone", " ".join(old))
        if new:
            yield Piece("new", " ".join(new))
