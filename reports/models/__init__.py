from reports.models.digest import Digest
from reports.models.edition import Choice, Edition, Passage
from reports.models.ledger import IssuedFigure
from reports.models.manuscript import CaseStudyDraft, EditorialStep, Publication
from reports.models.parts import Part
from reports.models.preview import Leaf, Preview
from reports.models.report import ABOUT, SUBJECT, Kind, Paper, Rendition, Report
from reports.models.weekly import Weekly

__all__ = [
    "ABOUT",
    "SUBJECT",
    "CaseStudyDraft",
    "Choice",
    "Digest",
    "Edition",
    "EditorialStep",
    "IssuedFigure",
    "Kind",
    "Leaf",
    "Paper",
    "Part",
    "Passage",
    "Preview",
    "Publication",
    "Rendition",
    "Report",
    "Weekly",
]
