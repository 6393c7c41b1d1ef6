"""What is drawn on a page, through pdfium: ruling lines, shaded areas, whether some text may be unseen."""

from __future__ import annotations

from collections.abc import Iterable
from ctypes import c_float, c_int, c_uint
from dataclasses import dataclass, field
from itertools import count
from typing import Any, NamedTuple

import numpy as np
import pypdfium2.raw as pdfium

from helpers.readers.pdf.hidden import Lid, Texts, covering
from helpers.readers.pdf.images import image_of
from helpers.readers.pdf.marks import Image, Rule
from helpers.readers.pdf.outlines import Outlines, Place, matrix_of
from helpers.readers.pdf.quick import address, bare, places
from helpers.readers.pdf.sheet import BBox, Matrix, holds, overlap
from helpers.readers.pdf.strokes import THIN, Floats, covers, dotted, lines, sides

MAX_OBJECTS = 60_000
"""Drawn objects looked at on one page; a report has some hundreds, a map or a plan may have millions."""
_MAX_DEPTH = 8
_NO_WIDTH = 0.001
WHITE = 250
"""Red, green and blue from here on (of 255) are taken for white."""

NO_INK = (pdfium.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium.FPDF_TEXTRENDERMODE_CLIP)
_NO_TEXT = pdfium.FPDF_TEXTRENDERMODE_UNKNOWN
_count_on_page, _on_page = bare(pdfium.FPDFPage_CountObjects), bare(pdfium.FPDFPage_GetObject)
_count_in_form, _in_form = bare(pdfium.FPDFFormObj_CountObjects), bare(pdfium.FPDFFormObj_GetObject)
_kind, _bounds = bare(pdfium.FPDFPageObj_GetType), bare(pdfium.FPDFPageObj_GetBounds)
_fill, _stroke = bare(pdfium.FPDFPageObj_GetFillColor), bare(pdfium.FPDFPageObj_GetStrokeColor)
_render_mode, _draw_mode = bare(pdfium.FPDFTextObj_GetTextRenderMode), bare(pdfium.FPDFPath_GetDrawMode)
_clip, _clips = bare(pdfium.FPDFPageObj_GetClipPath), bare(pdfium.FPDFClipPath_CountPaths)
_is_clear = bare(pdfium.FPDFPageObj_HasTransparency)
_font, _is_embedded = bare(pdfium.FPDFTextObj_GetFont), bare(pdfium.FPDFFont_GetIsEmbedded)
_PATH, _FORM, _IMAGE = pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_FORM, pdfium.FPDF_PAGEOBJ_IMAGE


class _Path(NamedTuple):
    """A painted path: its bounds in its holder's space, what of it shows on paper, how many paths clip it.

    `lid`: how many runs of text are below it, where it is filled and nothing shines through; else 0.
    """

    obj: int
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
    walker.walk(address(page), _count_on_page, _on_page, sheet, 0)
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
    """Reads objects one by one into buffers made once. `white`: lines not seen on paper."""

    def __init__(self, visible: BBox) -> None:
        self.visible = visible
        self.drawing = Drawing()
        self.white: list[Rule] = []
        self.left = MAX_OBJECTS
        self.lids: list[Lid] = []
        self._runs: list[tuple[int, int, int | None, bool, bool]] = []
        """Text objects: address, number of the matrix, form, whether without ink, whether white."""
        self._matrices: list[Matrix] = []
        self._fonts: dict[int, int] = {}
        """Font → 1 where it is in the file."""
        self._bounds, self._colour, self._mode = (c_float * 4)(), (c_uint * 4)(), (c_int * 2)()
        self._to_bounds, self._to_colour = places(self._bounds), places(self._colour)
        self._to_mode = places(self._mode)
        self._outlines = Outlines()

    def walk(
        self, holder: int, members: Any, get: Any, matrix: Matrix, depth: int, *, clear: bool = False
    ) -> None:
        """Read the objects of a page or a form; `clear`: does what is below shine through the form?"""
        total = members(holder)
        self.left -= total
        if self.left < 0 or depth > _MAX_DEPTH:
            self.drawing.overfull = self.drawing.unseen = True  # what was not looked at may be unseen
            return
        paths: list[_Path] = []
        level, form = len(self._matrices), holder if depth else None
        self._matrices.append(matrix)
        runs, fonts, colour, to_colour = self._runs, self._fonts, self._colour, self._to_colour
        for index in range(total):
            obj = get(holder, index)
            ink = _render_mode(obj)
            if ink != _NO_TEXT:
                known = _fill(obj, *to_colour)
                is_bare = ink in NO_INK or (known and colour[3] == 0)
                is_pale = known and colour[0] >= WHITE and colour[1] >= WHITE and colour[2] >= WHITE
                if is_bare or is_pale:
                    self.drawing.unseen = True  # perhaps: each character will be looked at
                font = _font(obj)
                if font not in fonts:
                    fonts[font] = _is_embedded(font)
                if fonts[font] != 1:
                    self._note_lost(obj, matrix)
                runs.append((obj, level, form, is_bare, is_pale))
                continue
            kind = _kind(obj)
            if kind == _PATH:
                self._path(obj, paths, clear=clear)
            elif kind == _FORM:
                inner, through = matrix.after(matrix_of(obj)), clear or bool(_is_clear(obj))
                self.walk(obj, _count_in_form, _in_form, inner, depth + 1, clear=through)
            elif kind == _IMAGE:
                self.drawing.images.append(image_of(obj, matrix, self.visible))
                self.drawing.shades.append(self.drawing.images[-1].box)
                if not clear and runs:
                    self.lids.append(Lid(obj, self.drawing.images[-1].box, len(runs), is_image=True))
        self._draw(paths, matrix)

    def hide(self, document: Any, page: Any) -> None:
        """Take off the text that does not show, and tell what hides parts of the rest."""
        if not self._runs:
            return
        objects, levels, forms, bare_ones, pale_ones = zip(*self._runs, strict=True)
        found = np.zeros((len(objects), 4), np.float32)
        start, step = found.ctypes.data, found.strides[0]
        list(map(_bounds, objects, *(count(start + side, step) for side in range(0, step, step // 4))))
        boxes = _boxes(found.astype(float), np.array(self._matrices)[list(levels)].T)
        texts = Texts(objects, forms, boxes, np.array(bare_ones, bool), np.array(pale_ones, bool))
        hidden = covering(texts, self.lids, self.drawing.shades, document)
        hidden.take_off(page)
        self.drawing.hidden, self.drawing.lids_over = len(hidden.hidden), hidden.lids_over
        self.drawing.unseen |= bool(hidden.hidden or hidden.lids_over)

    def _note_lost(self, obj: int, matrix: Matrix) -> None:
        """Keep where text begins that pdfium passes over, since it has no width, for want of its font."""
        _bounds(obj, *self._to_bounds)
        left, bottom, right, _ = self._bounds
        if right - left < _NO_WIDTH and _render_mode(obj) not in NO_INK and self._shows(_fill, obj):
            self.drawing.lost.append(matrix.point(left, bottom))

    def _shows(self, colour_of: Any, obj: int) -> bool:
        """Is the colour one that shows on white paper? A pattern, which has no one colour, does."""
        if not colour_of(obj, *self._to_colour):
            return True
        red, green, blue, alpha = self._colour
        return alpha > 0 and (red < WHITE or green < WHITE or blue < WHITE)

    def _path(self, obj: int, paths: list[_Path], *, clear: bool) -> None:
        """Add the path where it is painted at all."""
        _draw_mode(obj, *self._to_mode)
        filled, stroked = self._mode
        if not filled and not stroked:
            return
        _bounds(obj, *self._to_bounds)
        left, bottom, right, top = self._bounds
        shows_fill = filled != 0 and self._shows(_fill, obj)
        shows = shows_fill or (stroked != 0 and self._shows(_stroke, obj))
        clips = _clips(_clip(obj)) > 0
        lid = len(self._runs) if filled and not clear else 0
        paths.append(_Path(obj, left, bottom, right, top, shows, shows_fill, clips, lid))

    def _draw(self, paths: list[_Path], matrix: Matrix) -> None:
        """Thin shapes are lines; of others the outline is, and the inside is shaded where it is filled."""
        boxes = _boxes(np.array([path[1:5] for path in paths], float).reshape(-1, 4), matrix)
        within = np.tile(np.array(self.visible), (len(paths), 1))
        for index, path in enumerate(paths):
            if path.clips:
                within[index] = self._outlines.unclipped(path.obj, matrix, self.visible)
        shows = np.array([path.shows for path in paths], bool)
        thin = np.minimum(boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1]) <= THIN
        self.drawing.rules += lines(boxes[thin & shows], within[thin & shows])
        self.drawing.rules += dotted(boxes[thin & shows], within[thin & shows])
        self.white += lines(boxes[thin & ~shows], within[thin & ~shows])
        for index in np.flatnonzero(~thin & shows).tolist():
            self._shape(paths[index], boxes[index].tolist(), within[index].tolist(), matrix)
        if self.drawing.shades:
            self.white += sides(boxes[~thin & ~shows], within[~thin & ~shows])
        above = np.array([path.lid for path in paths]) > 0
        for index in np.flatnonzero(~thin & above).tolist():
            seen = overlap(boxes[index].tolist(), within[index].tolist())
            self.lids.append(Lid(paths[index].obj, seen, paths[index].lid, is_image=False))

    def _shape(self, path: _Path, box: BBox, within: BBox, matrix: Matrix) -> None:
        if path.shows_fill:
            self.drawing.shades.append(overlap(box, within))
        if not covers(box, self.visible):
            strokes = list(self._outlines.strokes(path.obj, matrix))
            self.drawing.rules += lines(np.array(strokes).reshape(-1, 4), np.array([within] * len(strokes)))


def _boxes(bounds: Floats, matrix: Iterable[Any]) -> Floats:
    """The upright boxes on the page around bounds; a number for all or one for each at a matrix's places."""
    left, bottom, right, top = bounds.T
    a, b, c, d, e, f = matrix
    xs = np.array([a * x + c * y + e for x in (left, right) for y in (bottom, top)])
    ys = np.array([b * x + d * y + f for x in (left, right) for y in (bottom, top)])
    return np.stack((xs.min(0), ys.min(0), xs.max(0), ys.max(0)), axis=1)
