"""What a figure is in the arrays: its state, how sure we are of it, and which report it is of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from ogi.values import State

# Amounts have at most six decimals, and none that a binary float holds exactly: 0.1 + 0.2 is not 0.3.
TOLERANCE = 1e-6
"""What equal sums may differ by."""

STATES = tuple(State)
REPORTED, BLANK, NOT_APPLICABLE, UNREADABLE, ABSENT = range(len(STATES))
"""The states as they stand in the arrays: their places in STATES."""
NO_CELL = -1
"""The state of a cell that the report's form does not have, or that no figure was given for."""

SURE, BADLY_READ, NEAR_STRANGE = 0, 1, 2
"""How sure we are of a cell: well read, badly read, or in a table that was not all understood."""

# A byte a cell: a code takes an eighth of the room that a number takes.
CodeArray = npt.NDArray[np.int8]


class Identity(NamedTuple):
    """Which report: its id, its agency and its year, None where these are not known."""

    report_id: str
    agency: str | None
    year: int | None


@dataclass(frozen=True)
class FigureRow:
    """One row of the table figures. `value` is a number where `state` is reported, else None."""

    state: State
    value: float | None = None
    printed: str | None = None
    unit: str | None = None
    page: int | None = None
    confidence: float = 1.0
    correction: dict[str, Any] | None = None
    """The row of the table corrections that `value` is from; `printed` is what the report prints."""
