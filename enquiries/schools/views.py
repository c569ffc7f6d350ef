from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from alliances import access
from alliances.actions import record_designation
from alliances.models import Membership, RegisteredSchool
from alliances.pages import form_page
from alliances.register.finding import find
from alliances.register.reading import is_urn
from alliances.roles import Permission
from enquiries import actions
from enquiries.models import Enquiry, Participation
from enquiries.schools.forms import DesignationForm, JoinForm, LeaveForm
from enquiries.schools.queries import schools_of


def _enquiry(request, pk: int, *permissions: Permission) -> Enquiry:
    enquiries = Enquiry.objects.select_related("alliance")
    return access.load(enquiries, request.user, *permissions, pk=pk)


@require_safe
def schools(request, pk):
    """Who takes part and who left, with dates and reasons."""
    enquiry = _enquiry(request, pk, Permission.READ_ENQUIRY, Permission.MANAGE_SCHOOLS)
    context = {
        "enquiry": enquiry,
        "schools": schools_of(enquiry),
        "designations": enquiry.alliance.designations.all(),
        "may": {p.name for p in access.permissions_over(request.user, enquiry.alliance)},
    }
    return render(request, "enquiries/schools.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def school_join(request, pk):
    """A school is found in the register, or its name is typed; then it joins."""
    enquiry = _enquiry(request, pk, Permission.MANAGE_SCHOOLS)
    form = JoinForm(request.POST or None, user=request.user, initial=_from_register(request))
    if form.is_valid():
        joined = actions.join_enquiry(enquiry=enquiry, by=request.user, **form.cleaned_data)
        messages.success(request, f"{joined.school} takes part now.")
        return redirect("schools", pk=pk)
    asked = request.GET.get("q", "")
    found, is_more = find(asked)
    return form_page(
        request,
        form,
        back=reverse("schools", args=[pk]),
        template="enquiries/school_join.html",
        subject=enquiry,
        asked=asked,
        found=found,
        is_more=is_more,
    )


def _from_register(request) -> dict:
    """What the register says of the school that was picked."""
    urn = request.GET.get("urn", "")
    picked = RegisteredSchool.objects.filter(urn=int(urn)).first() if is_urn(urn) else None
    return {"name": picked.name, "phase": picked.phase, "urn": picked.urn} if picked else {}


@require_http_methods(["GET", "HEAD", "POST"])
def school_leave(request, pk):
    found = access.load(
        Participation.objects.select_related("enquiry__alliance", "school"),
        request.user,
        Permission.MANAGE_SCHOOLS,
        pk=pk,
    )
    back = reverse("schools", args=[found.enquiry_id])
    members = Membership.objects.filter(alliance=found.enquiry.alliance, school=found.school)
    form = LeaveForm(request.POST or None, membership=members.filter(left_on=None).first())
    if form.is_valid():
        actions.leave_enquiry(participation=found, by=request.user, **form.cleaned_data)
        messages.success(request, f"{found.school} has left. What it logged stays.")
        return redirect(back)
    return form_page(request, form, back=back, subject=found.school)


@require_http_methods(["GET", "HEAD", "POST"])
def designation_new(request, pk):
    enquiry = _enquiry(request, pk, Permission.MANAGE_SCHOOLS)
    form = DesignationForm(request.POST or None)
    if form.is_valid():
        record_designation(alliance=enquiry.alliance, by=request.user, **form.cleaned_data)
        messages.success(request, "The designation has been recorded.")
        return redirect("schools", pk=pk)
    return form_page(request, form, back=reverse("schools", args=[pk]), subject=enquiry.alliance)
