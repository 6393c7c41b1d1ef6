"""Figures of one agency → charts: a missing year is a gap, a blank is not a zero, and each tells why."""

from __future__ import annotations

from ogi.charts.chart import Chart
from ogi.charts.detail import outcomes_in_detail
from ogi.charts.questions import applicants, decisions, outcomes, requests_handled, review

CHARTS = (requests_handled, outcomes, outcomes_in_detail, applicants, review, decisions)
"""Every chart of an agency, in the order in which a page shows them."""

__all__ = [
    "CHARTS",
    "Chart",
    "applicants",
    "decisions",
    "outcomes",
    "outcomes_in_detail",
    "requests_handled",
    "review",
]
