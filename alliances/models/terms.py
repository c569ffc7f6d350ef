from django.db import models
from django.db.models import F, Q

from alliances.models.programme import Programme
from alliances.privacy import Keep


class HalfTerm(models.Model):
    """A half term as the national team set it; ``school_year`` 2026 is that from autumn 2026 on.

    ``code`` is one of content/terms.toml. A year has all six or none: then it is the usual one.
    """

    keeping = {Keep.PUBLIC: "programme school_year code starts_on ends_on"}

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="half_terms")
    school_year = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=10)
    starts_on = models.DateField()
    ends_on = models.DateField()

    class Meta:
        ordering = ["starts_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "school_year", "code"], name="alliances_halfterm_once"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("starts_on")), name="alliances_halfterm_ends_after_start"
            ),
        ]

    def __str__(self):
        return f"{self.code} {self.school_year}"
