"""How lists and charts call the theme and the cohort of an alliance, and in which order."""

UNSTATED = "Not stated"


def theme_called(number: int | None) -> str:
    return f"Theme {number}" if number else UNSTATED


def cohort_called(number: int | None) -> str:
    return f"Cohort {number}" if number else UNSTATED


def in_order(called: str) -> tuple[bool, str]:
    """By name; what is not stated comes last."""
    return called == UNSTATED, called
