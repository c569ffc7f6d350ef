"""Whether what was planned was done, so that what did not work is told from what was not done."""

from django.db import models
from django.db.models import F, Q

from alliances.privacy import Keep
from enquiries.models.sheets import PLACE, OnceInItsPlace


class Fidelity(OnceInItsPlace):
    """How a school delivered what was planned for a cycle: dose, reach and what it adapted.

    Doses are in ``dose_unit``, such as sessions; those reached are so many of those meant.
    """

    class Delivered(models.TextChoices):
        AS_PLANNED = "yes", "As planned"
        PARTLY = "partly", "Partly as planned"
        OTHERWISE = "no", "Not as planned: something else was done"
        NOT_AT_ALL = "not-at-all", "Not at all"

    keeping = {
        Keep.ALLIANCE: f"{PLACE} delivered dose_unit dose_planned dose_delivered pupils_reached "
        "pupils_meant teachers_reached teachers_meant adaptations",
        Keep.PERSONAL: "saved_by",
    }

    delivered = models.CharField(max_length=10, choices=Delivered)
    dose_unit = models.CharField(max_length=50, blank=True)
    dose_planned = models.DecimalField(max_digits=7, decimal_places=1, null=True, blank=True)
    dose_delivered = models.DecimalField(max_digits=7, decimal_places=1, null=True, blank=True)
    pupils_reached = models.PositiveIntegerField(null=True, blank=True)
    pupils_meant = models.PositiveIntegerField(null=True, blank=True)
    teachers_reached = models.PositiveIntegerField(null=True, blank=True)
    teachers_meant = models.PositiveIntegerField(null=True, blank=True)
    adaptations = models.TextField(blank=True)

    class Meta(OnceInItsPlace.Meta):
        constraints = [
            *OnceInItsPlace.Meta.constraints,
            *(
                models.CheckConstraint(
                    name=f"enquiries_fidelity_{who}_of_those_meant",
                    condition=Q(**{f"{who}_reached__isnull": True})
                    | Q(**{f"{who}_reached__lte": F(f"{who}_meant")}),
                )
                for who in ("pupils", "teachers")
            ),
        ]
