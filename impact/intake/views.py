from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from alliances import access
from alliances.pages import form_page
from alliances.roles import Permission
from impact import actions
from impact.intake.template import csv_template, xlsx_template
from impact.models import Upload
from impact.spreadsheets.forms import AlliancesUploadForm
from impact.spreadsheets.views import download, templates_at
from impact.spreadsheets.writing import CSV, XLSX

FORMATS = {"xlsx": (xlsx_template, XLSX), "csv": (csv_template, CSV)}


@require_http_methods(["GET", "HEAD", "POST"])
def bring_in(request, pk):
    """Alliances come into a programme by spreadsheet."""
    programme = access.load_programme(request.user, Permission.PLACE_ALLIANCES, pk=pk)
    form = AlliancesUploadForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        upload = actions.send_upload(
            programme=programme, kind=Upload.Kind.ALLIANCES, by=request.user, **form.described()
        )
        return redirect("upload", pk=upload.pk)
    return form_page(
        request,
        form,
        back=reverse("programme", args=[pk]),
        template="impact/upload_new.html",
        subject=programme,
        templates=templates_at("bring-in-template", pk),
        sent=programme.uploads.without_content().select_related("sent_by")[:5],
    )


@require_safe
def bring_in_template(request, pk, form):
    programme = access.load_programme(request.user, Permission.PLACE_ALLIANCES, pk=pk)
    make, content_type = FORMATS[form]
    return download(make(programme), content_type, f"alliances.{form}")
