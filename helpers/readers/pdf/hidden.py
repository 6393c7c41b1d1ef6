"""Text that stands on a page and does not show: without ink, white on paper, or painted over later."""

from __future__ import annotations

from collections.abc import Sequence
from ctypes import addressof, c_float, string_at
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np
import pypdfium2.raw as pdfium

from helpers.readers.pdf.sheet import BBox
from helpers.readers.pdf.strokes import Floats

MOST_LIDS = 1_000
"""Shapes painted after text that are looked at on one page; a report's page has some tens at the most."""
_WITHIN = 0.5
"""Points that a run of text may reach beyond what covers it."""
_RECTANGLE = (4, 5)
"""Segments of a rectangle."""
_OPAQUE = 0.95 * 255
"""Mean alpha from which on a picture hides what is below it."""


class Run(NamedTuple):
    """A text object: its bounds in its holder's space, when it is painted, and what may hide it.

    `holder`: the form that it is in, None for the page itself; `is_bare`: without ink; `is_pale`: white.
    """

    obj: Any
    left: float
    bottom: float
    right: float
    top: float
    order: int
    holder: Any
    is_bare: bool
    is_pale: bool


class Lid(NamedTuple):
    """A filled shape or a picture that no light shines through, as far as the page's graphics tell."""

    obj: Any
    box: BBox
    order: int
    is_image: bool


@dataclass
class Covering:
    """The runs of a page that do not show, how many do, and what is painted over all or parts of some.

    `lids_over`: address of a text object → the boxes of what lies over it.
    """

    hidden: list[Run] = field(default_factory=list)
    visible: int = 0
    lids_over: dict[int, list[BBox]] = field(default_factory=dict)

    def take_off(self, page: Any) -> None:
        """Remove the hidden runs: of two equal characters at one place pdfium reads the first alone.

        Where nothing else is on the page they stay, each character to be left out one by one.
        """
        for run in self.hidden if self.visible else ():
            if run.holder is None:
                pdfium.FPDFPage_RemoveObject(page, run.obj)
            else:
                pdfium.FPDFFormObj_RemoveObject(run.holder, run.obj)
            pdfium.FPDFPageObj_Destroy(run.obj)


def covering(
    runs: Sequence[Run], boxes: Floats, lids: Sequence[Lid], shades: Sequence[BBox], document: Any
) -> Covering:
    """Which of a page's runs, whose boxes are given, do not show. `document` is pdfium's handle."""
    found = Covering()
    pale = np.array([run.is_pale for run in runs], bool)
    gone = np.array([run.is_bare for run in runs], bool)
    gone |= pale & ~_meets(boxes, np.array(shades).reshape(-1, 4)).any(axis=1)
    orders = np.array([run.order for run in runs])
    for lid in sorted(lids, key=_area, reverse=True)[:MOST_LIDS]:
        touched = _meets(boxes, np.array([lid.box]))[:, 0] & (orders < lid.order) & ~gone
        if touched.any() and _is_opaque(lid, document):
            gone |= touched & _is_within(boxes, lid.box)
            for index in np.flatnonzero(touched).tolist():
                found.lids_over.setdefault(address(runs[index].obj), []).append(lid.box)
    found.hidden = [runs[index] for index in np.flatnonzero(gone).tolist()]
    found.visible = len(runs) - len(found.hidden)
    return found


def address(obj: Any) -> int:
    """What tells one object of pdfium's from another."""
    return addressof(obj.contents)


def _area(lid: Lid) -> float:
    return (lid.box[2] - lid.box[0]) * (lid.box[3] - lid.box[1])


def _meets(boxes: Floats, others: Floats) -> Any:
    """Which box (a row) shares some room with which other (a column)."""
    x0, top, x1, bottom = (boxes[:, side, None] for side in range(4))
    left, high, right, low = others.T
    return (x0 < right) & (x1 > left) & (top < low) & (bottom > high)


def _is_within(boxes: Floats, lid: BBox) -> Any:
    x0, top, x1, bottom = boxes.T
    across = (x0 >= lid[0] - _WITHIN) & (x1 <= lid[2] + _WITHIN)
    return across & (top >= lid[1] - _WITHIN) & (bottom <= lid[3] + _WITHIN)


def _is_opaque(lid: Lid, document: Any) -> bool:
    if pdfium.FPDFPageObj_HasTransparency(lid.obj):
        return False
    return _hides_all(lid.obj, document) if lid.is_image else _is_rectangle(lid.obj)


def _is_rectangle(obj: Any) -> bool:
    count = pdfium.FPDFPath_CountSegments(obj)
    if count not in _RECTANGLE:
        return False
    x, y = c_float(), c_float()
    corners = []
    for index in range(count):
        pdfium.FPDFPathSegment_GetPoint(pdfium.FPDFPath_GetPathSegment(obj, index), x, y)
        corners.append((x.value, y.value))
    return len({x for x, _ in corners}) == 2 == len({y for _, y in corners})


def _hides_all(image: Any, document: Any) -> bool:
    """Has a picture neither a mask nor holes to speak of? A stamp has; a scan laid straight has corners."""
    bitmap = pdfium.FPDFImageObj_GetRenderedBitmap(document, None, image)
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
