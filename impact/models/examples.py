"""What the programme's reports tell of impact, by area."""

from django.db import models

from alliances.privacy import Keep


class ImpactExample(models.Model):
    """An intervention and its impact from the programme's reports, by area; names no alliance."""

    keeping = {Keep.PUBLIC: "programme area area_projects position intervention impact source"}

    programme = models.ForeignKey(
        "alliances.Programme", models.CASCADE, related_name="impact_examples"
    )
    area = models.CharField(max_length=100)
    area_projects = models.PositiveSmallIntegerField()
    position = models.PositiveSmallIntegerField()
    intervention = models.TextField()
    impact = models.TextField()
    source = models.CharField(max_length=100)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "position"], name="impact_impactexample_position"
            )
        ]

    def __str__(self):
        return self.intervention
