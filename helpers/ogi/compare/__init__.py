"""Figures → what can be compared: one series over both forms, changes from year to year, indicators."""

from __future__ import annotations

from ogi.compare.annual import annual
from ogi.compare.indicators import INDICATORS, SMALL, Indicator, indicators, outcomes_in
from ogi.compare.series import all_years, by_year, one_agency, series

__all__ = [
    "INDICATORS",
    "SMALL",
    "Indicator",
    "all_years",
    "annual",
    "by_year",
    "indicators",
    "one_agency",
    "outcomes_in",
    "series",
]
