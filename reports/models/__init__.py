from reports.models.edition import Choice, Edition, Passage
from reports.models.ledger import IssuedFigure
from reports.models.manuscript import CaseStudyDraft, EditorialStep, Publication
from reports.models.parts import Part
from reports.models.report import ABOUT, SUBJECT, Kind, Paper, Rendition, Report
from reports.models.weekly import Weekly

__all__ = [
    "ABOUT",
    "SUBJECT",
    "CaseStudyDraft",
    "Choice",
    "Edition",
    "EditorialStep",
    "IssuedFigure",
    "Kind",
    "Paper",
    "Part",
    "Passage",
    "Publication",
    "Rendition",
    "Report",
    "Weekly",
]
