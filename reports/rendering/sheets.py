"""Large documents section by section: each is printed by itself, and all are joined.

A sheet is a section as HTML, before it is printed. It knows nothing of pages before it, so that
one that has not changed need not be printed again.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.template.loader import render_to_string

from reports.rendering.bodies import FOLDER, KINDS, context
from reports.rendering.cover import device
from reports.rendering.fingerprint import shaped_by
from reports.rendering.joining import Part, Running, join, settled
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
    identifier = bytes.fromhex(shaped_by(key, {"html": html}))[:16]
    return Pdf(*press().print_document(html, {}, identifier, key))


def joined(kind: str, data: dict, parts: Sequence[Pdf]) -> Pdf:
    """The whole document from its printed sheets, in their order."""
    printer, told = press(), context(kind, data)
    name = data.get("alliance") or data["programme"]
    cover = {"cover.svg": device(name)}
    identifier = bytes.fromhex(shaped_by(kind, data))[:16]

    def front(starts: dict[str, int]) -> tuple[bytes, int]:
        listed = [replace(section, page=starts[section.key]) for section in told["sections"]]
        html = render_to_string(f"{FOLDER}/front.html", told | {"sections": listed})
        return printer.print_document(html, cover, identifier, FRONT)

    sections = list(zip(told["sections"], parts, strict=True))
    content, pages = settled(front, {section.key: part.pages for section, part in sections})
    whole = join(
        content,
        [Part(section.key, section.title, part.content) for section, part in sections],
        Running(data.get("alliance") or told["title"], data["agency"]),
    )
    return Pdf(whole, pages + sum(part.pages for part in parts))
