"""Numbered tables, and what those need whose columns are known only when they are drawn."""

from collections.abc import Sequence

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

register = template.Library()


@register.filter
def at(values: list, index: int):
    """One of a list by its place, as a cell finds the heading of its column."""
    return values[index]


@register.simple_block_tag
def table(
    content: SafeString,
    number: int,
    caption: str,
    *headings: str,
    manner: str,
    rows: Sequence = (),
    whole_below: int = 0,
    figures: bool = False,
) -> SafeString:
    """A numbered table around its rows, with a heading for each column.

    It stays on one page where it has fewer ``rows`` than ``whole_below``. With ``figures`` all
    columns but the first are set as figures.
    """
    told = {
        "content": content,
        "number": number,
        "caption": caption,
        "headings": headings,
        "manner": manner,
        "is_whole": len(rows) < whole_below,
        "figures": figures,
    }
    return render_to_string("reports/documents/parts/table.html", told)


@register.filter
def in_turn(category: list[str]) -> str:
    """A category's figures at one moment after the other: "0 pupils, then 14 pupils"."""
    return ", then ".join(filter(None, category[1:-1]))
