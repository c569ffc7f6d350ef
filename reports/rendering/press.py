"""The typesetter, on machines that have one."""

from contextlib import suppress
from dataclasses import dataclass


class PdfUnavailable(Exception):
    """Where PDFs cannot be made; the message says why, for people."""


@dataclass(frozen=True)
class Pdf:
    content: bytes
    pages: int


def press():
    """The module that knows the typesetter; it is read when the first page is printed."""
    try:
        from reports.rendering import printer
    except (ImportError, OSError) as missing:
        raise PdfUnavailable(
            "PDFs cannot be made here: the Pango library is missing. The report can be read "
            "and printed as a web page."
        ) from missing
    return printer


def prime() -> None:
    """Make this process ready to print, where it can."""
    with suppress(PdfUnavailable):
        press().prime()
