from hashlib import sha256

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone

from alliances.models.programme import Cluster, Cohort, Programme, Theme
from alliances.privacy import Keep


class Alliance(models.Model):
    """A group of schools led by a teaching school. It keeps its key when it changes its name."""

    within = "pk"
    keeping = {
        Keep.PUBLIC: "programme key name theme theme_note cohort region link",
        Keep.PROGRAMME: "cluster short_name lead_school area context phases school_count",
    }

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="alliances")
    key = models.SlugField(max_length=60)
    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=100, blank=True)
    theme = models.ForeignKey(
        Theme, models.PROTECT, null=True, blank=True, related_name="alliances"
    )
    theme_note = models.TextField(blank=True)
    cohort = models.ForeignKey(
        Cohort, models.PROTECT, null=True, blank=True, related_name="alliances"
    )
    cluster = models.ForeignKey(
        Cluster, models.SET_NULL, null=True, blank=True, related_name="alliances"
    )
    region = models.CharField(max_length=100, blank=True)
    link = models.URLField(max_length=300, blank=True)
    lead_school = models.CharField(max_length=200, blank=True)
    area = models.TextField(blank=True)
    context = models.TextField(blank=True)
    phases = ArrayField(models.CharField(max_length=50), default=list, blank=True)
    school_count = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        ordering = [Lower("name")]
        constraints = [
            models.UniqueConstraint(fields=["programme", "key"], name="alliances_alliance_key"),
            models.UniqueConstraint("programme", Lower("name"), name="alliances_alliance_name"),
        ]

    def __str__(self):
        return self.name

    def stand(self) -> str:
        """A fingerprint of what is said of it, so that nobody changes what they have not read."""
        names = [field.attname for field in self._meta.concrete_fields]
        said = [[getattr(self, name) for name in names]]
        said.append(list(self.other_names.values_list("name", flat=True)))
        said.append(list(self.partners.values_list("kind", "name")))
        return sha256(repr(said).encode()).hexdigest()

    def schools_now(self):
        """The schools that are members today."""
        members = self.memberships.on(timezone.localdate())
        return School.objects.filter(pk__in=members.values("school"))


class AlsoKnownAs(models.Model):
    """A former or other name, so that a renamed alliance is found under both."""

    within = "alliance"
    keeping = {Keep.PUBLIC: "alliance name"}

    alliance = models.ForeignKey(Alliance, models.CASCADE, related_name="other_names")
    name = models.CharField(max_length=200)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint("alliance", Lower("name"), name="alliances_alsoknownas_once")
        ]

    def __str__(self):
        return self.name


class Designation(models.Model):
    """A step in the history of an alliance's teaching-school status; the last one holds."""

    class Status(models.TextChoices):
        TEACHING_SCHOOL = "teaching-school", "Teaching school"
        LOST = "lost", "De-designated"

    within = "alliance"
    keeping = {Keep.PROGRAMME: "alliance status since reason"}

    alliance = models.ForeignKey(Alliance, models.CASCADE, related_name="designations")
    status = models.CharField(max_length=20, choices=Status)
    since = models.DateField()
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ["since", "pk"]

    def __str__(self):
        return f"{self.get_status_display()} since {self.since}"


class School(models.Model):
    """A school, or schools, in an alliance. Without a URN where the source gives none."""

    keeping = {Keep.PUBLIC: "urn name town phase"}

    urn = models.PositiveIntegerField(null=True, blank=True, unique=True)
    name = models.CharField(max_length=200)
    town = models.CharField(max_length=100, blank=True)
    phase = models.CharField(max_length=50, blank=True)

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self):
        return self.name


class MembershipQuerySet(models.QuerySet):
    def on(self, day):
        """Those that hold on a date."""
        started = Q(joined_on__isnull=True) | Q(joined_on__lte=day)
        return self.filter(started, Q(left_on__isnull=True) | Q(left_on__gt=day))


class Membership(models.Model):
    """A school in an alliance between two dates. Leaving ends it and deletes nothing."""

    class Joined(models.TextChoices):
        CHOSE = "chose", "Chose to join"
        TOLD = "told", "Was told to join"
        EARLIER = "earlier", "From an earlier relationship"

    within = "alliance"
    keeping = {
        Keep.PROGRAMME: "alliance school joined_on how_joined left_on reason_left replaced_by"
    }

    alliance = models.ForeignKey(Alliance, models.CASCADE, related_name="memberships")
    school = models.ForeignKey(School, models.PROTECT, related_name="memberships")
    joined_on = models.DateField(null=True, blank=True)
    how_joined = models.CharField(max_length=10, choices=Joined, blank=True)
    left_on = models.DateField(null=True, blank=True)
    reason_left = models.TextField(blank=True)
    replaced_by = models.CharField(max_length=200, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["alliance", "school"],
                condition=Q(left_on__isnull=True),
                name="alliances_membership_once",
            ),
            models.CheckConstraint(
                condition=Q(left_on__isnull=True)
                | Q(joined_on__isnull=True)
                | Q(left_on__gte=F("joined_on")),
                name="alliances_membership_leaves_after_joining",
            ),
        ]

    def __str__(self):
        return f"{self.school} in {self.alliance}"


class Partner(models.Model):
    """An organisation that works with an alliance."""

    class Kind(models.TextChoices):
        UNIVERSITY = "university", "University"
        OTHER = "other", "Other partner"

    within = "alliance"
    keeping = {Keep.PUBLIC: "alliance kind name"}

    alliance = models.ForeignKey(Alliance, models.CASCADE, related_name="partners")
    kind = models.CharField(max_length=10, choices=Kind)
    name = models.TextField()

    class Meta:
        ordering = ["kind", "pk"]

    def __str__(self):
        return self.name
