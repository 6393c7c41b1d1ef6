"""The points of paths through pdfium: an outline's straight strokes, what of a page a clip leaves."""

from __future__ import annotations

from collections.abc import Iterator
from ctypes import addressof, c_float
from itertools import pairwise

import pypdfium2.raw as pdfium

from ogi.readers.pdf.quick import bare, places
from ogi.readers.pdf.settings import PDF
from ogi.readers.pdf.sheet import BBox, Matrix, overlap

_RECTANGLE = (4, 5)
"""Segments of a rectangle as a clip; three of its corners tell where it is."""

_clip, _clips = bare(pdfium.FPDFPageObj_GetClipPath), bare(pdfium.FPDFClipPath_CountPaths)
_clip_segments = bare(pdfium.FPDFClipPath_CountPathSegments)
_clip_segment = bare(pdfium.FPDFClipPath_GetPathSegment)
_segments, _segment = bare(pdfium.FPDFPath_CountSegments), bare(pdfium.FPDFPath_GetPathSegment)
_kind, _closes = bare(pdfium.FPDFPathSegment_GetType), bare(pdfium.FPDFPathSegment_GetClose)
_point, _matrix = bare(pdfium.FPDFPathSegment_GetPoint), bare(pdfium.FPDFPageObj_GetMatrix)


class Outlines:
    """Reads points into buffers made once."""

    def __init__(self) -> None:
        self._xy = (c_float * 2)()
        self._to_xy = places(self._xy)

    def unclipped(self, obj: int, matrix: Matrix, visible: BBox) -> BBox:
        """The part of the visible page in which the object shows."""
        clip = _clip(obj)
        for index in range(_clips(clip)):
            count = _clip_segments(clip, index)
            if count > PDF.most_segments:
                continue
            corners = 3 if count in _RECTANGLE else count
            segments = [_clip_segment(clip, index, i) for i in range(corners)]
            points = [self._point(segment, matrix) for segment in segments]
            if points:
                xs, ys = [x for x, _ in points], [y for _, y in points]
                visible = overlap(visible, (min(xs), min(ys), max(xs), max(ys)))
        return visible

    def _point(self, segment: int, matrix: Matrix) -> tuple[float, float]:
        _point(segment, *self._to_xy)
        return matrix.point(*self._xy)

    def strokes(self, obj: int, matrix: Matrix) -> Iterator[BBox]:
        """The upright strokes of a path, and its thin parts as one each."""
        count = _segments(obj)
        if count > PDF.most_segments:
            return
        placed = matrix.after(matrix_of(obj))
        for points in self._parts(obj, count, placed):
            xs, ys = [x for x, _ in points], [y for _, y in points]
            box = (min(xs), min(ys), max(xs), max(ys))
            if min(box[2] - box[0], box[3] - box[1]) <= PDF.thin:
                yield box
                continue
            for (x0, y0), (x1, y1) in pairwise(points):
                width, height = abs(x1 - x0), abs(y1 - y0)
                if min(width, height) <= PDF.slant * max(width, height):
                    yield min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)

    def _parts(self, obj: int, count: int, matrix: Matrix) -> list[list[tuple[float, float]]]:
        """The points of each subpath, a closed one ending where it began."""
        parts: list[list[tuple[float, float]]] = []
        for index in range(count):
            segment = _segment(obj, index)
            if not parts or _kind(segment) == pdfium.FPDF_SEGMENT_MOVETO:
                parts.append([])
            parts[-1].append(self._point(segment, matrix))
            if _closes(segment):
                parts[-1].append(parts[-1][0])
        return parts


def matrix_of(obj: int) -> Matrix:
    """The matrix of a page object."""
    found = pdfium.FS_MATRIX()
    _matrix(obj, addressof(found))
    return Matrix(found.a, found.b, found.c, found.d, found.e, found.f)
