"""What an alliance states to have changed (F29), what that rests on, and who signed it off."""

from collections.abc import Iterable
from functools import cached_property, reduce
from operator import or_

from django.db import models
from django.db.models import Q

from alliances.models import User
from alliances.privacy import Keep
from enquiries.models import Evidence, LeadershipEntry, LoggedRecord, Quotation, Trial
from enquiries.models.logs import kept
from impact.models.measure import Level, Measure
from impact.models.readings import Reading


class Comparison(models.TextChoices):
    """With whom those were compared in whom something changed; what says least comes first."""

    NONE = "none", "Nobody"
    SIMILAR = "similar", "A similar group, not matched at the baseline"
    MATCHED = "matched", "A group matched at the baseline"


def weakest(comparisons: Iterable[str]) -> str:
    """The comparison that says least, of one or more."""
    return min(comparisons, key=Comparison.values.index)


class Claim(LoggedRecord):
    """What changed for whom, as the alliance or the programme's reports state it (F29).

    What it rests on are rows of their own, known to the form as ``evidence.`` and their kind.
    ``value`` and ``unit`` belong to printed ones; the others have a baseline and a result of one
    measure. ``strength`` is rated by those who claim, ``moderated`` by their facilitator.
    """

    class Origin(models.TextChoices):
        ALLIANCE = "alliance", "The alliance"
        PROGRAMME = "programme", "The programme's reports"

    class Kind(models.TextChoices):
        OBSERVED = "observed", "It was seen together with what we did"
        CONTRIBUTION = "contribution", "What we did contributed to it"
        CAUSE = "cause", "What we did brought it about"

    keeping = {
        **kept(
            "level statement value unit origin source baseline result group_size data_type "
            "collection comparison kind justification other_initiatives is_unexpected "
            "is_negative strength moderated"
        ),
        Keep.JUDGEMENT: "moderated_because",
    }

    level = models.CharField(max_length=10, choices=Level)
    statement = models.TextField()
    value = models.DecimalField(max_digits=14, decimal_places=4, null=True, blank=True)
    unit = models.CharField(max_length=50, blank=True)
    origin = models.CharField(max_length=10, choices=Origin, default=Origin.ALLIANCE)
    source = models.CharField(max_length=100, blank=True)
    baseline = models.ForeignKey(
        Reading, models.SET_NULL, null=True, blank=True, related_name="claims_from"
    )
    result = models.ForeignKey(
        Reading, models.SET_NULL, null=True, blank=True, related_name="claims_to"
    )
    group_size = models.PositiveIntegerField(null=True, blank=True)
    data_type = models.CharField(max_length=10, blank=True)
    collection = models.CharField(max_length=10, blank=True)
    comparison = models.CharField(max_length=10, choices=Comparison, default=Comparison.NONE)
    kind = models.CharField(max_length=12, choices=Kind, blank=True)
    justification = models.TextField(blank=True)
    other_initiatives = models.TextField(blank=True)
    is_unexpected = models.BooleanField(default=False)
    is_negative = models.BooleanField(default=False)
    strength = models.CharField(max_length=30, blank=True)
    moderated = models.CharField(max_length=30, blank=True)
    moderated_because = models.TextField(blank=True)

    class Meta(LoggedRecord.Meta):
        default_related_name = "claims"

    def __str__(self):
        return self.statement

    @cached_property
    def backed_by(self) -> dict[str, set[int]]:
        """The rows it rests on, by kind."""
        backings = list(self.backings.all()) if self.pk else []
        return {kind: {b.target for b in backings if b.kind == kind} for kind in Backing.KINDS}

    def value_of(self, name: str):
        if "." not in name:
            return super().value_of(name)
        return [str(pk) for pk in sorted(self.backed_by[name.partition(".")[2]])]

    def put(self, name: str, value) -> None:
        if "." in name:
            self.backed_by[name.partition(".")[2]] = {int(pk) for pk in value}
        else:
            super().put(name, value)

    def rows(self) -> list[models.Model]:
        there = {(b.kind, b.target) for b in self.backings.all()}
        return [
            Backing(claim=self, **{f"{kind}_id": pk})
            for kind, targets in self.backed_by.items()
            for pk in sorted(targets)
            if (kind, pk) not in there
        ]

    def dropped(self) -> list[models.Model]:
        return [b for b in self.backings.all() if b.target not in self.backed_by[b.kind]]


_KINDS = ("measure", "trial", "quotation", "entry", "file")


def _only(kind: str) -> Q:
    """Whether this key is filled and no other."""
    return Q(**{f"{each}__isnull": each != kind for each in _KINDS})


class Backing(models.Model):
    """One thing that a claim rests on: exactly one of its keys is filled.

    It stays where that is withdrawn or removed, and counts again once it is brought back.
    """

    KINDS = _KINDS

    within = "claim__enquiry__alliance"
    keeping = {Keep.ALLIANCE: f"claim {' '.join(KINDS)}"}

    claim = models.ForeignKey(Claim, models.CASCADE, related_name="backings")
    measure = models.ForeignKey(
        Measure, models.CASCADE, null=True, blank=True, related_name="backings"
    )
    trial = models.ForeignKey(Trial, models.CASCADE, null=True, blank=True, related_name="backings")
    quotation = models.ForeignKey(
        Quotation, models.CASCADE, null=True, blank=True, related_name="backings"
    )
    entry = models.ForeignKey(
        LeadershipEntry, models.CASCADE, null=True, blank=True, related_name="backings"
    )
    file = models.ForeignKey(
        Evidence, models.CASCADE, null=True, blank=True, related_name="backings"
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="impact_backing_one_target", condition=reduce(or_, map(_only, _KINDS))
            ),
            *(
                models.UniqueConstraint(fields=["claim", kind], name=f"impact_backing_{kind}_once")
                for kind in _KINDS
            ),
        ]

    def __str__(self):
        return f"{self.kind} {self.target}"

    @property
    def kind(self) -> str:
        """Which of its keys is filled."""
        return next(kind for kind in self.KINDS if getattr(self, f"{kind}_id"))

    @property
    def target(self) -> int:
        """The number of what it points at."""
        return getattr(self, f"{self.kind}_id")


class SignOff(models.Model):
    """Somebody signed a claim off for their alliance, as it stood then. Never changed.

    ``seal`` is drawn from the claim and everything it rests on: it holds while both are as they
    were, so that any later change undoes the signature.
    """

    within = "claim__enquiry__alliance"
    keeping = {Keep.ALLIANCE: "claim seal signed_at", Keep.PERSONAL: "signed_by"}

    claim = models.ForeignKey(Claim, models.CASCADE, related_name="sign_offs")
    seal = models.CharField(max_length=64)
    signed_at = models.DateTimeField(auto_now_add=True)
    signed_by = models.ForeignKey(User, models.PROTECT, related_name="claims_signed")

    class Meta:
        ordering = ["-signed_at", "-pk"]

    def __str__(self):
        return f"{self.claim_id}, {self.signed_at}"
