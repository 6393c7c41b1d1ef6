"""The sums of the forms over the common series: which cells a broken one is of, what a total is made of."""

from __future__ import annotations

from functools import cache

import numpy as np

from ogi.arrays import BoolArray
from ogi.columns import CELLS, LINES
from ogi.figures import Figures, equal
from ogi.forms import EDITIONS

# In the old edition's words: there 其他处理 is one row, as in the series, and all else is alike.
_LINES = [
    (lines.left, lines.right)
    for (_, edition), equations in LINES.items()
    if edition == EDITIONS[0]
    for lines in equations
]
"""The columns of the left and the right side of each equation, line by line."""


def in_broken_sum(years: Figures) -> BoolArray:
    """Which cells take part in a sum that does not hold, of figures as `annual` makes them.

    A blank counts as zero; where a figure is not known, or one side is blank throughout, no sum is broken.
    """
    broken = np.zeros(years.state.shape, np.bool_)
    for left, right in _LINES:
        sums = [years.blank_as_zero[:, side].sum(axis=2) for side in (left, right)]
        told = [years.reported[:, side].any(axis=2) for side in (left, right)]
        is_known = ~np.isnan(sums[0]) & ~np.isnan(sums[1]) & told[0] & told[1]
        is_broken = is_known & ~equal(sums[0], sums[1])
        for side in (left, right):
            broken[:, side] |= is_broken[..., np.newaxis]
    return broken


@cache
def parts_of(total: str) -> tuple[str, ...]:
    """The cells that the form adds up to a total, as table/item/measure; of all outcomes the outcomes."""
    for left, right in _LINES:
        if right.shape[1] == 1:
            for parts, (column,) in zip(left, right, strict=True):
                if CELLS[column] == total:
                    return tuple(CELLS[part] for part in parts)
    return ()
