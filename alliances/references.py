"""The reference of what is being done: on the error page, in the answer, in each line of the log.

A task that a request causes keeps the reference of that request.
"""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

# Read out over the telephone: no letter or digit that looks or sounds like another.
ALPHABET = "23456789CDFGHJKMPQRTVWXY"
LENGTH = 8

_current: ContextVar[str] = ContextVar("reference", default="")


def current() -> str:
    """The reference of what this thread is doing; empty where it does nothing for anybody."""
    return _current.get()


@contextmanager
def doing(reference: str = "") -> Iterator[str]:
    """While this lasts all is done under the reference, a new one unless one is given."""
    reference = reference or "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    before = _current.set(reference)
    try:
        yield reference
    finally:
        _current.reset(before)
