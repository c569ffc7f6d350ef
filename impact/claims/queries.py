"""Reads claims as plain values: what each rests on, how strong that is, what it lacks."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.db.models import Prefetch
from django.urls import reverse

from alliances.models import User
from enquiries.delivery import Delivery
from enquiries.models import Cycle, Enquiry
from enquiries.sheets.forms import plain
from impact.claims.sources import KINDS, Piece, Sources
from impact.disclosure import is_small
from impact.matched.evidence import Matched
from impact.models import Claim, SignOff
from impact.models.measure import Level
from impact.strength import Level as Degree
from impact.strength import Strength, levels, lowest

# What a signature is under, beside what the claim rests on.
SEALED = (
    *("level", "statement", "cycle_id", "participation_id", "baseline_id", "result_id"),
    *("group_size", "data_type", "collection", "comparison", "kind", "justification"),
    *("other_initiatives", "is_unexpected", "is_negative", "strength"),
)


@dataclass(frozen=True)
class Signature:
    """Who signed a claim off and when, and whether it still is what was signed."""

    at: datetime
    by: User
    holds: bool


@dataclass(frozen=True)
class Stated:
    """A claim with everything behind it. ``mark`` names it within its enquiry, as C3 does.

    ``rated`` and ``moderated`` are what the alliance and its facilitator say of the evidence,
    ``degree`` the lowest of them and of what the rules allow; None where nobody has said.
    ``lacks`` are the reasons for which it cannot be signed off. ``scores`` are the matched ones of
    its measures, which count more than what the claim states of them.
    """

    claim: Claim
    pieces: tuple[Piece, ...]
    strength: Strength
    seal: str
    signature: Signature | None
    lacks: tuple[str, ...]
    delivery: Delivery
    scores: Matched | None

    @property
    def compares_otherwise(self) -> bool:
        """Whether the claim and the matched scores name different comparisons."""
        return self.scores is not None and self.scores.comparison != self.claim.comparison

    @property
    def unlike_scores(self) -> str:
        """Whether it speaks of more people than have both scores, or of fewer; else empty."""
        if self.scores is None or self.claim.group_size in (None, self.scores.people):
            return ""
        return "more" if self.claim.group_size > self.scores.people else "fewer"

    @property
    def by_delivery(self) -> str:
        """What the delivery says of the claim: whether it did not work or was not done."""
        return self.delivery.means(nothing_found=self.claim.is_negative)

    @property
    def mark(self) -> str:
        return f"C{self.claim.position}"

    @property
    def url(self) -> str:
        return reverse("claim", args=[self.claim.pk])

    @property
    def is_printed(self) -> bool:
        """Whether it stands in a published report and nobody has touched it since."""
        return self.claim.saved_by_id is None

    @property
    def has_evidence(self) -> bool:
        return any(piece.counts for piece in self.pieces)

    @property
    def is_signed(self) -> bool:
        return self.signature is not None and self.signature.holds

    @property
    def rated(self) -> Degree | None:
        return levels().get(self.claim.strength)

    @property
    def moderated(self) -> Degree | None:
        return levels().get(self.claim.moderated)

    @property
    def degree(self) -> Degree | None:
        if not self.rated:
            return None
        return lowest(self.claim.strength, self.claim.moderated, self.strength.level.code)

    @property
    def by_kind(self) -> list[tuple[str, str, list[Piece]]]:
        """Every kind of evidence with its title and the pieces of it."""
        return [
            (kind, title, [piece for piece in self.pieces if piece.kind == kind])
            for kind, (_, title) in KINDS.items()
        ]


def claims_with_evidence(
    enquiries: Collection[int], sources: Sources | None = None, **having
) -> list[Stated]:
    """The claims of some enquiries, pupils first, in a number of queries that does not grow."""
    signed = SignOff.objects.select_related("signed_by")
    found = list(
        Claim.objects.filter(enquiry__in=enquiries, **having)
        .select_related("cycle", "participation__school", "saved_by")
        .prefetch_related("backings", Prefetch("sign_offs", signed))
        .order_by("enquiry", "position")
    )
    if not found:
        return []
    sources = sources or Sources({claim.enquiry_id for claim in found})
    order = list(Level.values)
    stated = [_stated(claim, sources) for claim in found]
    return sorted(stated, key=lambda s: (order.index(s.claim.level), s.claim.position))


def claims_by_enquiry(enquiries: Collection[int]) -> dict[int, list[Stated]]:
    """Every claim of each of some enquiries, with everything behind it."""
    found: dict[int, list[Stated]] = {pk: [] for pk in enquiries}
    for each in claims_with_evidence(enquiries):
        found[each.claim.enquiry_id].append(each)
    return found


def stated(claim: Claim) -> Stated:
    """One claim with everything behind it."""
    (found,) = claims_with_evidence([claim.enquiry_id], pk=claim.pk)
    return found


def is_group_withheld(claim: Claim, below: int) -> bool:
    """Whether it speaks of fewer people than ``below``, so that their number is not told."""
    return claim.group_size is not None and is_small(claim.group_size, below)


def judged_claims(enquiry: Enquiry) -> list[Stated]:
    """What the alliance itself claims of cycles that are being judged; not what only is printed."""
    judged = {"cycle__phase__in": (Cycle.Phase.IMPACT, Cycle.Phase.ENDED)}
    return claims_with_evidence([enquiry.pk], saved_by__isnull=False, **judged)


def _stated(claim: Claim, sources: Sources) -> Stated:
    pieces, strength = tuple(sources.behind(claim)), sources.strength(claim)
    seal = _seal(claim, pieces, sources)
    last = next(iter(claim.sign_offs.all()), None)
    return Stated(
        claim=claim,
        pieces=pieces,
        strength=strength,
        seal=seal,
        signature=last and Signature(last.signed_at, last.signed_by, last.seal == seal),
        lacks=tuple(_lacks(claim, pieces, strength, sources)),
        delivery=sources.delivery(claim),
        scores=sources.matched(claim),
    )


def _seal(claim: Claim, pieces: Collection[Piece], sources: Sources) -> str:
    """Sixty-four letters that change with the claim, its evidence or the tests of its data."""
    said = [plain(getattr(claim, name)) for name in SEALED]
    behind = [[piece.kind, piece.id, piece.fault, piece.version] for piece in pieces]
    tests = sources.designs.tested(sources.measures_of(claim))
    return sha256(json.dumps([said, behind, tests]).encode()).hexdigest()


def _lacks(claim: Claim, pieces: Collection[Piece], strength: Strength, sources: Sources):
    counting = [piece for piece in pieces if piece.counts]
    measures = [piece for piece in counting if piece.kind == "measure"]
    tested = {test.measure_id for test in sources.designs.tests}
    untested = [piece.mark for piece in measures if piece.id not in tested]
    if not counting:
        yield "Nothing stands behind it: link its evidence"
    if untested:
        yield f"The quality of its data has not been tested: {', '.join(untested)}"
    if not claim.strength:
        yield "Nobody has rated the strength of its evidence"
    elif not strength.allows(claim.strength):
        title = strength.level.title.lower()
        yield f"Its strength is rated higher than its evidence allows now, which is {title}"
    if not claim.kind:
        yield "It is not said whether it was seen, contributed to or brought about"
    if claim.kind == Claim.Kind.CAUSE and not claim.justification:
        yield "It claims a cause and does not say what justifies that"
    if claim.level == Level.PUPIL and not claim.other_initiatives:
        yield "It does not say which other initiatives were running"
