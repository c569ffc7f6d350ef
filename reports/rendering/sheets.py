"""Large documents section by section: each is printed by itself, and all are joined.

A sheet is a section as HTML, before it is printed. It knows nothing of pages before it, so that
one that has not changed need not be printed again.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.template.loader import render_to_string

from reports.rendering import gate
from reports.rendering.bodies import FOLDER, KINDS, context
from reports.rendering.cover import device
from reports.rendering.fingerprint import identifier_of, shaped_by
from reports.rendering.joining import Part, Running, join, settled
from reports.rendering.passing import passed
from reports.rendering.press import Pdf, press

FRONT = "front"


@dataclass(frozen=True)
class Sheet:
    """A section to print; ``made_from`` is the hash of everything that shapes its pages."""

    key: str
    title: str
    html: str
    made_from: str


def of(kind: str, data: dict) -> list[Sheet]:
    """The sheets of a document, in order; none of a kind that is printed whole."""
    if not KINDS[kind].in_parts:
        return []
    told = context(kind, data)
    return [_sheet(section, told) for section in told["sections"]]


def _sheet(section, told: dict) -> Sheet:
    html = render_to_string(f"{FOLDER}/part.html", told | {"section": section})
    return Sheet(section.key, section.title, html, shaped_by(section.key, {"html": html}))


def print_sheet(key: str, html: str) -> Pdf:
    """The pages of a sheet, once nothing was found that keeps them from being read aloud."""
    pdf = Pdf(*press().print_document(html, {}, identifier_of(key, {"html": html}), key))
    return passed(key, pdf, gate.problems_of_part)


def joined(kind: str, data: dict, parts: Sequence[Pdf]) -> Pdf:
    """The whole document from its printed sheets, in their order, once it has passed too."""
    printer, told = press(), context(kind, data)
    cover, identifier = {"cover.svg": device(data)}, identifier_of(kind, data)

    def front(starts: dict[str, int]) -> tuple[bytes, int]:
        listed = [replace(section, page=starts[section.key]) for section in told["sections"]]
        html = render_to_string(f"{FOLDER}/front.html", told | {"sections": listed})
        return printer.print_document(html, cover, identifier, FRONT)

    sections = list(zip(told["sections"], parts, strict=True))
    first = Pdf(*settled(front, {section.key: part.pages for section, part in sections}))
    whole = join(
        passed(FRONT, first, gate.problems).content,
        [Part(section.key, section.title, part.content) for section, part in sections],
        Running(data.get("alliance") or told["title"], data["agency"]),
    )
    pages = first.pages + sum(part.pages for part in parts)
    return passed(kind, Pdf(whole, pages), gate.problems_of_joining)
