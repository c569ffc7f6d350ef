from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alliances import access
from alliances.pages import form_page
from alliances.roles import Permission
from enquiries import actions
from enquiries.findings import queries
from enquiries.findings.forms import FindingForm, VerdictForm
from enquiries.models import Finding, Verdict

ROWS_ON_A_PAGE = 25
SETTLED = "Somebody has moved this finding on meanwhile."


@require_safe
def findings(request):
    """What the person is asked to affirm, and what has been published since."""
    return render(
        request,
        "enquiries/findings.html",
        {"findings": queries.asked_of(queries.findings_put_to(request.user), request.user)},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def verdict(request, pk):
    """One participant's word on one finding."""
    finding = get_object_or_404(
        queries.findings_put_to(request.user), pk=pk, state=Finding.State.ASKED
    )
    said = Verdict.objects.filter(finding=finding, by=request.user).first()
    form = VerdictForm(request.POST or None, instance=said)
    if form.is_valid():
        try:
            actions.give_verdict(finding=finding, by=request.user, **form.cleaned_data)
            messages.success(request, "Thank you: your answer is kept.")
        except actions.FindingSettled:
            messages.error(request, SETTLED)
        return redirect("findings")
    return form_page(request, form, back=reverse("findings"), quoted=finding.text)


@require_safe
def programme_findings(request, pk):
    """The national team's findings with what participants said."""
    programme = access.load_programme(request.user, Permission.WORD_FINDINGS, pk=pk)
    context = {"programme": programme, "findings": queries.findings_of(programme)}
    return render(request, "enquiries/programme_findings.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def finding_new(request, pk):
    programme = access.load_programme(request.user, Permission.WORD_FINDINGS, pk=pk)
    form = FindingForm(request.POST or None)
    if form.is_valid():
        made = actions.word_finding(programme=programme, by=request.user, **form.cleaned_data)
        messages.success(request, "The finding is a draft. Only the national team sees it.")
        return redirect("finding", pk=made.pk)
    back = reverse("programme-findings", args=[pk])
    return form_page(request, form, back=back, subject=programme)


def _finding(request, pk: int) -> Finding:
    """A finding, to those who may word findings of its programme."""
    finding = get_object_or_404(Finding.objects.select_related("programme", "moved_by"), pk=pk)
    access.load_programme(request.user, Permission.WORD_FINDINGS, pk=finding.programme_id)
    return finding


@require_safe
def finding(request, pk):
    """A finding with every answer to it; who gave it is not shown."""
    found = _finding(request, pk)
    context = {
        "finding": queries.findings_of(found.programme).get(pk=pk),
        "verdicts": found.verdicts.all(),
        "next": Finding.State(actions.NEXT[found.state]) if found.state in actions.NEXT else None,
    }
    return render(request, "enquiries/finding.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def finding_edit(request, pk):
    found = _finding(request, pk)
    if found.state != Finding.State.DRAFT:
        raise Http404
    form = FindingForm(request.POST or None, instance=found)
    if form.is_valid():
        words = form.cleaned_data
        try:
            actions.word_finding(programme=found.programme, finding=found, by=request.user, **words)
            messages.success(request, "Saved.")
        except actions.FindingSettled:
            messages.error(request, SETTLED)
        except actions.ChangedMeanwhile:
            form.show_conflict(Finding.objects.get(pk=pk))
        if not form.errors:
            return redirect("finding", pk=pk)
    return form_page(request, form, back=reverse("finding", args=[pk]), subject=found.programme)


@require_POST
def finding_move(request, pk):
    """Put a draft to participants, or publish what they affirmed."""
    found = _finding(request, pk)
    to, seen = (request.POST.get(name, "") for name in ("to", "seen"))
    try:
        moved = actions.move_finding(finding=found, to=to, seen=seen, by=request.user)
        messages.success(request, f"The finding is now: {moved.get_state_display().lower()}.")
    except actions.FindingSettled:
        messages.error(request, SETTLED)
    except actions.ChangedMeanwhile:
        messages.error(request, "Somebody has worded it anew meanwhile. Read it first.")
    return redirect("finding", pk=pk)


@require_safe
def coverage(request, pk):
    """Key messages by the alliances whose examples show them."""
    programme = access.load_programme(request.user, Permission.SEE_PROGRAMME, pk=pk)
    named = Permission.READ_ACROSS in access.permissions_in(request.user, programme)
    matrix = queries.coverage(programme.alliances.all(), named=named)
    page = Paginator(matrix.rows, ROWS_ON_A_PAGE).get_page(request.GET.get("page"))
    context = {"programme": programme, "matrix": matrix, "named": named, "page": page}
    return render(request, "enquiries/coverage.html", context)
