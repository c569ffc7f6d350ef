from enquiries.models.enquiry import Enquiry, HelpRequest, Listing, Participation
from enquiries.models.entries import (
    Challenge,
    Cycle,
    Dissemination,
    Duty,
    Entry,
    Grant,
    LeadershipEntry,
    Lesson,
    NextStep,
    Quotation,
    Trial,
)

__all__ = [
    "Challenge",
    "Cycle",
    "Dissemination",
    "Duty",
    "Enquiry",
    "Entry",
    "Grant",
    "HelpRequest",
    "LeadershipEntry",
    "Lesson",
    "Listing",
    "NextStep",
    "Participation",
    "Quotation",
    "Trial",
]
