"""The points of paths through pdfium: an outline's straight strokes, what of a page a clip leaves."""

from __future__ import annotations

from collections.abc import Iterator
from ctypes import c_float
from itertools import pairwise
from typing import Any

import pypdfium2.raw as pdfium
from pypdfium2.raw import FPDFClipPath_CountPaths, FPDFPageObj_GetClipPath

from helpers.readers.pdf.sheet import BBox, Matrix, overlap
from helpers.readers.pdf.strokes import THIN

MAX_SEGMENTS = 400
"""Of one path: a longer one is a picture, no table."""
_RECTANGLE = (4, 5)
"""Segments of a rectangle as a clip; three of its corners tell where it is."""
_SLANT = 0.02

Place = tuple[float, float]


class Outlines:
    """Reads points into buffers made once."""

    def __init__(self) -> None:
        self._x, self._y = c_float(), c_float()

    def unclipped(self, obj: Any, matrix: Matrix, visible: BBox) -> BBox:
        """The part of the visible page in which the object shows."""
        clip = FPDFPageObj_GetClipPath(obj)
        for index in range(FPDFClipPath_CountPaths(clip)):
            count = pdfium.FPDFClipPath_CountPathSegments(clip, index)
            if count > MAX_SEGMENTS:
                continue
            corners = 3 if count in _RECTANGLE else count
            segments = [pdfium.FPDFClipPath_GetPathSegment(clip, index, i) for i in range(corners)]
            points = [self._point(segment, matrix) for segment in segments]
            if points:
                xs, ys = [x for x, _ in points], [y for _, y in points]
                visible = overlap(visible, (min(xs), min(ys), max(xs), max(ys)))
        return visible

    def _point(self, segment: Any, matrix: Matrix) -> Place:
        pdfium.FPDFPathSegment_GetPoint(segment, self._x, self._y)
        return matrix.point(self._x.value, self._y.value)

    def strokes(self, obj: Any, matrix: Matrix) -> Iterator[BBox]:
        """The upright strokes of a path, and its thin parts as one each."""
        count = pdfium.FPDFPath_CountSegments(obj)
        if count > MAX_SEGMENTS:
            return
        placed = matrix.after(matrix_of(obj))
        for points in self._parts(obj, count, placed):
            xs, ys = [x for x, _ in points], [y for _, y in points]
            box = (min(xs), min(ys), max(xs), max(ys))
            if min(box[2] - box[0], box[3] - box[1]) <= THIN:
                yield box
                continue
            for (x0, y0), (x1, y1) in pairwise(points):
                width, height = abs(x1 - x0), abs(y1 - y0)
                if min(width, height) <= _SLANT * max(width, height):
                    yield min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)

    def _parts(self, obj: Any, count: int, matrix: Matrix) -> list[list[Place]]:
        """The points of each subpath, a closed one ending where it began."""
        parts: list[list[Place]] = []
        for index in range(count):
            segment = pdfium.FPDFPath_GetPathSegment(obj, index)
            if not parts or pdfium.FPDFPathSegment_GetType(segment) == pdfium.FPDF_SEGMENT_MOVETO:
                parts.append([])
            parts[-1].append(self._point(segment, matrix))
            if pdfium.FPDFPathSegment_GetClose(segment):
                parts[-1].append(parts[-1][0])
        return parts


def matrix_of(obj: Any) -> Matrix:
    """The matrix of a page object."""
    found = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(obj, found)
    return Matrix(found.a, found.b, found.c, found.d, found.e, found.f)
