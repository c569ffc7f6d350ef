"""Where a case study stands between its first words and its publication; nothing of it is stored.

A step is about the save it was taken on. So a change of words undoes consent and signature by
itself, and leaves alone what is published.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, F, Max, QuerySet, TextChoices

from alliances.roles import Permission
from enquiries.models import Enquiry, Revision, Thread
from reports.models import CaseStudyDraft, EditorialStep, Publication

SLUG = "case-study"
Step = EditorialStep.Step
OF_THE_CRITIQUE = (Step.SENT, Step.RETURNED, Step.ACCEPTED)


class State(TextChoices):
    NONE = "none", "Not begun"
    WRITING = "writing", "Being written"
    CRITIQUE = "critique", "With the facilitator"
    REVISING = "revising", "Being revised"
    SIGNING = "signing", "To be checked and signed off"
    CHOOSING = "choosing", "Signed off, to be chosen"
    NOT_CHOSEN = "not-chosen", "Not chosen"
    PUBLISHING = "publishing", "Chosen, to be published"
    PUBLISHED = "published", "Published"


# Who has to do something: whoever holds this permission over the alliance.
TURN = {
    State.WRITING: Permission.SIGN_CLAIMS,
    State.CRITIQUE: Permission.WRITE_JUDGEMENT,
    State.REVISING: Permission.SIGN_CLAIMS,
    State.SIGNING: Permission.SIGN_CLAIMS,
    State.CHOOSING: Permission.SELECT_CASE_STUDIES,
    State.PUBLISHING: Permission.SELECT_CASE_STUDIES,
}


@dataclass(frozen=True)
class Standing:
    """A case study with what was decided about it; ``revision`` is the number of its last save.

    ``steps`` are in their order, ``publications`` the latest first. ``changes_open`` counts the
    comments that ask for a change and are not resolved.
    """

    enquiry: Enquiry
    draft: CaseStudyDraft | None
    revision: int
    steps: tuple[EditorialStep, ...]
    publications: tuple[Publication, ...]
    changes_open: int

    def last(self, *wanted: Step) -> EditorialStep | None:
        """The latest step of some kinds."""
        return next((step for step in reversed(self.steps) if step.step in wanted), None)

    def _holding(self, wanted: Step) -> EditorialStep | None:
        step = self.last(wanted)
        return step if step and step.revision_id == self.revision else None

    @property
    def has_words(self) -> bool:
        return bool(self.draft and self.draft.texts)

    @property
    def critique(self) -> EditorialStep | None:
        """Where the critique is, whatever was changed since."""
        return self.last(*OF_THE_CRITIQUE)

    @property
    def is_with_facilitator(self) -> bool:
        return self.critique is not None and self.critique.step == Step.SENT

    @property
    def is_accepted(self) -> bool:
        return self.critique is not None and self.critique.step == Step.ACCEPTED

    @property
    def check(self) -> EditorialStep | None:
        """The check of consent and anonymity, if it was of these words."""
        return self._holding(Step.CHECKED)

    @property
    def signature(self) -> EditorialStep | None:
        """The signature, if it is under these words."""
        return self._holding(Step.SIGNED)

    @property
    def choice(self) -> EditorialStep | None:
        """What the national team decided: once chosen it stays so, a no is about these words."""
        return self._holding(Step.NOT_CHOSEN) or self.last(Step.CHOSEN)

    @property
    def is_chosen(self) -> bool:
        return self.choice is not None and self.choice.step == Step.CHOSEN

    @property
    def publication(self) -> Publication | None:
        """What anybody may read."""
        return next((each for each in self.publications if each.withdrawn_at is None), None)

    @property
    def state(self) -> State:
        if not self.has_words:
            return State.NONE
        if self.signature is None:
            return State.PUBLISHED if self.publication else self._before_signature
        if self.publication and self.publication.published_at > self.signature.at:
            return State.PUBLISHED
        if self.choice is None:
            return State.CHOOSING
        return State.PUBLISHING if self.is_chosen else State.NOT_CHOSEN

    @property
    def _before_signature(self) -> State:
        if self.critique is None:
            return State.WRITING
        after = {
            Step.SENT: State.CRITIQUE,
            Step.RETURNED: State.REVISING,
            Step.ACCEPTED: State.SIGNING,
        }
        return after[Step(self.critique.step)]

    @property
    def turn(self) -> Permission | None:
        """What it takes to be the one who has to do something now; None if nobody has to."""
        return TURN.get(self.state)


def standing_of(enquiry: Enquiry) -> Standing:
    """Where one enquiry's case study stands."""
    (found,) = standings_of([enquiry])
    if found.draft:
        found.draft.enquiry = enquiry  # with what has been read of it
    return found


def standings_of(enquiries: Iterable[Enquiry]) -> list[Standing]:
    """Where case studies stand, in a number of queries that does not grow."""
    listed = list(enquiries)
    of_these = {"enquiry__in": listed}
    drafts = {draft.enquiry_id: draft for draft in CaseStudyDraft.objects.filter(**of_these)}
    saves = Revision.objects.filter(sheet=CaseStudyDraft._meta.model_name, **of_these)
    latest = dict(saves.order_by().values_list("enquiry").annotate(Max("pk")))
    steps = _grouped(EditorialStep.objects.filter(**of_these).select_related("by"), "enquiry_id")
    published = _grouped(_published_of(listed), "enquiry_id")
    asked = Thread.objects.filter(sheet=SLUG, asks_change=True, resolved_at=None, **of_these)
    changes = dict(asked.order_by().values_list("enquiry").annotate(Count("pk")))
    return [
        Standing(
            enquiry=enquiry,
            draft=drafts.get(enquiry.pk),
            revision=latest.get(enquiry.pk, 0),
            steps=tuple(steps[enquiry.pk]),
            publications=tuple(published[enquiry.pk]),
            changes_open=changes.get(enquiry.pk, 0),
        )
        for enquiry in listed
    ]


def _published_of(enquiries: list[Enquiry]) -> QuerySet[Publication]:
    found = Publication.objects.filter(report__enquiry__in=enquiries)
    told = found.select_related("report", "published_by").defer("report__data")
    return told.annotate(enquiry_id=F("report__enquiry"))


def _grouped(rows: Iterable, key: str) -> dict[int, list]:
    """Rows by the number of what they belong to."""
    found = defaultdict(list)
    for row in rows:
        found[getattr(row, key)].append(row)
    return found


def signed_draft(enquiry: Enquiry) -> CaseStudyDraft | None:
    """The words of an enquiry's case study, if its alliance has signed them off as they stand."""
    standing = standing_of(enquiry)
    return standing.draft if standing.signature else None
