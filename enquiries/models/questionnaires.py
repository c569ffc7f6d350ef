"""The progress questionnaires (F16, F26, F30): what an alliance says of where it stands."""

from functools import cached_property

from django.db import models

from alliances.privacy import Keep
from enquiries.models.sheets import PLACE, SheetRecord


class Response(SheetRecord):
    """One filled questionnaire, in the version of the instrument that was asked.

    The answer to an item is a row of its own, known to the form as ``answer.`` and its code.
    """

    keeping = {Keep.ALLIANCE: f"{PLACE} instrument version", Keep.PERSONAL: "saved_by"}

    instrument = models.CharField(max_length=40)
    version = models.PositiveSmallIntegerField()

    @cached_property
    def by_item(self) -> dict[str, "Answer"]:
        """The answers by the code of their item."""
        return {a.item: a for a in self.answers.all()} if self.pk else {}

    def value_of(self, name: str):
        if "." not in name:
            return super().value_of(name)
        given = self.by_item.get(name.partition(".")[2])
        return given.value if given else ""

    def put(self, name: str, value) -> None:
        if "." not in name:
            super().put(name, value)
            return
        item = name.partition(".")[2]
        self.by_item.setdefault(item, Answer(response=self, item=item)).value = value

    def rows(self) -> list[models.Model]:
        return list(self.by_item.values())


class Answer(models.Model):
    """The answer to one item: a point of the scale, or words."""

    within = "response__enquiry__alliance"
    keeping = {Keep.ALLIANCE: "response item value"}

    response = models.ForeignKey(Response, models.CASCADE, related_name="answers")
    item = models.CharField(max_length=40)
    value = models.TextField(blank=True)

    class Meta:
        ordering = ["response", "item"]
        constraints = [
            models.UniqueConstraint(fields=["response", "item"], name="enquiries_answer_once")
        ]

    def __str__(self):
        return f"{self.item}: {self.value}"
