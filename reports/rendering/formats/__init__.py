"""Files made of a report from the HTML that is read on screen and printed, and from its data."""

import json
from collections.abc import Callable

from reports.rendering.bodies import body_html, page_html
from reports.rendering.fingerprint import shaped_by
from reports.rendering.formats.imprint import SIGNS, Imprint
from reports.rendering.formats.reading import metadata, read
from reports.rendering.formats.separated import separated
from reports.rendering.formats.workbook import workbook

__all__ = ["SIGNS", "Imprint", "format_of", "shaped_format"]


def _xlsx(kind: str, data: dict, imprint: Imprint) -> bytes:
    return workbook(read(body_html(kind, data)), imprint)


def _csv(kind: str, data: dict, imprint: Imprint) -> bytes:
    return separated(read(body_html(kind, data)), imprint)


def _docx(kind: str, data: dict, imprint: Imprint) -> bytes:
    from reports.rendering.formats.word import word

    page = page_html(kind, data)
    return word(read(page), imprint, metadata(page))


def _json(_kind: str, data: dict, imprint: Imprint) -> bytes:
    told = {"report": imprint.header(), "data": data}
    return json.dumps(told, ensure_ascii=False, indent=2, sort_keys=True).encode()


MAKERS: dict[str, Callable[[str, dict, Imprint], bytes]] = {
    "docx": _docx,
    "xlsx": _xlsx,
    "csv": _csv,
    "json": _json,
}


def format_of(code: str, kind: str, data: dict, imprint: Imprint) -> bytes:
    """A report in the format of this code; the same values give the same bytes."""
    return MAKERS[code](kind, data, imprint)


def shaped_format(code: str, kind: str, data: dict, imprint: Imprint) -> str:
    """The hash of everything that shapes the file, known before it is made."""
    return shaped_by(kind, {"format": code, "data": data, "imprint": imprint.header()})
