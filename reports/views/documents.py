from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseNotModified
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import quote_etag
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alliances import access
from alliances.history import opens
from alliances.models import Alliance
from alliances.pages import form_page
from alliances.roles import Permission
from enquiries.models import Enquiry
from reports import actions, differences, editions, formats, queries, rendering
from reports.forms import CorrectionForm, FilterForm, TermForm
from reports.kinds import KINDS, may_have_made, of_an_enquiry
from reports.models import ABOUT, Kind, Rendition, Report


@require_safe
def alliance_reports(request, pk):
    """Every kind of report on each enquiry of an alliance, with the latest of each."""
    alliance = access.load(Alliance.objects, request.user, Permission.ASK_CASE_STUDY, pk=pk)
    made = queries.latest_of_each_kind(request.user, alliance)
    kinds = of_an_enquiry(access.permissions_over(request.user, alliance))
    told = [
        (enquiry, [(each, made.get((enquiry.pk, each.kind))) for each in kinds])
        for enquiry in alliance.enquiries.select_related("listing")
    ]
    context = {"alliance": alliance, "told": told, "several": len(told) > 1}
    return render(request, "reports/of_alliance.html", context)


@require_POST
def enquiry_report_ask(request, pk, kind):
    if kind not in ABOUT["enquiry"]:
        raise Http404
    enquiries = Enquiry.objects.select_related("alliance__programme")
    enquiry = access.load(enquiries, request.user, KINDS[Kind(kind)].ask, pk=pk)
    report = actions.ask_about_enquiry(kind=Kind(kind), enquiry=enquiry, by=request.user)
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


@require_safe
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
@require_safe
def report(request, pk):
    reports = queries.with_size(queries.with_cut(queries.reports_for(request.user)))
    found = get_object_or_404(reports, pk=pk)
    later = queries.reports_for(request.user).filter(corrects=found)
    may_make = may_have_made(request.user, found)
    context = {
        "report": found,
        "edition": editions.edition_of(found) if may_make else None,
        "later": later.exclude(pk__in=Report.objects.stopped()).first(),
        "has_earlier": differences.earlier_issues(found).exists(),
        "papers": queries.papers_of(found),
        "may_have_made": may_make,
        "formats": formats.offered(found).values(),
    }
    return render(request, "reports/report.html", context)


@require_safe
def report_read(request, pk):
    found = _report(request, pk, status=Report.Status.READY)
    evidence = queries.evidence_open_to(request.user, found.data)
    context = {"report": found, "body": rendering.body_html(found.kind, found.data, evidence)}
    return render(request, "reports/read.html", context)


@require_safe
def report_file(request, pk):
    found = _report(request, pk, rendition__isnull=False)
    opens(found.alliance_id)
    return _file(found.rendition, formats.named(found, "pdf"))


@require_safe
def report_paper(request, pk, code):
    found = _report(request, pk)
    opens(found.alliance_id)
    paper = get_object_or_404(found.papers.select_related("rendition"), code=code)
    return _file(paper.rendition, formats.named(found, "pdf", code))


def _file(rendition: Rendition, name: str) -> HttpResponse:
    response = HttpResponse(bytes(rendition.file), content_type="application/pdf")
    return _to_be_saved(response, name)


@require_safe
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
    opens(found.alliance_id)
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


@require_http_methods(["GET", "HEAD", "POST"])
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


@require_safe
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
