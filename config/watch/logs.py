"""Lines of the log without personal data: no address, no form, no query, no words of an error.

What an error says may quote what somebody typed, so only its class and the lines of code are kept.
"""

import json
import logging
import re
import traceback
from datetime import UTC, datetime

from django.http import HttpRequest

from alliances import references
from config.watch.requests import route_of

ADDRESS = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")
QUERY = re.compile(r"(/[^\s?]*)\?\S+")
FEWEST = 3  # shorter words of an error are found in any sentence


class Line(logging.Formatter):
    """A line to read: when, how grave, who says so, what, and the reference."""

    def format(self, record: logging.LogRecord) -> str:
        told = described(record)
        for error in told.pop("error", []):
            told[error["class"]] = " > ".join(error["lines"])
        rest = [f"{name}={value}" for name, value in told.items() if name not in SHOWN]
        first = " ".join(str(told[name]) for name in SHOWN if name in told)
        return " ".join([first, *rest]).replace("\n", " ")


class JsonLine(logging.Formatter):
    """The same as one JSON object."""

    def format(self, record: logging.LogRecord) -> str:
        return json.dumps(described(record), ensure_ascii=False, default=str)


SHOWN = ("at", "level", "logger", "message")


def described(record: logging.LogRecord) -> dict:
    """What a line tells, each part scrubbed."""
    told = {
        "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
        "level": record.levelname,
        "logger": record.name,
        "message": _message(record),
    }
    reference = references.current() or getattr(_request(record), "reference", "")
    if reference:
        told["reference"] = reference
    told |= getattr(record, "told", {})
    if record.exc_info and record.exc_info[1]:
        told["error"] = [_told_of(each) for each in _chain(record.exc_info[1])]
    return told


def _message(record: logging.LogRecord) -> str:
    text = record.getMessage()
    if request := _request(record):
        text = text.replace(request.path, f"/{route_of(request)}")
    for error in _chain(record.exc_info[1] if record.exc_info else None):
        for words in (repr(error), str(error)):
            if len(words) > FEWEST:
                text = text.replace(words, type(error).__name__)
    return QUERY.sub(r"\1?...", ADDRESS.sub("(address)", text))


def _request(record: logging.LogRecord) -> HttpRequest | None:
    """The request that a line of Django's is about."""
    request = getattr(record, "request", None)
    return request if isinstance(request, HttpRequest) else None


def _chain(error: BaseException | None) -> list[BaseException]:
    """The error and those that led to it."""
    found: list[BaseException] = []
    while error is not None and error not in found:
        found.append(error)
        error = error.__cause__ or error.__context__
    return found


def _told_of(error: BaseException) -> dict:
    frames = traceback.extract_tb(error.__traceback__)
    lines = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
    return {"class": f"{type(error).__module__}.{type(error).__qualname__}", "lines": lines}
