from dataclasses import asdict

from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from alliances import access
from alliances.models import Alliance
from alliances.queries import openings_of
from alliances.roles import Permission
from enquiries.models import Enquiry
from enquiries.progress import help_needed
from enquiries.queries import current_cycle
from impact.queries import data_sets, measures_of
from reports import queries, rendering
from reports import timeline as dated
from reports.briefs import briefs_of, in_full
from reports.builders import build_case_study, programme_charts
from reports.builders.measures import measure_tables, symbols_used
from reports.builders.pictures import charts_of, trust_chart
from reports.concerns import rules
from reports.due import ASKED_OF, due_from, of_enquiry
from reports.forms import FilterForm, TermForm
from reports.models import Kind
from reports.standings import standings_of

ROWS_ON_A_PAGE, MOST_SUMMARIES, MOST_OPENINGS = 25, 6, 20


def _readable(request, pk) -> tuple[Enquiry, set[Permission]]:
    """An enquiry the person may read, and what else they may do in its alliance."""
    enquiries = Enquiry.objects.select_related(
        "alliance__theme", "alliance__cohort", "alliance__cluster", "alliance__programme", "listing"
    )
    found = access.load(enquiries, request.user, Permission.READ_ENQUIRY, pk=pk)
    return found, access.permissions_over(request.user, found.alliance)


@require_safe
def enquiry(request, pk):
    found, allowed = _readable(request, pk)
    measures = measures_of(found, exact=Permission.SEE_SMALL_NUMBERS in allowed)
    context = {
        "enquiry": found,
        "alliance": found.alliance,
        "cycle": current_cycle(found),
        "may": {permission.name for permission in allowed},
        "levels": queries.measured_levels(measures),
        "due": [
            (due, {Permission.WRITE_ENQUIRY, ASKED_OF[due.kind]} <= allowed)
            for due in of_enquiry(found, timezone.localdate())
        ],
        "recent": queries.latest_entries(found),
        "help_requests": found.help_requests.select_related("logged_by", "answered_by"),
        "case_study": queries.latest_case_study(request.user, found),
    }
    return render(request, "reports/enquiry.html", context)


@require_safe
def timeline(request, pk):
    found, _ = _readable(request, pk)
    happenings = dated.happenings(found)
    context = {
        "enquiry": found,
        "happenings": happenings,
        "drawing": dated.drawing(happenings) if happenings else None,
    }
    return render(request, "reports/timeline.html", context)


@require_safe
def my_week(request):
    tasks = due_from(request.user, timezone.localdate())
    context = {"tasks": tasks, "minutes": sum(task.minutes for task in tasks)}
    return render(request, "reports/week.html", context)


@require_safe
def measures(request, pk):
    found, allowed = _readable(request, pk)
    shown = measures_of(found, exact=Permission.SEE_SMALL_NUMBERS in allowed)
    charts = charts_of(shown)
    tests = trust_chart(data_sets(found))
    context = {
        "enquiry": found,
        "may": {permission.name for permission in allowed},
        "levels": [
            (table, [asdict(chart) for chart in charts if chart.level == table.level])
            for table in measure_tables(shown)
        ],
        "symbols": symbols_used(shown),
        "tests": tests and asdict(tests),
    }
    return render(request, "reports/measures.html", context)


@require_safe
def account(request, pk):
    found, allowed = _readable(request, pk)
    study = build_case_study(found, exact=Permission.SEE_SMALL_NUMBERS in allowed)
    told = asdict(study)
    body = rendering.body_html("case-study", told, queries.evidence_open_to(request.user, told))
    return render(request, "reports/account.html", {"enquiry": found, "body": body})


@require_safe
def alliance(request, pk):
    alliances = Alliance.objects.select_related("theme", "cohort", "cluster", "programme")
    found = access.load(alliances, request.user, Permission.SEE_ALLIANCE, pk=pk)
    allowed = access.permissions_over(request.user, found)
    sees_openings = Permission.SEE_OPENINGS in allowed
    made = queries.latest_of_each_kind(request.user, found)
    enquiries = [
        (each, made.get((each.pk, Kind.CASE_STUDY)))
        for each in found.enquiries.select_related("listing")
    ]
    context = {
        "alliance": found,
        "facts": queries.facts_of(found),
        "enquiries": enquiries,
        "several": len(enquiries) > 1,
        "may": {permission.name for permission in allowed},
        "openings": openings_of(found)[:MOST_OPENINGS] if sees_openings else [],
    }
    return render(request, "reports/alliance.html", context)


@require_safe
def cluster(request, pk):
    """Its alliances side by side; their own words only of those whose work one may read."""
    found = access.load_cluster(request.user, Permission.SEE_CLUSTER, pk=pk)
    read = access.alliances_for(request.user, Permission.READ_ENQUIRY).filter(cluster=found)
    context = {
        "cluster": found,
        "standings": standings_of(found.alliances.all(), timezone.localdate()),
        "help_requests": queries.open_help(read),
        "help_needed": help_needed(read),
        "term_form": TermForm(cluster=found),
        "summaries": queries.reports_for(request.user).filter(cluster=found)[:MOST_SUMMARIES],
    }
    return render(request, "reports/cluster.html", context)


@require_safe
def clusters(request):
    """The alliances of all one's clusters side by side."""
    seen = access.clusters_for(request.user, Permission.SEE_CLUSTER)
    today = timezone.localdate()
    briefs = briefs_of(Alliance.objects.filter(cluster__in=seen), today)
    page = Paginator(briefs, ROWS_ON_A_PAGE).get_page(request.GET.get("page"))
    context = {"standings": in_full(page, today), "page": page, "across": True}
    return render(request, "reports/clusters.html", context)


@require_safe
def attention_rules(request):
    """The rules by which alliances are put in order, as they stand in their file."""
    return render(request, "reports/attention_rules.html", {"rules": rules()})


@require_safe
def programme(request, pk):
    found = access.load_programme(request.user, Permission.SEE_PROGRAMME, pk=pk)
    form = FilterForm(request.GET, programme=found)
    wanted = form.chosen()
    alliances = queries.filtered(found, wanted)
    listed = queries.listed(alliances)
    charts = programme_charts(
        ((each.alliance, each.theme) for each in listed),
        ((each.alliance, each.phase) for each in listed),
    )
    page = Paginator(queries.by_name(alliances), ROWS_ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "programme": found,
        "form": form,
        "wanted": wanted,
        "page": page,
        "number": len({each.alliance for each in listed}),
        "figures": queries.headline_figures(found, alliances, listed),
        "charts": [asdict(chart) for chart in charts],
        "reports": queries.reports_for(request.user).filter(programme=found, alliance=None)[:5],
        "programme_url": request.path,
        "may": {permission.name for permission in access.permissions_in(request.user, found)},
    }
    return render(request, "reports/programme.html", context)
