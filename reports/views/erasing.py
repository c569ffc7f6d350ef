from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from alliances import access
from alliances.actions import LastLead
from alliances.roles import Permission
from reports import actions
from reports.erasing import queries
from reports.erasing.forms import EraseForm, FindPersonForm

ON_A_PAGE = 20


@require_http_methods(["GET", "HEAD", "POST"])
def erasure(request, pk):
    """Find somebody, see what erasing them would do, and do it; beneath, whom it was done to."""
    programme = access.load_programme(request.user, Permission.MANAGE_PEOPLE, pk=pk)
    people = queries.erasable(programme).exclude(pk=request.user.pk)
    find = FindPersonForm(request.GET if "email" in request.GET else None, people=people)
    person = find.person if find.is_valid() else None
    form = EraseForm(request.POST or None, person=person) if person else None
    if form and form.is_valid():
        try:
            actions.erase(person=person, reason=form.cleaned_data["reason"], by=request.user)
        except LastLead as alone:
            form.add_error(None, f"Nobody else leads {alone}: hand it over first")
        else:
            messages.success(request, "The person has been erased.")
            return redirect("erasure", pk=pk)
    page = Paginator(queries.erased(programme), ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "programme": programme,
        "find": find,
        "form": form,
        "outlook": queries.outlook(person) if person else None,
        "page": page,
        "erased": queries.with_reports(page.object_list),
    }
    is_faulty = bool(find.errors or (form and form.errors))
    return render(request, "reports/erasure.html", context, status=422 if is_faulty else 200)
