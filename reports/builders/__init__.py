"""Turns what is logged into the plain values of a report."""

from reports.builders.case_study import build_case_study
from reports.builders.cluster_summary import build_cluster_summary
from reports.builders.edition import build_edition
from reports.builders.forms import (
    build_blank_form,
    build_filled_form,
    build_overview,
    title_on_paper,
)
from reports.builders.impact_report import build_impact_report
from reports.builders.minutes import build_minutes
from reports.builders.national import build_national, programme_charts
from reports.builders.poster import build_poster
from reports.builders.told import build_told_case_study

__all__ = [
    "build_blank_form",
    "build_case_study",
    "build_cluster_summary",
    "build_edition",
    "build_filled_form",
    "build_impact_report",
    "build_minutes",
    "build_national",
    "build_overview",
    "build_poster",
    "build_told_case_study",
    "programme_charts",
    "title_on_paper",
]
