"""The forms of the cluster route, and two that are optional; F-numbers are the method's."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.text import Truncator

from alliances.content import words
from alliances.privacy import Keep
from enquiries.models.activities import EventRecord
from enquiries.models.c2l import Step
from enquiries.models.sheets import PLACE, Celled, OnceInItsPlace, SheetRecord


class SchoolRecord(OnceInItsPlace):
    """How a school takes part (F02): its people, its head's word, its cover, who would follow on.

    When and how it joined and left stands in its membership.
    """

    class Funding(models.TextChoices):
        SCHOOL = "school", "The school"
        ALLIANCE = "alliance", "The alliance"
        GRANT = "grant", "A grant"

    keeping = {
        Keep.ALLIANCE: f"{PLACE} sponsored_on development_plan funded_by pounds prior_work",
        Keep.PERSONAL: "saved_by lead champion successor",
    }

    lead = models.CharField(max_length=200)
    champion = models.CharField(max_length=200, blank=True)
    sponsored_on = models.DateField(null=True, blank=True)
    development_plan = models.TextField(blank=True)
    funded_by = models.CharField(max_length=10, choices=Funding, blank=True)
    pounds = models.PositiveIntegerField(null=True, blank=True)
    successor = models.CharField(max_length=200, blank=True)
    prior_work = models.TextField(blank=True)


class MaturityReview(Celled, EventRecord):
    """An alliance's own view of its maturity on one day (F05).

    ``cells`` hold, by the code of a strand, its level and the evidence for it.
    """

    keeping = {Keep.ALLIANCE: f"{PLACE} cells priorities", Keep.PERSONAL: "saved_by"}

    priorities = ArrayField(models.CharField(max_length=30), default=list, blank=True)


class InterventionChoice(SheetRecord):
    """What an alliance chose to try and why (F12): of the toolkit, or its own.

    ``intervention`` is a code of the toolkit, empty where ``own`` names another.
    """

    keeping = {
        Keep.ALLIANCE: f"{PLACE} intervention own earlier_practice strands need ownership "
        "leadership success",
        Keep.PERSONAL: "saved_by",
    }

    intervention = models.CharField(max_length=40, blank=True)
    own = models.CharField(max_length=200, blank=True)
    earlier_practice = models.TextField(blank=True)
    strands = ArrayField(models.CharField(max_length=30))
    need = models.TextField()
    ownership = models.TextField()
    leadership = models.TextField()
    success = models.TextField()

    @property
    def about(self) -> str:
        """What was chosen, in words."""
        known = words("enquiries", "toolkit").get(self.intervention)
        return known.title if known else self.own


class Risk(SheetRecord):
    """Something that may stop an enquiry, and what is done about it (F38)."""

    keeping = {
        Keep.ALLIANCE: f"{PLACE} risk other likelihood effect response",
        Keep.PERSONAL: "saved_by succession",
    }

    risk = models.CharField(max_length=30)
    other = models.CharField(max_length=200, blank=True)
    likelihood = models.CharField(max_length=10, choices=Step)
    effect = models.CharField(max_length=10, choices=Step)
    response = models.TextField()
    succession = models.TextField(blank=True)

    @property
    def about(self) -> str:
        """Which risk it is, in words."""
        return self.other or words("enquiries", "risks")[self.risk].title


class ImpactTracking(SheetRecord):
    """How a middle leader followed a colleague's change of practice (F41), filled in as it goes."""

    keeping = {
        Keep.ALLIANCE: f"{PLACE} difference baseline conversation research strategy check_in "
        "evidence effect",
        Keep.PERSONAL: "saved_by",
    }

    difference = models.TextField()
    baseline = models.TextField()
    conversation = models.TextField(blank=True)
    research = models.TextField(blank=True)
    strategy = models.TextField(blank=True)
    check_in = models.TextField(blank=True)
    evidence = models.TextField(blank=True)
    effect = models.TextField(blank=True)

    @property
    def about(self) -> str:
        return Truncator(self.difference).chars(80)


class RlcChecklist(Celled, EventRecord):
    """Which principles of a research learning community an enquiry keeps (F42)."""

    keeping = {Keep.ALLIANCE: f"{PLACE} cells", Keep.PERSONAL: "saved_by"}
