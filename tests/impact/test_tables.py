"""Which cells of a table are withheld, and that two kinds of adversaries recover none of them."""

import random
from itertools import product

import pytest

from impact.disclosure import protect
from tests.impact.adversary import Solver, recovered_by_rule


def one_line(*counts):
    """Categories with their total."""
    cells = {"total": sum(counts), **dict(enumerate(counts))}
    return cells, [("total", tuple(range(len(counts))))], ()


def square(*counts, rows=2):
    """Rows and columns with their totals, and that of all."""
    columns = len(counts) // rows
    inner = {(i, j): counts[i * columns + j] for i in range(rows) for j in range(columns)}
    across = {("row", i): tuple(k for k in inner if k[0] == i) for i in range(rows)}
    down = {("column", j): tuple(k for k in inner if k[1] == j) for j in range(columns)}
    sums = [*across.items(), *down.items(), ("total", tuple(across)), ("total", tuple(down))]
    cells = dict(inner)
    for total, parts in sums:
        cells[total] = sum(cells[part] for part in parts)
    return cells, sums, ()


def tree(*counts):
    """A whole of two branches, each with leaves of its own."""
    half = len(counts) // 2
    cells = dict(enumerate(counts))
    branches = {"left": tuple(range(half)), "right": tuple(range(half, len(counts)))}
    cells |= {name: sum(cells[leaf] for leaf in leaves) for name, leaves in branches.items()}
    cells["total"] = sum(counts)
    return cells, [*branches.items(), ("total", ("left", "right"))], ()


def nested(within, beside, outside):
    """A group in a group in a whole; those outside a group are printed nowhere."""
    cells = {"all": within + beside + outside, "group": within + beside, "inner": within}
    cells |= {"beside": beside, "outside": outside}
    sums = [("all", ("group", "outside")), ("group", ("inner", "beside"))]
    return cells, sums, ("beside", "outside")


def overlapping(first, second, both, neither):
    """Two groups that share pupils, each within the same whole."""
    cells = {"all": first + second + both + neither, "one": first + both, "two": second + both}
    cells |= {"not one": second + neither, "not two": first + neither}
    return cells, [("all", ("one", "not one")), ("all", ("two", "not two"))], ("not one", "not two")


def group_by_category(*counts):
    """Two categories in a whole and in a group of it."""
    in_1, in_2, out_1, out_2 = counts
    cells = {"in 1": in_1, "in 2": in_2, "all 1": in_1 + out_1, "all 2": in_2 + out_2}
    cells |= {"in": in_1 + in_2, "all": sum(counts), "out 1": out_1, "out 2": out_2}
    cells["out"] = out_1 + out_2
    sums = [("all", ("all 1", "all 2")), ("in", ("in 1", "in 2")), ("out", ("out 1", "out 2"))]
    sums += [("all 1", ("in 1", "out 1")), ("all 2", ("in 2", "out 2")), ("all", ("in", "out"))]
    return cells, sums, ("out 1", "out 2", "out")


def withheld(table, threshold=6) -> dict:
    cells, sums, unprinted = table
    hidden = protect(cells, sums, threshold, unprinted=unprinted)
    return {key: None if key in hidden else n for key, n in cells.items() if key not in unprinted}


# What is withheld


@pytest.mark.parametrize(
    ("counts", "left"),
    [
        ((6, 7, 9), [22, 6, 7, 9]),
        ((0, 7, 9), [16, 0, 7, 9]),
        ((0, 0, 0), [0, 0, 0, 0]),
        ((3, 7, 12), [22, None, None, 12]),
        ((3, 12, 7), [22, None, 12, None]),
        ((0, 3, 7, 12), [22, 0, None, None, 12]),
        ((3, 7, 7, 12), [29, None, None, None, 12]),
        ((5, 5, 12), [22, None, None, 12]),
        ((1, 6, 20), [27, None, None, 20]),
        ((3, 2, 0), [None, None, None, None]),
    ],
)
def test_line(counts, left):
    assert list(withheld(one_line(*counts)).values()) == left


def test_square_loses_no_more_than_four_cells_for_one():
    left = withheld(square(3, 20, 30, 20, 9, 40, 30, 40, 50, rows=3))

    assert [key for key, n in left.items() if n is None] == [(0, 0), (0, 1), (1, 0), (1, 1)]


def test_group_goes_that_tells_of_the_few_outside_it():
    assert withheld(nested(20, 20, 4)) == {"all": 44, "group": None, "inner": 20}


def test_what_was_not_collected_is_no_cell():
    cells = {"total": 22, "a": 3, "b": 19, "c": None}

    assert protect(cells, [("total", ("a", "b", "c"))], 6) == {"a"}


def test_sum_that_does_not_hold_gives_nothing_away():
    cells = {"total": 30, "a": 3, "b": 19}

    assert protect(cells, [("total", ("a", "b"))], 6) == {"a"}


def test_what_is_known_already_is_not_withheld():
    cells = {"total": 22, "a": 3, "b": 9, "c": 10}

    assert protect(cells, [("total", ("a", "b", "c"))], 6, known={"b"}) == {"a", "c"}


def test_tables_that_nothing_holds_together_are_judged_apart():
    cells = {"total": 22, "a": 3, "b": 19, "other": 9}

    assert protect(cells, [("total", ("a", "b"))], 6) == {"a", "b"}


def test_same_table_is_always_withheld_alike():
    table = square(3, 20, 30, 2, 9, 40, 30, 4, 50, rows=3)

    assert [withheld(table) for _ in range(3)] == [withheld(table)] * 3


# A reader who knows the rule, of every small table


@pytest.mark.parametrize(
    ("shape", "cells", "most", "threshold"),
    [
        (one_line, 2, 30, 6),
        (one_line, 3, 20, 6),
        (one_line, 4, 13, 4),
        (one_line, 5, 9, 3),
        (square, 4, 9, 3),
        (tree, 4, 9, 3),
        (nested, 3, 24, 6),
        (overlapping, 4, 11, 6),
        (group_by_category, 4, 11, 3),
    ],
)
def test_nobody_who_knows_the_rule_recovers_a_cell(shape, cells, most, threshold):
    every = (counts for counts in product(range(most + 1), repeat=cells) if sum(counts) <= most)
    published = {}

    def publish(table):
        return published[tuple(table.items())]

    def tables():
        for counts in every:
            table = shape(*counts)
            published[tuple(table[0].items())] = withheld(table, threshold)
            yield table[0]

    assert recovered_by_rule(tables(), publish) == []
    assert any(None in left.values() for left in published.values())


# A reader who solves


SHAPES = [
    (one_line, range(2, 9)),
    (square, (4, 6, 8)),
    (tree, (4, 6)),
    (nested, (3,)),
    (overlapping, (4,)),
    (group_by_category, (4,)),
]


@pytest.mark.parametrize("seed", range(8))
def test_nobody_who_solves_recovers_a_cell(seed):
    dice = random.Random(seed)
    recovered = []
    for _ in range(150):
        shape, sizes = dice.choice(SHAPES)
        highest = dice.choice((4, 9, 30))
        counts = [dice.randint(0, highest) for _ in range(dice.choice(sizes))]
        cells, sums, unprinted = shape(*counts)
        left = withheld((cells, sums, unprinted))
        of_withheld = {part for total, parts in sums if left.get(total) is None for part in parts}
        solver = Solver()
        for key, count in cells.items():
            if left.get(key) is not None:
                solver.known(key, count)
            else:
                solver.number(key, low=0 if key in unprinted or key in of_withheld else 1)
        for total, parts in sums:
            solver.holds(total, parts)
        kept = [key for key, n in left.items() if n is None]
        kept += [key for key in unprinted if 0 < cells[key] < 6]
        recovered += [(shape, counts, key) for key in solver.determined(kept)]

    assert recovered == []
