"""Figures of one agency → charts: a missing year is a gap, a blank is not a zero, and each tells why."""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

from ogi.charts.chart import Chart, Gallery
from ogi.charts.questions import (
    applicants,
    decisions,
    outcomes,
    outcomes_in_detail,
    requests_handled,
    review,
)
from ogi.charts.spark import sparkline
from ogi.charts.yearly import BROKEN, CORRECTED, UNSURE_TITLE
from ogi.compare import annual_of_one
from ogi.figures import Figures

CHARTS = (requests_handled, outcomes, outcomes_in_detail, applicants, review, decisions)
"""Every chart of an agency, in the order in which a page shows them."""


def overview(figures: pd.DataFrame | Figures, language: str = "en", unread: Collection[int] = ()) -> Gallery:
    """Every chart of one agency, in two columns where there is room; `unread`: as of each chart."""
    years = annual_of_one(figures)
    return Gallery(tuple(draw(years, language, unread) for draw in CHARTS))


__all__ = [
    "BROKEN",
    "CHARTS",
    "CORRECTED",
    "UNSURE_TITLE",
    "Chart",
    "Gallery",
    "applicants",
    "decisions",
    "outcomes",
    "outcomes_in_detail",
    "overview",
    "requests_handled",
    "review",
    "sparkline",
]
