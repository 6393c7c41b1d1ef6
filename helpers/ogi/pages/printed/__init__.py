"""One report as it was printed: who says it, its tables, its pages with each cell drawn, its words."""

from __future__ import annotations

from ogi.pages.printed.fragments import cell, identity, lattice, narrative, reading, sums, way
from ogi.pages.printed.report import read
from ogi.pages.printed.sheets import sheets
from ogi.pages.printed.tables import tables

__all__ = [
    "cell",
    "identity",
    "lattice",
    "narrative",
    "read",
    "reading",
    "sheets",
    "sums",
    "tables",
    "way",
]
