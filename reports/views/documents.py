from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import slugify
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from alliances import access
from alliances.models import Alliance
from alliances.roles import Permission
from reports import actions, queries, rendering
from reports.forms import FilterForm
from reports.models import Report


@require_POST
def case_study_ask(request, pk):
    alliances = Alliance.objects.select_related("programme")
    alliance = access.load(alliances, request.user, Permission.ASK_CASE_STUDY, pk=pk)
    report = actions.ask_for_case_study(alliance=alliance, by=request.user)
    return redirect("report", pk=report.pk)


@require_POST
def national_ask(request, pk):
    programme = access.load_programme(request.user, Permission.ASK_NATIONAL_REPORT, pk=pk)
    wanted = FilterForm(request.POST, programme=programme).chosen()
    alliances = queries.filtered(programme, wanted)
    if not alliances.exists():
        messages.error(request, "No alliance fits the filter, so there is nothing to report on.")
        return redirect("programme", pk=pk)
    report = actions.ask_for_national(
        programme=programme, alliances=alliances, about=wanted.about, by=request.user
    )
    return redirect("report", pk=report.pk)


@require_GET
def report_list(request):
    return render(request, "reports/list.html", {"reports": queries.reports_for(request.user)[:50]})


def _report(request, pk, **having) -> Report:
    return get_object_or_404(queries.reports_for(request.user), pk=pk, **having)


@never_cache
@require_GET
def report(request, pk):
    return render(request, "reports/report.html", {"report": _report(request, pk)})


@require_GET
def report_read(request, pk):
    found = _report(request, pk, status=Report.Status.READY)
    context = {"report": found, "body": rendering.body_html(found.kind, found.data)}
    return render(request, "reports/read.html", context)


@require_GET
def report_file(request, pk):
    found = _report(request, pk, rendition__isnull=False)
    response = HttpResponse(bytes(found.rendition.file), content_type="application/pdf")
    name = f"{slugify(str(found.alliance or found.programme))}-{found.kind}-{found.pk}.pdf"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_POST
def report_retry(request, pk):
    again = actions.retry_report(report=_report(request, pk), by=request.user)
    return redirect("report", pk=again.pk)
