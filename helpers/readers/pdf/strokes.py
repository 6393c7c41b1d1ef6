"""Thin boxes → ruling lines, as far as they show."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from helpers.readers.pdf.marks import Rule
from helpers.readers.pdf.sheet import BBox

THIN = 4.0
"""A shape no wider than this (points) is a line, whether drawn as a stroke or as a filled rectangle."""
_SHORTEST = 1.0

Floats = NDArray[np.float64]


def lines(boxes: Floats, within: Floats) -> list[Rule]:
    """The middle line of each thin box, as far as it shows."""
    if not len(boxes):
        return []
    x0, top, x1, bottom = boxes.T
    left, high, right, low = within.T
    is_down = x1 - x0 < bottom - top
    at = np.where(is_down, (x0 + x1) / 2, (top + bottom) / 2)
    start = np.where(is_down, np.maximum(top, high), np.maximum(x0, left))
    end = np.where(is_down, np.minimum(bottom, low), np.minimum(x1, right))
    first, last = np.where(is_down, left, high), np.where(is_down, right, low)
    kept = (end - start >= _SHORTEST) & (at >= first - THIN) & (at <= last + THIN)
    return list(map(Rule, *(values[kept].tolist() for values in (is_down, at, start, end))))


def covers(box: BBox, page: BBox) -> bool:
    """Is a shape the page's own background?"""
    return box[2] - box[0] > 0.95 * (page[2] - page[0]) and box[3] - box[1] > 0.95 * (page[3] - page[1])
