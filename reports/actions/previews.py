"""An edition is made readable as it stands, by a worker, for the editor who asked."""

import logging
from dataclasses import asdict

from celery.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from alliances import workers
from alliances.actions import alone, tell_again
from alliances.models import User
from enquiries.actions import hold
from reports import rendering
from reports.actions.building import MOST_ATTEMPTS, in_words
from reports.builders import build_edition
from reports.ledgers import ledger_after
from reports.models import Edition, IssuedFigure, Leaf, Preview
from reports.queries import evidence_open_to

log = logging.getLogger(__name__)

# First key of the advisory locks that makers hold; any number that nothing else uses.
LOCK_SPACE = 7_308


@transaction.atomic
def ask_for_preview(*, edition: Edition, by: User) -> Preview:
    """Have the edition made readable as it is now; what still waits for a worker does for it.

    Where one is at it already, it begins again: it may have read what has been changed since.
    """
    hold(edition)
    preview, is_new = Preview.objects.get_or_create(edition=edition, asked_by=by)
    if not is_new:
        now = timezone.now()
        anew = {"status": Preview.Status.QUEUED, "asked_at": now, "beat_at": now}
        anew |= {"progress": 0, "stage": "", "problem": "", "attempt": 0}
        begun = Preview.objects.filter(pk=preview.pk).exclude(status=Preview.Status.QUEUED)
        if not begun.update(**anew):
            return preview
    transaction.on_commit(lambda: workers.tell("reports.make_preview", preview.pk))
    return preview


def make_preview(number: int) -> None:
    """Make one preview, again where it is asked for meanwhile. Safe to run twice, or at once."""
    with alone(LOCK_SPACE, number) as ours:
        waiting = Preview.objects.unfinished().filter(pk=number)
        taken = {"status": Preview.Status.BUILDING, "attempt": F("attempt") + 1}
        while ours and waiting.update(**taken, beat_at=timezone.now()):
            _make(Preview.objects.select_related("edition__programme", "asked_by").get(pk=number))


def _make(preview: Preview) -> None:
    if preview.attempt > MOST_ATTEMPTS:
        _fail(preview, f"The work stopped {MOST_ATTEMPTS} times before it was done.")
        return
    seconds = settings.CELERY_TASK_SOFT_TIME_LIMIT
    try:
        with workers.within_time(seconds):
            _keep(preview, _told(preview))
    except (SoftTimeLimitExceeded, workers.OutOfTime):
        _fail(preview, f"It was not done after {seconds} seconds.")
    except Exception as problem:
        log.exception("preview %s could not be made", preview.pk)
        _fail(preview, in_words(problem))


def _told(preview: Preview) -> list[str]:
    """The leaves of what would be issued now."""
    edition = preview.edition
    _tell(preview, 10, "Reading what has been logged")
    ledger = ledger_after(edition.programme, IssuedFigure.objects.all())
    told = asdict(build_edition(edition, ledger=ledger))
    _tell(preview, 70, "Setting the text")
    evidence = evidence_open_to(preview.asked_by, told)
    return rendering.leaves(edition.kind, told, evidence)


@transaction.atomic
def _keep(preview: Preview, told: list[str]) -> None:
    ready = {"status": Preview.Status.READY, "progress": 100, "stage": ""}
    if _ours(preview).update(**ready):
        preview.leaves.all().delete()
        rows = [Leaf(preview=preview, number=n, html=html) for n, html in enumerate(told, 1)]
        Leaf.objects.bulk_create(rows)


def _ours(preview: Preview):
    """Its row as long as no later attempt has taken it over."""
    mine = {"status": Preview.Status.BUILDING, "attempt": preview.attempt}
    return Preview.objects.filter(pk=preview.pk, **mine)


def _tell(preview: Preview, progress: int, stage: str) -> None:
    _ours(preview).update(progress=progress, stage=stage, beat_at=timezone.now())


def _fail(preview: Preview, problem: str) -> None:
    _ours(preview).update(status=Preview.Status.FAILED, stage="", problem=problem)


def sweep_previews() -> int:
    """Tell the workers again of previews that wait too long or lost their worker; how many."""
    return tell_again(Preview.objects.unfinished(), LOCK_SPACE, "reports.make_preview")
