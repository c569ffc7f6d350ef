"""The forms of the Connect to Learn route; F-numbers are the method's."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from alliances.privacy import Keep
from enquiries.models.entries import Cycle
from enquiries.models.sheets import PLACE, Celled, OnceInItsPlace, SheetRecord


def _shared(fields: str) -> dict:
    return {Keep.ALLIANCE: f"{PLACE} {fields}", Keep.PERSONAL: "saved_by"}


def _with_judgement(fields: str, judgement: str) -> dict:
    return {**_shared(fields), Keep.JUDGEMENT: judgement}


class Step(models.TextChoices):
    """Low to high, the plain scale where the sources have lost their own."""

    LOW = "low", "Low"
    MEDIUM = "medium", "Medium"
    HIGH = "high", "High"


class Question(OnceInItsPlace):
    """The collective question of enquiry (F09): six prompts, six checks, six tests."""

    keeping = _shared(
        "find_out why_know data_pointed reasonable learners_gain ethical_issues led_by_data "
        "wide_enough narrow_enough what_else criteria gauged tests success_criteria"
    )

    find_out = models.TextField()
    why_know = models.TextField()
    data_pointed = models.TextField()
    reasonable = models.TextField()
    learners_gain = models.TextField()
    ethical_issues = models.TextField()
    led_by_data = models.TextField()
    wide_enough = models.TextField()
    narrow_enough = models.TextField()
    what_else = models.TextField()
    criteria = models.TextField()
    gauged = models.TextField()
    tests = ArrayField(models.CharField(max_length=30), default=list, blank=True)
    success_criteria = models.TextField()


class SchoolPriority(OnceInItsPlace):
    """A school's own priority within the shared focus (F09), one for each school."""

    keeping = _shared("priority strategies")

    priority = models.TextField()
    strategies = models.TextField(blank=True)


class MethodChoice(OnceInItsPlace):
    """Which methods of enquiry the group chose, and why they suit (F11)."""

    keeping = _shared("methods other issue why_suitable across_schools protocol")

    methods = ArrayField(models.CharField(max_length=30))
    other = models.CharField(max_length=200, blank=True)
    issue = models.TextField()
    why_suitable = models.TextField()
    across_schools = models.BooleanField(default=False)
    protocol = models.TextField(blank=True)


class Partnership(OnceInItsPlace):
    """The agreement between the partners, and its timeline (F03)."""

    keeping = _shared(
        "link_role school_role milestones funding channels joining_leaving differences data_sharing"
    )

    link_role = models.TextField()
    school_role = models.TextField()
    milestones = models.TextField()
    funding = models.TextField(blank=True)
    channels = ArrayField(models.CharField(max_length=20))
    joining_leaving = models.TextField()
    differences = models.TextField()
    data_sharing = models.BooleanField(default=False)


class Norms(OnceInItsPlace):
    """What the group agrees on each principle of working together (F04)."""

    keeping = _shared(
        "protocols shared_responsibility learning_as_point professional_learning "
        "reflective_enquiry openness inclusive trust resources facilitator_is facilitator_is_not "
        "agreed_on accepted_by_all"
    )

    protocols = models.TextField()
    shared_responsibility = models.TextField()
    learning_as_point = models.TextField()
    professional_learning = models.TextField()
    reflective_enquiry = models.TextField()
    openness = models.TextField()
    inclusive = models.TextField()
    trust = models.TextField()
    resources = models.TextField()
    facilitator_is = models.TextField()
    facilitator_is_not = models.TextField()
    agreed_on = models.DateField()
    accepted_by_all = models.BooleanField(default=False)


class ClaimReflection(SheetRecord):
    """How a research claim bears on the focus, at one moment (F06)."""

    keeping = _shared("claim relevance shapes_focus")

    claim = models.CharField(max_length=20)
    relevance = models.CharField(max_length=10, choices=Step)
    shapes_focus = models.TextField()


class Ethics(OnceInItsPlace):
    """The ten questions before any data are collected (F14)."""

    keeping = _shared(
        "who_sees protected collected permission recognised sensitive confidentiality withdraw "
        "parents stored owner consent_from is_sensitive safeguards is_identifiable how_reduced "
        "is_published extra_check has_protocol right_to_withdraw"
    )

    who_sees = models.TextField()
    protected = models.TextField()
    collected = models.TextField()
    permission = models.TextField()
    recognised = models.TextField()
    sensitive = models.TextField()
    confidentiality = models.TextField()
    withdraw = models.TextField()
    parents = models.TextField()
    stored = models.TextField()
    owner = models.CharField(max_length=200)
    consent_from = ArrayField(models.CharField(max_length=10))
    is_sensitive = models.BooleanField(default=False)
    safeguards = models.TextField(blank=True)
    is_identifiable = models.BooleanField(default=False)
    how_reduced = models.TextField(blank=True)
    is_published = models.BooleanField(default=False)
    extra_check = models.TextField(blank=True)
    has_protocol = models.BooleanField(default=False)
    right_to_withdraw = models.BooleanField(default=False)


class Synthesis(SheetRecord):
    """What a group makes of its trials at the end of a turn (F20)."""

    class Next(models.TextChoices):
        REFINE = "refine", "Refine the strategy"
        TRY_AGAIN = "try-again", "Try it again"
        NEW = "new", "Try a new strategy"
        EXTEND = "extend", "Extend it"
        STOP = "stop", "Stop"

    keeping = _shared(
        "patterns strengths weaknesses contradictions evidence_says adjust as_expected "
        "shared_view agree_way next_move way_forward"
    )

    patterns = models.TextField()
    strengths = models.TextField()
    weaknesses = models.TextField()
    contradictions = models.TextField()
    evidence_says = models.TextField()
    adjust = models.TextField()
    as_expected = models.TextField()
    shared_view = models.TextField()
    agree_way = models.TextField()
    next_move = models.CharField(max_length=10, choices=Next)
    way_forward = models.TextField()


class ReportingReview(SheetRecord):
    """Six questions answered before each report (F43)."""

    keeping = _shared("which_point strongest next_priority data_say record_quality effort")

    which_point = models.TextField()
    strongest = models.TextField()
    next_priority = models.TextField()
    data_say = models.TextField()
    record_quality = models.TextField()
    effort = models.TextField()


class CollaborationModel(SheetRecord):
    """The shape that collaboration takes, and the five factors behind it (F39)."""

    keeping = _shared("shape leadership focus_decided own_or_shared decisions trust_grows")

    shape = models.CharField(max_length=10)
    leadership = models.TextField()
    focus_decided = models.TextField()
    own_or_shared = models.TextField()
    decisions = models.TextField()
    trust_grows = models.TextField()


class Element(models.TextChoices):
    """What a facilitator keeps an eye on in each phase."""

    DIAGNOSIS = "diagnosis", "Diagnosis"
    DATA = "data", "Data"
    DEVELOPMENT = "development", "Development"
    DISTRIBUTED_LEADERSHIP = "distributed-leadership", "Distributed leadership"
    DRIVE = "drive", "Drive"


class GuideCell(Celled):
    """One cell of the facilitator's guide: an element in a phase, for one school (F07, F17, F27).

    ``cells`` holds the judgements that the cell asks for. What of a cell the school may read, its
    content says; the facilitator's own notes never are.
    """

    keeping = _with_judgement("phase element agreement", "cells recorded private_notes")

    phase = models.CharField(max_length=20, choices=Cycle.Phase)
    element = models.CharField(max_length=30, choices=Element)
    recorded = models.TextField(blank=True)
    agreement = models.TextField(blank=True)
    private_notes = models.TextField(blank=True)

    class Meta(SheetRecord.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["enquiry", "cycle", "participation", "phase", "element"],
                name="enquiries_guidecell_once",
                nulls_distinct=False,
            )
        ]


class MeetingOverview(Celled):
    """The group's overview at one meeting of the innovation phase (F18)."""

    keeping = _shared("cells working_well to_revisit next_steps")

    working_well = models.TextField()
    to_revisit = models.TextField()
    next_steps = models.TextField()


class ImpactOverview(Celled, OnceInItsPlace):
    """Outcomes of each school at three levels, and what the group recommends (F28)."""

    keeping = _shared("cells recommendations next_steps")

    recommendations = models.TextField()
    next_steps = models.TextField()

    class Meta(OnceInItsPlace.Meta):
        pass
