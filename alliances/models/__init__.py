from alliances.models.breakages import Breakage
from alliances.models.history import Change, Read
from alliances.models.mail import Mail
from alliances.models.openings import LONGEST_OPENING, Opening
from alliances.models.people import Assignment, AuditRecord, Held, Invitation, NamedLead, User
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
from alliances.models.register import RegisterChange, RegisteredSchool, RegisterReading
from alliances.models.sign_in import AccountElsewhere, SecondFactor, SignInAddress
from alliances.models.terms import HalfTerm
from alliances.models.tokens import SPANS, Token

__all__ = [
    "FEWEST_SCHOOLS",
    "LONGEST_OPENING",
    "SPANS",
    "THRESHOLDS",
    "USUAL_THRESHOLD",
    "AccountElsewhere",
    "Alliance",
    "AlsoKnownAs",
    "Assignment",
    "AuditRecord",
    "Breakage",
    "Change",
    "Cluster",
    "Cohort",
    "Designation",
    "Event",
    "HalfTerm",
    "Held",
    "Invitation",
    "Mail",
    "Membership",
    "NamedLead",
    "Opening",
    "Partner",
    "Programme",
    "ProgrammeFact",
    "Read",
    "RegisterChange",
    "RegisterReading",
    "RegisteredSchool",
    "Route",
    "School",
    "SecondFactor",
    "SignInAddress",
    "Theme",
    "Token",
    "User",
]
