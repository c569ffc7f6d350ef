"""The progress questionnaires as instruments: what each version asks, and what can be compared."""

from collections.abc import Iterable
from dataclasses import dataclass

from alliances.content import words


@dataclass(frozen=True)
class Question:
    """One item: a statement to agree with, or words to write. ``retired`` is 0 while it is asked.

    ``kind`` is agreement, words, or help: words in which an alliance says what it needs.
    """

    code: str
    text: str
    kind: str
    required: bool
    since: int = 1
    retired: int = 0

    def asked_in(self, version: int) -> bool:
        """Whether that version of its instrument asks it."""
        return self.since <= version and (not self.retired or version < self.retired)

    @property
    def name(self) -> str:
        """What a form calls it."""
        return f"answer.{self.code}"


def questions_of(instrument: str) -> list[Question]:
    """Everything an instrument asks or ever asked, in its order."""
    return [
        Question(
            item.code,
            item.title,
            **{name: item.extra[name] for name in ("kind", "required", "since", "retired")},
        )
        for item in words("enquiries", "questionnaire-items").values()
        if item.extra["instrument"] == instrument
    ]


def asked(questions: Iterable[Question], version: int) -> list[Question]:
    """What one version asks."""
    return [question for question in questions if question.asked_in(version)]


def comparable(questions: Iterable[Question], versions: set[int]) -> list[Question]:
    """The statements that every one of these versions asks: answers to others are not compared."""
    return [
        question
        for question in questions
        if question.kind == "agreement" and all(question.asked_in(v) for v in versions)
    ]


def help_items() -> list[str]:
    """The codes of the items in which an alliance says what help it needs."""
    items = words("enquiries", "questionnaire-items").values()
    return [item.code for item in items if item.extra["kind"] == "help"]


def scale() -> list[tuple[str, str]]:
    """The five points, from full agreement to none: code and words."""
    return [(point.code, point.title) for point in words("enquiries", "agreement").values()]
