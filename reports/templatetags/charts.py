"""Charts in templates: ``{% chart c %}``, ``{% timeline cycles %}``, ``{% profile p %}``."""

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from reports import charts
from reports import profile as profiles

register = template.Library()


@register.simple_tag
def chart(given: dict) -> SafeString:
    """A chart of a report's values as inline SVG, the same on a page and in a document."""
    return _svg(charts.drawing(given))


@register.simple_tag
def timeline(cycles: list[dict]) -> SafeString:
    """The cycles of an enquiry as inline SVG."""
    return _svg(charts.timeline(cycles))


@register.simple_tag
def profile(given: dict) -> SafeString:
    """An alliance's maturity as inline SVG."""
    drawn = profiles.drawing(given)
    return render_to_string("reports/documents/charts/profile.svg", drawn)


@register.filter
def chart_note(given: dict) -> str:
    """Who all rows of the chart are about, where that is the same for all."""
    return charts.shared_detail(given)


def _svg(drawing: charts.Drawing) -> SafeString:
    return render_to_string(f"reports/documents/charts/{drawing['kind']}.svg", drawing)
