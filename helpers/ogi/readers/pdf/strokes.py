"""Thin boxes → what may be ruling lines."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np

from ogi.arrays import BoolArray, FloatArray
from ogi.readers.pdf.settings import PDF
from ogi.readers.pdf.sheet import BBox


def lines(boxes: FloatArray, visible: BBox) -> FloatArray:
    """The middle line of each thin box, as far as it is on the page; for the columns see PageMarks.rules."""
    x0, top, x1, bottom = boxes.T
    left, high, right, low = visible
    is_down = x1 - x0 < bottom - top
    at = np.where(is_down, (x0 + x1) / 2, (top + bottom) / 2)
    start = np.where(is_down, np.maximum(top, high), np.maximum(x0, left))
    end = np.where(is_down, np.minimum(bottom, low), np.minimum(x1, right))
    first, last = np.where(is_down, left, high), np.where(is_down, right, low)
    kept = (end - start >= PDF.shortest_stroke) & (at >= first - PDF.thin) & (at <= last + PDF.thin)
    return np.asarray(np.array((is_down, at, start, end)).T[kept], np.float64)


def dotted(boxes: FloatArray, visible: BBox) -> FloatArray:
    """The lines that rows of dots make, each dot drawn by itself."""
    x0, top, x1, bottom = boxes.T
    left, high, right, low = visible
    x, y = (x0 + x1) / 2, (top + bottom) / 2
    seen = (x >= left) & (x <= right) & (y >= high) & (y <= low)
    dots = seen & (np.maximum(x1 - x0, bottom - top) <= PDF.dot)
    if np.count_nonzero(dots) < PDF.fewest_dots:
        return np.zeros((0, 4))
    rows = [*_rows_of_dots(0.0, x[dots], y[dots]), *_rows_of_dots(1.0, y[dots], x[dots])]
    return np.array(rows).reshape(-1, 4)


def _rows_of_dots(
    is_vertical: float, along: FloatArray, across: FloatArray
) -> Iterator[tuple[float, float, float, float]]:
    order = np.argsort(across)
    along, across = along[order], across[order]
    line = np.cumsum(np.diff(across, prepend=across[:1]) > PDF.dot_row)
    order = np.lexsort((along, line))
    along, across, line = along[order], across[order], line[order]
    parted = (np.diff(along) > PDF.dot_step) | (np.diff(line) > 0)
    for start, stop in pairwise([0, *(np.flatnonzero(parted) + 1).tolist(), len(along)]):
        if stop - start >= PDF.fewest_dots:
            yield is_vertical, float(across[start]), float(along[start]), float(along[stop - 1])


def covers(boxes: FloatArray, page: BBox) -> BoolArray:
    """Which shapes are the page's own background?"""
    x0, top, x1, bottom = boxes.T
    is_wide, is_high = x1 - x0 > 0.95 * (page[2] - page[0]), bottom - top > 0.95 * (page[3] - page[1])
    return np.asarray(is_wide & is_high, np.bool_)
