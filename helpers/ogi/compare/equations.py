"""The sums of the forms over the common series: which cells a broken one is of, what a total is made of."""

from __future__ import annotations

from functools import cache

import numpy as np

from ogi.arrays import BoolArray, IndexArray
from ogi.columns import CELLS, COLUMN, LINES
from ogi.compare.annual import added_into, annual, corrected_in, in_unsure
from ogi.figures import Figures, equal
from ogi.forms import EDITIONS
from ogi.tables import as_printed
from ogi.values import LEAST_CONFIDENCE

# In the old edition's words: there 其他处理 is one row, as in the series, and all else is alike.
_LINES = [
    (lines.left, lines.right)
    for (_, edition), equations in LINES.items()
    if edition == EDITIONS[0]
    for lines in equations
]
"""The columns of the left and the right side of each equation, line by line."""


_SERIES = np.array([COLUMN[added_into(cell)] for cell in CELLS])
"""Of each column that of the series: sums are told in the words of both forms."""


def marks_in(years: Figures) -> dict[str, BoolArray]:
    """Doubt → which cells bear it, by the names that series and indicators give them.

    A part of what form 2021 divides takes part in the sums of what it is added into.
    """
    corrected = corrected_in(years)
    return {
        "conflict": years.conflict,
        "broken_sum": in_broken_sum(years)[:, _SERIES],
        "doubted_correction": in_doubted_correction(years)[:, _SERIES] & corrected,
        "doubt": years.confidence < LEAST_CONFIDENCE,
        "doubted_title": in_unsure(years),
        "corrected": corrected,
    }


def in_broken_sum(years: Figures) -> BoolArray:
    """Which cells take part in a sum that does not hold, of figures as `annual` makes them.

    A blank counts as zero; where a figure is not known, or one side is blank throughout, no sum is broken.
    Of several reports on a year the worst counts: where they disagree, they may be broken for all that.
    Nor is one that a correction alone breaks, as `checks.corrected` judges: see `in_doubted_correction`.
    """
    _, broken = _judged(years)
    return _cells_of(broken & ~_held_as_printed(years))


def in_doubted_correction(years: Figures) -> BoolArray:
    """Which cells hold a correction with which a sum does not hold that holds as printed: a doubt of ours.

    Known where `annual` was given the corrections.
    """
    _, broken = _judged(years)
    found: BoolArray = corrected_in(years) & _cells_of(broken & _held_as_printed(years))
    return found


def _judged(years: Figures) -> tuple[BoolArray, BoolArray]:
    """Reports x sums: which hold, and which are broken, in any report on the year; neither: not known."""
    holds, broken = _judged_each(years)
    if years.several is not None:
        row_of = {own[1:]: row for row, own in enumerate(years.reports)}
        for own, *judged in zip(years.several.reports, *_judged_each(years.several), strict=True):
            if own[1:] in row_of:
                for found, lines in zip((holds, broken), judged, strict=True):
                    found[row_of[own[1:]]] |= lines
    return holds & ~broken, broken


def _judged_each(years: Figures) -> tuple[BoolArray, BoolArray]:
    judged = [_judged_alike(years, left, right) for left, right in _LINES]
    holds, broken = (np.concatenate(parts, axis=1) for parts in zip(*judged, strict=True))
    return holds, broken


def _judged_alike(years: Figures, *sides: IndexArray) -> tuple[BoolArray, BoolArray]:
    left, right = (years.blank_as_zero[:, side].sum(axis=2) for side in sides)
    told = [years.reported[:, side].any(axis=2) for side in sides]
    is_known = ~np.isnan(left) & ~np.isnan(right) & told[0] & told[1]
    is_equal = equal(left, right)
    return is_known & is_equal, is_known & ~is_equal


def _held_as_printed(years: Figures) -> BoolArray:
    """Reports x sums: which hold without the corrections, and have one in them."""
    has_one = _lines_with(corrected_in(years))
    rows = np.flatnonzero(has_one.any(axis=1))
    if len(rows) == 0 or years.corrections is None:
        return np.zeros_like(has_one)
    # Only the reports with such a correction are looked at again.
    keys = [years.reports[row][1:] for row in rows]
    agencies, dates = (list(of) for of in zip(*keys, strict=True))
    is_meant = years.frame["agency"].isin(agencies) & years.frame["year"].isin(dates)
    printed = annual(as_printed(years.frame[is_meant].reset_index(drop=True), years.corrections))
    place = {own[1:]: row for row, own in enumerate(printed.reports)}
    held = np.zeros_like(has_one)
    held[rows] = has_one[rows] & _judged(printed)[0][[place[key] for key in keys]]
    return held


def _cells_of(lines: BoolArray) -> BoolArray:
    """Reports x CELLS: which take part in one of the sums, given as reports x sums."""
    found = np.zeros((len(lines), len(CELLS)), np.bool_)
    start = 0
    for left, right in _LINES:
        own = lines[:, start : start + len(left), np.newaxis]
        for side in (left, right):
            found[:, side] |= own
        start += len(left)
    return found


def _lines_with(cells: BoolArray) -> BoolArray:
    """Reports x sums: in which one of the cells takes part, given as reports x CELLS."""
    return np.concatenate(
        [cells[:, left].any(axis=2) | cells[:, right].any(axis=2) for left, right in _LINES], axis=1
    )


@cache
def parts_of(total: str) -> tuple[str, ...]:
    """The cells that the form adds up to a total, as table/item/measure; of all outcomes the outcomes."""
    for left, right in _LINES:
        if right.shape[1] == 1:
            for parts, (column,) in zip(left, right, strict=True):
                if CELLS[column] == total:
                    return tuple(CELLS[part] for part in parts)
    return ()
