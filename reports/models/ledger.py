from django.contrib.postgres.fields import ArrayField
from django.db import models

from alliances.privacy import Keep
from reports.models.report import Report


class IssuedFigure(models.Model):
    """A number that a report told when it was frozen; never changed.

    ``figure`` says what was counted, ``units`` the alliances (by number) in which. It is read when
    the next report is built: what has been told once is known.
    """

    not_in_dumps = "belongs to a document as it was issued"
    keeping = {Keep.PROGRAMME: "report figure units number"}

    report = models.ForeignKey(Report, models.CASCADE, related_name="issued")
    figure = models.CharField(max_length=400)
    units = ArrayField(models.BigIntegerField())
    number = models.PositiveIntegerField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "figure"], name="reports_issuedfigure_once_a_report"
            )
        ]

    def __str__(self):
        return f"{self.figure}: {self.number}"
