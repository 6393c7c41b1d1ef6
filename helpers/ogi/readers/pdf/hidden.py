"""Text that stands on a page and does not show: without ink, white on paper, or painted over later."""

from __future__ import annotations

from collections.abc import Sequence
from ctypes import c_float, cast, string_at
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np
import pypdfium2.raw as pdfium

from ogi.arrays import BoolArray, FloatArray
from ogi.readers.pdf.quick import address, bare, places
from ogi.readers.pdf.sheet import BBox

MOST_LIDS = 1_000
"""Shapes painted after text that are looked at on one page; a report's page has some tens at the most."""
_WITHIN = 0.5
"""Points that a run of text may reach beyond what covers it."""
_RECTANGLE = (4, 5)
"""Segments of a rectangle."""
_OPAQUE = 0.95 * 255
"""Mean alpha from which on a picture hides what is below it."""


_off_page, _off_form = bare(pdfium.FPDFPage_RemoveObject), bare(pdfium.FPDFFormObj_RemoveObject)
_destroy, _is_clear = bare(pdfium.FPDFPageObj_Destroy), bare(pdfium.FPDFPageObj_HasTransparency)
_segments, _segment = bare(pdfium.FPDFPath_CountSegments), bare(pdfium.FPDFPath_GetPathSegment)
_point = bare(pdfium.FPDFPathSegment_GetPoint)


class Texts(NamedTuple):
    """A page's text objects as they are painted, by their addresses, with the form that each is in, if any.

    `boxes`: on the page, a row each; `is_bare`: without ink; `is_pale`: white.
    """

    objects: Sequence[int]
    forms: Sequence[int | None]
    boxes: FloatArray
    is_bare: BoolArray
    is_pale: BoolArray


class Lid(NamedTuple):
    """A filled shape or a picture that no light shines through, as far as the page's graphics tell."""

    obj: int
    box: BBox
    below: int
    """How many of the page's text objects are painted before it."""
    is_image: bool


@dataclass
class Covering:
    """The text objects of a page that do not show, how many do, and what lies over all or parts of some.

    `hidden`: each object with its form; `lids_over`: an object → the boxes of what lies over it.
    """

    hidden: list[tuple[int, int | None]] = field(default_factory=list)
    visible: int = 0
    lids_over: dict[int, list[BBox]] = field(default_factory=dict)

    def take_off(self, page: Any) -> None:
        """Remove what is hidden: of two equal characters at one place pdfium reads the first alone.

        Where nothing else is on the page they stay, each character to be left out one by one.
        """
        for obj, form in self.hidden if self.visible else ():
            if form is None:
                _off_page(address(page), obj)
            else:
                _off_form(form, obj)
            _destroy(obj)


def covering(texts: Texts, lids: Sequence[Lid], shades: Sequence[BBox], document: Any) -> Covering:
    """Which text objects of a page do not show. `document` is pdfium's handle."""
    found = Covering()
    gone = texts.is_bare.copy()
    if texts.is_pale.any():
        gone |= texts.is_pale & ~_meets(texts.boxes, np.array(shades).reshape(-1, 4)).any(axis=1)
    lids = sorted(lids, key=_area, reverse=True)[:MOST_LIDS]
    over = _meets(texts.boxes, np.array([lid.box for lid in lids]).reshape(-1, 4))
    over &= np.arange(len(gone))[:, None] < np.array([lid.below for lid in lids])
    for at in np.flatnonzero(over.any(axis=0)).tolist():
        if _is_opaque(lids[at], document):
            gone |= over[:, at] & _is_within(texts.boxes, lids[at].box)
            for index in np.flatnonzero(over[:, at]).tolist():
                found.lids_over.setdefault(texts.objects[index], []).append(lids[at].box)
    found.hidden = [(texts.objects[index], texts.forms[index]) for index in np.flatnonzero(gone).tolist()]
    found.visible = len(gone) - len(found.hidden)
    return found


def _area(lid: Lid) -> float:
    return (lid.box[2] - lid.box[0]) * (lid.box[3] - lid.box[1])


def _meets(boxes: FloatArray, others: FloatArray) -> BoolArray:
    """Which box (a row) shares some room with which other (a column)."""
    x0, top, x1, bottom = (boxes[:, side, None] for side in range(4))
    left, high, right, low = others.T
    met: BoolArray = (x0 < right) & (x1 > left) & (top < low) & (bottom > high)
    return met


def _is_within(boxes: FloatArray, lid: BBox) -> BoolArray:
    x0, top, x1, bottom = boxes.T
    across = (x0 >= lid[0] - _WITHIN) & (x1 <= lid[2] + _WITHIN)
    within: BoolArray = across & (top >= lid[1] - _WITHIN) & (bottom <= lid[3] + _WITHIN)
    return within


def _is_opaque(lid: Lid, document: Any) -> bool:
    if _is_clear(lid.obj):
        return False
    return _hides_all(lid.obj, document) if lid.is_image else _is_rectangle(lid.obj)


def _is_rectangle(obj: int) -> bool:
    count = _segments(obj)
    if count not in _RECTANGLE:
        return False
    point = (c_float * 2)()
    corners = []
    for index in range(count):
        _point(_segment(obj, index), *places(point))
        corners.append(tuple(point))
    return len({x for x, _ in corners}) == 2 == len({y for _, y in corners})


def _hides_all(image: int, document: Any) -> bool:
    """Has a picture neither a mask nor holes to speak of? A stamp has; a scan laid straight has corners."""
    bitmap = pdfium.FPDFImageObj_GetRenderedBitmap(document, None, cast(image, pdfium.FPDF_PAGEOBJECT))
    if not bitmap:
        return False
    try:
        if pdfium.FPDFBitmap_GetFormat(bitmap) != pdfium.FPDFBitmap_BGRA:
            return True
        size = pdfium.FPDFBitmap_GetStride(bitmap) * pdfium.FPDFBitmap_GetHeight(bitmap)
        pixels = np.frombuffer(string_at(pdfium.FPDFBitmap_GetBuffer(bitmap), size), np.uint8)
        return bool(pixels[3::4].mean() >= _OPAQUE)
    finally:
        pdfium.FPDFBitmap_Destroy(bitmap)
