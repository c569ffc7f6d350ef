from reports.models.edition import Choice, Edition, Passage
from reports.models.ledger import IssuedFigure
from reports.models.parts import Part
from reports.models.report import ABOUT, SUBJECT, Kind, Rendition, Report
from reports.models.weekly import Weekly

__all__ = [
    "ABOUT",
    "SUBJECT",
    "Choice",
    "Edition",
    "IssuedFigure",
    "Kind",
    "Part",
    "Passage",
    "Rendition",
    "Report",
    "Weekly",
]
