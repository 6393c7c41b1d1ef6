"""What is drawn on a page, through pdfium: ruling lines, shaded areas, whether some text may be unseen."""

from __future__ import annotations

from collections.abc import Iterator
from ctypes import c_float, c_int, c_uint
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
import pypdfium2.raw as pdfium
from pypdfium2.raw import (
    FPDFClipPath_CountPaths,
    FPDFPageObj_GetBounds,
    FPDFPageObj_GetClipPath,
    FPDFPageObj_GetFillColor,
    FPDFPageObj_GetStrokeColor,
    FPDFPageObj_GetType,
    FPDFPath_GetDrawMode,
    FPDFTextObj_GetTextRenderMode,
)

from helpers.readers.pdf.images import image_of
from helpers.readers.pdf.marks import Image, Rule
from helpers.readers.pdf.sheet import BBox, Matrix, holds, overlap
from helpers.readers.pdf.strokes import THIN, Floats, covers, lines

MAX_OBJECTS = 60_000
"""Drawn objects looked at on one page; a report has some hundreds, a map or a plan may have millions."""
_MAX_DEPTH = 8
_MAX_SEGMENTS = 400
"""Of one path: a longer one is a picture, no table."""
_NO_WIDTH = 0.001
_RECTANGLE = (4, 5)
"""Segments of a rectangle as a clip; three of its corners tell where it is."""
WHITE = 250
"""Red, green and blue from here on (of 255) are taken for white."""
_SLANT = 0.02

NO_INK = (pdfium.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium.FPDF_TEXTRENDERMODE_CLIP)
_NO_TEXT = pdfium.FPDF_TEXTRENDERMODE_UNKNOWN
_PATH, _FORM, _IMAGE = pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_FORM, pdfium.FPDF_PAGEOBJ_IMAGE

Place = tuple[float, float]


class _Path(NamedTuple):
    """A painted path: its bounds in its holder's space, what of it shows on paper, how many paths clip it."""

    obj: Any
    left: float
    bottom: float
    right: float
    top: float
    shows: bool
    shows_fill: bool
    clips: bool


@dataclass
class Drawing:
    """Ruling lines, areas filled with a colour or a picture, the pictures; `unseen`: some text may not show.

    `lost`: where text begins that pdfium does not give, since its font is not in the file nor on the machine.
    """

    rules: list[Rule] = field(default_factory=list)
    shades: list[BBox] = field(default_factory=list)
    images: list[Image] = field(default_factory=list)
    lost: list[Place] = field(default_factory=list)
    unseen: bool = False
    overfull: bool = False


def read_drawing(page: Any, sheet: Matrix, visible: BBox) -> Drawing:
    """Walk a page's objects, those inside forms too, at most MAX_OBJECTS. `page` is pdfium's handle."""
    walker = _Walker(visible)
    walker.walk(page, pdfium.FPDFPage_CountObjects, pdfium.FPDFPage_GetObject, sheet, 0)
    drawing = walker.drawing
    for rule in walker.white:
        middle = (rule.start + rule.end) / 2
        x, y = (rule.at, middle) if rule.is_vertical else (middle, rule.at)
        if any(holds(shade, x, y) for shade in drawing.shades):
            drawing.rules.append(rule)
    return drawing


class _Walker:
    """Reads objects one by one into buffers made once. `white`: lines not seen on paper.

    ctypes takes the buffers themselves for pointers, in half the time that it takes for `byref`.
    """

    def __init__(self, visible: BBox) -> None:
        self.visible = visible
        self.drawing = Drawing()
        self.white: list[Rule] = []
        self.left = MAX_OBJECTS
        self._bounds = [c_float() for _ in range(4)]
        self._colour = [c_uint() for _ in range(4)]
        self._fill, self._stroke = c_int(), c_int()
        self._x, self._y = c_float(), c_float()

    def walk(self, holder: Any, count: Any, get: Any, matrix: Matrix, depth: int) -> None:
        total = count(holder)
        self.left -= total
        if self.left < 0 or depth > _MAX_DEPTH:
            self.drawing.overfull = self.drawing.unseen = True  # what was not looked at may be unseen
            return
        paths: list[_Path] = []
        (left, bottom, right, _), (red, _, _, alpha) = self._bounds, self._colour
        for index in range(total):
            obj = get(holder, index)
            ink = FPDFTextObj_GetTextRenderMode(obj)
            if ink != _NO_TEXT:
                known = FPDFPageObj_GetFillColor(obj, *self._colour)
                if ink in NO_INK or (known and (red.value >= WHITE or alpha.value == 0)):
                    self.drawing.unseen = True  # perhaps: each character will be looked at
                FPDFPageObj_GetBounds(obj, *self._bounds)
                if right.value - left.value < _NO_WIDTH and self._is_lost(obj):
                    self.drawing.lost.append(matrix.point(left.value, bottom.value))
                continue
            kind = FPDFPageObj_GetType(obj)
            if kind == _PATH:
                self._path(obj, paths)
            elif kind == _FORM:
                inner = matrix.after(matrix_of(obj))
                self.walk(
                    obj, pdfium.FPDFFormObj_CountObjects, pdfium.FPDFFormObj_GetObject, inner, depth + 1
                )
            elif kind == _IMAGE:
                self.drawing.images.append(image_of(obj, matrix, self.visible))
                self.drawing.shades.append(self.drawing.images[-1].box)
        self._draw(paths, matrix)

    def _is_lost(self, obj: Any) -> bool:
        """Does pdfium pass over text, since it has no width, only for want of the font that it names?"""
        embedded = pdfium.FPDFFont_GetIsEmbedded(pdfium.FPDFTextObj_GetFont(obj))
        has_ink = FPDFTextObj_GetTextRenderMode(obj) not in NO_INK
        return not embedded and has_ink and self._shows(FPDFPageObj_GetFillColor, obj)

    def _shows(self, colour_of: Any, obj: Any) -> bool:
        """Is the colour one that shows on white paper? A pattern, which has no one colour, does."""
        if not colour_of(obj, *self._colour):
            return True
        red, green, blue, alpha = self._colour
        return alpha.value > 0 and (red.value < WHITE or green.value < WHITE or blue.value < WHITE)

    def _path(self, obj: Any, paths: list[_Path]) -> None:
        """Add the path where it is painted at all."""
        FPDFPath_GetDrawMode(obj, self._fill, self._stroke)
        filled, stroked = self._fill.value, self._stroke.value
        if not filled and not stroked:
            return
        FPDFPageObj_GetBounds(obj, *self._bounds)
        left, bottom, right, top = self._bounds
        shows_fill = filled != 0 and self._shows(FPDFPageObj_GetFillColor, obj)
        shows = shows_fill or (stroked != 0 and self._shows(FPDFPageObj_GetStrokeColor, obj))
        clips = FPDFClipPath_CountPaths(FPDFPageObj_GetClipPath(obj)) > 0
        paths.append(_Path(obj, left.value, bottom.value, right.value, top.value, shows, shows_fill, clips))

    def _draw(self, paths: list[_Path], matrix: Matrix) -> None:
        """Thin shapes are lines; of others the outline is, and the inside is shaded where it is filled."""
        boxes = _boxes(paths, matrix)
        within = np.tile(np.array(self.visible), (len(paths), 1))
        for index, path in enumerate(paths):
            if path.clips:
                within[index] = self._unclipped(path.obj, matrix)
        shows = np.array([path.shows for path in paths], bool)
        thin = np.minimum(boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1]) <= THIN
        self.drawing.rules += lines(boxes[thin & shows], within[thin & shows])
        self.white += lines(boxes[thin & ~shows], within[thin & ~shows])
        for index in np.flatnonzero(~thin & shows).tolist():
            self._shape(paths[index], boxes[index].tolist(), within[index].tolist(), matrix)

    def _shape(self, path: _Path, box: BBox, within: BBox, matrix: Matrix) -> None:
        if path.shows_fill:
            self.drawing.shades.append(overlap(box, within))
        if not covers(box, self.visible):
            strokes = list(self._outline(path.obj, matrix))
            self.drawing.rules += lines(np.array(strokes).reshape(-1, 4), np.array([within] * len(strokes)))

    def _unclipped(self, obj: Any, matrix: Matrix) -> BBox:
        """The part of the page in which the object shows."""
        clip = FPDFPageObj_GetClipPath(obj)
        visible = self.visible
        for index in range(FPDFClipPath_CountPaths(clip)):
            count = pdfium.FPDFClipPath_CountPathSegments(clip, index)
            if count > _MAX_SEGMENTS:
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

    def _outline(self, obj: Any, matrix: Matrix) -> Iterator[BBox]:
        """The upright strokes of a path, and its thin parts as one each."""
        count = pdfium.FPDFPath_CountSegments(obj)
        if count > _MAX_SEGMENTS:
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


def _boxes(paths: list[_Path], matrix: Matrix) -> Floats:
    """The upright box around each path, on the page."""
    left, bottom, right, top = np.array([path[1:5] for path in paths], float).reshape(-1, 4).T
    a, b, c, d, e, f = matrix
    xs = np.array([a * x + c * y + e for x in (left, right) for y in (bottom, top)])
    ys = np.array([b * x + d * y + f for x in (left, right) for y in (bottom, top)])
    return np.stack((xs.min(0), ys.min(0), xs.max(0), ys.max(0)), axis=1)


def matrix_of(obj: Any) -> Matrix:
    """The matrix of a page object."""
    found = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(obj, found)
    return Matrix(found.a, found.b, found.c, found.d, found.e, found.f)
