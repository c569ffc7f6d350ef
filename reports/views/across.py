from dataclasses import asdict

from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from alliances import access
from alliances.roles import Permission
from reports.across import COLUMNS, across_clusters
from reports.pooled import pooled_effects
from reports.together import together

ROWS_ON_A_PAGE = 25


@require_safe
def programme_clusters(request, pk):
    """The clusters of a programme side by side; small figures only for who may see each."""
    programme = access.load_programme(request.user, Permission.SEE_PROGRAMME, pk=pk)
    exact = Permission.READ_ACROSS in access.permissions_in(request.user, programme)
    found = across_clusters(programme, timezone.localdate(), exact=exact)
    *clusters, everything = found.lines
    page = Paginator(clusters, ROWS_ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "programme": programme,
        "exact": exact,
        "across": found,
        "columns": COLUMNS,
        "rows": [
            {"cluster": line.cluster, "cells": list(zip(COLUMNS, line.figures, strict=True))}
            for line in [*page.object_list, everything]
        ],
        "tables": [
            ("Challenges by group", found.challenges),
            ("Levels of maturity", found.maturity),
        ],
    }
    return render(request, "reports/across.html", context)


@require_safe
def programme_together(request, pk):
    """What the figures of a programme say together; small ones only for who may see each."""
    programme = access.load_programme(request.user, Permission.SEE_PROGRAMME, pk=pk)
    exact = Permission.READ_ACROSS in access.permissions_in(request.user, programme)
    found = together(programme, exact=exact)
    pooled = pooled_effects(programme, least=0 if exact else programme.fewest_schools)
    tables = [
        ("Measures by whose change they show", "Whose change", found.by_level),
        ("Claims that rest on evidence, by its strength", "Strength", found.by_strength),
    ]
    context = {
        "programme": programme,
        "exact": exact,
        "together": found,
        "pooled": [asdict(each) for each in pooled],
        "tables": [
            {
                "title": title,
                "head": head,
                "rows": [
                    {
                        "title": row.title,
                        "cells": list(zip(found.columns, row.figures, strict=True)),
                    }
                    for row in rows
                ],
            }
            for title, head, rows in tables
        ],
    }
    return render(request, "reports/together.html", context)
