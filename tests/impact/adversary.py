"""Readers of published tables who try to work out what was withheld. They know no code of ours.

One goes through every table there is, and so knows the rule as well as its makers. The other
solves for the least and the greatest a withheld count can be, and so reads larger tables.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

Published = dict[Hashable, int | None]


def recovered_by_rule(
    tables: Iterable[dict[Hashable, int]], publish: Callable[[dict], Published]
) -> list[tuple[Published, Hashable]]:
    """Every withheld cell that has one value in all the tables that are published alike.

    ``tables`` must be all there are of their kind.
    """
    alike: dict[tuple, list[dict]] = defaultdict(list)
    for table in tables:
        alike[tuple(publish(table).items())].append(table)
    return [
        (dict(published), key)
        for published, found in alike.items()
        for key, value in published
        if value is None and len({table[key] for table in found}) == 1
    ]


class Solver:
    """Whole numbers, none negative, that sums hold together; some are known, others sought."""

    def __init__(self):
        self._names: list[Hashable] = []
        self._low: list[float] = []
        self._high: list[float] = []
        self._rows: list[tuple[dict[Hashable, float], float, float]] = []

    def number(self, name: Hashable, low: float = 0, high: float = np.inf) -> None:
        self._names.append(name)
        self._low.append(low)
        self._high.append(high)

    def known(self, name: Hashable, value: float) -> None:
        self.number(name, value, value)

    def between(self, low: float, signs: dict[Hashable, float], high: float) -> None:
        """So many times each of these numbers come to something between the two."""
        self._rows.append((signs, low, high))

    def holds(self, total: Hashable, parts: Iterable[Hashable]) -> None:
        """The parts come to the total."""
        self.between(0, {total: -1} | dict.fromkeys(parts, 1), 0)

    def determined(self, wanted: Iterable[Hashable]) -> dict[Hashable, int]:
        """The numbers that can have one value only, with it."""
        place = {name: i for i, name in enumerate(self._names)}
        seen: dict[Hashable, set[int]] = {name: set() for name in wanted}
        for name, values in seen.items():
            for sign in (1, -1):
                if len(values) < 2:
                    solution = self._extreme(place, name, sign)
                    for each, found in seen.items():
                        found.add(round(solution[place[each]]))
        return {name: min(found) for name, found in seen.items() if len(found) == 1}

    def _extreme(self, place: dict[Hashable, int], name: Hashable, sign: int) -> np.ndarray:
        objective = np.zeros(len(place))
        objective[place[name]] = sign
        matrix = np.zeros((len(self._rows), len(place)))
        for row, (signs, _, _) in zip(matrix, self._rows, strict=True):
            for each, factor in signs.items():
                row[place[each]] += factor
        found = milp(
            objective,
            integrality=np.ones(len(place)),
            bounds=Bounds(self._low, np.minimum(self._high, 10_000)),
            constraints=self._constraints(matrix),
        )
        assert found.success, found.message
        return found.x

    def _constraints(self, matrix: np.ndarray) -> LinearConstraint | tuple[()]:
        lows, highs = [row[1] for row in self._rows], [row[2] for row in self._rows]
        return LinearConstraint(matrix, lows, highs) if self._rows else ()
