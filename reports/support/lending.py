"""The national team lends the role of support staff, ends it, and reads what they looked at."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alliances import access, actions
from alliances.models import Assignment, Invitation
from alliances.pages import form_page
from alliances.roles import Permission, Role
from reports.support import queries
from reports.support.forms import GiveSupportForm

LOOKS_ON_A_PAGE = 50


def _programme(request, pk):
    return access.load_programme(request.user, Permission.MANAGE_PEOPLE, pk=pk)


@require_safe
def programme_support(request, pk):
    """Who gives support, until when, and what they looked at."""
    programme = _programme(request, pk)
    looks = Paginator(queries.looks_in(programme), LOOKS_ON_A_PAGE)
    page = looks.get_page(request.GET.get("page"))
    context = {
        "programme": programme,
        "staff": queries.support_staff(programme),
        "invitations": queries.invited_to_support(programme),
        "page": page,
        "looks": queries.looks_in_words(page.object_list),
    }
    return render(request, "reports/support/lending.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def support_give(request, pk):
    """Invite somebody to give support until a day."""
    programme = _programme(request, pk)
    form = GiveSupportForm(request.POST or None, staff=queries.support_staff(programme))
    if form.is_valid():
        actions.invite(role=Role.SUPPORT, scope=programme, by=request.user, **form.cleaned_data)
        email = form.cleaned_data["email"]
        messages.success(request, f"An invitation is on its way to {email}.")
        return redirect("programme-support", pk=pk)
    back = reverse("programme-support", args=[pk])
    return form_page(request, form, back=back, subject=programme)


@require_POST
def support_end(request, pk, held):
    programme = _programme(request, pk)
    lent = Assignment.objects.current().filter(programme=programme, role=Role.SUPPORT)
    assignment = get_object_or_404(lent, pk=held)
    actions.end_assignment(assignment=assignment, by=request.user, on=timezone.localdate())
    messages.success(request, f"{assignment.user} gives no support any more.")
    return redirect("programme-support", pk=pk)


@require_POST
def support_withdraw(request, pk, kept):
    programme = _programme(request, pk)
    open_ones = Invitation.objects.open().filter(programme=programme, role=Role.SUPPORT)
    invitation = get_object_or_404(open_ones, pk=kept)
    actions.withdraw_invitation(invitation=invitation, by=request.user)
    messages.success(request, f"The invitation of {invitation.email} is withdrawn.")
    return redirect("programme-support", pk=pk)
