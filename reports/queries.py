"""Reads across the other apps for the pages that look across them."""

from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import Count, F, Max, Model, OuterRef, Q, QuerySet, Subquery
from django.db.models.fields.json import KeyTransform
from django.db.models.functions import Greatest, Length

from alliances import access
from alliances.models import Alliance, Programme, User
from alliances.roles import Permission
from enquiries.models import Enquiry, HelpRequest
from enquiries.queries import Logged, recent_entries, with_phase, with_whereabouts
from impact.models import Claim, Measure, Reading
from impact.queries import with_measures
from impact.values import MeasureValues, Symbol
from reports.builders.measures import LEVELS
from reports.kinds import opened_with
from reports.models import Kind, Paper, Publication, Report
from reports.rendering import Evidence


@dataclass(frozen=True)
class AllianceFilter:
    """What narrows the alliances of a programme; ``about`` says it in words."""

    theme: str = ""
    cohort: str = ""
    cluster: str = ""
    text: str = ""
    about: str = "All alliances"


def filtered(programme: Programme, wanted: AllianceFilter) -> QuerySet[Alliance]:
    """The programme's alliances that fit the filter, by name."""
    alliances = programme.alliances.all()
    if wanted.theme:
        number = int(wanted.theme) if wanted.theme.isdigit() else None
        alliances = (
            alliances.filter(theme__number=number) if number else alliances.filter(theme=None)
        )
    if wanted.cohort:
        alliances = alliances.filter(cohort__number=int(wanted.cohort))
    if wanted.cluster:
        alliances = alliances.filter(cluster=int(wanted.cluster))
    return alliances.filter(_mentions(wanted.text)) if wanted.text else alliances


def _mentions(text: str) -> Q:
    """Alliances whose names, region, focus or question hold the text."""
    enquiries = Enquiry.objects.filter(
        Q(title__icontains=text)
        | Q(focus__icontains=text)
        | Q(question__icontains=text)
        | Q(listing__focus__icontains=text)
        | Q(listing__question__icontains=text)
    )
    named = Alliance.objects.filter(other_names__name__icontains=text)
    return (
        Q(name__icontains=text)
        | Q(region__icontains=text)
        | Q(pk__in=named.values("pk"))
        | Q(pk__in=enquiries.values("alliance"))
    )


@dataclass(frozen=True)
class Listed:
    """An enquiry as it is counted; ``theme`` is a number, None like ``phase`` where not known.

    ``is_told`` is whether the alliance has described it itself and begun a cycle.
    """

    alliance: int
    theme: int | None
    phase: str | None
    is_told: bool


def listed(alliances: QuerySet[Alliance]) -> list[Listed]:
    """The alliances' enquiries as they are counted, in one query."""
    names = ("alliance", "alliance__theme__number", "phase", "title")
    rows = with_phase(Enquiry.objects.filter(alliance__in=alliances)).values_list(*names)
    return [Listed(*known, phase, bool(title and phase)) for *known, phase, title in rows]


def by_name(alliances: QuerySet[Alliance]) -> QuerySet[Enquiry]:
    """The alliances' enquiries with their phase as a list shows them, by name of the alliance."""
    found = with_phase(Enquiry.objects.filter(alliance__in=alliances))
    related = found.select_related("alliance__theme", "alliance__cohort", "listing")
    return related.defer("document").order_by("alliance__name", "pk")


def overview(alliances: QuerySet[Alliance]) -> QuerySet[Enquiry]:
    """The alliances' enquiries with where each stands, in one query.

    What they measure, when somebody logged last, who asks for help, who left.
    """
    found = with_measures(with_whereabouts(Enquiry.objects.filter(alliance__in=alliances)))
    related = ("alliance__theme", "alliance__cohort", "alliance__cluster", "listing")
    shown = found.select_related(*related).defer("document").order_by("alliance__name", "pk")
    return shown.annotate(
        last_logged_at=Greatest(
            F("last_logged_at"),
            _last(Measure.objects.filter(enquiry=OuterRef("pk")), "enquiry"),
            _last(Reading.objects.filter(enquiry=OuterRef("pk")), "enquiry"),
        ),
    )


def _last(logged: QuerySet, enquiry: str) -> Subquery:
    """When a person last logged one of these; printed ones were logged by nobody."""
    by_people = logged.filter(logged_by__isnull=False).order_by().values(enquiry)
    return Subquery(by_people.annotate(last=Max("logged_at")).values("last"))


def latest_entries(enquiry: Enquiry, most: int = 10) -> list[Logged]:
    """What people logged last in any log or as a measure or reading of it, newest first."""
    found = [*recent_entries(enquiry, most), *_measured(enquiry, most)]
    return sorted(found, key=lambda entry: entry.at, reverse=True)[:most]


def _measured(enquiry: Enquiry, most: int) -> list[Logged]:
    measures = Measure.objects.filter(enquiry=enquiry, logged_by__isnull=False)
    readings = Reading.objects.filter(enquiry=enquiry, logged_by__isnull=False)
    return [
        Logged("Measure", measure.name, str(measure.logged_by), measure.logged_at)
        for measure in measures.select_related("logged_by").order_by("-logged_at")[:most]
    ] + [
        Logged(r.get_moment_display(), r.measure.name, str(r.logged_by), r.logged_at)
        for r in readings.select_related("logged_by", "measure").order_by("-logged_at")[:most]
    ]


def open_help(alliances: QuerySet[Alliance]) -> list[HelpRequest]:
    """Requests for help of the alliances that nobody has answered, oldest first."""
    asked = HelpRequest.objects.filter(enquiry__alliance__in=alliances, answered_at=None)
    return list(asked.select_related("enquiry__alliance").order_by("logged_at"))


@dataclass(frozen=True)
class Workplace:
    """Where a person works: one line of their first page."""

    kind: str
    name: str
    detail: str
    url_name: str
    pk: int


def workplaces(user: User) -> list[Workplace]:
    """Everything the person may open from their first page, and nothing twice."""
    return [*_enquiries(user), *_alliances(user), *_clusters(user), *_programmes(user)]


def _enquiries(user: User) -> list[Workplace]:
    mine = access.alliances_for(user, Permission.WRITE_ENQUIRY)
    found = Enquiry.objects.filter(alliance__in=mine).select_related("alliance")
    return [Workplace("Enquiry", e.alliance.name, str(e), "enquiry", e.pk) for e in found]


def _alliances(user: User) -> list[Workplace]:
    """Alliances the person sees but does not write in, and reaches through no wider place."""
    seen = access.alliances_for(user, Permission.SEE_ALLIANCE)
    found = (
        seen.exclude(pk__in=access.alliances_for(user, Permission.WRITE_ENQUIRY))
        .exclude(cluster__in=access.clusters_for(user, Permission.SEE_CLUSTER))
        .exclude(programme__in=access.programmes_for(user, Permission.SEE_PROGRAMME))
    )
    return [Workplace("Alliance", a.name, a.lead_school, "alliance", a.pk) for a in found]


def _clusters(user: User) -> list[Workplace]:
    seen = access.clusters_for(user, Permission.SEE_CLUSTER)
    found = seen.annotate(size=Count("alliances")).order_by("name")
    return [Workplace("Cluster", c.name, f"{c.size} alliances", "cluster", c.pk) for c in found]


def _programmes(user: User) -> list[Workplace]:
    """Programmes the person sees, and those whose people they support."""
    pages = {"programme": Permission.SEE_PROGRAMME, "support": Permission.SUPPORT}
    held = {name: Q(pk__in=access.programmes_for(user, each)) for name, each in pages.items()}
    found = Programme.objects.filter(reduce(or_, held.values())).annotate(**_named(held))
    places = [(name, each) for each in found for name in pages if getattr(each, f"is_{name}")]
    return [Workplace(n.capitalize(), p.title, p.commissioner, n, p.pk) for n, p in places]


def _named(held: dict[str, Q]) -> dict[str, Q]:
    return {f"is_{name}": condition for name, condition in held.items()}


def reports_for(user: User) -> QuerySet[Report]:
    """Reports the person may open: of what they may ask reports about, and what is published.

    Of alliances whose work is not open to them national staff see what anybody may read.
    """
    of_alliances = [
        Q(kind__in=opened_with(each), alliance__in=access.alliances_for(user, each))
        for each in (Permission.ASK_CASE_STUDY, Permission.READ_ENQUIRY)
    ]
    programmes = access.programmes_for(user, Permission.ASK_NATIONAL_REPORT)
    published = Publication.objects.filter(withdrawn_at=None).values("report")
    return (
        Report.objects.filter(
            reduce(or_, of_alliances)
            | Q(cluster__in=access.clusters_for(user, Permission.SEE_CLUSTER))
            | Q(alliance=None, cluster=None, programme__in=programmes)
            | Q(pk__in=published, programme__in=programmes)
        )
        .select_related(
            "alliance",
            "enquiry",
            "cluster",
            "theme",
            "programme",
            "corrects",
            "asked_by",
            "rendition",
        )
        .defer("data", "corrects__data", "enquiry__document", "rendition__file")
    )


def latest_case_study(user: User, enquiry: Enquiry) -> Report | None:
    return reports_for(user).filter(enquiry=enquiry, kind=Kind.CASE_STUDY).first()


def with_size(reports: QuerySet[Report]) -> QuerySet[Report]:
    """Adds ``file_size``: the bytes of the PDF, None where there is none."""
    return reports.annotate(file_size=Length("rendition__file"))


def latest_of_each_kind(user: User, alliance: Alliance) -> dict[tuple[int, str], Report]:
    """The newest of each kind on each enquiry of an alliance, by the enquiry's number and kind.

    Those that the person may open.
    """
    found = reports_for(user).filter(alliance=alliance)
    latest = found.order_by("enquiry_id", "kind", "-asked_at", "-pk").distinct("enquiry_id", "kind")
    return {(report.enquiry_id, report.kind): report for report in latest}


def evidence_open_to(user: User, report: dict) -> Evidence:
    """Those of a report's claims and measures that the person may read on the site."""
    claims = {line.get("claim", 0) for line in report.get("rests_on", [])}
    tables = [report, *report.get("accounts", [])]
    levels = [level for told in tables for level in told.get("measures", [])]
    measures = {line["id"] for level in levels for line in level["lines"]}
    return Evidence(_open_to(user, Claim, claims), _open_to(user, Measure, measures))


def _open_to(user: User, model: type[Model], numbers: set[int]) -> set[int]:
    told = model.objects.filter(pk__in=numbers)
    return set(access.within(told, user, Permission.READ_ENQUIRY).values_list("pk", flat=True))


def with_cut(reports: QuerySet[Report]) -> QuerySet[Report]:
    """Adds ``cut``: what was shortened so that a poster fits; None of other kinds."""
    return reports.annotate(cut=KeyTransform("cut", "data"))


def papers_of(report: Report) -> list[Paper]:
    """The further papers that a report was printed on, without the files."""
    return list(report.papers.select_related("rendition").defer("rendition__file"))


def headline_figures(
    programme: Programme, alliances: QuerySet[Alliance], enquiries: list[Listed]
) -> list[dict]:
    """Big numbers of the programme's page: label and value."""
    told = {enquiry.alliance for enquiry in enquiries if enquiry.is_told}
    measures = Measure.objects.filter(enquiry__alliance__in=alliances)
    return [
        {"label": "alliances funded", "value": programme.alliances_funded},
        {"label": "alliances shown", "value": len({each.alliance for each in enquiries})},
        {"label": "with a full account", "value": len(told)},
        {"label": "measures recorded", "value": measures.count()},
    ]


def facts_of(alliance: Alliance) -> list[dict]:
    """What an alliance's page says of it: key and value, without what is not known."""
    facts = (
        ("Also known as", ", ".join(other.name for other in alliance.other_names.all())),
        ("Theme", str(alliance.theme or alliance.theme_note)),
        ("Cohort", str(alliance.cohort or "")),
        ("Cluster", str(alliance.cluster or "")),
        ("Lead school", alliance.lead_school),
        ("Area", alliance.area or alliance.region),
        ("Partners", "; ".join(partner.name for partner in alliance.partners.all())),
    )
    return [{"key": key, "value": value} for key, value in facts if value]


def measured_levels(measures: list[MeasureValues]) -> list[dict]:
    """For each level with measures: its title, how many, with a baseline, with an outcome."""
    return [
        {
            "title": title,
            "measures": len(own),
            "baselines": sum(_taken(measure, "baseline") for measure in own),
            "outcomes": sum(_taken(measure, "outcome") for measure in own),
        }
        for level, title in LEVELS.items()
        if (own := [measure for measure in measures if measure.level == level])
    ]


def _taken(measure: MeasureValues, moment: str) -> bool:
    value = measure.at(moment)
    return value is not None and value.symbol is not Symbol.NOT_COLLECTED
