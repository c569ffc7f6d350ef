"""Everything that somebody may see, to take along."""

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from alliances.content import words
from impact.spreadsheets.views import download
from reports.exporting.files import FORMS, file_of


@require_safe
def export(request):
    context = {"about": words("reports", "export")["export"], "forms": FORMS.values()}
    return render(request, "reports/export.html", context)


@require_safe
def export_file(request, form):
    if form not in FORMS:
        raise Http404
    name, content = file_of(request.user, FORMS[form])
    return download(content, FORMS[form].content_type, name)
