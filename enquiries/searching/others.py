"""What is written of an enquiry outside its forms, and what a programme holds to be true."""

from collections.abc import Iterator

from django.contrib.postgres.aggregates import StringAgg
from django.db.models import OuterRef, Subquery, TextField, Value
from django.db.models.functions import Coalesce, NullIf
from django.urls import reverse
from django.utils.text import Truncator

from alliances import access
from alliances.roles import Permission
from alliances.searching.expressions import BETWEEN, Joined, Listed
from alliances.searching.sources import Branch, Lead, Reader
from enquiries.findings.queries import asked_of, findings_put_to
from enquiries.models import (
    Cycle,
    Enquiry,
    Finding,
    HelpRequest,
    MeetingPart,
    Participation,
    Remark,
    Thread,
)
from enquiries.sheets import sheet_called

PLACE = "enquiry__alliance"
NOTHING = Value("", TextField())


def _opened(reader: Reader) -> frozenset[int]:
    return frozenset(a.pk for a in reader.alliances if a.opened)


def _told(name: str) -> Coalesce:
    """In the alliance's words, else in those of the programme's reports."""
    return Coalesce(NullIf(name, Value("")), f"listing__{name}")


def enquiries(reader: Reader) -> Iterator[Branch]:
    """An enquiry by its question and focus; who may read it finds it, others its alliance."""
    reads = reader.over(Permission.READ_ENQUIRY)
    seen = [a.pk for a in reader.alliances if a.pk not in reads]
    title, text = Joined("title", NOTHING), Joined(_told("question"), _told("focus"))
    for name, alliances, lead in (
        ("enquiry", reads, _to_enquiry),
        ("enquiry of an alliance", seen, _to_alliance),
    ):
        if alliances:
            found = Enquiry.objects.filter(alliance__in=alliances)
            yield Branch("enquiry", name, found, "alliance", title, text, lead)


def _to_enquiry(keys: list[int]) -> dict[int, Lead]:
    found = Enquiry.objects.select_related("alliance").in_bulk(keys)
    return {pk: Lead(str(e), reverse("enquiry", args=[pk])) for pk, e in found.items()}


def _to_alliance(keys: list[int]) -> dict[int, Lead]:
    found = Enquiry.objects.select_related("alliance").in_bulk(keys)
    return {pk: Lead(str(e), reverse("alliance", args=[e.alliance_id])) for pk, e in found.items()}


def cycles(reader: Reader) -> Iterator[Branch]:
    """Cycles by what was tried, as everything that was logged tells it."""
    if reads := reader.over(Permission.READ_ENQUIRY):
        yield Branch(
            "enquiry",
            "cycle",
            Cycle.objects.filter(enquiry__alliance__in=reads),
            PLACE,
            title=Joined("label", NOTHING),
            text=Joined("period", "tried", "refinements", Listed("evidence")),
            lead=_to_account,
            watched=_opened(reader),
        )


def _to_account(keys: list[int]) -> dict[int, Lead]:
    found = Cycle.objects.in_bulk(keys)
    return {
        pk: Lead(f"Cycle: {cycle.label}", reverse("account", args=[cycle.enquiry_id]))
        for pk, cycle in found.items()
    }


def schools(reader: Reader) -> Iterator[Branch]:
    """Schools that take or took part, for those who may read the list of them."""
    if listed := reader.over(Permission.READ_ENQUIRY, Permission.MANAGE_SCHOOLS):
        yield Branch(
            "alliance",
            "school",
            Participation.objects.filter(enquiry__alliance__in=listed),
            PLACE,
            title=Joined("school__name", NOTHING),
            text=Joined("school__phase", NOTHING),
            lead=_to_schools,
        )


def _to_schools(keys: list[int]) -> dict[int, Lead]:
    found = Participation.objects.select_related("school").in_bulk(keys)
    return {
        pk: Lead(str(each.school), reverse("schools", args=[each.enquiry_id]))
        for pk, each in found.items()
    }


def help_wanted(reader: Reader) -> Iterator[Branch]:
    """Requests for help, with what was answered."""
    if reads := reader.over(Permission.READ_ENQUIRY):
        yield Branch(
            "talk",
            "help",
            HelpRequest.objects.filter(enquiry__alliance__in=reads),
            PLACE,
            title=NOTHING,
            text=Joined("text", "answer"),
            lead=_to_help,
            watched=_opened(reader),
        )


def _to_help(keys: list[int]) -> dict[int, Lead]:
    found = HelpRequest.objects.in_bulk(keys)
    return {
        pk: Lead(
            f"Request for help: {Truncator(asked.text).chars(90)}",
            reverse("enquiry", args=[asked.enquiry_id]),
        )
        for pk, asked in found.items()
    }


def remarks(reader: Reader) -> Iterator[Branch]:
    """Comments by everything that was said in them."""
    if reads := reader.over(Permission.READ_ENQUIRY):
        said = Remark.objects.filter(thread=OuterRef("pk")).order_by().values("thread")
        yield Branch(
            "talk",
            "thread",
            Thread.objects.filter(enquiry__alliance__in=reads),
            PLACE,
            title=NOTHING,
            text=Joined(
                Subquery(said.annotate(all_told=StringAgg("text", BETWEEN)).values("all_told")),
                NOTHING,
            ),
            lead=_to_thread,
            watched=_opened(reader),
        )


def _to_thread(keys: list[int]) -> dict[int, Lead]:
    return {
        pk: Lead(f"Comment: {sheet_called(thread.sheet).title}", reverse("thread", args=[pk]))
        for pk, thread in Thread.objects.in_bulk(keys).items()
    }


def minutes(reader: Reader) -> Iterator[Branch]:
    """What a meeting heard of an alliance, for everybody who may read its minutes."""
    around = access.clusters_around(reader.user, Permission.SEE_MEETINGS)
    heard = MeetingPart.objects.filter(meeting__cluster__in=around)
    yield Branch(
        "meeting",
        "minutes",
        heard,
        PLACE,
        title=Joined("meeting__cluster__name", "meeting__place"),
        text=Joined(
            *("update", "successes", "challenges", "issue"),
            *("evidence_shown", "advice", "next_focus"),
        ),
        lead=_to_minutes,
        watched=_opened(reader),
    )


def _to_minutes(keys: list[int]) -> dict[int, Lead]:
    found = MeetingPart.objects.select_related("meeting__cluster", "enquiry__alliance")
    return {
        pk: Lead(
            f"Meeting of {part.meeting}: {part.enquiry.alliance}",
            reverse("minutes", args=[part.meeting_id]),
        )
        for pk, part in found.in_bulk(keys).items()
    }


def findings(reader: Reader) -> Iterator[Branch]:
    """What a programme holds to be true: drafts only for those who word them."""
    worded = access.programmes_for(reader.user, Permission.WORD_FINDINGS)
    own = Finding.objects.filter(programme__in=worded)
    put = asked_of(findings_put_to(reader.user), reader.user)
    others = Finding.objects.filter(pk__in=put.order_by().values("pk")).exclude(
        programme__in=worded
    )
    for name, found, lead in (
        ("finding", own, _to_finding),
        ("finding put to participants", others, _to_findings),
    ):
        yield Branch("finding", name, found, "", NOTHING, Joined("text", NOTHING), lead)


def _to_finding(keys: list[int]) -> dict[int, Lead]:
    return {
        pk: Lead(Truncator(finding.text).chars(90), reverse("finding", args=[pk]))
        for pk, finding in Finding.objects.in_bulk(keys).items()
    }


def _to_findings(keys: list[int]) -> dict[int, Lead]:
    return {
        pk: Lead(Truncator(finding.text).chars(90), reverse("findings"))
        for pk, finding in Finding.objects.in_bulk(keys).items()
    }
