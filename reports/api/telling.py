"""From rows and from what disclosure has let out to what programs are told."""

from django.urls import reverse
from django.utils import timezone

from alliances import links
from alliances.models import Alliance, Membership, Programme
from enquiries.models import Cycle, Enquiry
from impact.claims.queries import Stated, is_group_withheld
from impact.strength import Level
from impact.values import MeasureValues, Symbol, Tally, Value
from reports.api import shapes
from reports.manuscript.library import book
from reports.models import Publication, Report


def programme(row: Programme) -> shapes.Programme:
    return shapes.Programme(
        id=row.pk,
        title=row.title,
        country=row.country,
        commissioner=row.commissioner,
        duration=row.duration,
        ended=row.ended,
        alliances_funded=row.alliances_funded,
        withheld_below=row.small_number_threshold,
        fewest_schools=row.fewest_schools,
    )


def alliance(row: Alliance) -> shapes.Alliance:
    return shapes.Alliance(
        id=row.pk,
        programme=row.programme_id,
        key=row.key,
        name=row.name,
        theme=row.theme.number if row.theme else None,
        cohort=row.cohort.number if row.cohort else None,
        cluster=str(row.cluster or ""),
        region=row.region,
        area=row.area,
        lead_school=row.lead_school,
        context=row.context,
        link=row.link,
    )


def school(row: Membership) -> shapes.School:
    return shapes.School(
        id=row.pk,
        urn=row.school.urn,
        name=row.school.name,
        town=row.school.town,
        phase=row.school.phase,
        joined_on=row.joined_on,
        left_on=row.left_on,
    )


def enquiry(row: Enquiry) -> shapes.Enquiry:
    return shapes.Enquiry(
        id=row.pk,
        alliance=row.alliance_id,
        route=row.route,
        title=row.title,
        focus=row.shared_focus,
        question=row.shared_question,
    )


def cycle(row: Cycle) -> shapes.Cycle:
    return shapes.Cycle(
        id=row.pk,
        label=row.label,
        period=row.period,
        phase=row.phase,
        tried=row.tried,
        refinements=row.refinements,
        evidence=row.evidence,
    )


def measure(told: MeasureValues) -> shapes.Measure:
    return shapes.Measure(
        id=told.id,
        level=told.level,
        name=told.name,
        instrument=told.instrument,
        scale=told.scale,
        unit=told.unit,
        population=told.population,
        group=told.group,
        better=told.better,
        note=told.note,
        target=told.target,
        target_on=told.target_on,
        criterion=told.criterion,
        target_withheld=told.is_target_withheld,
        readings=[_reading(each) for each in told.readings],
    )


def _reading(told: Value) -> shapes.Reading:
    return shapes.Reading(
        id=told.id,
        moment=told.moment,
        on=told.on,
        when=told.when,
        since=told.since,
        value=told.value,
        whole=told.of,
        spread=told.sd,
        people=told.n,
        words=told.words,
        symbol=told.symbol or (Symbol.WEAK if told.is_weak else Symbol.NONE),
        categories=[_category(each) for each in told.tallies],
    )


def _category(told: Tally) -> shapes.Category:
    return shapes.Category(label=told.label, value=told.value, symbol=told.symbol, when=told.when)


def claim(told: Stated, *, withheld_below: int) -> shapes.Claim:
    row = told.claim
    is_withheld = is_group_withheld(row, withheld_below)
    return shapes.Claim(
        id=row.pk,
        level=row.level,
        statement=row.statement,
        claimed=row.kind,
        comparison=row.comparison,
        group_size=None if is_withheld else row.group_size,
        group_size_withheld=is_withheld,
        baseline=row.baseline_id,
        result=row.result_id,
        negative=row.is_negative,
        unexpected=row.is_unexpected,
        strength=_titled(told.degree),
        strength_rated=_titled(told.rated),
        strength_moderated=_titled(told.moderated),
        strength_allowed=told.strength.level.title,
        signed_on=timezone.localdate(told.signature.at) if told.is_signed else None,
        printed=told.is_printed,
    )


def _titled(degree: Level | None) -> str:
    return degree.title if degree else ""


def case_studies(rows: list[Publication]) -> list[shapes.CaseStudy]:
    return [_case_study(row) for row in rows]


def _case_study(row: Publication) -> shapes.CaseStudy:
    told = book(row)
    return shapes.CaseStudy(
        id=row.pk,
        slug=told.slug,
        title=told.title,
        alliance_name=told.alliance,
        theme_title=told.theme or "",
        focus=told.focus or "",
        strength=told.strongest,
        published_in=told.year,
        page=links.full(reverse("publication", args=[told.slug])),
        file=links.full(reverse("publication-file", args=[told.slug])),
    )


def report(row: Report) -> shapes.Report:
    return shapes.Report(
        id=row.pk,
        kind=row.kind,
        subject=row.subject,
        programme=row.programme_id,
        alliance=row.alliance_id,
        enquiry=row.enquiry_id,
        cluster=str(row.cluster or ""),
        version=row.version,
        corrects=row.corrects_id,
        correction=row.correction,
        asked_on=timezone.localdate(row.asked_at),
        finished_on=timezone.localdate(row.finished_at) if row.finished_at else None,
        fingerprint=row.data_hash,
        page=links.full(reverse("report", args=[row.pk])),
        data=links.full(reverse("api-report-data", args=[row.pk])),
    )
