"""A visit on paper: what to ask and to record at a school, with room to write it down."""

from django.conf import settings

from alliances.content import Item
from enquiries.models import Participation
from enquiries.sheets.visits import cells_of
from reports.values import Guidance, VisitCell, VisitOnPaper


def build_visit(participation: Participation, phase: str) -> VisitOnPaper:
    """The method's prompts alone: nothing that anybody has judged or written is in it."""
    enquiry = participation.enquiry
    return VisitOnPaper(
        service=settings.SERVICE_NAME,
        agency=settings.AGENCY_NAME,
        title=f"Visit to {participation.school}",
        about=f"{enquiry.alliance}, {enquiry}",
        cells=[_cell(cell) for _, cell in cells_of(phase)],
    )


def _cell(cell: Item) -> VisitCell:
    parts = (("Ask", cell.extra["questions"]), ("Record", cell.extra["record"]))
    return VisitCell(
        cell.title,
        cell.text,
        [Guidance(title, lines) for title, lines in parts if lines],
    )
