"""Marks in brackets, such as [C3], as links within a document to what they name."""

import re
from collections.abc import Collection

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from reports.manuscript.marks import MARK_OF_ANY_REPORT

register = template.Library()


@register.filter
def as_link(mark: str, known: Collection[str]) -> SafeString:
    """A mark in brackets, a link where the document's list has it."""
    return linked(f"[{mark}]", known)


@register.filter
def linked(text: str, known: Collection[str]) -> SafeString:
    """The words with their marks as links, as far as the document's lists have them."""

    def link(found: re.Match) -> str:
        return f'<a href="#{found[1]}">{found[0]}</a>' if found[1] in known else found[0]

    escaped = conditional_escape(text)
    return mark_safe(MARK_OF_ANY_REPORT.sub(link, escaped))  # noqa: S308 escaped before
