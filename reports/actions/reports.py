"""A report is asked for, built by a worker, and frozen."""

import hashlib
import json
import logging
from collections.abc import Iterable
from dataclasses import asdict
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from alliances import audit, workers
from alliances.actions import alone
from alliances.models import Alliance, Programme, User
from impact.disclosure import Issue, Ledger
from reports import rendering
from reports.builders import build_case_study, build_national
from reports.models import IssuedFigure, Rendition, Report

log = logging.getLogger(__name__)

MOST_ATTEMPTS = 3
DISPATCH_AGAIN_AFTER = timedelta(seconds=60)
# First key of the advisory locks that builders hold; any number that nothing else uses.
LOCK_SPACE = 7_305


@transaction.atomic
def ask_for_case_study(*, alliance: Alliance, by: User) -> Report:
    """The person's request for an alliance's case study: a new one, or theirs still under way."""
    return _ask(by=by, kind=Report.Kind.CASE_STUDY, programme=alliance.programme, alliance=alliance)


@transaction.atomic
def ask_for_national(
    *, programme: Programme, alliances: Iterable[Alliance], about: str, by: User
) -> Report:
    """The person's request for a report over some alliances; ``about`` says which, in words."""
    return _ask(
        by=by,
        kind=Report.Kind.NATIONAL,
        programme=programme,
        alliance=None,
        about=about,
        selected=sorted(alliance.pk for alliance in alliances),
    )


def _ask(*, by: User, selected: list[int] | None = None, **subject) -> Report:
    waiting = Report.objects.unfinished().filter(asked_by=by, **subject)
    if found := waiting.first():
        return found
    try:
        with transaction.atomic():
            report = Report.objects.create(
                asked_by=by, selected=selected or [], beat_at=timezone.now(), **subject
            )
    except IntegrityError:
        return waiting.get()
    audit.record("asked for", report, by=by, kind=report.kind)
    _dispatch_on_commit(report.pk)
    return report


@transaction.atomic
def retry_report(*, report: Report, by: User) -> Report:
    """Queue a failed report again; one that has not failed stays as it is.

    Where it has been asked for anew meanwhile, that one is the answer.
    """
    try:
        with transaction.atomic():
            renewed = _queue_again(report)
    except IntegrityError:
        subject = ("kind", "programme", "alliance", "about", "asked_by")
        same = {name: getattr(report, name) for name in subject}
        return Report.objects.unfinished().filter(**same).first() or report
    if renewed:
        audit.record("asked again for", report, by=by)
        _dispatch_on_commit(report.pk)
    return report


def _queue_again(report: Report) -> int:
    return Report.objects.filter(pk=report.pk, status=Report.Status.FAILED).update(
        status=Report.Status.QUEUED,
        progress=0,
        stage="",
        problem="",
        attempt=0,
        data=None,
        data_hash="",
        beat_at=timezone.now(),
        finished_at=None,
    )


def _dispatch_on_commit(report_id: int) -> None:
    transaction.on_commit(lambda: workers.tell("reports.build", report_id))


def build_report(report_id: int) -> None:
    """Build one report if it still waits and nobody is building it. Safe to run twice."""
    with alone(LOCK_SPACE, report_id) as ours:
        if not ours:
            return
        claimed = (
            Report.objects.unfinished()
            .filter(pk=report_id)
            .update(status=Report.Status.BUILDING, attempt=F("attempt") + 1, beat_at=timezone.now())
        )
        if claimed:
            _build(Report.objects.get(pk=report_id))


def _build(report: Report) -> None:
    if report.attempt > MOST_ATTEMPTS:
        _fail(report, f"The work stopped {MOST_ATTEMPTS} times before it was done.")
        return
    try:
        _tell(report, 10, "Reading what has been logged")
        data = _freeze(report)
        _tell(report, 40, "Setting the pages")
        rendition = _rendition(report.kind, data)
    except rendering.PdfUnavailable as missing:
        _finish(report, problem=str(missing))
    except Exception:
        log.exception("report %s could not be built", report.pk)
        _fail(report, f"Something went wrong while it was made. Quote report {report.pk}.")
    else:
        _finish(report, rendition=rendition)


def _ours(report: Report):
    """The report's row as long as no later attempt has taken it over."""
    return Report.objects.filter(pk=report.pk, attempt=report.attempt)


def _tell(report: Report, progress: int, stage: str) -> None:
    _ours(report).update(progress=progress, stage=stage, beat_at=timezone.now())


def _freeze(report: Report) -> dict:
    """The report's content, kept as JSON before any page is set: a second worker sets the same."""
    if report.data is None:
        with transaction.atomic():
            ledger = _ledger(report)
            report.data = json.loads(json.dumps(asdict(_content(report, ledger))))
            plain = json.dumps(report.data, sort_keys=True, ensure_ascii=False)
            report.data_hash = hashlib.sha256(plain.encode()).hexdigest()
            if _ours(report).update(data=report.data, data_hash=report.data_hash):
                _keep_issued(report, ledger)
    return report.data


def _ledger(report: Report) -> Ledger:
    """What other reports of the programme have told; one at a time is held against them."""
    programme = Programme.objects.select_for_update(no_key=True).get(pk=report.programme_id)
    told = IssuedFigure.objects.filter(report__programme=programme).exclude(report=report)
    if report.alliance_id:
        told = told.filter(units=[report.alliance_id])
    earlier = (Issue(row.figure, frozenset(row.units), row.number) for row in told)
    return Ledger(programme.fewest_schools, programme.small_number_threshold, tuple(earlier))


def _keep_issued(report: Report, ledger: Ledger) -> None:
    report.issued.all().delete()
    IssuedFigure.objects.bulk_create(
        IssuedFigure(report=report, figure=i.figure, units=sorted(i.units), number=i.number)
        for i in ledger.told
    )


def _content(report: Report, ledger: Ledger):
    if report.kind == Report.Kind.CASE_STUDY:
        return build_case_study(report.alliance.enquiries.first(), ledger=ledger)
    return build_national(report.programme, report.selected, report.about, ledger=ledger)


def _rendition(kind: str, data: dict) -> Rendition:
    """The file made from this content, made now unless it has been made before."""
    shaped_by = rendering.shaped_by(kind, data)
    if known := Rendition.objects.filter(made_from=shaped_by).first():
        return known
    pdf = rendering.render_checked_pdf(kind, data)
    made = {
        "file": pdf.content,
        "file_hash": hashlib.sha256(pdf.content).hexdigest(),
        "pages": pdf.pages,
    }
    return Rendition.objects.get_or_create(made_from=shaped_by, defaults=made)[0]


def _finish(report: Report, *, rendition: Rendition | None = None, problem: str = "") -> None:
    _ours(report).update(
        status=Report.Status.READY,
        progress=100,
        stage="",
        rendition=rendition,
        problem=problem,
        finished_at=timezone.now(),
    )


def _fail(report: Report, problem: str) -> None:
    _ours(report).update(
        status=Report.Status.FAILED, stage="", problem=problem, finished_at=timezone.now()
    )


def sweep() -> int:
    """Tell the workers again of reports that wait too long or lost their worker; how many."""
    overdue = Report.objects.unfinished().filter(beat_at__lte=timezone.now() - DISPATCH_AGAIN_AFTER)
    again = [pk for pk in overdue.values_list("pk", flat=True) if _is_free(pk)]
    Report.objects.filter(pk__in=again).update(beat_at=timezone.now())
    for report_id in again:
        workers.tell("reports.build", report_id)
    return len(again)


def _is_free(report_id: int) -> bool:
    with alone(LOCK_SPACE, report_id) as ours:
        return ours
