"""Page objects through pdfium, all of a page at once: which are painted, their bounds and strokes.

A call for each point costs more than the rest of reading a page.
"""

from __future__ import annotations

from collections.abc import Sequence
from ctypes import addressof
from itertools import chain, repeat
from typing import Any

import numpy as np
import pypdfium2.raw as pdfium

from ogi.arrays import BoolArray, FloatArray, IndexArray
from ogi.readers.pdf.quick import bare, columns_of
from ogi.readers.pdf.settings import PDF
from ogi.readers.pdf.sheet import Matrix

_draw_mode, _bounds = bare(pdfium.FPDFPath_GetDrawMode), bare(pdfium.FPDFPageObj_GetBounds)
_segments, _segment = bare(pdfium.FPDFPath_CountSegments), bare(pdfium.FPDFPath_GetPathSegment)
_kind, _closes = bare(pdfium.FPDFPathSegment_GetType), bare(pdfium.FPDFPathSegment_GetClose)
_point, _matrix = bare(pdfium.FPDFPathSegment_GetPoint), bare(pdfium.FPDFPageObj_GetMatrix)


def painted(objects: Sequence[int]) -> tuple[list[int], BoolArray]:
    """Those of some paths that are filled or stroked, and which of them are stroked."""
    modes = np.zeros((len(objects), 2), np.int32)
    list(map(_draw_mode, objects, *columns_of(modes)))
    kept = modes.any(axis=1)
    return [objects[index] for index in np.flatnonzero(kept).tolist()], modes[kept, 1] != 0


def bounds_of(objects: Sequence[int]) -> FloatArray:
    """Left, bottom, right and top of page objects, a row each."""
    bounds = np.zeros((len(objects), 4), np.float32)
    list(map(_bounds, objects, *columns_of(bounds)))
    return bounds.astype(float)


def strokes(objects: Sequence[int], matrix: Matrix) -> tuple[FloatArray, IndexArray]:
    """The upright strokes of paths, and thin subpaths as one each; the place of each path in `objects`."""
    counts = np.array(list(map(_segments, objects)), int)
    counts[counts > PDF.most_segments] = 0
    if not counts.any():
        return np.zeros((0, 4)), np.zeros(0, np.intp)
    owner = np.repeat(np.arange(len(objects)), counts)
    of_path, numbers = map(repeat, objects, counts.tolist()), map(range, counts.tolist())
    segments = list(map(_segment, chain.from_iterable(of_path), chain.from_iterable(numbers)))
    x, y = _points(objects, segments, owner, matrix)
    begins = np.array(list(map(_kind, segments))) == pdfium.FPDF_SEGMENT_MOVETO
    begins[0] = True
    begins[1:] |= owner[1:] != owner[:-1]
    part = np.cumsum(begins) - 1
    closed = np.flatnonzero(list(map(_closes, segments)))
    # A closed subpath ends where it began
    order = np.insert(np.arange(len(segments)), closed + 1, np.flatnonzero(begins)[part[closed]])
    boxes, part = _straight(x[order], y[order], part[order])
    return boxes, owner[begins][part]


def _points(
    objects: Sequence[int], segments: Sequence[int], owner: IndexArray, matrix: Matrix
) -> tuple[FloatArray, FloatArray]:
    """Where the points of segments lie on the page. `owner`: the place of each one's path in `objects`."""
    points, matrices = np.zeros((len(segments), 2), np.float32), np.zeros((len(objects), 6), np.float32)
    list(map(_point, segments, *columns_of(points)))
    list(map(_matrix, objects, next(columns_of(matrices))))
    placed: Any = matrix.after(Matrix(*matrices[owner].astype(float).T))
    x, y = placed.point(*points.astype(float).T)
    return x, y


def _straight(x: FloatArray, y: FloatArray, part: IndexArray) -> tuple[FloatArray, IndexArray]:
    """The boxes of thin subpaths, and of the level and upright edges of others; the subpath of each."""
    starts = np.flatnonzero(np.diff(part, prepend=-1))
    wholes = np.stack(
        [end.reduceat(side, starts) for end in (np.minimum, np.maximum) for side in (x, y)], axis=1
    )
    thin = (wholes[:, 2:] - wholes[:, :2]).min(axis=1) <= PDF.thin
    edges = np.stack(
        [end(side[1:], side[:-1]) for end in (np.minimum, np.maximum) for side in (x, y)], axis=1
    )
    sizes = edges[:, 2:] - edges[:, :2]
    straight = sizes.min(axis=1) <= PDF.slant * sizes.max(axis=1)
    straight &= (part[1:] == part[:-1]) & ~thin[part[1:]]
    parts = np.concatenate((np.flatnonzero(thin), part[1:][straight]))
    order = np.argsort(parts, kind="stable")
    return np.concatenate((wholes[thin], edges[straight]))[order], parts[order]


def matrix_of(obj: int) -> Matrix:
    """The matrix of a page object."""
    found = pdfium.FS_MATRIX()
    _matrix(obj, addressof(found))
    return Matrix(found.a, found.b, found.c, found.d, found.e, found.f)
