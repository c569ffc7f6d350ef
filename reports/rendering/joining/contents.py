"""The page numbers that the contents tell, which depend on how long the contents are."""

from collections.abc import Callable, Mapping
from itertools import accumulate
from math import ceil

from reports.rendering.joining.structure import NotJoinable

MOST_TRIES = 4
# What contents in one line each take, as they are set: a good guess is one printing less.
LINES_ON_A_PAGE = 31
LINES_OF_THE_HEADING = 3


def settled(
    print_front: Callable[[dict[str, int]], tuple[bytes, int]], lengths: Mapping[str, int]
) -> tuple[bytes, int]:
    """The front with the right numbers, and how many pages it has.

    ``print_front`` is given the first page of each part by its key; ``lengths`` are the pages of
    the parts, in their order.
    """
    pages = 1 + ceil((len(lengths) + LINES_OF_THE_HEADING) / LINES_ON_A_PAGE)
    for _ in range(MOST_TRIES):
        front = print_front(_first_pages(pages, lengths))
        if front[1] == pages:
            return front
        pages = front[1]
    raise NotJoinable("The contents are never as long as their page numbers need them to be.")


def _first_pages(before: int, lengths: Mapping[str, int]) -> dict[str, int]:
    starts = accumulate(lengths.values(), initial=before + 1)
    return dict(zip(lengths, starts, strict=False))
