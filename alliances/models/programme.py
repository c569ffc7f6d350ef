from django.db import models

from alliances.privacy import Keep


class Route(models.TextChoices):
    """The method an enquiry follows."""

    C2L = "c2l", "Connect to Learn"
    CLUSTER = "cluster", "Regional enquiry cluster"


class Programme(models.Model):
    """A national programme that funds alliances to run enquiries."""

    keeping = {Keep.PUBLIC: "title country commissioner duration ended alliances_funded"}

    title = models.CharField(max_length=200, unique=True)
    country = models.CharField(max_length=100)
    commissioner = models.CharField(max_length=200)
    duration = models.CharField(max_length=100)
    ended = models.CharField(max_length=10)
    alliances_funded = models.PositiveIntegerField()

    def __str__(self):
        return self.title


class ProgrammeFact(models.Model):
    """A statement about the programme itself, with the place it was taken from."""

    class Kind(models.TextChoices):
        PURPOSE = "purpose", "Purpose"
        COHORT = "cohort", "Cohorts"
        CONTEXT = "context", "Context"
        FUNDING = "funding", "Funding"
        SIZE = "size", "Size of projects"
        PUBLICATION = "publication", "Published reports"

    keeping = {Keep.PUBLIC: "programme kind position text value unit source"}

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="facts")
    kind = models.CharField(max_length=12, choices=Kind)
    position = models.PositiveSmallIntegerField()
    text = models.TextField()
    value = models.CharField(max_length=200, blank=True)
    unit = models.CharField(max_length=100, blank=True)
    source = models.CharField(max_length=100, blank=True)

    class Meta:
        ordering = ["kind", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "kind", "position"], name="alliances_fact_position"
            )
        ]

    def __str__(self):
        return self.text


class Theme(models.Model):
    keeping = {Keep.PUBLIC: "programme number title question route alliances_funded"}

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="themes")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    question = models.TextField()
    route = models.CharField(max_length=10, choices=Route)
    alliances_funded = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "number"], name="alliances_theme_number")
        ]

    def __str__(self):
        return f"Theme {self.number}: {self.title}"


class Cohort(models.Model):
    """A group of alliances that joined together; its dates bound what its forms may ask."""

    keeping = {Keep.PUBLIC: "programme number joined invited workshop attended_by"}

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="cohorts")
    number = models.PositiveSmallIntegerField()
    joined = models.CharField(max_length=200)
    invited = models.CharField(max_length=10)
    workshop = models.CharField(max_length=10)
    attended_by = models.CharField(max_length=200)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "number"], name="alliances_cohort_number")
        ]

    def __str__(self):
        return f"Cohort {self.number}"


class Cluster(models.Model):
    """Three to five alliances that meet each term with one external facilitator."""

    of_cluster = "pk"
    keeping = {Keep.PROGRAMME: "programme name"}

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="clusters")
    name = models.CharField(max_length=100)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "name"], name="alliances_cluster_name")
        ]

    def __str__(self):
        return self.name


class Event(models.Model):
    """A national meeting; its date is kept as it was given, which may be a whole year."""

    keeping = {Keep.PUBLIC: "programme position name held"}

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="events")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=200)
    held = models.CharField(max_length=100)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "position"], name="alliances_event_position"
            )
        ]

    def __str__(self):
        return self.name
