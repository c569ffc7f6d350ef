"""What a report says on its face, frozen with what it tells."""

from django.conf import settings
from django.utils.formats import date_format

from reports.models import Kind, Report

# What a report that is published is about, beside its alliance; others asked for are not of it.
PUBLISHED = "For publication"
# The code of the paper of a published report to which a later version is out.
SUPERSEDED = "superseded"


def face_of(report: Report) -> dict:
    """A later version says which it is and what was wrong before; what is published its licence."""
    return _issue(report) | _licence(report)


def superseded(data: dict) -> dict:
    """A published report's content, for the face that it has once a later version is out."""
    return data | {"is_superseded": True}


def _issue(report: Report) -> dict:
    if not report.corrects:
        return {}
    before = {"version": report.corrects.version, "on": date_format(report.corrects.asked_at)}
    return {"issue": {"version": report.version, "corrects": before, "text": report.correction}}


def _licence(report: Report) -> dict:
    """The name of the licence and its address, as the settings have them."""
    is_public = report.about == PUBLISHED or report.kind in (Kind.THEME, Kind.OVERARCHING)
    if not (is_public and settings.PUBLICATION_LICENCE):
        return {}
    name, _, address = settings.PUBLICATION_LICENCE.rpartition(" ")
    return {"licence": {"name": name, "address": address}}
