"""How long things are kept, and what becomes of them then: one table for all of the platform."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from alliances.actions import FORMER
from alliances.models import Assignment, Breakage, Invitation, Mail, Opening, Read, Token, User
from enquiries.models import Draft
from impact.actions import KEPT_FOR
from impact.models import MatchedSet, Upload
from reports.models import Preview

DAY, YEAR = timedelta(days=1), timedelta(days=365)


@dataclass(frozen=True)
class Rule:
    """``due`` takes the moment before which things are too old; ``moment`` names the field."""

    code: str
    what: str
    how_long: str
    then: str
    age: timedelta
    due: Callable[[datetime], QuerySet]
    moment: str

    def rows(self, now: datetime | None = None) -> QuerySet:
        """What has been kept for long enough, the oldest first."""
        return self.due((now or timezone.now()) - self.age).order_by(self.moment, "pk")


def _without_role(before: datetime) -> QuerySet:
    """People not yet erased who for all that time held no role and did not sign in."""
    held = Assignment.objects.filter(user=OuterRef("pk"))
    lately = held.filter(Q(ends_on=None) | Q(ends_on__gt=before.date()))
    away = Q(last_login=None) | Q(last_login__lt=before)
    people = User.objects.filter(away, joined_at__lt=before).exclude(name=FORMER)
    return people.filter(~Exists(lately))


RULES = (
    Rule(
        "invitations",
        "Invitations that nobody took up",
        "180 days after their last day",
        "Deleted, with the address",
        timedelta(days=180),
        lambda before: Invitation.objects.filter(accepted_at=None, expires_at__lt=before),
        "expires_at",
    ),
    Rule(
        "mails",
        "That an e-mail was sent; its words go as soon as it has left",
        "A year",
        "Deleted",
        YEAR,
        lambda before: Mail.objects.filter(settled_at__lt=before),
        "settled_at",
    ),
    Rule(
        "drafts",
        "What somebody typed and never saved",
        "180 days after the last change",
        "Deleted",
        timedelta(days=180),
        lambda before: Draft.objects.filter(kept_at__lt=before),
        "kept_at",
    ),
    Rule(
        "uploads",
        "Spreadsheets that were sent and never confirmed",
        "A week",
        "Deleted",
        KEPT_FOR,
        lambda before: Upload.objects.undecided().without_content().filter(sent_at__lte=before),
        "sent_at",
    ),
    Rule(
        "previews",
        "What was put together for editors to read before it is issued",
        "A day",
        "Deleted",
        DAY,
        lambda before: Preview.objects.filter(asked_at__lt=before),
        "asked_at",
    ),
    Rule(
        "matched",
        "Scores of single pupils, under codes",
        "Until the day their school has set",
        "Deleted; the figures made of them stay",
        timedelta(0),
        lambda before: MatchedSet.objects.kept().filter(retain_until__lt=before.date()),
        "retain_until",
    ),
    Rule(
        "sessions",
        "That somebody is signed in somewhere",
        "14 days after it was last used",
        "Deleted",
        timedelta(0),
        lambda before: Session.objects.filter(expire_date__lt=before),
        "expire_date",
    ),
    Rule(
        "tokens",
        "That a program had a token of somebody's",
        "A year after its last day",
        "Deleted",
        YEAR,
        lambda before: Token.objects.filter(expires_at__lt=before),
        "expires_at",
    ),
    Rule(
        "openings",
        "That the national team opened an alliance's work, and why",
        "Six years",
        "Deleted",
        6 * YEAR,
        lambda before: Opening.objects.filter(until__lt=before),
        "until",
    ),
    Rule(
        "reads",
        "That somebody opened private material",
        "Two years",
        "Deleted",
        2 * YEAR,
        lambda before: Read.objects.filter(at__lt=before),
        "at",
    ),
    Rule(
        "breakages",
        "That a page broke, and under whom",
        "90 days",
        "Deleted",
        timedelta(days=90),
        lambda before: Breakage.objects.filter(at__lt=before),
        "at",
    ),
    Rule(
        "accounts",
        "Accounts of people without a role who do not sign in",
        "Three years",
        "Erased: the name and address go, what they wrote stays under “Former member”",
        3 * YEAR,
        _without_role,
        "joined_at",
    ),
)
