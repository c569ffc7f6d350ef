"""How wide texts are set, where their lines break, and how they keep out of each other's way."""

from collections.abc import Sequence

SIZE, SMALL = 13, 12
LINE, SMALL_LINE = 16, 15
ELLIPSIS = "…"
BROADER_BOLD = 1.07
# Widths of Arial in thousandths of its size; Source Sans, in which we print, is narrower.
_WIDTHS = {
    "ijl'|": 222,
    " .,:;!ftI[]()/-·‘’": 300,
    'r“”"*': 355,
    "ckszvxyJ": 500,
    "ABEKPSVXY&": 667,
    "CDHNRUw": 722,
    "GOQ": 778,
    "mM": 833,
    "W%…": 960,
}
_WIDTH = {letter: part for letters, part in _WIDTHS.items() for letter in letters}
_OTHER = 560


def wide(text: str, size: float = SIZE, *, bold: bool = False) -> float:
    """About how wide a text is set, rather too much than too little."""
    thousandths = sum(_WIDTH.get(letter, _OTHER) for letter in text)
    return thousandths * size / 1000 * (BROADER_BOLD if bold else 1)


def lines_of(text: str, room: float, size: float = SIZE, most: int = 3) -> list[str]:
    """A text in at most so many lines of a width; what is left over is an ellipsis.

    A word that is wider than a line is broken.
    """
    lines: list[str] = []
    for word in text.split():
        for piece in _pieces(word, room, size):
            if lines and wide(f"{lines[-1]} {piece}", size) <= room:
                lines[-1] = f"{lines[-1]} {piece}"
            else:
                lines.append(piece)
    if len(lines) <= most:
        return lines
    last = lines[most - 1]
    while last and wide(f"{last} {ELLIPSIS}", size) > room:
        last = last.rpartition(" ")[0]
    return [*lines[: most - 1], f"{last} {ELLIPSIS}".strip()]


def _pieces(word: str, room: float, size: float) -> list[str]:
    pieces = [""]
    for letter in word:
        if pieces[-1] and wide(pieces[-1] + letter, size) > room:
            pieces.append("")
        pieces[-1] += letter
    return pieces


def apart(wanted: Sequence[tuple[float, float]], low: float) -> list[float]:
    """Where the middles of blocks stand so that none overlap and each is near where it would be.

    ``wanted`` holds the middle and the extent of each block, by middle; none begins before
    ``low``. Blocks that would overlap move together, about the mean of where they would be.
    """
    clusters: list[list] = []  # of each: the sum of where it would begin, its extent, its blocks
    for middle, extent in wanted:
        clusters.append([middle - extent / 2, extent, 1])
        while len(clusters) > 1 and _end(clusters[-2], low) > _start(clusters[-1], low):
            total, long, many = clusters.pop()
            before = clusters[-1]
            before[0] += total - before[1] * many
            before[1] += long
            before[2] += many
    middles, extents = [], iter(extent for _, extent in wanted)
    for cluster in clusters:
        at = _start(cluster, low)
        for _ in range(cluster[2]):
            extent = next(extents)
            middles.append(round(at + extent / 2, 1))
            at += extent
    return middles


def _start(cluster: list, low: float) -> float:
    return max(cluster[0] / cluster[2], low)


def _end(cluster: list, low: float) -> float:
    return _start(cluster, low) + cluster[1]
