"""One index over figures, by report and cell, that checks, comparisons, charts and pages share.

The figures of many reports are arrays: a row per report, a column per cell of the forms. So a sum over
thousands of reports is one addition of arrays, and one figure is found by its report and its id.
"""

from ogi.figures.index import Figures, equal
from ogi.figures.laid import identities
from ogi.figures.states import (
    ABSENT,
    BADLY_READ,
    BLANK,
    NEAR_STRANGE,
    NO_CELL,
    NOT_APPLICABLE,
    REPORTED,
    STATES,
    SURE,
    TOLERANCE,
    UNREADABLE,
    CodeArray,
    FigureRow,
    Identity,
)

__all__ = [
    "ABSENT", "BADLY_READ", "BLANK", "NEAR_STRANGE", "NOT_APPLICABLE", "NO_CELL", "REPORTED", "STATES",
    "SURE", "TOLERANCE", "UNREADABLE", "CodeArray", "FigureRow", "Figures", "Identity", "equal",
    "identities",
]  # fmt: skip
