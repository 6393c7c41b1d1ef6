"""What is drawn on a page, through pdfium: ruling lines, shaded areas, whether some text may be unseen."""

from __future__ import annotations

import math
from collections.abc import Sequence
from ctypes import c_float, c_int, c_uint
from dataclasses import dataclass, field
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

from helpers.readers.pdf.hidden import Lid, Run, covering
from helpers.readers.pdf.images import image_of
from helpers.readers.pdf.marks import Image, Rule
from helpers.readers.pdf.outlines import Outlines, Place, matrix_of
from helpers.readers.pdf.sheet import BBox, Matrix, holds, overlap
from helpers.readers.pdf.strokes import THIN, Floats, covers, lines

MAX_OBJECTS = 60_000
"""Drawn objects looked at on one page; a report has some hundreds, a map or a plan may have millions."""
_MAX_DEPTH = 8
_NO_WIDTH = 0.001
WHITE = 250
"""Red, green and blue from here on (of 255) are taken for white."""

NO_INK = (pdfium.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium.FPDF_TEXTRENDERMODE_CLIP)
_NO_TEXT = pdfium.FPDF_TEXTRENDERMODE_UNKNOWN
_PATH, _FORM, _IMAGE = pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_FORM, pdfium.FPDF_PAGEOBJ_IMAGE


class _Path(NamedTuple):
    """A painted path: its bounds in its holder's space, what of it shows on paper, how many paths clip it.

    `lid`: when it is painted, where it is filled and nothing shines through; else 0.
    """

    obj: Any
    left: float
    bottom: float
    right: float
    top: float
    shows: bool
    shows_fill: bool
    clips: bool
    lid: int


@dataclass
class Drawing:
    """Ruling lines, areas filled with a colour or a picture, the pictures; `unseen`: some text may not show.

    `hidden`: how many runs of text do not show at all; `lids_over`: what hides parts of others.

    `lost`: where text begins that pdfium does not give, since its font is not in the file nor on the machine.
    """

    rules: list[Rule] = field(default_factory=list)
    shades: list[BBox] = field(default_factory=list)
    images: list[Image] = field(default_factory=list)
    lost: list[Place] = field(default_factory=list)
    hidden: int = 0
    lids_over: dict[int, list[BBox]] = field(default_factory=dict)
    unseen: bool = False
    overfull: bool = False


def read_drawing(document: Any, page: Any, sheet: Matrix, visible: BBox) -> Drawing:
    """Walk a page's objects, those inside forms too, at most MAX_OBJECTS; takes off text that does not show.

    `document` and `page` are pdfium's handles; the page's text must not be open yet.
    """
    walker = _Walker(visible)
    walker.walk(page, pdfium.FPDFPage_CountObjects, pdfium.FPDFPage_GetObject, sheet, 0)
    drawing = walker.drawing
    if drawing.unseen or walker.lids:
        walker.hide(document, page)
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
        self.lids: list[Lid] = []
        self._runs: list[tuple[list[Run], Matrix]] = []
        self._order, self._first_run = 0, math.inf
        self._bounds = [c_float() for _ in range(4)]
        self._colour = [c_uint() for _ in range(4)]
        self._fill, self._stroke = c_int(), c_int()
        self._outlines = Outlines()

    def walk(
        self, holder: Any, count: Any, get: Any, matrix: Matrix, depth: int, *, clear: bool = False
    ) -> None:
        """Read the objects of a page or a form; `clear`: does what is below shine through the form?"""
        total = count(holder)
        self.left -= total
        if self.left < 0 or depth > _MAX_DEPTH:
            self.drawing.overfull = self.drawing.unseen = True  # what was not looked at may be unseen
            return
        paths: list[_Path] = []
        runs: list[Run] = []
        self._runs.append((runs, matrix))
        form = holder if depth else None
        (left, bottom, right, top), (red, green, blue, alpha) = self._bounds, self._colour
        for index in range(total):
            obj = get(holder, index)
            self._order += 1
            ink = FPDFTextObj_GetTextRenderMode(obj)
            if ink != _NO_TEXT:
                known = FPDFPageObj_GetFillColor(obj, *self._colour)
                bare, pale = ink in NO_INK or (known and alpha.value == 0), known and red.value >= WHITE
                pale = pale and green.value >= WHITE and blue.value >= WHITE
                if bare or pale:
                    self.drawing.unseen = True  # perhaps: each character will be looked at
                FPDFPageObj_GetBounds(obj, *self._bounds)
                x0, x1 = left.value, right.value
                if x1 - x0 < _NO_WIDTH and self._is_lost(obj):
                    self.drawing.lost.append(matrix.point(x0, bottom.value))
                self._first_run = min(self._first_run, self._order)
                runs.append(Run(obj, x0, bottom.value, x1, top.value, self._order, form, bare, pale))
                continue
            kind = FPDFPageObj_GetType(obj)
            if kind == _PATH:
                self._path(obj, paths, clear=clear)
            elif kind == _FORM:
                inner = matrix.after(matrix_of(obj))
                inside = pdfium.FPDFFormObj_CountObjects, pdfium.FPDFFormObj_GetObject
                through = clear or bool(pdfium.FPDFPageObj_HasTransparency(obj))
                self.walk(obj, *inside, inner, depth + 1, clear=through)
            elif kind == _IMAGE:
                self.drawing.images.append(image_of(obj, matrix, self.visible))
                self.drawing.shades.append(self.drawing.images[-1].box)
                if not clear and self._order > self._first_run:
                    self.lids.append(Lid(obj, self.drawing.images[-1].box, self._order, is_image=True))
        self._draw(paths, matrix)

    def hide(self, document: Any, page: Any) -> None:
        """Take off the text that does not show, and tell what hides parts of the rest."""
        runs = [run for found, _ in self._runs for run in found]
        if not runs:
            return
        boxes = np.concatenate([_boxes(found, matrix) for found, matrix in self._runs])
        found = covering(runs, boxes, self.lids, self.drawing.shades, document)
        found.take_off(page)
        self.drawing.hidden, self.drawing.lids_over = len(found.hidden), found.lids_over
        self.drawing.unseen |= bool(found.hidden or found.lids_over)

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

    def _path(self, obj: Any, paths: list[_Path], *, clear: bool) -> None:
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
        lid = self._order if filled and not clear else 0
        box = left.value, bottom.value, right.value, top.value
        paths.append(_Path(obj, *box, shows, shows_fill, clips, lid))

    def _draw(self, paths: list[_Path], matrix: Matrix) -> None:
        """Thin shapes are lines; of others the outline is, and the inside is shaded where it is filled."""
        boxes = _boxes(paths, matrix)
        within = np.tile(np.array(self.visible), (len(paths), 1))
        for index, path in enumerate(paths):
            if path.clips:
                within[index] = self._outlines.unclipped(path.obj, matrix, self.visible)
        shows = np.array([path.shows for path in paths], bool)
        thin = np.minimum(boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1]) <= THIN
        self.drawing.rules += lines(boxes[thin & shows], within[thin & shows])
        self.white += lines(boxes[thin & ~shows], within[thin & ~shows])
        for index in np.flatnonzero(~thin & shows).tolist():
            self._shape(paths[index], boxes[index].tolist(), within[index].tolist(), matrix)
        later = np.array([path.lid for path in paths]) > self._first_run
        for index in np.flatnonzero(~thin & later).tolist():
            seen = overlap(boxes[index].tolist(), within[index].tolist())
            self.lids.append(Lid(paths[index].obj, seen, paths[index].lid, is_image=False))

    def _shape(self, path: _Path, box: BBox, within: BBox, matrix: Matrix) -> None:
        if path.shows_fill:
            self.drawing.shades.append(overlap(box, within))
        if not covers(box, self.visible):
            strokes = list(self._outlines.strokes(path.obj, matrix))
            self.drawing.rules += lines(np.array(strokes).reshape(-1, 4), np.array([within] * len(strokes)))


def _boxes(paths: Sequence[_Path] | Sequence[Run], matrix: Matrix) -> Floats:
    """The upright box around each path or run of text, on the page."""
    left, bottom, right, top = np.array([path[1:5] for path in paths], float).reshape(-1, 4).T
    a, b, c, d, e, f = matrix
    xs = np.array([a * x + c * y + e for x in (left, right) for y in (bottom, top)])
    ys = np.array([b * x + d * y + f for x in (left, right) for y in (bottom, top)])
    return np.stack((xs.min(0), ys.min(0), xs.max(0), ys.max(0)), axis=1)
