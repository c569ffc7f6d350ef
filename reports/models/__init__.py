from reports.models.ledger import IssuedFigure
from reports.models.report import Rendition, Report
from reports.models.weekly import Weekly

__all__ = ["IssuedFigure", "Rendition", "Report", "Weekly"]
