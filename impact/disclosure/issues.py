"""What reports have told before: whoever holds two issues of one can take one from the other."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from impact.disclosure.cells import counted, speaks_of_pupils
from impact.disclosure.tables import is_small
from impact.values import MeasureValues


@dataclass(frozen=True)
class Issue:
    """A number that a report told: of which figure, and of which alliances it was taken."""

    figure: str
    units: frozenset[int]
    number: int


@dataclass
class Ledger:
    """The issues before a report, and ``told``, what it tells itself.

    A number may be told where it differs from each earlier one by nothing or by enough: by
    ``fewest`` alliances, or by ``threshold`` pupils of the same ones.
    """

    fewest: int
    threshold: int
    earlier: Iterable[Issue] = ()
    told: list[Issue] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._before: dict[str, list[Issue]] = defaultdict(list)
        for issue in self.earlier:
            self._before[issue.figure].append(issue)

    def tell_alliances(self, figure: str, units: Iterable[int], number: int) -> bool:
        """Whether it may be told how many of these alliances something holds for; if so, it is."""
        issue = Issue(figure, frozenset(units), number)
        is_clear = not is_small(number, self.fewest) and not is_small(
            len(issue.units) - number, self.fewest
        )
        if is_clear and not any(self._is_near(issue, other) for other in self._before[figure]):
            self.told.append(issue)
            return True
        return False

    def leave_untold(self, kinds: Iterable[str]) -> None:
        """Numbers of figures whose names begin so are left out of the report after all."""
        begun = tuple(kinds)
        self.told = [issue for issue in self.told if not issue.figure.startswith(begun)]

    def leave_untold_of(self, measures: Iterable[MeasureValues]) -> None:
        """Numbers of these measures are left out of the report after all."""
        self.leave_untold([f"reading {each.id} " for m in measures for each in m.readings])

    def _is_near(self, issue: Issue, other: Issue) -> bool:
        apart = len(issue.units ^ other.units)
        if apart:
            return apart < self.fewest
        return is_small(abs(issue.number - other.number), self.fewest)

    def changed_by_few(self, measures: Iterable[MeasureValues]) -> frozenset[int]:
        """Readings of which a few pupils could be told by what an earlier report says of them."""
        return frozenset(
            reading
            for reading, figure, number in _numbers(measures, self.threshold)
            for other in self._before[figure]
            if is_small(abs(number - other.number), self.threshold)
        )

    def tell_measures(self, measures: Iterable[MeasureValues], unit: int) -> None:
        """The numbers of pupils that go out with measures of an alliance."""
        units = frozenset([unit])
        numbers = _numbers(measures, self.threshold)
        self.told += [Issue(figure, units, number) for _, figure, number in numbers]


def _numbers(measures: Iterable[MeasureValues], threshold: int) -> Iterable[tuple[int, str, int]]:
    """Every number of pupils in measures: its reading, the figure it is, and the number."""
    for measure in filter(speaks_of_pupils, measures):
        for each in counted(measure, 0, threshold).readings:
            if each.reading.id is None or each.reading.symbol:
                continue
            stated = each.reading.n if each.reading.of is None else each.reading.of
            parts = {**each.parts, "number": stated}
            for label, number in parts.items():
                if number is not None:
                    yield each.reading.id, f"reading {each.reading.id} {label}", number
