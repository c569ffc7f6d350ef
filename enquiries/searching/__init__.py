"""What of enquiries can be found: each form's answers, and what stands outside the forms."""

from enquiries.searching.others import cycles, enquiries, findings, help_wanted, minutes, remarks
from enquiries.searching.others import schools as schools_taking_part
from enquiries.searching.sheets import sheets

SOURCES = (
    sheets,
    enquiries,
    cycles,
    schools_taking_part,
    help_wanted,
    remarks,
    minutes,
    findings,
)

__all__ = ["SOURCES"]
