from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from alliances import access
from alliances.actions import record_designation
from alliances.models import Membership
from alliances.pages import form_page
from alliances.roles import Permission
from enquiries import actions
from enquiries.models import Enquiry, Participation
from enquiries.schools.forms import DesignationForm, JoinForm, LeaveForm
from enquiries.schools.queries import schools_of


def _enquiry(request, permission: Permission, pk: int) -> Enquiry:
    return access.load(Enquiry.objects.select_related("alliance"), request.user, permission, pk=pk)


@require_GET
def schools(request, pk):
    """Who takes part and who left, with dates and reasons."""
    enquiry = _enquiry(request, Permission.READ_ENQUIRY, pk)
    context = {
        "enquiry": enquiry,
        "schools": schools_of(enquiry),
        "designations": enquiry.alliance.designations.all(),
        "may": {p.name for p in access.permissions_over(request.user, enquiry.alliance)},
    }
    return render(request, "enquiries/schools.html", context)


@require_http_methods(["GET", "POST"])
def school_join(request, pk):
    enquiry = _enquiry(request, Permission.MANAGE_SCHOOLS, pk)
    form = JoinForm(request.POST or None, user=request.user)
    if form.is_valid():
        joined = actions.join_enquiry(enquiry=enquiry, by=request.user, **form.cleaned_data)
        messages.success(request, f"{joined.school} takes part now.")
        return redirect("schools", pk=pk)
    return form_page(request, form, back=reverse("schools", args=[pk]), subject=enquiry)


@require_http_methods(["GET", "POST"])
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


@require_http_methods(["GET", "POST"])
def designation_new(request, pk):
    enquiry = _enquiry(request, Permission.MANAGE_SCHOOLS, pk)
    form = DesignationForm(request.POST or None)
    if form.is_valid():
        record_designation(alliance=enquiry.alliance, by=request.user, **form.cleaned_data)
        messages.success(request, "The designation has been recorded.")
        return redirect("schools", pk=pk)
    return form_page(request, form, back=reverse("schools", args=[pk]), subject=enquiry.alliance)
