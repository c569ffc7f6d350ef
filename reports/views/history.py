"""What happened in an alliance, and what was done in a programme."""

from django.core.paginator import Paginator
from django.shortcuts import render
from django.views.decorators.http import require_safe

from alliances import access
from alliances.models import Alliance
from alliances.roles import Permission
from reports import happenings
from reports.acts import acts_in, acts_in_words
from reports.history_forms import ActsForm, HappeningsForm

ON_A_PAGE, ACTS_ON_A_PAGE = 20, 50
# Whoever looks for what was done before these names a day: counting all would read all.
MOST_ACTS = 1000


@require_safe
def alliance_history(request, pk):
    """Changes in an alliance, the latest first; to its managers also who opened what is private."""
    alliances = Alliance.objects.all()
    alliance = access.load(alliances, request.user, Permission.READ_ENQUIRY, pk=pk)
    allowed = access.permissions_over(request.user, alliance)
    may_see_reads = Permission.MANAGE_PEOPLE in allowed
    reader = happenings.Reader(frozenset(allowed))
    people = happenings.people_of_changes(alliance, reader)
    form = HappeningsForm(request.GET, people=people, with_reads=may_see_reads)
    wanted = form.wanted()
    shows_reads = may_see_reads and wanted["kind"] == form.READS
    context = {
        "alliance": alliance,
        "form": form,
        "clear_url": request.path,
        "shows_reads": shows_reads,
        "wanted": any(wanted.values()),
    }
    if shows_reads:
        page = _page(request, happenings.reads_of(alliance), ACTS_ON_A_PAGE)
        context |= {"page": page, "reads": happenings.reads_in_words(page.object_list)}
        return render(request, "reports/history.html", context)
    changes = happenings.alliance_changes(alliance, reader)
    chosen = changes.filter(happenings.of_kind(wanted["kind"]))
    if wanted["person"]:
        chosen = chosen.filter(by=wanted["person"])
    page = _page(request, happenings.together(chosen), ON_A_PAGE)
    names = [each["transaction"] for each in page.object_list]
    context |= {"page": page, "told": happenings.happenings(chosen, names, reader)}
    return render(request, "reports/history.html", context)


@require_safe
def programme_history(request, pk):
    """Every act in a programme, for those who run it."""
    programme = access.load_programme(request.user, Permission.MANAGE_PEOPLE, pk=pk)
    form = ActsForm(request.GET)
    acts = acts_in(programme).filter(form.chosen())
    page = _page(request, acts[:MOST_ACTS], ACTS_ON_A_PAGE)
    context = {
        "programme": programme,
        "form": form,
        "page": page,
        "may_be_more": page.paginator.count == MOST_ACTS,
        "acts": acts_in_words(page.object_list, access.permissions_in(request.user, programme)),
    }
    return render(request, "reports/programme_history.html", context)


def _page(request, found, size: int):
    return Paginator(found, size).get_page(request.GET.get("page"))
