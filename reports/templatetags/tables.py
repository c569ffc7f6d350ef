"""What tables whose columns are known only when they are drawn need."""

from django import template

register = template.Library()


@register.filter
def at(values: list, index: int):
    """One of a list by its place, as a cell finds the heading of its column."""
    return values[index]


@register.filter
def in_turn(category: list[str]) -> str:
    """A category's figures at one moment after the other: "0 pupils, then 14 pupils"."""
    return ", then ".join(filter(None, category[1:-1]))
