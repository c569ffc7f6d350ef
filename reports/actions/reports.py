"""A report is asked for, built by a worker, and frozen."""

import hashlib
import json
import logging
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.formats import date_format

from alliances import audit, workers
from alliances.actions import alone
from alliances.models import Alliance, Cluster, Programme, Theme, User
from alliances.terms import Term, calendar_of
from enquiries.actions import hold
from impact.disclosure import Ledger
from reports import rendering
from reports.actions.parts import FEW, hand_out, printed, set_few, tell_how_far, want
from reports.kinds import KINDS
from reports.ledgers import ledger_for
from reports.models import SUBJECT, IssuedFigure, Kind, Paper, Rendition, Report
from reports.provenance import made_with

log = logging.getLogger(__name__)

MOST_ATTEMPTS = 3
# So long after its end a term is still summarised, should nothing have run on the day.
SUMMARISED_WITHIN = timedelta(days=21)
DISPATCH_AGAIN_AFTER = timedelta(seconds=60)
# First key of the advisory locks that builders hold; any number that nothing else uses.
LOCK_SPACE = 7_305
# What a report that is published is about, beside its alliance; others asked for are not of it.
PUBLISHED = "For publication"


@transaction.atomic
def ask_about_alliance(*, kind: Kind, alliance: Alliance, about: str = "", by: User) -> Report:
    """The person's request for a report on one alliance: a new one, or theirs still under way."""
    about = about or KINDS[kind].part(alliance)
    return _ask(by=by, kind=kind, programme=alliance.programme, alliance=alliance, about=about)


def ask_for_case_study(*, alliance: Alliance, by: User) -> Report:
    return ask_about_alliance(kind=Kind.CASE_STUDY, alliance=alliance, by=by)


@transaction.atomic
def ask_for_national(
    *, programme: Programme, alliances: Iterable[Alliance], about: str, by: User
) -> Report:
    """The person's request for a report over some alliances; ``about`` says which, in words."""
    selected = sorted(alliance.pk for alliance in alliances)
    return _ask(by=by, kind=Kind.NATIONAL, programme=programme, about=about, selected=selected)


@transaction.atomic
def ask_about_theme(*, theme: Theme, by: User) -> Report:
    """The person's request for the report on a theme, as its editors have it."""
    return _ask(by=by, kind=Kind.THEME, programme=theme.programme, theme=theme)


@transaction.atomic
def ask_for_overarching(*, programme: Programme, by: User) -> Report:
    """The person's request for the report across the themes, as its editors have it."""
    return _ask(by=by, kind=Kind.OVERARCHING, programme=programme)


@transaction.atomic
def ask_about_cluster(*, cluster: Cluster, term: Term, by: User) -> Report:
    """The person's request for the summary of a term of a cluster."""
    return _ask(by=by, **_of_term(cluster, term))


def _of_term(cluster: Cluster, term: Term) -> dict:
    subject = {"kind": Kind.CLUSTER, "programme": cluster.programme, "cluster": cluster}
    return {**subject, "about": term.title, "since": term.since, "until": term.ends_on}


def summarise_terms(today: date) -> int:
    """Let each cluster have its summary of a term that has ended lately; how many are new.

    However often this is done, and by however many at once, the database lets one be made.
    """
    made = 0
    for cluster in Cluster.objects.filter(alliances__isnull=False).distinct():
        term = calendar_of(cluster.programme_id).last_ended(today)
        if today <= term.ends_on + SUMMARISED_WITHIN:
            made += _summarise(cluster, term)
    return made


def _summarise(cluster: Cluster, term: Term) -> bool:
    due = {**_of_term(cluster, term), "asked_by": None}
    if Report.objects.filter(cluster=cluster, since=term.since, asked_by=None).exists():
        return False
    try:
        with transaction.atomic():
            new = Report.objects.create(**due, beat_at=timezone.now())
            audit.record("asked for", new, by=None, kind=new.kind)
            _dispatch_on_commit(new.pk)
    except IntegrityError:
        return False
    return True


class NotToCorrect(Exception):
    """A report that cannot be corrected now; the message says why, for people."""


@transaction.atomic
def correct_report(*, report: Report, correction: str, by: User) -> Report:
    """A new version of a finished report, with what is logged by now; the old one stays as it is.

    ``correction`` says what was wrong, and stands on the new version's face. A new version that was
    stopped before it was finished is made after all, with these words.
    """
    hold(report)
    if not Report.objects.filter(pk=report.pk, status=Report.Status.READY).exists():
        raise NotToCorrect("Only a finished report can be corrected.")
    if hasattr(report, "publication"):
        raise NotToCorrect("It is published. Change the words at the desk, and publish them again.")
    if stopped := Report.objects.stopped().filter(corrects=report).first():
        Report.objects.filter(pk=stopped.pk).update(correction=correction, asked_by=by)
        return retry_report(report=stopped, by=by)
    if Report.objects.filter(corrects=report).exists():
        raise NotToCorrect("There is a later version of this report already. Correct that one.")
    return _ask(by=by, selected=report.selected, **_correcting(report, correction))


def _correcting(report: Report, correction: str) -> dict:
    """What a later version of a report is asked for with."""
    subject = {name: getattr(report, name) for name in SUBJECT}
    return subject | {
        "corrects": report,
        "correction": correction,
        "version": report.version + 1,
    }


@transaction.atomic
def freeze_for_publication(
    *, alliance: Alliance, corrects: Report | None, correction: str, by: User
) -> Report:
    """An alliance's case study as it reads at this moment; a worker sets its pages afterwards."""
    subject = {
        "kind": Kind.CASE_STUDY,
        "programme": alliance.programme,
        "alliance": alliance,
        "about": PUBLISHED,
    }
    asked = _correcting(corrects, correction) if corrects else subject
    report = Report.objects.create(asked_by=by, beat_at=timezone.now(), **asked)
    _read(report, Report.objects.filter(pk=report.pk))
    audit.record("asked for", report, by=by, kind=report.kind)
    _dispatch_on_commit(report.pk)
    return report


def _ask(*, by: User, selected: list[int] | None = None, **asked) -> Report:
    new = Report(asked_by=by, selected=selected or [], beat_at=timezone.now(), **asked)
    waiting = _same(new).unfinished()
    if found := waiting.first():
        return found
    try:
        with transaction.atomic():
            new.save()
    except IntegrityError:
        return waiting.get()
    audit.record("asked for", new, by=by, kind=new.kind)
    _dispatch_on_commit(new.pk)
    return new


def _same(report: Report):
    """The same person's reports on the same subject."""
    names = (*SUBJECT, "corrects", "asked_by")
    return Report.objects.filter(**{name: getattr(report, name) for name in names})


@transaction.atomic
def retry_report(*, report: Report, by: User) -> Report:
    """Queue a report again that failed or was cancelled; any other stays as it is.

    Where it has been asked for anew meanwhile, that one is the answer.
    """
    try:
        with transaction.atomic():
            renewed = _queue_again(report)
    except IntegrityError:
        return _same(report).unfinished().first() or report
    if renewed:
        audit.record("asked again for", report, by=by)
        _dispatch_on_commit(report.pk)
    return report


def _queue_again(report: Report) -> int:
    """What is published stays what it is; anything else is read anew."""
    anew = {} if hasattr(report, "publication") else {"data": None, "data_hash": ""}
    return (
        Report.objects.stopped()
        .filter(pk=report.pk)
        .update(
            status=Report.Status.QUEUED,
            progress=0,
            stage="",
            problem="",
            attempt=0,
            parts=[],
            beat_at=timezone.now(),
            finished_at=None,
            **anew,
        )
    )


@transaction.atomic
def cancel_report(*, report: Report, by: User) -> None:
    """Stop a report that is not finished; what a worker is at, it ends and nobody is told."""
    stopped = Report.objects.unfinished().filter(pk=report.pk)
    if stopped.update(status=Report.Status.CANCELLED, stage="", finished_at=timezone.now()):
        audit.record("cancelled", report, by=by)


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
        missing = _build(Report.objects.get(pk=report_id)) if claimed else 0
    hand_out(report_id, missing)


def _build(report: Report) -> int:
    """Build the report, or find how many sections of it have to be printed first."""
    if report.attempt > MOST_ATTEMPTS:
        _fail(report, f"The work stopped {MOST_ATTEMPTS} times before it was done.")
        return 0
    try:
        data = _freeze(report)
        if missing := _lacking(report, data):
            return missing
        rendition = _rendition(report, report.kind, data)
        _print_papers(report, data)
    except rendering.PdfUnavailable as missing:
        _finish(report, problem=str(missing))
    except Exception:
        log.exception("report %s could not be built", report.pk)
        _fail(report, f"Something went wrong while it was made. Quote report {report.pk}.")
    else:
        _finish(report, rendition=rendition)
    return 0


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
            _read(report, _ours(report))
    return report.data


def _read(report: Report, row: QuerySet[Report]) -> None:
    """Read the report's content and keep it in its row, with what it tells of."""
    ledger = ledger_for(report)
    content = asdict(KINDS[report.kind].build(report, ledger)) | _issue(report)
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


def _issue(report: Report) -> dict:
    """What a later version says on its face: which it is, and what was wrong before."""
    if not report.corrects:
        return {}
    before = {"version": report.corrects.version, "on": date_format(report.corrects.asked_at)}
    return {"issue": {"version": report.version, "corrects": before, "text": report.correction}}


def _lacking(report: Report, data: dict) -> int:
    """How many sections others have to print before the report can be joined; few we print."""
    sheets = rendering.sheets_of(report.kind, data)
    if not sheets or _made(report.kind, data):
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
    if known := _made(kind, data):
        return known
    if report.parts:
        pdf = rendering.checked(kind, rendering.join_sheets(kind, data, printed(report)))
    else:
        pdf = rendering.render_checked_pdf(kind, data)
    made = {
        "file": pdf.content,
        "file_hash": hashlib.sha256(pdf.content).hexdigest(),
        "pages": pdf.pages,
    }
    shaped_by = rendering.shaped_by(kind, data)
    return Rendition.objects.get_or_create(made_from=shaped_by, defaults=made)[0]


def _made(kind: str, data: dict) -> Rendition | None:
    """The file that was made from this content before, if one was."""
    return Rendition.objects.filter(made_from=rendering.shaped_by(kind, data)).first()


def _print_papers(report: Report, data: dict) -> None:
    """The same content on each further paper of its kind."""
    for code in KINDS[report.kind].papers:
        rendition = _rendition(report, f"{report.kind}-{code}", data)
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
    overdue = Report.objects.unfinished().filter(beat_at__lte=timezone.now() - DISPATCH_AGAIN_AFTER)
    again = [pk for pk in overdue.values_list("pk", flat=True) if _is_free(pk)]
    Report.objects.filter(pk__in=again).update(beat_at=timezone.now())
    for report_id in again:
        workers.tell("reports.build", report_id)
    return len(again)


def _is_free(report_id: int) -> bool:
    with alone(LOCK_SPACE, report_id) as ours:
        return ours
