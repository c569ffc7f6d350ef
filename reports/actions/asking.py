"""Reports are asked for, corrected and stopped."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from alliances import audit, workers
from alliances.models import Alliance, Cluster, Programme, Theme, User
from alliances.terms import Term, calendar_of
from enquiries.actions import hold
from enquiries.models import Enquiry
from reports.actions.building import read_content
from reports.faces import PUBLISHED
from reports.kinds import KINDS
from reports.models import SUBJECT, Kind, Report

# So long after its end a term is still summarised, should nothing have run on the day.
SUMMARISED_WITHIN = timedelta(days=21)


@transaction.atomic
def ask_about_enquiry(*, kind: Kind, enquiry: Enquiry, by: User) -> Report:
    """The person's request for a report on one enquiry: a new one, or theirs still under way."""
    return _ask(by=by, **_of_enquiry(enquiry, kind, KINDS[kind].part(enquiry)))


def _of_enquiry(enquiry: Enquiry, kind: Kind, about: str) -> dict:
    alliance = enquiry.alliance
    subject = {"programme": alliance.programme, "alliance": alliance, "enquiry": enquiry}
    return {**subject, "kind": kind, "about": about}


def ask_for_case_study(*, enquiry: Enquiry, by: User) -> Report:
    return ask_about_enquiry(kind=Kind.CASE_STUDY, enquiry=enquiry, by=by)


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
    *, enquiry: Enquiry, corrects: Report | None, correction: str, by: User
) -> Report:
    """An enquiry's case study as it reads at this moment; a worker sets its pages afterwards."""
    subject = _of_enquiry(enquiry, Kind.CASE_STUDY, PUBLISHED)
    asked = _correcting(corrects, correction) if corrects else subject
    report = Report.objects.create(asked_by=by, beat_at=timezone.now(), **asked)
    read_content(report, Report.objects.filter(pk=report.pk))
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
