"""Reads the progress questionnaires: the latest answers, how they moved, what help is wanted."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from alliances.content import words
from alliances.models import Alliance
from enquiries.instruments import comparable, help_items, questions_of, scale
from enquiries.models import Answer, Enquiry, Response


@dataclass(frozen=True)
class Comparison:
    """Statements that can be compared over some responses, and those that not all were asked."""

    statements: list[str]
    texts: dict[str, str]
    left_out: list[str]


def comparison_over(instrument: str, responses: list[Response]) -> Comparison:
    """What may be compared over these responses: the statements common to their versions."""
    versions = {response.version for response in responses}
    questions = questions_of(instrument)
    common = comparable(questions, versions)
    ever = [q for q in questions if q.kind == "agreement" and any(map(q.asked_in, versions))]
    return Comparison(
        statements=[question.code for question in common],
        texts={question.code: question.text for question in common},
        left_out=[question.text for question in ever if question not in common],
    )


def latest_responses(alliances: QuerySet[Alliance], instrument: str) -> list[Response]:
    """The last response of each enquiry of these alliances, so that each counts once."""
    latest = _latest().filter(enquiry__alliance__in=alliances, instrument=instrument)
    return list(
        latest.select_related(
            "enquiry__alliance__theme", "enquiry__alliance__cohort"
        ).prefetch_related("answers")
    )


def _latest() -> QuerySet[Response]:
    return Response.objects.order_by("enquiry_id", "-pk").distinct("enquiry_id")


def spread(responses: list[Response], statement: str) -> list[int]:
    """How many chose each point of the scale, in its order."""
    chosen = [response.value_of(f"answer.{statement}") for response in responses]
    return [chosen.count(code) for code, _ in scale()]


@dataclass(frozen=True)
class Movement:
    """What an enquiry answered to one instrument each time: a line for each statement."""

    title: str
    moments: list[datetime]
    lines: list[tuple[str, list[str]]]
    left_out: list[str]


def movements(enquiry: Enquiry) -> list[Movement]:
    """How an enquiry's answers moved, instrument by instrument; those without any are left out."""
    answered = Response.objects.filter(enquiry=enquiry).order_by("pk").prefetch_related("answers")
    found = list(answered)
    return [
        _movement(instrument.code, instrument.title, own)
        for instrument in words("enquiries", "instruments").values()
        if (own := [response for response in found if response.instrument == instrument.code])
    ]


def _movement(instrument: str, title: str, responses: list[Response]) -> Movement:
    compared, labels = comparison_over(instrument, responses), dict(scale())
    lines = [
        (compared.texts[code], [labels.get(r.value_of(f"answer.{code}"), "") for r in responses])
        for code in compared.statements
    ]
    moments = [response.saved_at for response in responses]
    return Movement(title, moments, lines, compared.left_out)


def help_needed(alliances: QuerySet[Alliance]) -> list[Answer]:
    """What the alliances last said they need help with, by the alliance's name."""
    asks = {
        item.extra["instrument"]
        for item in words("enquiries", "questionnaire-items").values()
        if item.code in help_items()
    }
    latest = _latest().filter(instrument__in=asks, enquiry__alliance__in=alliances)
    said = Answer.objects.filter(response__in=latest.values("pk"), item__in=help_items())
    return list(
        said.exclude(value="")
        .select_related("response__enquiry__alliance")
        .order_by("response__enquiry__alliance__name")
    )
