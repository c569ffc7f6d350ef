"""Sections of large reports: printed by several workers, each once, and kept for the next report.

The database says what there is to print. A message to the workers names only the report: whoever
takes it up prints one section that nobody is printing, and passes the message on. So the queue
stays short however long the report is, and a message or worker that is lost costs one section's
time: the sweep of the reports sends another.
"""

import logging
from datetime import timedelta

from django.db.models import F
from django.utils import timezone

from alliances import workers
from alliances.actions import alone
from reports import rendering
from reports.models import Part, Report

log = logging.getLogger(__name__)

# How many sections of one report are printed at once, where there are as many workers.
AT_ONCE = 4
# So few are printed by the worker that builds the report.
FEW = 16
MOST_ATTEMPTS = 3
KEPT = timedelta(days=60)
# First key of the advisory locks that hold a section; any number that nothing else uses.
LOCK_SPACE = 7_306


def want(sheets: list[rendering.Sheet], *, afresh: bool) -> int:
    """Note which sections a report needs; how many are not printed yet.

    ``afresh`` if those that were given up before are to be tried again.
    """
    rows = [Part(made_from=s.made_from, key=s.key, html=s.html) for s in sheets]
    Part.objects.bulk_create(rows, ignore_conflicts=True)
    wanted = Part.objects.filter(made_from__in=[sheet.made_from for sheet in sheets])
    wanted.update(wanted_at=timezone.now())
    if afresh:
        wanted.unset().update(attempt=0)
    return wanted.unset().count()


def hand_out(report_id: int, missing: int) -> None:
    """Tell as many workers as there are sections to print, if not too many."""
    for _ in range(min(missing, AT_ONCE)):
        workers.tell("reports.set_part", report_id, later=True)


def set_part(report_id: int) -> None:
    """Print one section that the report still lacks and nobody is printing; then see what is next.

    A report that was cancelled, failed or is ready lacks nothing any more.
    """
    report = _waiting().filter(pk=report_id).first()
    part = _print_next(report) if report else None
    if part is None:
        return
    for each in _waiting().filter(parts__contains=[part.made_from]):
        lacking = tell_how_far(each)
        if not lacking:
            workers.tell("reports.build", each.pk)
        elif each == report:
            workers.tell("reports.set_part", each.pk, later=True)


def set_few(report: Report) -> int:
    """Print what the report lacks here and now; how many sections other workers are at."""
    lacking = tell_how_far(report)
    while lacking and _waiting().filter(pk=report.pk).exists() and _print_next(report):
        lacking = tell_how_far(report)
    return lacking


def tell_how_far(report: Report) -> int:
    """Say how far the report is; how many sections it lacks."""
    wanted, lacking = len(report.parts), _lacking(report).count()
    done = wanted - lacking
    told = {"progress": 10 + 80 * done // wanted, "stage": f"{done} of {wanted} sections set"}
    Report.objects.unfinished().filter(pk=report.pk).update(beat_at=timezone.now(), **told)
    return lacking


def _waiting():
    return Report.objects.unfinished().only("parts")


def _lacking(report: Report):
    return Part.objects.filter(made_from__in=report.parts).unset()


def _print_next(report: Report) -> Part | None:
    """The section that was printed now; none if all are, or others are at them."""
    for number in _lacking(report).values_list("pk", flat=True):
        with alone(LOCK_SPACE, number) as ours:
            if ours and _lacking(report).filter(pk=number).update(attempt=F("attempt") + 1):
                return _printed(Part.objects.get(pk=number))
    return None


def _printed(part: Part) -> Part | None:
    if part.attempt > MOST_ATTEMPTS:
        _give_up(part)
        return None
    try:
        pdf = rendering.print_sheet(part.key, part.html)
    except Exception:
        log.exception("section %s could not be printed", part)
        _give_up(part)
        return None
    Part.objects.filter(pk=part.pk).update(file=pdf.content, pages=pdf.pages, html="")
    return part


def _give_up(part: Part) -> None:
    """Fail the reports that cannot be whole without the section."""
    Report.objects.unfinished().filter(parts__contains=[part.made_from]).update(
        status=Report.Status.FAILED,
        stage="",
        problem=f"A section of it could not be made: {part.key}. Quote section {part.pk}.",
        finished_at=timezone.now(),
    )


def printed(report: Report) -> list[rendering.Pdf]:
    """The sections of a report that lacks none, in its order."""
    rows = Part.objects.filter(made_from__in=report.parts).exclude(file=None)
    found = {row.made_from: rendering.Pdf(bytes(row.file), row.pages) for row in rows}
    return [found[name] for name in report.parts]


def clear_parts() -> int:
    """Delete sections that no report has wanted for long, and none is waiting for; how many."""
    waiting = Report.objects.unfinished().values_list("parts", flat=True)
    kept = {name for names in waiting for name in names}
    old = Part.objects.filter(wanted_at__lte=timezone.now() - KEPT).exclude(made_from__in=kept)
    return old.delete()[0]
