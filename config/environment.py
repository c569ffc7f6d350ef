"""Readers of the process environment that fail loudly and say what to set."""

import os

from django.core.exceptions import ImproperlyConfigured
from redis.connection import parse_url

# Those that pages may speak, by their own names; see docs/translating.md.
LANGUAGES = {"en-gb": "English", "cy": "Cymraeg"}
DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]


def text(name: str, default: str | None = None) -> str:
    """The variable's value; without it the default; without either, an error that names it."""
    value = os.environ.get(name, default)
    if value is None or value == "":
        raise ImproperlyConfigured(f"Set {name} in the environment.")
    return value


def optional(name: str) -> str:
    """The variable's value, empty where it is not set."""
    return os.environ.get(name, "")


def flag(name: str, *, default: bool) -> bool:
    """True for 1/true/yes, False for 0/false/no; anything else is an error."""
    value = os.environ.get(name)
    if value is None or value == "":
        return default
    match value.strip().lower():
        case "1" | "true" | "yes":
            return True
        case "0" | "false" | "no":
            return False
    raise ImproperlyConfigured(f"{name} must be true or false, not {value!r}.")


def number(name: str, default: int) -> int:
    """A whole number; anything else is an error."""
    value = os.environ.get(name)
    if value is None or value == "":
        return default
    if not value.strip().lstrip("-").isdigit():
        raise ImproperlyConfigured(f"{name} must be a whole number, not {value!r}.")
    return int(value)


def one_of(name: str, values: list[str]) -> str:
    """One of the values, the first by default; anything else is an error."""
    value = os.environ.get(name) or values[0]
    if value not in values:
        raise ImproperlyConfigured(f"{name} must be one of {', '.join(values)}, not {value!r}.")
    return value


def weekday(name: str, default: str) -> int:
    """A day of the week by its English name: 0 for Monday to 6 for Sunday; all else an error."""
    value = os.environ.get(name) or default
    try:
        return DAYS.index(value.strip().lower())
    except ValueError:
        raise ImproperlyConfigured(f"{name} must be a day of the week, not {value!r}.") from None


def items(name: str, default: str = "") -> list[str]:
    """A comma-separated list without its empty items."""
    return [item.strip() for item in os.environ.get(name, default).split(",") if item.strip()]


def languages(name: str, default: str) -> list[tuple[str, str]]:
    """Codes and names of languages; one that no page speaks is an error."""
    codes = items(name, default)
    if strange := [code for code in codes if code not in LANGUAGES]:
        raise ImproperlyConfigured(f"{name} may hold {', '.join(LANGUAGES)}, not {strange[0]!r}.")
    return [(code, LANGUAGES[code]) for code in codes]


def next_database(url: str) -> str:
    """The Redis database whose number follows that of the URL, on the same server."""
    number = parse_url(url).get("db", 0) + 1  # type: ignore[no-untyped-call]
    address, _, query = url.partition("?")
    kept = [part for part in query.split("&") if part and not part.startswith("db=")]
    return f"{address}?{'&'.join([*kept, f'db={number}'])}"
