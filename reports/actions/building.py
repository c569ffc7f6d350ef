"""A report is built by a worker, and frozen."""

import hashlib
import json
import logging
from dataclasses import asdict

from celery.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.db import DatabaseError, transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from alliances import workers
from alliances.actions import alone, tell_again
from impact.disclosure import Ledger
from reports import rendering
from reports.actions.parts import FEW, hand_out, printed, set_few, tell_how_far, want
from reports.faces import SUPERSEDED, face_of, superseded
from reports.kinds import KINDS
from reports.ledgers import ledger_for
from reports.models import IssuedFigure, Paper, Rendition, Report
from reports.provenance import made_with

log = logging.getLogger(__name__)

MOST_ATTEMPTS = 3
# First key of the advisory locks that builders hold; any number that nothing else uses.
LOCK_SPACE = 7_305


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
        # What it tells may be too much to load: that is for the part that can fail with a reason.
        missing = _build(Report.objects.defer("data").get(pk=report_id)) if claimed else 0
    hand_out(report_id, missing)


def _build(report: Report) -> int:
    """Build the report, or find how many sections of it have to be printed first."""
    if report.attempt > MOST_ATTEMPTS:
        _fail(report, f"The work stopped {MOST_ATTEMPTS} times before it was done.")
        return 0
    seconds = settings.CELERY_TASK_SOFT_TIME_LIMIT
    try:
        with workers.within_time(seconds):
            data = _freeze(report)
            if missing := _lacking(report, data):
                return missing
            rendition = _rendition(report, report.kind, data)
            _print_papers(report, data)
    except rendering.PdfUnavailable as missing:
        _finish(report, problem=str(missing))
    except (SoftTimeLimitExceeded, workers.OutOfTime):
        _fail(report, f"It was not done after {seconds} seconds. Quote report {report.pk}.")
    except Exception as problem:
        log.exception("report %s could not be built", report.pk)
        _fail(report, f"{in_words(problem)} Quote report {report.pk}.")
    else:
        _finish(report, rendition=rendition)
    return 0


def in_words(problem: Exception) -> str:
    """What the reader is told; the database's client tells of its want of memory in words alone."""
    without_room = isinstance(problem, DatabaseError) and "out of memory" in str(problem)
    if without_room or isinstance(problem, MemoryError):
        return "It needs more memory than there is."
    return "Something went wrong while it was made."


def _ours(report: Report):
    """The report's row as long as it is wanted and no later attempt has taken it over."""
    return Report.objects.filter(
        pk=report.pk, status=Report.Status.BUILDING, attempt=report.attempt
    )


def _tell(report: Report, progress: int, stage: str) -> None:
    _ours(report).update(progress=progress, stage=stage, beat_at=timezone.now())


def _freeze(report: Report) -> dict:
    """The report's content, kept as JSON before any page is set: a second worker sets the same."""
    if report.data is None:
        _tell(report, 10, "Reading what has been logged")
        with transaction.atomic():
            read_content(report, _ours(report))
    return report.data


def read_content(report: Report, row: QuerySet[Report]) -> None:
    """Read the report's content and keep it in its row, with what it tells of."""
    ledger = ledger_for(report)
    content = asdict(KINDS[report.kind].build(report, ledger)) | face_of(report)
    report.data = json.loads(json.dumps(content))
    plain = json.dumps(report.data, sort_keys=True, ensure_ascii=False)
    report.data_hash = hashlib.sha256(plain.encode()).hexdigest()
    frozen = {"data": report.data, "data_hash": report.data_hash, "made_with": made_with()}
    if row.update(**frozen):
        _keep_issued(report, ledger)


def _keep_issued(report: Report, ledger: Ledger) -> None:
    report.issued.all().delete()
    IssuedFigure.objects.bulk_create(
        IssuedFigure(report=report, figure=i.figure, units=sorted(i.units), number=i.number)
        for i in ledger.told
    )


def _lacking(report: Report, data: dict) -> int:
    """How many sections others have to print before the report can be joined; few we print."""
    sheets = rendering.sheets_of(report.kind, data)
    if not sheets or _made(rendering.shaped_by(report.kind, data)):
        return 0
    rendering.press()
    missing = want(sheets, afresh=not report.parts)
    report.parts = [sheet.made_from for sheet in sheets]
    _ours(report).update(parts=report.parts)
    missing = set_few(report) if missing <= FEW else tell_how_far(report)
    if missing:
        # Workers that are lost from now on count against the section that they were at.
        _ours(report).update(attempt=0, beat_at=timezone.now())
    return missing


def _rendition(report: Report, kind: str, data: dict) -> Rendition:
    """The file of a kind of document with this content, made now unless it was made before."""
    if report.parts:
        _tell(report, 90, f"Joining the {len(report.parts)} sections")
    else:
        _tell(report, 40, "Setting the pages")
    shaped_by = rendering.shaped_by(kind, data)
    if known := _made(shaped_by):
        return known
    if report.parts:
        pdf = rendering.join_sheets(kind, data, printed(report))
    else:
        pdf = rendering.render_checked_pdf(kind, data)
    made = {
        "file": pdf.content,
        "file_hash": hashlib.sha256(pdf.content).hexdigest(),
        "pages": pdf.pages,
    }
    return Rendition.objects.get_or_create(made_from=shaped_by, defaults=made)[0]


def _made(shaped_by: str) -> Rendition | None:
    """The file that was made of what has this hash before, if one was."""
    return Rendition.objects.filter(made_from=shaped_by).first()


def _print_papers(report: Report, data: dict) -> None:
    """The same content on each further paper; and the version before, which now says it is that."""
    for code in KINDS[report.kind].papers:
        rendition = _rendition(report, f"{report.kind}-{code}", data)
        _keep_paper(report, code, rendition)
    if hasattr(report, "publication") and report.corrects:
        before = report.corrects
        rendition = _rendition(report, before.kind, superseded(before.data))
        _keep_paper(before, SUPERSEDED, rendition)


def _keep_paper(report: Report, code: str, rendition: Rendition) -> None:
    Paper.objects.update_or_create(report=report, code=code, defaults={"rendition": rendition})


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
    return tell_again(Report.objects.unfinished(), LOCK_SPACE, "reports.build")
