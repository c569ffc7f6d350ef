from django.core.paginator import Paginator
from django.shortcuts import render
from django.views.decorators.http import require_safe

from alliances import access
from alliances.models import RegisterReading
from alliances.queries import register_changes_of
from alliances.roles import Permission

ROWS_ON_A_PAGE = 50


@require_safe
def programme_register(request, pk):
    """What the national register has said of the schools of a programme."""
    programme = access.load_programme(request.user, Permission.SEE_PROGRAMME, pk=pk)
    found = Paginator(register_changes_of(programme), ROWS_ON_A_PAGE)
    context = {
        "programme": programme,
        "reading": RegisterReading.objects.first(),
        "page": found.get_page(request.GET.get("page")),
    }
    return render(request, "alliances/programme_register.html", context)
