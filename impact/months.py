"""Months of progress in words, where a programme has chosen to show them."""

from collections.abc import Iterable
from decimal import Decimal

from alliances.content import words
from impact.statistics import Months, MonthsOfProgress, Result, Spread, Table, Unsaid, months_of

# The table by which new figures are made.
TABLE = "months-toolkit-1"


def table_of(code: str = TABLE) -> Table:
    """A published table by its code."""
    item = words("impact", "months")[code]
    ceilings = tuple(map(Decimal, item.extra["ceilings"]))
    return Table(code, item.title, item.extra["version"], item.extra["source"], ceilings)


def criticism(table: Table) -> str:
    """What speaks against months; stands beside every figure in them."""
    return words("impact", "months")[table.code].text


def in_months(results: Iterable[Result | Unsaid], *, is_attainment: bool) -> list[str]:
    """Every effect that has months, by which table, and what speaks against them.

    Where any is adjusted for the baseline, those that are not are left out. Empty where none is
    one of attainment against a comparison group.
    """
    table, given = table_of(), list(results)
    adjusted = [each for each in given if _is_adjusted(each)]
    found = [
        months_of(each, table=table, is_attainment=is_attainment) for each in adjusted or given
    ]
    by = f"{table.name}, {table.version}"
    told = [
        f"In months of progress: {in_words(each)} ({by})."
        for each in found
        if isinstance(each, MonthsOfProgress)
    ]
    return [*told, criticism(table)] if told else []


def _is_adjusted(result: Result | Unsaid) -> bool:
    return isinstance(result, Result) and result.spread is Spread.POOLED_OUTCOMES


def in_words(found: MonthsOfProgress) -> str:
    """'5 months ahead, somewhere from 2 months behind to 11 months ahead'."""
    low, high = _said(found.low), _said(found.high)
    return f"{_said(found.estimate)}, somewhere from {low} to {high}"


def _said(months: Months) -> str:
    size = abs(months.months)
    amount = f"{size} month{'' if size == 1 else 's'}"
    if not size:
        return "no months"
    bound = f"more than {amount}" if months.is_more else amount
    return f"{bound} {'ahead' if months.months > 0 else 'behind'}"
