"""What a report says, as plain values: frozen as JSON, and all that a template is given."""

from reports.values.case_study import CaseStudy, CycleAccount, SchoolLine, TrialNote
from reports.values.national import (
    AllianceLine,
    AreaOfFocus,
    Example,
    LevelOfImpact,
    Message,
    National,
)
from reports.values.paper import (
    Asked,
    AskedTable,
    AttachedOnPaper,
    FormOnPaper,
    Guidance,
    Handover,
    HandoverPart,
    Minutes,
    OverviewOnPaper,
    PartOfMinutes,
    Profile,
    ProfileLine,
)
from reports.values.parts import ClaimLine, EvidenceLine, MeasureLine, MeasureTable, Pair

__all__ = [
    "AllianceLine",
    "AreaOfFocus",
    "Asked",
    "AskedTable",
    "AttachedOnPaper",
    "CaseStudy",
    "ClaimLine",
    "CycleAccount",
    "EvidenceLine",
    "Example",
    "FormOnPaper",
    "Guidance",
    "Handover",
    "HandoverPart",
    "LevelOfImpact",
    "MeasureLine",
    "MeasureTable",
    "Message",
    "Minutes",
    "National",
    "OverviewOnPaper",
    "Pair",
    "PartOfMinutes",
    "Profile",
    "ProfileLine",
    "SchoolLine",
    "TrialNote",
]
