"""The reports and case studies that addresses are about, as arguments of the addresses."""

from collections.abc import Callable

from django.utils import timezone

from alliances.terms import calendar_of
from enquiries.models import Quotation
from reports import actions as reports
from reports.models import CaseStudyDraft, Edition, Passage, Publication, Report
from tests import desk
from tests.world import World


def in_a_format(report):
    """A report as CSV files."""
    return lambda world: [*report(world), "csv"]


def built(report: Report) -> list:
    if report.status == Report.Status.QUEUED:
        reports.build_report(report.pk)
    return [report.pk]


def a_failed_report(world):
    failed = first("interim-report") or reports.ask_about_enquiry(
        kind="interim-report", enquiry=world.enquiry, by=world.person("leah")
    )
    Report.objects.filter(pk=failed.pk).update(status=Report.Status.FAILED)
    return [failed.pk]


def first(kind: str) -> Report | None:
    return Report.objects.filter(kind=kind).first()


def case_study(world):
    return built(
        first("case-study")
        or reports.ask_for_case_study(enquiry=world.enquiry, by=world.person("leah"))
    )


def poster(world):
    """A poster on its second paper."""
    asked = first("poster") or reports.ask_about_enquiry(
        kind="poster", enquiry=world.enquiry, by=world.person("leah")
    )
    return [*built(asked), "a3"]


def cluster_summary(world):
    term = calendar_of(world.programme).last_ended(timezone.localdate())
    return built(
        first("cluster-summary")
        or reports.ask_about_cluster(cluster=world.south, term=term, by=world.person("faye"))
    )


def national(world):
    return built(
        first("national")
        or reports.ask_for_national(
            programme=world.programme,
            alliances=world.programme.alliances.all(),
            about="All alliances",
            by=world.person("nadia"),
        )
    )


def theme_report(world):
    begun = Edition.objects.get(pk=edition(world)[0])
    return built(first("theme") or reports.issue_edition(edition=begun, by=world.person("owen")))


def edition(world):
    theme = world.programme.themes.get(number=3)
    owen = world.person("owen")
    return [reports.begin_edition(programme=world.programme, theme=theme, by=owen).pk]


def read_as_it_stands(world):
    """An edition as each of its editors may read it before it is issued."""
    (pk,) = edition(world)
    for name in ("owen", "nell"):
        asked = reports.ask_for_preview(edition=Edition.objects.get(pk=pk), by=world.person(name))
        reports.make_preview(asked.pk)
    return [pk]


def a_passage(world):
    return [Passage.objects.get(edition=edition(world)[0], part="summary").key]


def a_choice(world):
    quotation = Quotation.objects.filter(enquiry=world.enquiry).first()
    return [*edition(world), "quotation", quotation.key]


def a_manuscript(world):
    """The case study in Leah's words, sent to Faye."""
    if not CaseStudyDraft.objects.exists():
        desk.write(world, **desk.WORDS)
        desk.take(world, reports.send_for_critique, "leah")
    return [world.enquiry.pk]


def a_signed_one(world):
    """The case study as Leah signed it off."""
    if not CaseStudyDraft.objects.exists():
        desk.signed(world)
    return [world.enquiry.pk]


def a_step(slug: str, prepare: Callable[[World], object]):
    """The page of a step of the case study, which stands where it may be taken."""

    def place(world):
        if not CaseStudyDraft.objects.exists():
            prepare(world)
        return [world.enquiry.pk, slug]

    return place


def a_publication(world):
    found = Publication.objects.first() or desk.published(world)
    if found.report.rendition is None:
        built(found.report)
    return [found.slug]


def a_published_version(world):
    return [*a_publication(world), 1]
