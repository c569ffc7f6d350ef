"""Refuses passwords that have been published, from a list kept on this machine.

Nobody is asked over the network: what is typed here, or a part of its hash, tells nobody anything.
"""

import hashlib
from pathlib import Path
from typing import BinaryIO

from django.core.exceptions import ImproperlyConfigured, ValidationError

STOLEN = "This password has been stolen from another site. Choose one you use nowhere else."


class BreachedPasswordValidator:
    """Looks a password up in a file of SHA-1 hashes; without a file it lets everything through.

    ``path`` names a text file with one hash a line, forty hexadecimal digits in capitals, in
    rising order. What follows a hash on its line, such as how often it was seen, is not read.
    """

    def __init__(self, path: str = ""):
        self.path = Path(path) if path else None
        if self.path and not self.path.is_file():
            raise ImproperlyConfigured(f"BREACHED_PASSWORDS names no file: {path}")

    def validate(self, password: str, user=None):  # noqa: ARG002 - the framework sets the signature
        if self.path is None:
            return
        # Not to protect anything: such lists are published as SHA-1.
        digest = hashlib.sha1(password.encode(), usedforsecurity=False).hexdigest().upper()
        with self.path.open("rb") as lines:
            if holds(lines, digest.encode()):
                raise ValidationError(STOLEN, code="password_stolen")

    def get_help_text(self) -> str:
        return "Choose a password that you use nowhere else."


def holds(lines: BinaryIO, wanted: bytes) -> bool:
    """Whether a line begins with what is wanted: some forty reads in a file of any size."""
    low, high = 0, lines.seek(0, 2)
    while low < high:
        middle = (low + high) // 2
        if _line_after(lines, middle)[: len(wanted)] < wanted:
            low = middle + 1
        else:
            high = middle
    return _line_after(lines, low).startswith(wanted)


def _line_after(lines: BinaryIO, place: int) -> bytes:
    """The first line that begins at the place or after it; past the last one, what sorts last."""
    if place:
        lines.seek(place - 1)
        lines.readline()
    else:
        lines.seek(0)
    return lines.readline().upper() or b"~"
