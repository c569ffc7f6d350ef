from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from alliances import actions
from alliances.held import held_on, kind_of
from alliances.held_changes import changes_of, in_words

ON_A_PAGE = 20


@require_safe
def held(request):
    """What is stored of oneself, counted by kind; and what of it changed, by whom."""
    page = Paginator(changes_of(request.user), ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "counts": [(kind_of(name), len(rows)) for name, rows in held_on(request.user).items()],
        "page": page,
        "changes": in_words(page.object_list, request.user),
    }
    return render(request, "alliances/held.html", context)


@require_POST
def held_file(request):
    """All of it, to keep."""
    content = actions.export_person(person=request.user, by=request.user)
    response = HttpResponse(content, content_type="application/zip")
    response["Content-Disposition"] = 'attachment; filename="what-we-hold.zip"'
    return response
