"""Marks in brackets, such as [C3], as links within a document to what they name."""

import re

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

MARK = re.compile(r"\[([CMSTQLF]\d+)\]")


@register.filter
def as_link(mark: str, doc: dict) -> SafeString:
    """A mark in brackets, a link where the document's list has it."""
    return linked(f"[{mark}]", doc)


@register.filter
def linked(text: str, doc: dict) -> SafeString:
    """The words with their marks as links, as far as the document's lists have them."""
    known = {line["mark"] for name in ("rests_on", "evidence") for line in doc.get(name, [])}

    def link(found: re.Match) -> str:
        return f'<a href="#{found[1]}">{found[0]}</a>' if found[1] in known else found[0]

    return mark_safe(MARK.sub(link, conditional_escape(text)))  # noqa: S308 escaped before
