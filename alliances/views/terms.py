from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from alliances import access, actions
from alliances.forms import TermsForm
from alliances.pages import form_page
from alliances.roles import Permission
from alliances.terms import calendar_of, school_year_of

# Which school years are offered: the last one, this one and the two to come.
YEARS_BACK, YEARS_ON = 1, 2


def _years() -> range:
    this = school_year_of(timezone.localdate())
    return range(this - YEARS_BACK, this + YEARS_ON + 1)


@require_safe
def terms(request, pk):
    """The term calendar of a programme."""
    programme = access.load_programme(request.user, Permission.SEE_PROGRAMME, pk=pk)
    calendar = calendar_of(programme)
    context = {
        "programme": programme,
        "years": [
            {
                "number": year,
                "title": school_year_title(year),
                "spans": calendar.year(year),
                "is_set": year in calendar.set_by_hand,
            }
            for year in _years()
        ],
        "may_set": Permission.SET_TERMS in access.permissions_in(request.user, programme),
    }
    return render(request, "alliances/terms.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def terms_set(request, pk, year):
    programme = access.load_programme(request.user, Permission.SET_TERMS, pk=pk)
    if year not in _years():
        raise Http404
    form = TermsForm(request.POST or None, school_year=year, calendar=calendar_of(programme))
    if form.is_valid():
        try:
            actions.set_terms(
                programme=programme, school_year=year, spans=form.spans(), by=request.user
            )
        except actions.TermsOverlap:
            form.add_error(None, "The year before or after was changed meanwhile")
        else:
            messages.success(request, f"The term dates of {school_year_title(year)} are saved.")
            return redirect("terms", pk=pk)
    subject = f"School year {school_year_title(year)}"
    return form_page(request, form, back=reverse("terms", args=[pk]), subject=subject)


def school_year_title(year: int) -> str:
    """2026 to 2027."""
    return f"{year} to {year + 1}"
