"""What tables whose columns are known only when they are drawn need."""

from django import template

register = template.Library()


@register.filter
def at(values: list, index: int):
    """One of a list by its place, as a cell finds the heading of its column."""
    return values[index]
