"""One report as it was printed: who says it, its tables, its pages with each cell drawn, its words."""

from __future__ import annotations

from helpers.pages.printed.fragments import cell, identity, narrative, reading, ruling_lines, sums
from helpers.pages.printed.report import OneReport, ReportNotShown, read
from helpers.pages.printed.sheets import sheets
from helpers.pages.printed.standing import STANDINGS, Standing, standings
from helpers.pages.printed.tables import tables

__all__ = [
    "STANDINGS",
    "OneReport",
    "ReportNotShown",
    "Standing",
    "cell",
    "identity",
    "narrative",
    "read",
    "reading",
    "ruling_lines",
    "sheets",
    "standings",
    "sums",
    "tables",
]
