from reports.models.ledger import IssuedFigure
from reports.models.report import ABOUT, SUBJECT, Kind, Rendition, Report
from reports.models.weekly import Weekly

__all__ = ["ABOUT", "SUBJECT", "IssuedFigure", "Kind", "Rendition", "Report", "Weekly"]
