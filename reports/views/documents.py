from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseNotModified
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import quote_etag
from django.utils.text import slugify
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from alliances import access
from alliances.models import Alliance
from alliances.pages import form_page
from alliances.roles import Permission
from reports import actions, differences, formats, queries, rendering
from reports.forms import CorrectionForm, FilterForm, TermForm
from reports.kinds import KINDS, may_have_made, of_an_alliance
from reports.models import ABOUT, Kind, Rendition, Report


def _alliance(request, pk, permission=Permission.ASK_CASE_STUDY) -> Alliance:
    alliances = Alliance.objects.select_related("programme")
    return access.load(alliances, request.user, permission, pk=pk)


@require_GET
def alliance_reports(request, pk):
    """Every kind of report on an alliance, with the latest of each."""
    alliance = _alliance(request, pk)
    made = queries.latest_of_each_kind(request.user, alliance)
    allowed = access.permissions_over(request.user, alliance)
    kinds = [(kind, made.get(kind.kind)) for kind in of_an_alliance(allowed)]
    return render(request, "reports/of_alliance.html", {"alliance": alliance, "kinds": kinds})


@require_POST
def alliance_report_ask(request, pk, kind):
    if kind not in ABOUT["alliance"]:
        raise Http404
    alliance = _alliance(request, pk, KINDS[Kind(kind)].ask)
    report = actions.ask_about_alliance(kind=Kind(kind), alliance=alliance, by=request.user)
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


@require_POST
def cluster_summary_ask(request, pk):
    cluster = access.load_cluster(request.user, Permission.SEE_CLUSTER, pk=pk)
    form = TermForm(request.POST, cluster=cluster)
    if not form.is_valid():
        messages.error(request, "Select the term to summarise.")
        return redirect("cluster", pk=pk)
    report = actions.ask_about_cluster(cluster=cluster, term=form.chosen(), by=request.user)
    return redirect("report", pk=report.pk)


@require_GET
def report_list(request):
    return render(request, "reports/list.html", {"reports": queries.reports_for(request.user)[:50]})


def _report(request, pk, **having) -> Report:
    return get_object_or_404(queries.reports_for(request.user), pk=pk, **having)


def _report_to_make(request, pk, **having) -> Report:
    found = _report(request, pk, **having)
    if not may_have_made(request.user, found):
        raise PermissionDenied
    return found


@never_cache
@require_GET
def report(request, pk):
    reports = queries.with_size(queries.with_cut(queries.reports_for(request.user)))
    found = get_object_or_404(reports, pk=pk)
    later = queries.reports_for(request.user).filter(corrects=found)
    context = {
        "report": found,
        "later": later.exclude(pk__in=Report.objects.stopped()).first(),
        "has_earlier": differences.earlier_issues(found).exists(),
        "papers": queries.papers_of(found),
        "may_have_made": may_have_made(request.user, found),
        "formats": formats.offered(found).values(),
    }
    return render(request, "reports/report.html", context)


@require_GET
def report_read(request, pk):
    found = _report(request, pk, status=Report.Status.READY)
    evidence = queries.evidence_open_to(request.user, found.data)
    context = {"report": found, "body": rendering.body_html(found.kind, found.data, evidence)}
    return render(request, "reports/read.html", context)


@require_GET
def report_file(request, pk):
    found = _report(request, pk, rendition__isnull=False)
    return _file(found.rendition, f"{slugify(found.subject)}-{found.kind}-{found.pk}.pdf")


@require_GET
def report_paper(request, pk, code):
    found = _report(request, pk)
    paper = get_object_or_404(found.papers.select_related("rendition"), code=code)
    name = f"{slugify(found.subject)}-{found.kind}-{code}-{found.pk}.pdf"
    return _file(paper.rendition, name)


def _file(rendition: Rendition, name: str) -> HttpResponse:
    response = HttpResponse(bytes(rendition.file), content_type="application/pdf")
    return _to_be_saved(response, name)


@require_GET
def report_format(request, pk, code):
    """The report in another format; not sent again to whoever has the same file."""
    found = _report(request, pk, status=Report.Status.READY)
    wanted = formats.offered(found).get(code)
    if wanted is None:
        raise Http404
    mark = quote_etag(formats.fingerprint_of(found, wanted))
    if get_conditional_response(request, etag=mark):
        return HttpResponseNotModified(headers={"ETag": mark})
    try:
        content = formats.file_of(found, wanted)
    except rendering.PdfUnavailable as missing:
        messages.error(request, f"{wanted.title}: this format cannot be made here. {missing}")
        return redirect("report", pk=pk)
    response = HttpResponse(content, content_type=wanted.content_type, headers={"ETag": mark})
    patch_cache_control(response, private=True, no_cache=True)
    return _to_be_saved(response, formats.name_of(found, wanted))


def _to_be_saved(response: HttpResponse, name: str) -> HttpResponse:
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_POST
def report_cancel(request, pk):
    found = _report(request, pk)
    if found.asked_by != request.user:
        raise PermissionDenied
    actions.cancel_report(report=found, by=request.user)
    return redirect("report", pk=pk)


@require_POST
def report_retry(request, pk):
    again = actions.retry_report(report=_report_to_make(request, pk), by=request.user)
    return redirect("report", pk=again.pk)


@require_http_methods(["GET", "POST"])
def report_correct(request, pk):
    found = _report_to_make(request, pk, status=Report.Status.READY)
    form = CorrectionForm(request.POST or None)
    if form.is_valid():
        try:
            later = actions.correct_report(report=found, by=request.user, **form.cleaned_data)
        except actions.NotToCorrect as refused:
            form.add_error(None, str(refused))
        else:
            return redirect("report", pk=later.pk)
    return form_page(request, form, back=reverse("report", args=[pk]), subject=found)


@require_GET
def report_changes(request, pk):
    """What is otherwise than in an earlier report on the subject: the last, or one asked for."""
    found = _report(request, pk, status=Report.Status.READY)
    earlier = list(differences.earlier_issues(found).defer("data"))
    asked = request.GET.get("against", "")
    before = next((each for each in earlier if str(each.pk) == asked), (earlier or [None])[0])
    told = differences.changes(before.data, found.data) if before else []
    context = {
        "report": found,
        "before": before,
        "others": [each for each in earlier if each != before],
        "changes": told,
        "counted": differences.counted(told),
    }
    return render(request, "reports/changes.html", context)
