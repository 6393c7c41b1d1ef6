"""What is drawn on a page, through pdfium: ruling lines, shaded areas, whether some text may be unseen."""

from __future__ import annotations

from ctypes import c_float, c_uint
from itertools import count
from typing import Any

import numpy as np
import pypdfium2.raw as pdfium

from ogi.readers.lattice import RulingLine
from ogi.readers.pdf.grounds import FAINT, WHITE, Colour, Ground, alike_grounds, doubtful
from ogi.readers.pdf.hidden import Lid, Texts, covering
from ogi.readers.pdf.images import image_of
from ogi.readers.pdf.marks import Drawing
from ogi.readers.pdf.outlines import Outlines, matrix_of
from ogi.readers.pdf.painted import Paths, painted
from ogi.readers.pdf.quick import address, bare, places
from ogi.readers.pdf.settings import PDF
from ogi.readers.pdf.sheet import BBox, Matrix, holds, overlap
from ogi.readers.pdf.strokes import covers, dotted, lines, sides, upright

_NO_WIDTH = 0.001

NO_INK = (pdfium.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium.FPDF_TEXTRENDERMODE_CLIP)
_NO_TEXT = pdfium.FPDF_TEXTRENDERMODE_UNKNOWN
_count_on_page, _on_page = bare(pdfium.FPDFPage_CountObjects), bare(pdfium.FPDFPage_GetObject)
_count_in_form, _in_form = bare(pdfium.FPDFFormObj_CountObjects), bare(pdfium.FPDFFormObj_GetObject)
_kind, _bounds = bare(pdfium.FPDFPageObj_GetType), bare(pdfium.FPDFPageObj_GetBounds)
_fill, _render_mode = bare(pdfium.FPDFPageObj_GetFillColor), bare(pdfium.FPDFTextObj_GetTextRenderMode)
_is_clear = bare(pdfium.FPDFPageObj_HasTransparency)
_font, _is_embedded = bare(pdfium.FPDFTextObj_GetFont), bare(pdfium.FPDFFont_GetIsEmbedded)
_PATH, _FORM, _IMAGE = pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_FORM, pdfium.FPDF_PAGEOBJ_IMAGE
_SHADING = pdfium.FPDF_PAGEOBJ_SHADING


def read_drawing(
    document: Any, page: Any, sheet: Matrix, visible: BBox, *, has_layers_off: bool = False
) -> Drawing:
    """Walk a page's objects, those inside forms too, so many at most; takes off text that does not show.

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
        self.white: list[RulingLine] = []
        self.left = PDF.most_objects
        self.lids: list[Lid] = []
        self._grounds: list[Ground] = []
        self._runs: list[tuple[int, int, int | None, bool, bool, Colour | None]] = []
        """Text objects: address, number of the matrix, form, whether without ink, whether white, colour."""
        self._matrices: list[Matrix] = []
        self._fonts: dict[int, int] = {}
        """Font → 1 where it is in the file."""
        self._bounds, self._colour = (c_float * 4)(), (c_uint * 4)()
        self._to_bounds, self._to_colour = places(self._bounds), places(self._colour)
        self._outlines = Outlines()

    def walk(
        self, holder: int, members: Any, get: Any, matrix: Matrix, depth: int, *, clear: bool = False
    ) -> None:
        """Read the objects of a page or a form; `clear`: does what is below shine through the form?"""
        total = members(holder)
        self.left -= total
        if self.left < 0 or depth > PDF.most_depth:
            self.drawing.overfull = self.drawing.unseen = True  # what was not looked at may be unseen
            return
        paths: list[int] = []
        below: list[int] = []
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
                paths.append(obj)
                below.append(len(runs))
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
        if paths:
            self._draw(painted(paths, below), matrix, clear=clear)

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
        if right - left < _NO_WIDTH and _render_mode(obj) not in NO_INK and self._shows(obj):
            self.drawing.lost.append(matrix.point(left, bottom))

    def _shows(self, obj: int) -> bool:
        """Is a text's colour one that shows on white paper? A pattern, which has no one colour, does."""
        if not _fill(obj, *self._to_colour):
            return True
        red, green, blue, alpha = self._colour
        return alpha > 0 and (red < WHITE or green < WHITE or blue < WHITE)

    def _draw(self, paths: Paths, matrix: Matrix, *, clear: bool) -> None:
        """Thin shapes are lines; of others the outline is, and the inside is shaded where it is filled."""
        boxes = upright(paths.bounds, matrix)
        within = np.tile(np.array(self.visible), (len(boxes), 1))
        for index in np.flatnonzero(paths.is_clipped).tolist():
            within[index] = self._outlines.unclipped(paths.objects[index], matrix, self.visible)
        shows = paths.shows
        thin = np.minimum(boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1]) <= PDF.thin
        self.drawing.rules += lines(boxes[thin & shows], within[thin & shows])
        self.drawing.rules += dotted(boxes[thin & shows], within[thin & shows])
        self.white += lines(boxes[thin & ~shows], within[thin & ~shows])
        outlined: list[tuple[BBox, BBox]] = []
        for index in np.flatnonzero(~thin & shows).tolist():
            box, seen = boxes[index].tolist(), within[index].tolist()
            if paths.shows_fill[index]:
                self.drawing.shades.append(overlap(box, seen))
            if not covers(box, self.visible):
                outlined += [(one, seen) for one in self._outlines.strokes(paths.objects[index], matrix)]
        if outlined:
            self.drawing.rules += lines(*map(np.array, zip(*outlined, strict=True)))
        if self.drawing.shades:
            self.white += sides(boxes[~thin & ~shows], within[~thin & ~shows])
        for index in np.flatnonzero(~thin & paths.is_filled).tolist():
            below, seen = paths.below[index], overlap(boxes[index].tolist(), within[index].tolist())
            self._grounds.append(Ground(seen, paths.ink(index), below))
            if below and not clear:
                self.lids.append(Lid(paths.objects[index], seen, below, is_image=False))
