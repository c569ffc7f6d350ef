from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from alliances import access
from alliances.pages import form_page
from alliances.roles import Permission
from enquiries.actions import pass_gate, set_deadline
from enquiries.models import Cycle
from impact.forms import DeadlineForm, PassageForm
from impact.gates import Gate, gate_of


def _cycle(request, pk, permission) -> Cycle:
    cycles = Cycle.objects.select_related("enquiry__alliance")
    return access.load(cycles, request.user, permission, pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def gate(request, pk):
    cycle = _cycle(request, pk, Permission.READ_ENQUIRY)
    allowed = access.permissions_over(request.user, cycle.enquiry.alliance)
    shut = gate_of(cycle)
    form = PassageForm(request.POST or None if shut and shut.missing else None)
    if request.method == "POST" and _may_pass(shut, allowed, form):
        reason = form.cleaned_data["reason"] if shut.missing else ""
        pass_gate(
            cycle=cycle, enters=shut.enters, missing=shut.missing, reason=reason, by=request.user
        )
        messages.success(request, f"{cycle.label}: {shut.enters.label.lower()} has begun.")
        return redirect("enquiry", pk=cycle.enquiry_id)
    context = {
        "cycle": cycle,
        "gate": shut,
        "form": form,
        "may": {permission.name for permission in allowed},
        "passages": cycle.passages.select_related("passed_by"),
    }
    return render(request, "impact/gate.html", context, status=422 if form.errors else 200)


def _may_pass(shut: Gate | None, allowed: set[Permission], form: PassageForm) -> bool:
    """Whether a person may take the step; 403 to those who may not at all."""
    needed = Permission.OPEN_GATES if shut and shut.missing else Permission.WRITE_GROUP_FORMS
    if shut is None or needed not in allowed:
        raise PermissionDenied
    return not shut.missing or form.is_valid()


@require_http_methods(["GET", "HEAD", "POST"])
def deadline(request, pk):
    cycle = _cycle(request, pk, Permission.OPEN_GATES)
    form = DeadlineForm(request.POST or None, initial={"deadline": cycle.deadline})
    if form.is_valid():
        set_deadline(cycle=cycle, by=request.user, **form.cleaned_data)
        messages.success(request, "The deadline has been saved.")
        return redirect("gate", pk=pk)
    return form_page(request, form, back=reverse("gate", args=[pk]), subject=cycle)
