"""What stands beside the question of enquiry (F09): its six tests, the prompts, what others ask."""

import re
from dataclasses import dataclass

from django.contrib.postgres.search import SearchQuery, SearchRank, SearchVector
from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, TextField, Value, When
from django.db.models.functions import Coalesce
from django.urls import reverse

from alliances import access
from alliances.content import words
from alliances.forms import LONGEST_TEXT, wording_of
from alliances.models import User
from alliances.roles import Permission
from enquiries.models import Enquiry, Question

MOST = 5
LANGUAGE = "english"
# Words of the field that stand in nearly every question, and so make none alike.
COMMON = frozenset(
    re.findall(
        r"\w+",
        """
        across alliance alliances classroom develop developing development effect enquiry first
        focus impact improve improves improving learning outcomes practice project projects pupil
        pupils school schools staff student students teacher teachers teaching through using
        whether within
        """,
    )
)
NOT_A_PROMPT = {"tests", "success_criteria"}


@dataclass(frozen=True)
class Test:
    """One of the six tests, and whether the group has said that the question passes it."""

    title: str
    is_passed: bool


@dataclass(frozen=True)
class Neighbour:
    """What another alliance asks; ``url`` leads to what may be opened of it, or is empty."""

    alliance: str
    focus: str
    question: str
    url: str


@dataclass(frozen=True)
class Coach:
    """Everything beside the question; ``neighbours`` are those of its stored words."""

    tests: list[Test]
    prompts: list[str]
    neighbours: list[Neighbour]

    @property
    def passed(self) -> int:
        return sum(test.is_passed for test in self.tests)


def coach_of(enquiry: Enquiry, user: User) -> Coach:
    """What helps to write an enquiry's question, for somebody who may read the enquiry."""
    filled = Question.objects.filter(enquiry=enquiry).first()
    passed = filled.tests if filled else []
    tests = [Test(t.title, t.code in passed) for t in words("enquiries", "question-tests").values()]
    fields = wording_of("enquiries", "question")["fields"]
    return Coach(
        tests=tests,
        prompts=[said["label"] for name, said in fields.items() if name not in NOT_A_PROMPT],
        neighbours=neighbours_of(enquiry, user, enquiry.shared_focus, enquiry.shared_question),
    )


def neighbours_of(enquiry: Enquiry, user: User, focus: str, question: str) -> list[Neighbour]:
    """At most ``MOST`` alliances of the programme that ask something alike, the likest first.

    Of each only that is searched, ranked and shown which the person may see: what the programme
    itself has published of it (a listing is public), and what the alliance says in its own words
    where the person may read that enquiry. Likeness is PostgreSQL's own, by the stems of the words.
    """
    query = _query(f"{question[:LONGEST_TEXT]} {focus[:LONGEST_TEXT]}")
    if query is None:
        return []
    found = (
        _as_seen_by(user, enquiry)
        .annotate(words=SearchVector("seen_question", "seen_focus", config=LANGUAGE))
        .filter(words=query)
        .annotate(likeness=SearchRank(F("words"), query))
        .order_by("-likeness", "alliance__name", "pk")
    )
    return [
        Neighbour(str(other.alliance), other.seen_focus, other.seen_question, _address(other))
        for other in found.select_related("alliance")[:MOST]
    ]


def _query(text: str) -> SearchQuery | None:
    """Any of the telling words of a text, else any word of it; None where there is none."""
    said = dict.fromkeys(word for word in re.findall(r"\w+(?:-\w+)*", text.lower()) if word != "or")
    telling = [word for word in said if word not in COMMON] or list(said)
    if not telling:
        return None
    return SearchQuery(" or ".join(telling), config=LANGUAGE, search_type="websearch")


def _as_seen_by(user: User, enquiry: Enquiry) -> QuerySet[Enquiry]:
    """Enquiries of the programme's other alliances, each with the words this person may see."""
    others = Enquiry.objects.filter(alliance__programme=enquiry.alliance.programme_id)
    return (
        others.exclude(alliance=enquiry.alliance_id)
        .annotate(
            may_read=_holds(user, Permission.READ_ENQUIRY),
            may_open=_holds(user, Permission.SEE_ALLIANCE),
        )
        .annotate(seen_question=_seen("question"), seen_focus=_seen("focus"))
    )


def _holds(user: User, permission: Permission) -> Exists:
    return Exists(access.alliances_for(user, permission).filter(pk=OuterRef("alliance")))


def _seen(name: str) -> Case:
    """The alliance's own words to whoever may read them, else those of the programme's reports."""
    return Case(
        When(Q(may_read=True) & ~Q(**{name: ""}), then=name),
        default=Coalesce(f"listing__{name}", Value("")),
        output_field=TextField(),
    )


def _address(other: Enquiry) -> str:
    if other.may_read:
        return reverse("enquiry", args=[other.pk])
    return reverse("alliance", args=[other.alliance_id]) if other.may_open else ""
