from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from alliances import access
from alliances.models import Alliance
from alliances.pages import form_page
from alliances.roles import Permission
from enquiries import actions
from enquiries.coach import coach_of, neighbours_of
from enquiries.forms import AnswerForm, CycleForm, EnquiryForm, NewEnquiryForm
from enquiries.models import Enquiry, HelpRequest


def _enquiry(request, permission, pk) -> Enquiry:
    enquiries = Enquiry.objects.select_related("alliance__theme", "listing")
    return access.load(enquiries, request.user, permission, pk=pk)


def _saved(request, enquiry_id: int, text: str):
    messages.success(request, text)
    return redirect("enquiry", pk=enquiry_id)


@require_http_methods(["GET", "HEAD", "POST"])
def enquiry_new(request, pk):
    """Another enquiry of an alliance; one that has no title yet is described first."""
    found = access.load(Alliance.objects, request.user, Permission.BEGIN_ENQUIRY, pk=pk)
    if bare := found.enquiries.filter(title="").first():
        return redirect("enquiry-edit", pk=bare.pk)
    form = NewEnquiryForm(request.POST or None)
    if form.is_valid():
        try:
            begun = actions.begin_enquiry(alliance=found, by=request.user, **form.cleaned_data)
        except actions.TitleTaken:
            form.show_taken()
        else:
            return _saved(request, begun.pk, "The enquiry has begun.")
    return form_page(request, form, back=reverse("alliance", args=[pk]), subject=found)


@require_http_methods(["GET", "HEAD", "POST"])
def enquiry_edit(request, pk):
    enquiry = _enquiry(request, Permission.WRITE_ENQUIRY, pk)
    form = EnquiryForm(request.POST or None, instance=enquiry)
    if form.is_valid():
        stored = Enquiry.objects.get(pk=pk)
        try:
            actions.describe_enquiry(enquiry=stored, by=request.user, **form.cleaned_data)
        except actions.ChangedMeanwhile:
            form.show_conflict(stored)
        if not form.errors:
            return _saved(request, pk, "Your enquiry has been saved.")
    return form_page(
        request,
        form,
        back=reverse("enquiry", args=[pk]),
        template="enquiries/enquiry_edit.html",
        subject=enquiry.alliance,
        enquiry=enquiry,
        coach=coach_of(enquiry, request.user),
    )


@require_POST
def neighbours(request, pk):
    """What others ask that is like the words being typed, as a piece of a page.

    It only reads; the words are sent as a form is, so that they stand in no log of addresses.
    """
    enquiry = _enquiry(request, Permission.READ_ENQUIRY, pk)
    focus, question = (request.POST.get(name, "") for name in ("focus", "question"))
    context = {"neighbours": neighbours_of(enquiry, request.user, focus, question)}
    return render(request, "enquiries/neighbours.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def cycle_new(request, pk):
    enquiry = _enquiry(request, Permission.WRITE_ENQUIRY, pk)
    form = CycleForm(request.POST or None)
    if form.is_valid():
        actions.start_cycle(enquiry=enquiry, by=request.user, **form.cleaned_data)
        return _saved(request, pk, "The next cycle has started.")
    return form_page(request, form, back=reverse("enquiry", args=[pk]), subject=enquiry)


@require_http_methods(["GET", "HEAD", "POST"])
def help_answer(request, pk):
    asked = access.load(HelpRequest.objects.all(), request.user, Permission.ANSWER_HELP, pk=pk)
    form = AnswerForm(request.POST or None)
    if form.is_valid():
        actions.answer_help(request=asked, by=request.user, **form.cleaned_data)
        return _saved(request, asked.enquiry_id, "Your answer has been sent.")
    back = reverse("enquiry", args=[asked.enquiry_id])
    return form_page(request, form, back=back, quoted=asked.text)
