"""One's own leadership log over time."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from alliances import access
from alliances.roles import Permission
from enquiries.models import Enquiry, LeadershipEntry
from reports import leadership


@require_safe
def leadership_log(request, pk):
    """What the person logged themselves; with ``?whose=all``, or without any, what all did."""
    enquiries = Enquiry.objects.select_related("alliance")
    enquiry = access.load(enquiries, request.user, Permission.READ_ENQUIRY, pk=pk)
    logged = list(LeadershipEntry.objects.filter(enquiry=enquiry, logged_by__isnull=False))
    own = [entry for entry in logged if entry.logged_by_id == request.user.pk]
    is_own = bool(own) and request.GET.get("whose") != "all"
    log = leadership.log_of(enquiry, own if is_own else logged)
    context = {
        "enquiry": enquiry,
        "log": log,
        "rows": [
            {
                "title": line.title,
                "total": line.total,
                "cells": [
                    {"term": f"{term} {year}", "count": count}
                    for (term, year), count in zip(log.terms, line.counts, strict=True)
                ],
            }
            for line in log.behaviours
        ],
        "picture": leadership.picture_of(log) if log.entries else None,
        "is_own": is_own,
        "has_own": bool(own),
        "may": {p.name for p in access.permissions_over(request.user, enquiry.alliance)},
    }
    return render(request, "reports/leadership.html", context)
