from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from alliances import access, actions
from alliances.forms import FiguresForm
from alliances.pages import form_page
from alliances.roles import Permission


@require_safe
def figures(request, pk):
    """From how many pupils and schools on a programme's figures are shown."""
    programme = access.load_programme(request.user, Permission.SEE_PROGRAMME, pk=pk)
    allowed = access.permissions_in(request.user, programme)
    form = FiguresForm(programme=programme)
    answers = {field.label: _said(getattr(programme, field.name)) for field in form}
    context = {
        "programme": programme,
        "rows": [{"key": key, "value": value} for key, value in answers.items() if value != ""],
        "most_withheld": programme.small_number_threshold - 1,
        "may_set": Permission.SET_FIGURES in allowed,
    }
    return render(request, "alliances/figures.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def figures_set(request, pk):
    programme = access.load_programme(request.user, Permission.SET_FIGURES, pk=pk)
    form = FiguresForm(request.POST or None, programme=programme)
    if form.is_valid():
        actions.set_figures(programme=programme, by=request.user, **form.cleaned_data)
        messages.success(request, "How figures are shown is saved.")
        return redirect("figures", pk=pk)
    back = reverse("figures", args=[pk])
    return form_page(request, form, back=back, subject=programme.title)


def _said(answer):
    return {True: "Yes", False: "No"}[answer] if isinstance(answer, bool) else answer
