"""From an alliance's own view of its maturity to what it may try next."""

from dataclasses import asdict

from django.shortcuts import render
from django.views.decorators.http import require_safe

from alliances import access
from alliances.content import words
from alliances.roles import Permission
from enquiries.models import Enquiry, InterventionChoice, MaturityReview
from enquiries.queries import current_cycle
from reports.builders.maturity import build_profile, first_before, level_of
from reports.forms import ToolkitForm
from reports.toolkit import sections


def _readable(request, pk) -> Enquiry:
    enquiries = Enquiry.objects.select_related("alliance")
    return access.load(enquiries, request.user, Permission.READ_ENQUIRY, pk=pk)


@require_safe
def maturity(request, pk):
    """Every evaluation of an alliance, the last drawn beside the first or the one asked for."""
    enquiry = _readable(request, pk)
    reviews = list(MaturityReview.objects.filter(enquiry=enquiry))
    now = reviews[-1] if reviews else None
    asked = request.GET.get("then", "")
    then = next((r for r in reviews[:-1] if str(r.pk) == asked), None)
    profile = build_profile(now, then or first_before(now, reviews)) if now else None
    context = {
        "enquiry": enquiry,
        "reviews": reviews,
        "profile": profile and asdict(profile),
        "rows": _rows(reviews),
        "may": {p.name for p in access.permissions_over(request.user, enquiry.alliance)},
    }
    return render(request, "reports/maturity.html", context)


def _rows(reviews: list[MaturityReview]) -> list[dict]:
    """Each strand with its level and evidence in each evaluation."""
    return [
        {
            "strand": strand,
            "cells": [
                {
                    "on": review.held_on,
                    "level": level_of(review, strand.code),
                    "evidence": review.value_of(f"evidence.{strand.code}"),
                    "is_priority": strand.code in review.priorities,
                }
                for review in reviews
            ],
        }
        for strand in words("enquiries", "maturity").values()
    ]


@require_safe
def toolkit(request, pk):
    """The toolkit by strand, at first by those chosen as priority, and what others tried."""
    enquiry = _readable(request, pk)
    last = MaturityReview.objects.filter(enquiry=enquiry).last()
    first = {} if "strand" in request.GET else {"strand": last.priorities if last else []}
    form = ToolkitForm(request.GET if "strand" in request.GET else first)
    chosen = form.chosen()
    context = {
        "enquiry": enquiry,
        "form": form,
        "priorities": "strand" not in request.GET and bool(chosen),
        "sections": sections(enquiry, chosen, request.user) if chosen else [],
        "choices": InterventionChoice.objects.filter(enquiry=enquiry, cycle=current_cycle(enquiry)),
        "may": {p.name for p in access.permissions_over(request.user, enquiry.alliance)},
    }
    return render(request, "reports/toolkit.html", context)
