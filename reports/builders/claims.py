"""Claims and figures under their marks, each leading to what it rests on."""

from collections import Counter
from collections.abc import Collection
from copy import copy
from dataclasses import replace

from django.utils.formats import date_format

from impact.claims.queries import Stated
from impact.claims.sources import Piece, Sources
from impact.disclosure import disclose_stated
from impact.values import Symbol
from reports.values import ClaimLine, EvidenceLine, MeasureTable, StatementLine

TESTED = {
    "pass": "Passed all three tests of quality.",
    "untested": "Not put to the three tests of quality.",
}
# A piece of evidence of each kind, and several.
NOUNS = {
    "measure": ("measure", "measures"),
    "trial": ("trial", "trials"),
    "quotation": ("quotation", "quotations"),
    "entry": ("leadership entry", "leadership entries"),
    "file": ("file", "files"),
}
UNAGREED = "A voice from the alliance; whoever spoke has not agreed to be quoted"
WITHHELD = f"[{Symbol.SUPPRESSED}]"


def as_told(stated: list[Stated], threshold: int) -> list[Stated]:
    """Claims as they leave their alliance: of few pupils neither the figure nor the words."""
    return [_told(each, threshold) for each in stated]


def _told(stated: Stated, threshold: int) -> Stated:
    claim = copy(stated.claim)
    value = None if claim.value is None else float(claim.value)
    n = claim.group_size
    if disclose_stated(claim.level, value, claim.unit, n=n, threshold=threshold):
        claim.statement, claim.value = WITHHELD, None
    return replace(stated, claim=claim)


def symbols_in(stated: list[Stated]) -> set[Symbol]:
    return {Symbol.SUPPRESSED for each in stated if each.claim.statement == WITHHELD}


def marked(stated: Stated) -> str:
    """A claim's words with its mark, and that nothing stands behind it where the alliance wrote it.

    Of what is printed the list of claims says so.
    """
    is_bare = not stated.has_evidence and not stated.is_printed
    flag = " (no evidence linked)" if is_bare else ""
    return f"{stated.claim.statement}{flag} [{stated.mark}]"


def claim_line(stated: Stated) -> ClaimLine:
    """A claim with the marks of what counts as its evidence; nobody is named."""
    return ClaimLine(
        mark=stated.mark,
        statement=stated.claim.statement,
        marks=[piece.mark for piece in stated.pieces if piece.counts],
        strength=stated.degree.title if stated.degree else "",
        state=state_of(stated),
        claim=stated.claim.pk,
    )


def statement_line(stated: Stated, alliance: str, mark: str) -> StatementLine:
    """What a claim of any alliance rests on, without a number that is told of few people."""
    return StatementLine(
        mark=mark,
        alliance=alliance,
        own_mark=stated.mark,
        kind=stated.claim.get_kind_display(),
        people=stated.strength.found("criterion-people").text,
        strength=stated.degree.title if stated.degree else "",
        state=state_of(stated),
        evidence=behind(stated),
        claim=stated.claim.pk,
        is_bare=_is_bare(stated),
    )


def _is_bare(stated: Stated) -> bool:
    """Whether it was printed, and nothing is recorded of how the alliance knew."""
    claim = stated.claim
    said = stated.has_evidence or claim.kind or stated.rated or claim.group_size is not None
    return stated.is_printed and not stated.is_signed and not said


def state_of(stated: Stated) -> str:
    """Where a claim is printed, or whether its alliance has signed it off."""
    if stated.is_signed:
        return f"Signed off by the alliance on {date_format(stated.signature.at, 'j F Y')}"
    if stated.is_printed:
        return f"As printed{f': {stated.claim.source}' if stated.claim.source else ''}"
    return "Changed since it was signed off" if stated.signature else "Not signed off"


def behind(stated: Stated) -> str:
    """How many pieces of each kind stand behind a claim, in words."""
    if not stated.has_evidence:
        return "No evidence linked"
    counts = Counter(piece.kind for piece in stated.pieces if piece.counts)
    return ", ".join(
        f"{counts[kind]} {one if counts[kind] == 1 else several}"
        for kind, (one, several) in NOUNS.items()
        if counts[kind]
    )


def with_marks(tables: list[MeasureTable], sources: Sources) -> list[MeasureTable]:
    """The tables with the mark of each measure beside its figures."""
    return [
        replace(
            table,
            lines=[
                replace(line, mark=sources.pieces["measure", line.id].mark) for line in table.lines
            ],
        )
        for table in tables
    ]


def evidence_lines(
    stated: list[Stated], sources: Sources, marks: Collection[str] | None = None
) -> list[EvidenceLine]:
    """Every measure, and whatever else a claim rests on, once and in the order of the marks.

    With ``marks``, what they name instead.
    """
    pieces = sources.pieces.values()
    if marks is None:
        marks = behind_any(stated) | {p.mark for p in pieces if p.kind == "measure"}
    return [
        EvidenceLine(piece.mark, _called(piece), _said(piece), _note(piece, sources))
        for piece in pieces
        if piece.mark in marks
    ]


def _called(piece: Piece) -> str:
    return NOUNS[piece.kind][0].capitalize()


def behind_any(stated: list[Stated]) -> set[str]:
    """The marks of all that counts as evidence of some claim."""
    return {piece.mark for each in stated for piece in each.pieces if piece.counts}


def _said(piece: Piece) -> str:
    return piece.text if piece.may_be_told else UNAGREED


def _note(piece: Piece, sources: Sources) -> str:
    """How far the data of a measure can be trusted; of other evidence nothing is to be told."""
    if piece.kind != "measure":
        return ""
    tests = sources.designs.tested({piece.id})
    failed = [name for name, outcome in tests.items() if outcome == "fail"]
    if failed:
        return f"Failed the test of {', '.join(failed)}."
    return TESTED["untested" if "untested" in tests.values() else "pass"]
