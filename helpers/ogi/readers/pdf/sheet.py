"""The visible part of a page, and the way from PDF user space to points from its top left corner."""

from __future__ import annotations

from typing import NamedTuple

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

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Where a point comes to lie."""
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def box(self, left: float, bottom: float, right: float, top: float) -> BBox:
        """The upright box around a box."""
        a, b, c, d, e, f = self
        x0, y0, x1, y1 = (
            a * left + c * bottom + e,
            b * left + d * bottom + f,
            a * right + c * top + e,
            b * right + d * top + f,
        )
        if b == c == 0 or a == d == 0:
            if x0 > x1:
                x0, x1 = x1, x0
            return (x0, y0, x1, y1) if y0 <= y1 else (x0, y1, x1, y0)
        (x2, y2), (x3, y3) = self.point(left, top), self.point(right, bottom)
        return min(x0, x1, x2, x3), min(y0, y1, y2, y3), max(x0, x1, x2, x3), max(y0, y1, y2, y3)

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


def overlap(one: BBox, other: BBox) -> BBox:
    """What two boxes share; turned inside out where they share nothing."""
    return max(one[0], other[0]), max(one[1], other[1]), min(one[2], other[2]), min(one[3], other[3])


def holds(box: BBox, x: float, y: float) -> bool:
    """Does a point lie in a box?"""
    return box[0] <= x < box[2] and box[1] <= y < box[3]
