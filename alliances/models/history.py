"""What became of every row, put down by the database itself; who opened what is private."""

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone

from alliances.models.people import User
from alliances.models.places import Alliance
from alliances.privacy import Keep


def append_only(subject: str) -> list[pgtrigger.Trigger]:
    """Triggers that refuse to change or to delete rows, but to an act of erasure."""
    func = (
        "IF current_setting('history.erasing', true) IS DISTINCT FROM 'yes' THEN "
        f"RAISE EXCEPTION 'The {subject} is only ever added to.'; END IF; "
    )
    return [
        pgtrigger.Trigger(
            name="append_only",
            when=pgtrigger.Before,
            operation=pgtrigger.Update | pgtrigger.Delete,
            func=func + "RETURN coalesce(NEW, OLD);",
        ),
        pgtrigger.Trigger(
            name="never_emptied",
            when=pgtrigger.Before,
            operation=pgtrigger.Truncate,
            level=pgtrigger.Statement,
            func=func + "RETURN NULL;",
        ),
    ]


class Change(models.Model):
    """One row of one table before and after one statement; written by a trigger on the table.

    ``before`` and ``after`` hold the columns that changed, of a new or a deleted row all of them.
    ``withheld`` names columns that changed and whose words are never copied. ``page`` is where it
    came from: method, name and arguments of an address, a task, a command, or ``sql``. Changes of
    one ``transaction`` were made together; the name is the same in no other, on no other server.
    The rows it speaks of may be gone: no key of it is checked.
    """

    class Act(models.TextChoices):
        INSERT = "insert", "Added"
        UPDATE = "update", "Changed"
        DELETE = "delete", "Deleted"
        TRUNCATE = "truncate", "Emptied"
        REDACT = "redact", "Erased from the history"

    within = "alliance"
    without_history = "is the history"
    keeping = {
        Keep.PERSONAL: "by",
        Keep.JUDGEMENT: "before after",
        Keep.ALLIANCE: "at page transaction table row act withheld alliance",
    }

    at = models.DateTimeField()
    by = models.ForeignKey(
        User, models.DO_NOTHING, null=True, blank=True, db_constraint=False, related_name="changes"
    )
    page = models.CharField(max_length=200)
    transaction = models.CharField(max_length=60)
    alliance = models.ForeignKey(
        Alliance,
        models.DO_NOTHING,
        null=True,
        blank=True,
        db_constraint=False,
        db_index=False,
        related_name="changes",
    )
    table = models.CharField(max_length=63)
    row = models.BigIntegerField(null=True, blank=True)
    act = models.CharField(max_length=10, choices=Act)
    before = models.JSONField(null=True, blank=True)
    after = models.JSONField(null=True, blank=True)
    withheld = ArrayField(models.CharField(max_length=63), default=list, blank=True)

    class Meta:
        ordering = ["-at", "-pk"]
        triggers = append_only("history")
        indexes = [
            models.Index(fields=["table", "row"], name="alliances_change_of"),
            models.Index(fields=["at"], name="alliances_change_at"),
            models.Index(fields=["alliance", "at"], name="alliances_change_in"),
            models.Index(fields=["alliance", "id"], name="alliances_change_last"),
            models.Index(fields=["transaction"], name="alliances_change_together"),
        ]
        constraints = [
            models.CheckConstraint(
                name="alliances_change_of_a_row", condition=Q(row__isnull=False) | Q(act="truncate")
            )
        ]

    def __str__(self):
        return f"{self.act} {self.table} {self.row}"


class Read(models.Model):
    """Somebody opened private material of an alliance, or of none: ``page`` says which."""

    within = "alliance"
    without_history = "is only ever added to, as the history is"
    keeping = {Keep.PERSONAL: "by", Keep.ALLIANCE: "at page alliance"}

    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(
        User, models.DO_NOTHING, db_constraint=False, db_index=False, related_name="reads"
    )
    page = models.CharField(max_length=200)
    alliance = models.ForeignKey(
        Alliance,
        models.DO_NOTHING,
        null=True,
        blank=True,
        db_constraint=False,
        db_index=False,
        related_name="reads",
    )

    class Meta:
        ordering = ["-at", "-pk"]
        triggers = append_only("record of reads")
        indexes = [
            models.Index(fields=["alliance", "at"], name="alliances_read_in"),
            models.Index(fields=["by"], name="alliances_read_by"),
        ]

    def __str__(self):
        return f"{self.by_id} {self.page}"
