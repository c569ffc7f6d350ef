"""The weekly e-mail: what is due, on one day of the week, one a person and week at most.

A row for person and week is claimed in the transaction that puts the e-mail in the outbox. The
database refuses a second row; where the worker dies before the commit there is neither row nor
e-mail, and the next run makes both. What the outbox holds is then sent as it says.
"""

import logging
from datetime import date, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from alliances import actions, links
from alliances.models import Mail, User
from alliances.queries import reachable
from reports.due import Due, due_from
from reports.models import Weekly

log = logging.getLogger(__name__)

FIRST_HOUR = 7
MOST_LINES = 20


def write_weeklies() -> int:
    """Write this week's e-mails that are not written yet; how many. Safe to run at any time.

    Only on the day of the setting, from seven o'clock. What one person's e-mail fails on keeps
    nobody else waiting.
    """
    now = timezone.localtime()
    if now.weekday() != settings.WEEKLY_MAIL_DAY or now.hour < FIRST_HOUR:
        return 0
    week = now.date() - timedelta(days=now.weekday())
    waiting = reachable().exclude(unwanted_mail__contains=[Mail.Kind.WEEKLY])
    return sum(_written(person, week) for person in waiting.exclude(weeklies__week=week))


def _written(person: User, week: date) -> bool:
    try:
        return _write(person, week)
    except Exception:
        log.exception("the weekly e-mail of person %s could not be written", person.pk)
        return False


@transaction.atomic
def _write(person: User, week: date) -> bool:
    """Claim a person's week and put its e-mail in the outbox; whether there was one to write."""
    weekly, claimed = Weekly.objects.get_or_create(person=person, week=week)
    if not claimed:
        return False
    found = due_from(User.objects.with_roles().get(pk=person.pk), timezone.localdate())
    due = [each for each in found if each.kind not in person.unwanted_mail]
    if not due:
        return False
    weekly.mail = actions.post(kind=Mail.Kind.WEEKLY, person=person, context=_words(person, due))
    weekly.save(update_fields=["mail"])
    return True


def _words(person: User, due: list[Due]) -> dict:
    """What the e-mail says: by alliance, each thing with its date and whole address."""
    shown: dict[str, list[dict]] = {}
    for each in due[:MOST_LINES]:
        line = {"text": each.text, "by": each.by, "url": links.full(each.url)}
        shown.setdefault(each.alliance, []).append(line)
    return {
        "count": len(due),
        "more": max(len(due) - MOST_LINES, 0),
        "minutes": sum(each.minutes for each in due),
        "alliances": list(shown.items()),
        "week_url": links.full(reverse("my-week")),
        "stop_url": links.to_stop(person, Mail.Kind.WEEKLY),
    }
