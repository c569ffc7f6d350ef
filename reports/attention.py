"""The few rules that say what is missing from an enquiry; the pages show them to everybody."""

from dataclasses import dataclass

from django.urls import reverse

from enquiries.models import Cycle, Enquiry
from impact.values import MeasureValues, Symbol


@dataclass(frozen=True)
class Gap:
    """Something missing, and the page where it is put right."""

    text: str
    action: str
    url: str


def _gap(text: str, action: str, url_name: str, *args, query: str = "") -> Gap:
    return Gap(text, action, reverse(url_name, args=args) + query)


def _without_baseline(text: str, enquiry: Enquiry, measure: MeasureValues) -> Gap:
    query = f"?measure={measure.id}&moment=baseline"
    return _gap(text, "Add it", "sheet-new", enquiry.pk, "reading", query=query)


def missing(enquiry: Enquiry, cycle: Cycle | None, measures: list[MeasureValues]) -> list[Gap]:
    """What the method asks for that is not there yet."""
    pk, gaps = enquiry.pk, []
    if not _asks(enquiry):
        gaps.append(_gap("The question of enquiry is not stated", "State it", "enquiry-edit", pk))
    if cycle is None:
        gaps.append(_gap("No cycle has been started", "Start one", "cycle-new", pk))
    of_pupils = [measure for measure in measures if measure.level == "pupil"]
    if not of_pupils:
        text = "Nothing about pupils is measured"
        gaps.append(_gap(text, "Add a measure", "sheet-new", pk, "measure"))
    unread = [measure for measure in measures if not measure.readings]
    for measure in unread:
        text = f"“{measure.name}” has no baseline yet"
        gaps.append(_without_baseline(text, enquiry, measure))
    is_named = any(measure in unread for measure in of_pupils)
    if of_pupils and not is_named and not any(_has(measure, "baseline") for measure in of_pupils):
        text = "No measure about pupils has a baseline"
        gaps.append(_without_baseline(text, enquiry, of_pupils[0]))
    return gaps


def _asks(enquiry: Enquiry) -> bool:
    """Whether a question is known, from the alliance or from the programme's reports."""
    return bool(enquiry.question or (hasattr(enquiry, "listing") and enquiry.listing.question))


def _has(measure: MeasureValues, moment: str) -> bool:
    value = measure.at(moment)
    return value is not None and value.symbol in (Symbol.NONE, Symbol.SUPPRESSED)
