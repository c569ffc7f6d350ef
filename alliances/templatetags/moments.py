"""Moments as English public services write them: ``{{ report.asked_at|moment }}``."""

from datetime import datetime

from django import template
from django.utils.formats import date_format

register = template.Library()


@register.filter(expects_localtime=True)
def moment(at: datetime) -> str:
    """5 August 2018, 8:25am."""
    return f"{date_format(at, 'j F Y')}, {clock(at)}"


@register.filter(expects_localtime=True)
def clock(at: datetime) -> str:
    """8:25am."""
    return f"{date_format(at, 'g:i')}{date_format(at, 'A').lower()}"
