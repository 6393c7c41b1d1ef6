"""The visible part of a page, and the way from PDF user space to points from its top left corner."""

from __future__ import annotations

from collections.abc import Iterable
from math import inf
from typing import NamedTuple, TypeVar

import numpy as np

from ogi.arrays import FloatArray
from ogi.readers.settings import SETTINGS

_Number = TypeVar("_Number", float, FloatArray)

BBox = tuple[float, float, float, float]
"""x0, top, x1, bottom."""


class Matrix(NamedTuple):
    """An affine map as PDF writes it: x' = a·x + c·y + e, y' = b·x + d·y + f."""

    a: float
    b: float
    c: float
    d: float
    e: float
    f: float

    def point(self, x: _Number, y: _Number) -> tuple[_Number, _Number]:
        """Where a point comes to lie, or each of some."""
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def box(self, left: float, bottom: float, right: float, top: float) -> BBox:
        """The upright box around a box."""
        corners = (self.point(x, y) for x in (left, right) for y in (bottom, top))
        xs, ys = zip(*corners, strict=True)
        return min(xs), min(ys), max(xs), max(ys)

    def boxes(self, bounds: FloatArray) -> FloatArray:
        """The upright boxes around boxes, a row each: (left, bottom, right, top) → (x0, top, x1, bottom)."""
        xs, ys = self.point(bounds[:, [0, 0, 2, 2]], bounds[:, [1, 3, 1, 3]])
        return np.stack((xs.min(1), ys.min(1), xs.max(1), ys.max(1)), axis=1)

    def after(self, inner: Matrix) -> Matrix:
        """First `inner`, then this."""
        a, b = self.a * inner.a + self.c * inner.b, self.b * inner.a + self.d * inner.b
        c, d = self.a * inner.c + self.c * inner.d, self.b * inner.c + self.d * inner.d
        return Matrix(a, b, c, d, *self.point(inner.e, inner.f))


def sheet_matrix(left: float, bottom: float, right: float, top: float, turn: int) -> Matrix:
    """User space → points from the top left corner of the visible box, as displayed.

    `turn`: clockwise degrees, a multiple of 90.
    """
    return {
        0: Matrix(1, 0, 0, -1, -left, top),
        90: Matrix(0, 1, 1, 0, -bottom, -left),
        180: Matrix(-1, 0, 0, 1, right, -bottom),
        270: Matrix(0, -1, -1, 0, top, right),
    }[turn % 360]


def enlargement(width: float, height: float) -> float:
    """How many times a page is drawn larger: up to A4 one that is less than half as large, else once.

    Such a page is A4 counted in a larger UserUnit, which pdfium passes over, or in millimetres by mistake.
    """
    side, usual = max(width, height), SETTINGS.page_size[1]
    return usual / side if 1 <= side < usual / 2 else 1.0


def overlap(one: BBox, other: BBox) -> BBox:
    """What two boxes share; turned inside out where they share nothing."""
    return max(one[0], other[0]), max(one[1], other[1]), min(one[2], other[2]), min(one[3], other[3])


def around(boxes: Iterable[BBox]) -> BBox:
    """The box around some; turned inside out around none."""
    sides = list(zip(*boxes, strict=True)) or [(inf,), (inf,), (-inf,), (-inf,)]
    return min(sides[0]), min(sides[1]), max(sides[2]), max(sides[3])


def holds(box: BBox, x: float, y: float) -> bool:
    """Does a point lie in a box?"""
    return box[0] <= x < box[2] and box[1] <= y < box[3]
