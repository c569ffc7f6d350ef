from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alliances import access, actions
from alliances.forms import HandOverForm, InvitationForm, RoleForm
from alliances.models import Alliance, Assignment, Invitation
from alliances.pages import form_page, offer_undo, undo_of
from alliances.queries import (
    has_account,
    is_only_lead,
    last_act,
    open_invitation,
    open_invitations,
    people_of,
    was_all_of_it,
)
from alliances.roles import Permission, Role

OVER = "This role has been handed over or ended meanwhile"
SPENT = "This invitation has been accepted or withdrawn meanwhile."


@require_safe
def people(request, pk):
    alliance = access.load(Alliance.objects.all(), request.user, Permission.SEE_ALLIANCE, pk=pk)
    allowed = access.permissions_over(request.user, alliance)
    manages = Permission.MANAGE_PEOPLE in allowed
    context = {
        "alliance": alliance,
        "people": people_of(alliance),
        "manages": manages,
        "invitations": open_invitations(alliance) if manages else [],
    }
    return render(request, "alliances/people.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def invite(request, pk):
    alliance = access.load(Alliance.objects.all(), request.user, Permission.MANAGE_PEOPLE, pk=pk)
    form = InvitationForm(request.POST or None, alliance=alliance)
    if form.is_valid():
        role, email = Role(form.cleaned_data["role"]), form.cleaned_data["email"]
        actions.invite(email=email, role=role, scope=form.scope(), by=request.user)
        messages.success(request, f"An invitation is on its way to {email}.")
        return redirect("people", pk=pk)
    return form_page(request, form, back=reverse("people", args=[pk]), subject=alliance)


@require_http_methods(["GET", "HEAD", "POST"])
def role_change(request, pk):
    assignment, alliance = access.load_assignment(request.user, Permission.MANAGE_PEOPLE, pk=pk)
    form = RoleForm(request.POST or None, assignment=assignment)
    if form.is_valid():
        role, today = Role(form.cleaned_data["role"]), timezone.localdate()
        try:
            actions.change_role(assignment=assignment, role=role, by=request.user, on=today)
        except actions.AlreadyHeld:
            form.add_error("role", f"{assignment.user} has this role here already")
        except actions.AlreadyHandedOver:
            form.add_error(None, OVER)
        else:
            messages.success(request, f"{assignment.user} is now {role.label.lower()}.")
            return redirect("people", pk=alliance.pk)
    back = reverse("people", args=[alliance.pk])
    return form_page(request, form, back=back, subject=assignment)


@require_http_methods(["GET", "HEAD", "POST"])
def hand_over(request, pk):
    assignment, alliance = access.load_assignment(request.user, Permission.MANAGE_PEOPLE, pk=pk)
    form = HandOverForm(request.POST or None, giver=assignment.user)
    if form.is_valid():
        email, today = form.cleaned_data["email"], timezone.localdate()
        try:
            given = actions.hand_over(assignment=assignment, email=email, by=request.user, on=today)
        except actions.AlreadyHeld:
            form.add_error("email", f"{email} has this role here already")
        except actions.AlreadyHandedOver:
            form.add_error(None, OVER)
        else:
            messages.success(request, _handed_over(given, assignment))
            return redirect("home")
    back = reverse("people", args=[alliance.pk])
    return form_page(request, form, back=back, subject=assignment)


def _handed_over(given: Assignment | Invitation, was: Assignment) -> str:
    if isinstance(given, Assignment):
        return f"The role has been handed over to {given.user.email}."
    return f"{given.email} is invited. {was.user} keeps the role until they join."


@require_http_methods(["GET", "HEAD", "POST"])
def assignment_end(request, pk):
    assignment, alliance = access.load_assignment(
        request.user, Permission.MANAGE_PEOPLE, pk=pk, or_own=True
    )
    if request.method == "POST":
        actions.end_assignment(assignment=assignment, by=request.user, on=timezone.localdate())
        return _ended(request, assignment, alliance)
    context = {
        "assignment": assignment,
        "alliance": alliance,
        "is_only_lead": is_only_lead(assignment),
    }
    return render(request, "alliances/assignment_end.html", context)


def _ended(request, assignment: Assignment, alliance: Alliance):
    """Back to the people, with the way to undo it; whoever has left goes to their first page."""
    told = f"The role of {assignment.user} has ended."
    act = last_act("ended", assignment, request.user)
    is_own = assignment.user == request.user
    if is_own or act is None or not was_all_of_it(act):
        messages.success(request, told)
    else:
        offer_undo(request, told, undo_of(act))
    return redirect("home") if is_own else redirect("people", pk=alliance.pk)


@require_POST
def invitation_again(request, pk):
    found, alliance = access.load_invitation(request.user, Permission.MANAGE_PEOPLE, pk=pk)
    try:
        actions.invite_again(invitation=found, by=request.user)
    except actions.InvitationSpent:
        messages.error(request, SPENT)
    else:
        messages.success(request, f"An invitation is on its way to {found.email} again.")
    return redirect("people", pk=alliance.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def invitation_withdraw(request, pk):
    found, alliance = access.load_invitation(request.user, Permission.MANAGE_PEOPLE, pk=pk)
    if request.method == "POST":
        try:
            actions.withdraw_invitation(invitation=found, by=request.user)
        except actions.InvitationSpent:
            messages.error(request, SPENT)
        else:
            messages.success(request, f"The invitation of {found.email} is withdrawn.")
        return redirect("people", pk=alliance.pk)
    context = {"invitation": found, "alliance": alliance}
    return render(request, "alliances/invitation_withdraw.html", context)


def _spent(request):
    return render(request, "alliances/invitation_spent.html", status=404)


def _let_in(request, invitation):
    """To the sign-in page and back; to make an account for those who have none."""
    if has_account(invitation.email):
        return redirect_to_login(request.path)
    request.session["invitation"] = invitation.token
    get_adapter().stash_verified_email(request, invitation.email)
    return redirect("account_signup")


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request, token):
    found = open_invitation(token, for_person=request.user)
    if found is None:
        return _spent(request)
    if not request.user.is_authenticated:
        return _let_in(request, found)
    if request.method == "POST":
        try:
            actions.accept_invitation(invitation=found, user=request.user)
        except actions.InvitationSpent:
            return _spent(request)
        return redirect("home")
    return render(request, "alliances/invitation.html", {"invitation": found})
