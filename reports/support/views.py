from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alliances import access, actions
from alliances.history import opens
from alliances.models import Alliance, Invitation, Programme, User
from alliances.pages import form_page
from alliances.roles import Permission
from reports.actions import retry_report
from reports.models import Report
from reports.support import queries
from reports.support.forms import AddressForm, LookUpForm, ResetForm

NOT_FOR_SUPPORT = "Ask whoever invited them to withdraw it and invite the right address"


@require_safe
def support(request, pk):
    """The desk: find whom or what somebody rings about."""
    programme = access.load_supported_programme(request.user, pk=pk)
    form = LookUpForm(request.GET)
    text = form.wanted()
    if text:
        opens(None)
    context = {
        "programme": programme,
        "form": form,
        "asked": text,
        "found": queries.find(request.user, text),
        "queues": [] if text else queries.queues_for(request.user),
    }
    return render(request, "reports/support/desk.html", context)


@require_safe
def support_person(request, pk):
    person = _person(request, pk)
    context = {
        "account": queries.account_of(person, request.user),
        "desk": _desk(request.user),
    }
    return render(request, "reports/support/person.html", context)


@require_safe
def support_alliance(request, pk):
    alliances = Alliance.objects.select_related("programme")
    alliance = access.load_supported(alliances, request.user, pk=pk)
    context = {"workings": queries.workings_of(alliance, request.user)}
    return render(request, "reports/support/alliance.html", context)


def _desk(user: User) -> Programme:
    return access.programmes_for(user, Permission.SUPPORT).first()


def _person(request, pk) -> User:
    return access.load_supported(User.objects.all(), request.user, pk=pk)


@require_POST
def support_sign_out(request, pk):
    person = _person(request, pk)
    ended = actions.sign_out_everywhere(user=person, by=request.user)
    places = "1 place" if ended == 1 else f"{ended} places"
    messages.success(request, f"{person} is signed out in {places}.")
    return redirect("support-person", pk=pk)


@require_POST
def support_let_in(request, pk):
    person = _person(request, pk)
    actions.let_try_again(user=person, request=request, by=request.user)
    messages.success(request, f"{person} can try to sign in again at once.")
    return redirect("support-person", pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def support_second_step(request, pk):
    """Take away the second step of somebody who has lost it, once it is sure that it is them."""
    person = _person(request, pk)
    form = ResetForm(request.POST or None)
    if form.is_valid():
        try:
            actions.reset_factors(user=person, by=request.user, **form.cleaned_data)
        except actions.NotForSupport:
            form.add_error(None, "This is your own account: ask somebody else of the support staff")
        else:
            messages.success(request, f"The second step of {person} is taken away.")
            return redirect("support-person", pk=pk)
    return form_page(request, form, back=reverse("support-person", args=[pk]), subject=person)


def _invitation(request, pk) -> Invitation:
    scopes = ("programme", "cluster", "alliance", "school", "invited_by")
    invitations = Invitation.objects.select_related(*scopes)
    return access.load_supported(invitations, request.user, pk=pk)


def _told_spent(request):
    messages.error(request, "This invitation has been accepted or withdrawn meanwhile.")
    return redirect("support", pk=_desk(request.user).pk)


@require_http_methods(["GET", "HEAD", "POST"])
def support_invitation(request, pk):
    """An open invitation with what became of its e-mails; its address corrected."""
    invitation = _invitation(request, pk)
    if not invitation.is_open:
        return _told_spent(request)
    form = AddressForm(request.POST or None)
    is_correctable = actions.is_correctable(invitation, by=request.user)
    if form.is_valid():
        try:
            actions.correct_invitation(invitation=invitation, by=request.user, **form.cleaned_data)
        except actions.NotForSupport:
            form.add_error("email" if is_correctable else None, NOT_FOR_SUPPORT)
        except actions.AlreadyHeld:
            form.add_error("email", "That address is invited to this role already")
        except actions.InvitationSpent:
            return _told_spent(request)
        else:
            messages.success(
                request, f"An invitation is on its way to {form.cleaned_data['email']}."
            )
            return redirect("support-invitation", pk=pk)
    context = {
        "invitation": invitation,
        "form": form,
        "desk": _desk(request.user),
        "is_correctable": is_correctable,
        "mails": queries.mails_for(request.user).filter(invitation=invitation),
    }
    status = 422 if form.errors else 200
    return render(request, "reports/support/invitation.html", context, status=status)


@require_POST
def support_invitation_again(request, pk):
    invitation = _invitation(request, pk)
    try:
        actions.send_invitation_again(invitation=invitation, by=request.user)
    except actions.InvitationSpent:
        return _told_spent(request)
    messages.success(request, f"An invitation is on its way to {invitation.email} again.")
    return redirect("support-invitation", pk=pk)


@require_POST
def support_mail(request, pk):
    """Try at once an e-mail that waits for its next attempt."""
    mail = access.load_supported_mail(request.user, pk=pk)
    if actions.send_now(mail=mail, by=request.user):
        messages.success(request, f"The e-mail to {mail.to} is tried again now.")
    else:
        messages.error(request, "The e-mail has left or was given up meanwhile.")
    if mail.person_id:
        return redirect("support-person", pk=mail.person_id)
    return redirect("support-invitation", pk=mail.invitation_id)


@require_POST
def support_report(request, pk):
    """Have a report made after all that failed."""
    report = access.load_supported(Report.objects.defer("data"), request.user, pk=pk)
    has_failed = report.status == Report.Status.FAILED
    made = retry_report(report=report, by=request.user) if has_failed else report
    if made != report:
        messages.success(request, f"It was asked for anew meanwhile: report {made.pk} is made.")
    elif has_failed and Report.objects.unfinished().filter(pk=pk).exists():
        messages.success(request, f"Report {pk} is being made again.")
    else:
        messages.error(request, f"Report {pk} is not made again: its state stands below.")
    return redirect(f"{reverse('support', args=[report.programme_id])}?q={made.pk}")
