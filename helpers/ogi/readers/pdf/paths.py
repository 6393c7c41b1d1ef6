"""Page objects through pdfium, all of a page at once: which are painted, their bounds, clips and strokes.

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
from ogi.readers.pdf.sheet import BBox, Matrix

_RECTANGLE = (4, 5)
"""Segments of a rectangle as a clip; three of its corners tell where it is."""

_draw_mode, _bounds = bare(pdfium.FPDFPath_GetDrawMode), bare(pdfium.FPDFPageObj_GetBounds)
_clip, _clips = bare(pdfium.FPDFPageObj_GetClipPath), bare(pdfium.FPDFClipPath_CountPaths)
_clip_segments = bare(pdfium.FPDFClipPath_CountPathSegments)
_clip_segment = bare(pdfium.FPDFClipPath_GetPathSegment)
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


def unclipped(objects: Sequence[int], matrix: Matrix, visible: BBox) -> FloatArray:
    """The part of the visible page in which each object shows, a row each."""
    within = np.tile(np.array(visible), (len(objects), 1))
    clips = [(at, clip, i) for at, clip in enumerate(map(_clip, objects)) for i in range(_clips(clip))]
    counts = [_clip_segments(clip, i) for _, clip, i in clips]
    told = [(*clip, n) for clip, n in zip(clips, counts, strict=True) if 0 < n <= PDF.most_segments]
    if not told:
        return within
    corners = [3 if count in _RECTANGLE else count for *_, count in told]
    segments = [
        _clip_segment(clip, i, n)
        for (_, clip, i, _), most in zip(told, corners, strict=True)
        for n in range(most)
    ]
    points = np.zeros((len(segments), 2), np.float32)
    list(map(_point, segments, *columns_of(points)))
    ends = np.stack(matrix.point(*points.astype(float).T), axis=1)
    owner, starts = [at for at, *_ in told], np.cumsum([0, *corners[:-1]])
    np.maximum.at(within[:, :2], owner, np.minimum.reduceat(ends, starts))
    np.minimum.at(within[:, 2:], owner, np.maximum.reduceat(ends, starts))
    return within


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
