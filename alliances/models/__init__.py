from alliances.models.mail import Mail
from alliances.models.people import Assignment, AuditRecord, Held, Invitation, User
from alliances.models.places import (
    Alliance,
    AlsoKnownAs,
    Designation,
    Membership,
    Partner,
    School,
)
from alliances.models.programme import (
    FEWEST_SCHOOLS,
    THRESHOLDS,
    USUAL_THRESHOLD,
    Cluster,
    Cohort,
    Event,
    Programme,
    ProgrammeFact,
    Route,
    Theme,
)
from alliances.models.terms import HalfTerm

__all__ = [
    "FEWEST_SCHOOLS",
    "THRESHOLDS",
    "USUAL_THRESHOLD",
    "Alliance",
    "AlsoKnownAs",
    "Assignment",
    "AuditRecord",
    "Cluster",
    "Cohort",
    "Designation",
    "Event",
    "HalfTerm",
    "Held",
    "Invitation",
    "Mail",
    "Membership",
    "Partner",
    "Programme",
    "ProgrammeFact",
    "Route",
    "School",
    "Theme",
    "User",
]
