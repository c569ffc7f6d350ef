"""Those who are looked at apart."""

from django.db import models
from django.db.models import Q

from alliances.content import words
from enquiries.models import LoggedRecord
from enquiries.models.logs import kept


class Group(LoggedRecord):
    """Some of those an enquiry is about: of a kind that schools know, or the alliance's own.

    Groups may overlap. ``part_of`` is one that holds this group whole.
    """

    keeping = kept("name kind part_of")
    related = ("part_of",)

    name = models.CharField(max_length=100)
    kind = models.CharField(max_length=20, blank=True)
    part_of = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="parts"
    )

    class Meta(LoggedRecord.Meta):
        default_related_name = "groups"
        constraints = [
            *LoggedRecord.Meta.constraints,
            models.UniqueConstraint(
                fields=["enquiry", "name"], condition=Q(withdrawn=""), name="impact_group_once"
            ),
            models.CheckConstraint(
                name="impact_group_not_in_itself", condition=~Q(part_of=models.F("pk"))
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def about(self) -> str:
        kind = words("impact", "groups")[self.kind].title if self.kind else ""
        return f"{self.name} ({kind})" if kind.casefold() != self.name.casefold() else self.name
