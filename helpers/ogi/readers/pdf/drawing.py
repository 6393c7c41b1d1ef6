"""What is drawn on a page, through pdfium: ruling lines, pictures, text objects."""

from __future__ import annotations

from collections.abc import Sequence
from ctypes import c_float, c_uint
from itertools import compress, repeat
from typing import Any

import numpy as np
import pypdfium2.raw as pdfium

from ogi.arrays import BoolArray
from ogi.readers.pdf.images import image_of
from ogi.readers.pdf.marks import Drawing, Image
from ogi.readers.pdf.paths import bounds_of, matrix_of, painted, strokes
from ogi.readers.pdf.quick import address, bare, places
from ogi.readers.pdf.settings import PDF
from ogi.readers.pdf.sheet import BBox, Matrix
from ogi.readers.pdf.strokes import covers, dotted, lines

_NO_WIDTH = 0.001

_NO_INK = (pdfium.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium.FPDF_TEXTRENDERMODE_CLIP)
_count_on_page, _on_page = bare(pdfium.FPDFPage_CountObjects), bare(pdfium.FPDFPage_GetObject)
_count_in_form, _in_form = bare(pdfium.FPDFFormObj_CountObjects), bare(pdfium.FPDFFormObj_GetObject)
_kind, _bounds = bare(pdfium.FPDFPageObj_GetType), bare(pdfium.FPDFPageObj_GetBounds)
_fill, _render_mode = bare(pdfium.FPDFPageObj_GetFillColor), bare(pdfium.FPDFTextObj_GetTextRenderMode)
_font, _is_embedded = bare(pdfium.FPDFTextObj_GetFont), bare(pdfium.FPDFFont_GetIsEmbedded)
_KINDS = (
    pdfium.FPDF_PAGEOBJ_TEXT,
    pdfium.FPDF_PAGEOBJ_FORM,
    pdfium.FPDF_PAGEOBJ_IMAGE,
    pdfium.FPDF_PAGEOBJ_PATH,
)


def read_drawing(page: Any, sheet: Matrix, visible: BBox) -> Drawing:
    """Walk a page's objects (`page`: pdfium's handle), those inside forms too, so many at most.

    Its ruling lines are all that may be some; see OtherInk.shown.
    """
    walker = _Walker(visible)
    walker.walk(address(page), _count_on_page, _on_page, sheet, 0)
    return walker.drawing


class _Walker:
    """Reads objects one by one into buffers made once."""

    def __init__(self, visible: BBox) -> None:
        self.visible = visible
        self.drawing = Drawing()
        self.left = PDF.most_objects
        self._bounds, self._colour = (c_float * 4)(), (c_uint * 4)()
        self._to_bounds, self._to_colour = places(self._bounds), places(self._colour)

    def walk(self, holder: int, members: Any, get: Any, matrix: Matrix, depth: int) -> None:
        """Read the objects of a page or a form."""
        total = members(holder)
        self.left -= total
        if self.left < 0 or depth > PDF.most_depth:
            self.drawing.overfull = True
            return
        objects = list(map(get, repeat(holder), range(total)))
        kinds = list(map(_kind, objects))
        texts, forms, images, paths = (_of_kind(kind, objects, kinds) for kind in _KINDS)
        self._add_texts(texts, matrix)
        for obj in forms:
            self.walk(obj, _count_in_form, _in_form, matrix.after(matrix_of(obj)), depth + 1)
        for obj in images:
            self._add_image(image_of(obj, matrix, self.visible))
        if paths:
            self._draw(*painted(paths), matrix)

    def _add_texts(self, texts: list[int], matrix: Matrix) -> None:
        self.drawing.texts += texts
        fonts = list(map(_font, texts))
        elsewhere = {font for font in set(fonts) if _is_embedded(font) != 1}
        for obj, font in zip(texts, fonts, strict=True) if elsewhere else ():
            if font in elsewhere:
                self._note_lost(obj, matrix)

    def _add_image(self, image: Image) -> None:
        """A picture, or a line that was drawn as one."""
        x0, top, x1, bottom = image.box
        if min(x1 - x0, bottom - top) <= PDF.thin:
            self.drawing.rules.append(lines(np.array([image.box]), self.visible))
            return
        self.drawing.images.append(image)

    def _note_lost(self, obj: int, matrix: Matrix) -> None:
        """Keep where text begins that pdfium passes over, since it has no width, for want of its font."""
        _bounds(obj, *self._to_bounds)
        left, bottom, right, _ = self._bounds
        if right - left < _NO_WIDTH and _render_mode(obj) not in _NO_INK and self._shows(obj):
            self.drawing.lost.append(matrix.point(left, bottom))

    def _shows(self, obj: int) -> bool:
        """Is a text's colour one that shows on white paper? A pattern, which has no one colour, does."""
        if not _fill(obj, *self._to_colour):
            return True
        *colour, alpha = self._colour
        return alpha > 0 and min(colour) < 255 - PDF.faint

    def _draw(self, paths: list[int], stroked: BoolArray, matrix: Matrix) -> None:
        """Thin shapes are lines; of others the outline is, of those that are filled alone as their edge."""
        boxes = matrix.boxes(bounds_of(paths))
        thin = np.minimum(boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1]) <= PDF.thin
        self.drawing.rules += lines(boxes[thin], self.visible), dotted(boxes[thin], self.visible)
        others = np.flatnonzero(~thin & ~covers(boxes, self.visible))
        outlined, owners = strokes([paths[index] for index in others.tolist()], matrix)
        is_stroked = stroked[others][owners]
        self.drawing.rules.append(lines(outlined[is_stroked], self.visible))
        self.drawing.edges.append(lines(outlined[~is_stroked], self.visible))


def _of_kind(kind: int, objects: Sequence[int], kinds: Sequence[int]) -> list[int]:
    return list(compress(objects, map(kind.__eq__, kinds)))
