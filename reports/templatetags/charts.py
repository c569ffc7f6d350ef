"""Pictures in templates: ``{% chart c %}``, ``{% timeline cycles %}``, ``{% profile p %}``.

Each writes two drawings, one for a desk and for paper and one for a phone; style sheets show one.
"""

from dataclasses import replace

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from reports import charts

register = template.Library()

STUBS = {"run": "When", "distribution": "Category", "forest": "Study", "bars": "Of what"}


@register.simple_tag
def chart(given: dict) -> SafeString:
    """A chart of a report's values as inline SVG, the same on a page and in a document."""
    return _svg(charts.drawings(given))


@register.simple_tag
def column_chart(given: dict) -> SafeString:
    """A chart as wide as a column of a poster, as inline SVG."""
    return _svg([replace(charts.drawing(given, charts.NARROW), is_narrow=False)])


@register.simple_tag
def timeline(cycles: list[dict]) -> SafeString:
    """The cycles of an enquiry as inline SVG."""
    return _svg(charts.timelines(cycles))


@register.simple_tag
def profile(given: dict) -> SafeString:
    """An alliance's maturity as inline SVG."""
    return _svg(charts.profiles(given))


@register.simple_tag
def tallies(given: dict) -> SafeString:
    """Counts over terms as inline SVG."""
    return _svg(charts.tallies(given))


@register.filter
def chart_note(given: dict) -> str:
    """What is said of a chart as a whole: who all its rows are about, and its own note."""
    shared = charts.note_of(given)
    own = "" if given["kind"] == "forest" else given.get("note", "")
    return " ".join(f"{part.removesuffix('.')}." for part in (shared, own) if part)


@register.filter
def chart_table(given: dict) -> dict:
    """A chart's figures as a table.

    ``stub`` heads the first column; ``rows`` have a label, a detail, and cells under ``headings``.
    """
    return {
        "stub": given.get("stub") or STUBS.get(given["kind"], "Measure"),
        "headings": given["series"],
        "rows": [
            {"label": label, "detail": row["detail"], "cells": _cells(row, given["series"])}
            for label, row in zip(_labels(given["rows"]), given["rows"], strict=True)
        ],
    }


def _labels(rows: list[dict]) -> list[str]:
    """A row without a label goes on with the one above."""
    labels: list[str] = []
    for row in rows:
        labels.append(row["label"] or labels[-1])
    return labels


def _cells(row: dict, series: list[str]) -> list[dict]:
    return [
        {"heading": heading, "text": text}
        for heading, text in zip(series, row["texts"], strict=True)
    ]


def _svg(drawings: list[charts.Drawing]) -> SafeString:
    return mark_safe(  # noqa: S308 - each was written by a template that escapes
        "".join(
            render_to_string("reports/documents/charts/drawing.svg", {"drawing": drawing})
            for drawing in drawings
        )
    )
