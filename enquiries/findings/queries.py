"""Reads findings with what people said of them, and which messages have examples."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery

from alliances import access
from alliances.content import Item, words
from alliances.models import Alliance, Programme, User
from enquiries.models import Finding, Listing, MessageExample, Verdict


def findings_of(programme: Programme) -> QuerySet[Finding]:
    """A programme's findings with how many affirmed them (``yes``, ``partly``, ``no``)."""
    counts = {
        answer.value: Count("verdicts", filter=Q(verdicts__affirmed=answer))
        for answer in Verdict.Affirmed
    }
    return Finding.objects.filter(programme=programme).annotate(**counts)


def asked_of(findings: QuerySet[Finding], user: User) -> QuerySet[Finding]:
    """Those put to participants or published, with the person's own answer (``said``)."""
    own = Verdict.objects.filter(finding=OuterRef("pk"), by=user)
    shown = findings.exclude(state=Finding.State.DRAFT)
    return shown.annotate(said=Subquery(own.values("affirmed")[:1])).order_by("state", "pk")


def findings_put_to(user: User) -> QuerySet[Finding]:
    """Findings of the programmes that the person takes part in."""
    return Finding.objects.filter(programme__in=access.programmes_taken_part_in(user))


def findings_waiting_for(user: User) -> QuerySet[Finding]:
    """Findings that the person is asked about and has not answered."""
    own = Verdict.objects.filter(finding=OuterRef("pk"), by=user)
    return findings_put_to(user).filter(~Exists(own), state=Finding.State.ASKED)


@dataclass(frozen=True)
class Covered:
    """A key message: how many alliances show it, how many of its examples name none."""

    message: Item
    alliances: int
    unnamed: int


@dataclass(frozen=True)
class Mark:
    """Where an alliance meets a message: its examples, and whether a printed report names it."""

    examples: int
    is_printed: bool


@dataclass(frozen=True)
class Matrix:
    """Key messages by alliances; ``rows`` are (alliance, its mark for each message)."""

    messages: list[Covered]
    rows: list[tuple[Alliance, list[Mark]]]


def coverage(alliances: QuerySet[Alliance], *, named: bool) -> Matrix:
    """Which alliance shows which key message, drawn from the tags of examples alone.

    Beside them stand those that the programme's printed reports name. Unless ``named``, examples
    told anonymously are counted without their alliance. Three queries.
    """
    codes = list(words("enquiries", "messages"))
    tagged: Counter[tuple[int | None, str]] = Counter()
    examples = MessageExample.objects.filter(enquiry__alliance__in=alliances)
    for alliance, shown, is_anonymous in examples.values_list(
        "enquiry__alliance", "messages", "is_anonymous"
    ):
        told_of = None if is_anonymous and not named else alliance
        tagged.update((told_of, code) for code in shown)
    printed = {
        (alliance, code)
        for alliance, cited in Listing.objects.filter(enquiry__alliance__in=alliances).values_list(
            "enquiry__alliance", "key_messages"
        )
        for code in cited
    }
    rows = [
        (alliance, [_mark(alliance.pk, code, tagged, printed) for code in codes])
        for alliance in alliances.order_by("name")
    ]
    return Matrix([_covered(i, code, rows, tagged) for i, code in enumerate(codes)], rows)


def _mark(alliance: int, code: str, tagged: Counter, printed: set) -> Mark:
    return Mark(tagged[alliance, code], (alliance, code) in printed)


def _covered(column: int, code: str, rows: list, tagged: Counter) -> Covered:
    shown = [marks[column] for _, marks in rows]
    return Covered(
        message=words("enquiries", "messages")[code],
        alliances=sum(1 for mark in shown if mark.examples or mark.is_printed),
        unnamed=tagged[None, code],
    )
