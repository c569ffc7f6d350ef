from reports.models.report import Rendition, Report
from reports.models.weekly import Weekly

__all__ = ["Rendition", "Report", "Weekly"]
