from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from alliances import access
from alliances.pages import form_page
from alliances.roles import Permission
from enquiries.models import Enquiry
from impact import actions
from impact.forms import BaselineForm, MeasureForm, ReadingForm
from impact.models import Measure


@require_http_methods(["GET", "POST"])
def measure_new(request, pk):
    enquiries = Enquiry.objects.select_related("alliance")
    enquiry = access.load(enquiries, request.user, Permission.WRITE_ENQUIRY, pk=pk)
    form = MeasureForm(request.POST or None, enquiry=enquiry)
    baseline = BaselineForm(request.POST or None)
    if form.is_valid() & baseline.is_valid():
        actions.add_measure(
            enquiry=enquiry,
            by=request.user,
            baseline=baseline.fields_of_reading(),
            **form.cleaned_data,
        )
        messages.success(request, "The measure has been saved.")
        return redirect("enquiry", pk=pk)
    back = reverse("enquiry", args=[pk])
    return form_page(request, form, back=back, subject=enquiry, other_form=baseline)


@require_http_methods(["GET", "POST"])
def reading_new(request, pk):
    measures = Measure.objects.select_related("enquiry")
    measure = access.load(measures, request.user, Permission.WRITE_ENQUIRY, pk=pk)
    form = ReadingForm(request.POST or None, measure=measure)
    if form.is_valid():
        actions.add_reading(measure=measure, by=request.user, **form.fields_of_reading())
        messages.success(request, "The reading has been saved.")
        return redirect("enquiry", pk=measure.enquiry_id)
    back = reverse("enquiry", args=[measure.enquiry_id])
    return form_page(request, form, back=back, subject=measure)
