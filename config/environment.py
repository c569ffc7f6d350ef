"""Readers of the process environment that fail loudly and say what to set."""

import os

from django.core.exceptions import ImproperlyConfigured

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
