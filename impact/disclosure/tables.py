"""Which cells of a table are withheld, so that none of them can be worked out from the others.

The reader it is held against knows every cell that is shown, every sum the cells stand in, that
cells are whole numbers and never negative, the threshold, and this rule itself. He asks which
tables would have been published just so. A cell is safe where two of them differ in it.

1. A cell below the threshold is withheld, and with a total all its parts. Other zeros are shown.
2. A sum with a withheld cell has another one withheld beside it, the smallest there is, with all
   of that size: which of them came first must tell nothing.
3. What is withheld then is put to that reader. Where he has only one answer for a cell, every
   sum has three cells withheld; where he still has, nothing of what hangs together is shown.
"""

from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, count, islice

from impact.disclosure.bounds import Bounds, Equation, narrowed

Key = Hashable
Sum = tuple[Key, tuple[Key, ...]]

# How many cells a sum has withheld at the first attempt and at the second.
AT_LEAST = (2, 3)
# How many tables the reader goes through for one answer for a cell, at each attempt, and for how
# many answers in turn; what he has not found by then does not count.
MOST_TABLES = (60, 20)
MOST_ANSWERS = 30
# How many tables he goes through in all.
PATIENCE = (2000, 120)


def is_small(number: float | None, threshold: int) -> bool:
    """More than none and fewer than the threshold."""
    return number is not None and 0 < number < threshold


def protect(
    cells: Mapping[Key, int | None],
    sums: Iterable[Sum],
    threshold: int,
    *,
    unprinted: Iterable[Key] = (),
    known: Iterable[Key] = (),
    few: Iterable[Key] = (),
) -> frozenset[Key]:
    """The keys of the cells to withhold. A cell that is None was not collected, and stays so.

    A sum is (total, parts); one that does not hold helps nobody to work anything out.
    ``unprinted`` cells are shown nowhere but follow from others, like the rest of a whole: a small
    one must not follow. ``known`` cells were told before and cannot be withheld any more. ``few``
    are withheld like small ones, whatever their number.
    """
    table = _collected(cells, sums, frozenset(unprinted), frozenset(known), frozenset(few))
    return frozenset(chain.from_iterable(part.withheld() for part in _apart(table, threshold)))


@dataclass(frozen=True)
class _Table:
    """Counts and the sums that hold between them; the other fields are those of ``protect``."""

    cells: dict[Key, int]
    sums: tuple[Sum, ...]
    unprinted: frozenset[Key]
    known: frozenset[Key]
    few: frozenset[Key]


def _collected(
    cells: Mapping[Key, int | None],
    sums: Iterable[Sum],
    unprinted: frozenset[Key],
    known: frozenset[Key],
    few: frozenset[Key],
) -> _Table:
    """The table without what was not collected; all that a sum lacks is one cell, unprinted."""
    counts = {key: n for key, n in cells.items() if n is not None}
    holding: list[Sum] = []
    for total, parts in sums:
        if total not in counts:
            continue
        there = tuple(part for part in parts if part in counts)
        lacking = counts[total] - sum(counts[part] for part in there)
        if len(there) < len(parts) and lacking >= 0:
            rest = ("not collected", total, parts)
            counts[rest] = lacking
            unprinted |= {rest}
            holding.append((total, (*there, rest)))
        elif lacking == 0:
            holding.append((total, there))
    return _Table(counts, tuple(holding), unprinted, known, few)


def _apart(table: _Table, threshold: int) -> Iterator["_Rule"]:
    """The parts of a table that no sum holds together, in the order of their cells."""
    together = {key: [key] for key in table.cells}
    for total, parts in table.sums:
        for part in parts:
            if together[part] is not together[total]:
                together[total].extend(together[part])
                together.update(dict.fromkeys(together[part], together[total]))
    for keys in {id(keys): keys for keys in together.values()}.values():
        yield _Rule(table, keys, threshold)


class _Rule:
    """The rule for one table whose cells hang together; its counts are a tuple in their order.

    What the reader finds out depends on what is shown alone, never on what is withheld. So tables
    that are published alike are either all published so or none of them is, and none of the
    reader's tables can be struck out for having been treated in another way.
    """

    def __init__(self, table: _Table, keys: list[Key], threshold: int):
        place = {key: i for i, key in enumerate(keys)}
        self.keys = keys
        self.threshold = threshold
        self.real = tuple(table.cells[key] for key in keys)
        self.sums = [
            (place[total], [place[part] for part in parts])
            for total, parts in table.sums
            if total in place
        ]
        self.unprinted = {place[key] for key in table.unprinted if key in place}
        self.known = {place[key] for key in table.known if key in place}
        self.few = {place[key] for key in table.few if key in place}
        self._verdicts: dict[tuple[int, frozenset[int], tuple[int, ...]], bool] = {}

    def withheld(self) -> Iterator[Key]:
        """The keys to withhold: of the first attempt that is safe, else of everything printed."""
        attempts = range(len(AT_LEAST))
        safe = next((a for a in attempts if self._is_safe(self.real, a)), None)
        if safe is None:
            chosen = {*range(len(self.keys))} - self.unprinted - self.known
        else:
            chosen = {*self._chosen(self.real, safe)}
        return (self.keys[place] for place in sorted(chosen))

    def _chosen(self, counts: tuple[int, ...], attempt: int) -> frozenset[int]:
        """The places that the first two rules withhold."""
        small = {i for i, n in enumerate(counts) if 0 < n < self.threshold}
        printed = small - self.unprinted
        of_few = {i for total, parts in self.sums if total in printed for i in parts}
        kept = (small | self.few | of_few - self.unprinted) - self.known
        hidden = kept | self.unprinted
        is_growing = bool(kept)
        while is_growing:
            is_growing = False
            for total, parts in self.sums:
                members = [total, *parts]
                at_least = AT_LEAST[attempt if self.unprinted.isdisjoint(members) else 0]
                wanted = at_least - sum(place in hidden for place in members)
                if wanted <= 0 or kept.isdisjoint(members):
                    continue
                shown = {i for i in members if counts[i]} - hidden - self.known
                sizes = sorted(counts[place] for place in shown)[:wanted]
                more = {place for place in shown if counts[place] <= sizes[-1]} if sizes else set()
                kept.update(more)
                hidden.update(more)
                is_growing = is_growing or bool(more)
        return frozenset(kept - self.unprinted)

    def _is_safe(self, counts: tuple[int, ...], attempt: int) -> bool:
        """Whether the reader is left with two answers for every cell that is kept from him."""
        withheld = self._chosen(counts, attempt)
        if not withheld and not any(0 < counts[i] < self.threshold for i in self.unprinted):
            return True
        hidden = withheld | self.unprinted
        shown = tuple(-1 if i in hidden else n for i, n in enumerate(counts))
        view = (attempt, withheld, shown)
        if view not in self._verdicts:
            self._verdicts[view] = self._keeps(withheld, shown, attempt)
        return self._verdicts[view]

    def _keeps(self, withheld: frozenset[int], shown: tuple[int, ...], attempt: int) -> bool:
        answers: dict[int, set[int]] = {i: set() for i in sorted(withheld | self.unprinted)}
        patience = count(PATIENCE[attempt], -1)
        for place, found in answers.items():
            if self._is_open(place, found):
                continue
            for table in self._alike(place, withheld, shown, attempt, patience):
                for each, told in answers.items():
                    told.add(table[each])
                if self._is_open(place, found):
                    break
        return all(self._is_open(place, found) for place, found in answers.items())

    def _is_open(self, place: int, found: set[int]) -> bool:
        """Two answers are open; so is one for a cell shown nowhere, unless it is small."""
        if len(found) > 1 or place not in self.unprinted:
            return len(found) > 1
        return any(n == 0 or n >= self.threshold for n in found)

    # ---- the reader's tables

    def _alike(
        self,
        place: int,
        withheld: frozenset[int],
        shown: tuple[int, ...],
        attempt: int,
        patience: Iterator[int],
    ) -> Iterator[tuple[int, ...]]:
        """One table for each answer for a place, of those that would be published just so."""
        bounds = self._bounds(withheld, shown)
        if bounds is None:
            return
        equations = self._equations(shown)
        order = self._from(place, shown)
        low, high = bounds[place]
        for answer in range(low, min(high, low + MOST_ANSWERS) + 1):
            start = narrowed(equations, {**bounds, place: (answer, answer)})
            if start is None:
                continue
            for table in islice(_filled(order, equations, start), MOST_TABLES[attempt]):
                if not next(patience):
                    return
                counts = tuple(
                    table[i][0] if i in table else known for i, known in enumerate(shown)
                )
                if self._is_alike(counts, withheld, attempt):
                    yield counts
                    break

    def _is_alike(self, counts: tuple[int, ...], withheld: frozenset[int], attempt: int) -> bool:
        """Whether these counts would come to the same attempt and lose the same cells there."""
        return self._chosen(counts, attempt) == withheld and not any(
            self._is_safe(counts, before) for before in range(attempt)
        )

    def _bounds(self, withheld: frozenset[int], shown: tuple[int, ...]) -> Bounds | None:
        """What can be said of each hidden count: a withheld one is no zero, and sums hold."""
        most = 2 * max(*shown, 2 * self.threshold)
        hidden = withheld | self.unprinted
        of_hidden = {i for total, parts in self.sums if total in hidden for i in parts}
        none = self.unprinted | self.few | of_hidden
        bounds = {i: (int(i not in none), most) for i in sorted(hidden)}
        return narrowed(self._equations(shown), bounds)

    def _equations(self, shown: tuple[int, ...]) -> list[Equation]:
        """Each sum as a number and signed hidden counts that together are nothing."""
        equations = []
        for total, parts in self.sums:
            signed = [(part, 1) for part in parts] + [(total, -1)]
            number = sum(sign * shown[i] for i, sign in signed if shown[i] >= 0)
            unknown = [(i, sign) for i, sign in signed if shown[i] < 0]
            if unknown:
                equations.append((number, unknown))
        return equations

    def _from(self, place: int, shown: tuple[int, ...]) -> list[int]:
        """The hidden places that hang together with one, the nearest first; then all others."""
        order = [place]
        for near in order:
            for total, parts in self.sums:
                if near == total or near in parts:
                    members = (*parts, total)
                    order.extend(i for i in members if shown[i] < 0 and i not in order)
        return order + [i for i, n in enumerate(shown) if n < 0 and i not in order]


def _filled(order: list[int], equations: list[Equation], bounds: Bounds) -> Iterator[Bounds]:
    """Every table within the bounds, one count after the other, small counts first."""
    open_ = next((i for i in order if bounds[i][0] != bounds[i][1]), None)
    if open_ is None:
        yield bounds
        return
    low, high = bounds[open_]
    for answer in range(low, high + 1):
        tighter = narrowed(equations, {**bounds, open_: (answer, answer)})
        if tighter is not None:
            yield from _filled(order, equations, tighter)
