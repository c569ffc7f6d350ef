"""Deletes what has been kept for long enough, by the rules of reports/retention.py."""

import logging
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet

from alliances.actions import LastLead, erasing
from impact.actions import delete_matched, drop_upload
from reports.actions.erasing import erase
from reports.retention import RULES, Rule

BATCH = 500
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Due:
    """How many rows a rule finds, and the moment of the oldest; None where there is none."""

    rule: Rule
    count: int
    oldest: date | datetime | None


def due() -> list[Due]:
    """What would go now, rule by rule; nothing is changed."""
    found = [(rule, rule.rows()) for rule in RULES]
    return [
        Due(rule, rows.count(), rows.values_list(rule.moment, flat=True).first())
        for rule, rows in found
    ]


def delete_due() -> dict[str, int]:
    """Do what every rule says, in batches; how many rows by the code of the rule."""
    return {rule.code: _delete(rule) for rule in RULES}


def _delete(rule: Rule) -> int:
    act, gone, last = ACTS.get(rule.code, _drop), 0, None
    while pks := [pk for pk in rule.rows().values_list("pk", flat=True)[:BATCH] if pk != last]:
        with transaction.atomic():
            done = act(rule.rows().filter(pk__in=pks))
        gone, last = gone + done, pks[-1]
        if done < len(pks):
            break
    return gone


def _drop(rows: QuerySet) -> int:
    return rows.delete()[1].get(rows.model._meta.label, 0)


def _drop_uploads(rows: QuerySet) -> int:
    return len([drop_upload(upload=each, by=None) for each in rows])


def _delete_matched(rows: QuerySet) -> int:
    return sum(delete_matched(matched_set=each, by=None) for each in rows)


def _erase(rows: QuerySet) -> int:
    gone = 0
    for person in rows:
        try:
            erase(person=person, reason="Without a role for three years", by=None)
            gone += 1
        except LastLead:
            log.warning("person %s leads an alliance alone and is not erased", person.pk)
    return gone


def _drop_reads(rows: QuerySet) -> int:
    with erasing():
        return _drop(rows)


ACTS = {
    "reads": _drop_reads,
    "uploads": _drop_uploads,
    "matched": _delete_matched,
    "accounts": _erase,
}
