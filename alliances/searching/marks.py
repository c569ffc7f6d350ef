"""A short part of a text around what was looked for, with its accents, marked."""

from dataclasses import dataclass

from alliances.searching.spelling import folded
from alliances.searching.statements import BEGIN, END

LONGEST, BEFORE = 280, 60
CUT = "…"


@dataclass(frozen=True)
class Piece:
    """Some words; ``is_marked`` where they are what was looked for."""

    text: str
    is_marked: bool = False


def snippet(text: str, marks: str) -> list[Piece]:
    """What is shown of a text; ``marks`` is the same without accents, with signs around matches.

    Where the two do not go together, as when it holds what looks like HTML, its beginning.
    """
    spans = _spans(text, marks)
    begin = max(spans[0][0] - BEFORE, 0) if spans else 0
    if begin:
        begin = text.find(" ", begin, spans[0][0]) + 1 or spans[0][0]
    end = min(begin + LONGEST, len(text))
    if end < len(text):
        end = max(text.rfind(" ", begin, end), *(e for _, e in spans[:1]), begin)
        end = end if end > begin else min(begin + LONGEST, len(text))
    return _pieces(text, begin, end, [(b, e) for b, e in spans if e <= end])


def _pieces(text: str, begin: int, end: int, spans: list[tuple[int, int]]) -> list[Piece]:
    pieces = [Piece(CUT)] if begin else []
    for first, last in spans:
        pieces += [Piece(text[begin:first]), Piece(text[first:last], is_marked=True)]
        begin = last
    pieces.append(Piece(text[begin:end] + (CUT if end < len(text) else "")))
    return [piece for piece in pieces if piece.text]


def _spans(text: str, marks: str) -> list[tuple[int, int]]:
    """Where the marked words begin and end in the text."""
    at = [i for i, letter in enumerate(text) for _ in folded(letter)]
    if marks.replace(BEGIN, "").replace(END, "") != "".join(map(folded, text)):
        return []
    spans, begin, place = [], 0, 0
    for letter in marks:
        if letter == BEGIN:
            begin = at[place]
        elif letter == END:
            spans.append((begin, at[place - 1] + 1))
        else:
            place += 1
    return spans
