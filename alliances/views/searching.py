from django.core.paginator import Paginator
from django.shortcuts import render
from django.views.decorators.http import require_safe

from alliances.content import words
from alliances.searching.finding import Search
from alliances.searching.forms import SearchForm
from alliances.searching.sources import reader

RESULTS_ON_A_PAGE = 20


@require_safe
def search(request):
    """Everything that the person may read, by its words."""
    everything = reader(request.user)
    form = SearchForm(request.GET, reader=everything)
    wanted = form.wanted()
    where = everything.narrowed(wanted["alliance"], wanted["cluster"], wanted["theme"])
    found = Search(where, wanted["q"], wanted["kind"])
    page = Paginator(found, RESULTS_ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "asked": wanted["q"].strip(),
        "page": page,
        "results": page.object_list if found.count() else [],
        "suggestion": found.suggestion,
        "kinds": [
            (kind, found.kinds[kind.code])
            for kind in words("alliances", "findable").values()
            if found.kinds[kind.code]
        ],
        "is_search": True,
    }
    return render(request, "alliances/search.html", context)
