"""What is drawn on a page, through pdfium: ruling lines, shaded areas, whether some text may be unseen."""

from __future__ import annotations

from ctypes import c_float, c_int, c_uint
from itertools import count
from typing import Any, NamedTuple

import numpy as np
import pypdfium2.raw as pdfium

from helpers.readers.pdf.grounds import FAINT, OPAQUE, WHITE, Colour, Ground, alike_grounds, doubtful
from helpers.readers.pdf.hidden import Lid, Texts, covering
from helpers.readers.pdf.images import image_of
from helpers.readers.pdf.marks import Drawing, Rule
from helpers.readers.pdf.outlines import Outlines, matrix_of
from helpers.readers.pdf.quick import address, bare, places
from helpers.readers.pdf.sheet import BBox, Matrix, holds, overlap
from helpers.readers.pdf.strokes import THIN, covers, dotted, lines, sides, upright

MAX_OBJECTS = 60_000
"""Drawn objects looked at on one page; a report has some hundreds, a map or a plan may have millions."""
_MAX_DEPTH = 8
_NO_WIDTH = 0.001

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
_SHADING = pdfium.FPDF_PAGEOBJ_SHADING


class _Path(NamedTuple):
    """A painted path: its bounds in its holder's space, what of it shows on paper, whether it is clipped.

    `below`: how many runs of text are painted before it; `is_filled`: so that it may hide them or bear some.
    """

    obj: int
    left: float
    bottom: float
    right: float
    top: float
    shows: bool
    shows_fill: bool
    clips: bool
    below: int
    is_filled: bool
    ink: Colour | None


def read_drawing(
    document: Any, page: Any, sheet: Matrix, visible: BBox, *, has_layers_off: bool = False
) -> Drawing:
    """Walk a page's objects, those inside forms too, at most MAX_OBJECTS; takes off text that does not show.

    `document` and `page` are pdfium's handles; the page's text must not be open yet.
    """
    walker = _Walker(visible)
    walker.walk(address(page), _count_on_page, _on_page, sheet, 0)
    drawing = walker.drawing
    if drawing.unseen or walker.lids or has_layers_off or walker.alike():
        walker.hide(document, page, has_layers_off=has_layers_off)
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
        self._grounds: list[Ground] = []
        self._runs: list[tuple[int, int, int | None, bool, bool, Colour | None]] = []
        """Text objects: address, number of the matrix, form, whether without ink, whether white, colour."""
        self._matrices: list[Matrix] = []
        self._fonts: dict[int, int] = {}
        """Font → 1 where it is in the file."""
        self._bounds, self._colour, self._mode = (c_float * 4)(), (c_uint * 4)(), (c_int * 2)()
        self._to_bounds, self._to_colour = places(self._bounds), places(self._colour)
        self._to_mode = places(self._mode)
        self._opaque: Colour | None = None
        """The colour last looked at, where it has no share of what is below it."""
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
                is_bare = ink in NO_INK or (known and colour[3] <= FAINT)
                is_pale = known and colour[0] >= WHITE and colour[1] >= WHITE and colour[2] >= WHITE
                if is_bare or is_pale:
                    self.drawing.unseen = True  # perhaps: each character will be looked at
                font = _font(obj)
                if font not in fonts:
                    fonts[font] = _is_embedded(font)
                if fonts[font] != 1:
                    self._note_lost(obj, matrix)
                    self.drawing.foreign.add(obj)
                own = (colour[0], colour[1], colour[2]) if known else None
                runs.append((obj, level, form, is_bare, is_pale, own))
                continue
            kind = _kind(obj)
            if kind == _PATH:
                self._path(obj, paths)
            elif kind == _FORM:
                inner, through = matrix.after(matrix_of(obj)), clear or bool(_is_clear(obj))
                self.walk(obj, _count_in_form, _in_form, inner, depth + 1, clear=through)
            elif kind == _IMAGE:
                self.drawing.images.append(image_of(obj, matrix, self.visible))
                self._stands_on(self.drawing.images[-1].box)
                if not clear and runs:
                    self.lids.append(Lid(obj, self.drawing.images[-1].box, len(runs), is_image=True))
            elif kind == _SHADING:
                _bounds(obj, *self._to_bounds)
                self._stands_on(overlap(matrix.box(*self._bounds), self.visible))
        self._draw(paths, matrix, clear=clear)

    def _stands_on(self, box: BBox) -> None:
        """Note a picture or gradient, which has no one colour."""
        self.drawing.shades.append(box)
        self._grounds.append(Ground(box, None, len(self._runs)))

    def alike(self) -> list[Ground]:
        """What is below text, perhaps, and may have its colour."""
        return alike_grounds([run[-1] for run in self._runs], self._grounds) if self._grounds else []

    def hide(self, document: Any, page: Any, *, has_layers_off: bool) -> None:
        """Take off the text that does not show, and tell what hides parts of the rest, or may do so."""
        if not self._runs:
            return
        objects, levels, forms, bare_ones, pale_ones, colours = zip(*self._runs, strict=True)
        found = np.zeros((len(objects), 4), np.float32)
        start, step = found.ctypes.data, found.strides[0]
        list(map(_bounds, objects, *(count(start + side, step) for side in range(0, step, step // 4))))
        boxes = upright(found.astype(float), np.array(self._matrices)[list(levels)].T)
        texts = Texts(objects, forms, boxes, np.array(bare_ones, bool), np.array(pale_ones, bool))
        hidden = covering(texts, self.lids, self.drawing.shades, document)
        hidden.take_off(page)
        self.drawing.hidden, self.drawing.lids_over = len(hidden.hidden), hidden.lids_over
        doubted = doubtful(colours, boxes, self._grounds)
        if has_layers_off:
            doubted |= True
        self.drawing.doubted = {objects[index] for index in np.flatnonzero(doubted).tolist()}
        self.drawing.doubted -= self.drawing.foreign
        self.drawing.unseen |= bool(hidden.hidden or hidden.lids_over or self.drawing.doubted)

    def _note_lost(self, obj: int, matrix: Matrix) -> None:
        """Keep where text begins that pdfium passes over, since it has no width, for want of its font."""
        _bounds(obj, *self._to_bounds)
        left, bottom, right, _ = self._bounds
        if right - left < _NO_WIDTH and _render_mode(obj) not in NO_INK and self._shows(_fill, obj):
            self.drawing.lost.append(matrix.point(left, bottom))

    def _shows(self, colour_of: Any, obj: int) -> bool:
        """Is the colour one that shows on white paper? A pattern, which has no one colour, does."""
        self._opaque = None
        if not colour_of(obj, *self._to_colour):
            return True
        red, green, blue, alpha = self._colour
        self._opaque = (red, green, blue) if alpha == OPAQUE else None
        return alpha > 0 and (red < WHITE or green < WHITE or blue < WHITE)

    def _path(self, obj: int, paths: list[_Path]) -> None:
        """Add the path where it is painted at all."""
        _draw_mode(obj, *self._to_mode)
        filled, stroked = self._mode
        if not filled and not stroked:
            return
        _bounds(obj, *self._to_bounds)
        left, bottom, right, top = self._bounds
        shows_fill = filled != 0 and self._shows(_fill, obj)
        ink = self._opaque if filled else None
        shows = shows_fill or (stroked != 0 and self._shows(_stroke, obj))
        clips = _clips(_clip(obj)) > 0
        below, is_filled = len(self._runs), bool(filled)
        paths.append(_Path(obj, left, bottom, right, top, shows, shows_fill, clips, below, is_filled, ink))

    def _draw(self, paths: list[_Path], matrix: Matrix, *, clear: bool) -> None:
        """Thin shapes are lines; of others the outline is, and the inside is shaded where it is filled."""
        boxes = upright(np.array([path[1:5] for path in paths], float).reshape(-1, 4), matrix)
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
        filled = np.array([path.is_filled for path in paths], bool)
        for index in np.flatnonzero(~thin & filled).tolist():
            path, seen = paths[index], overlap(boxes[index].tolist(), within[index].tolist())
            self._grounds.append(Ground(seen, path.ink, path.below))
            if path.below and not clear:
                self.lids.append(Lid(path.obj, seen, path.below, is_image=False))

    def _shape(self, path: _Path, box: BBox, within: BBox, matrix: Matrix) -> None:
        if path.shows_fill:
            self.drawing.shades.append(overlap(box, within))
        if not covers(box, self.visible):
            strokes = list(self._outlines.strokes(path.obj, matrix))
            self.drawing.rules += lines(np.array(strokes).reshape(-1, 4), np.array([within] * len(strokes)))
