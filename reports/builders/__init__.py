"""Turns what is logged into the plain values of a report."""

from reports.builders.case_study import build_case_study
from reports.builders.national import build_national, programme_charts

__all__ = ["build_case_study", "build_national", "programme_charts"]
