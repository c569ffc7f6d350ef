from reports.models.report import Rendition, Report

__all__ = ["Rendition", "Report"]
