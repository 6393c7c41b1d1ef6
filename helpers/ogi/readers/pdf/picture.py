"""The page as a reader sees it: drawn once whole and once without its text.

Where the two differ is the text's own ink; what is left without the text is lines, pictures and the like.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import repeat
from typing import Any
from weakref import finalize

import numpy as np
from numpy.typing import ArrayLike
from pypdfium2 import PdfBitmap
from pypdfium2 import raw as pdfium

from ogi.arrays import BoolArray, FloatArray, IndexArray, Pixels
from ogi.readers.pdf.quick import bare
from ogi.readers.pdf.settings import PDF
from ogi.readers.pdf.sheet import BBox, holds

_set_active = bare(pdfium.FPDFPageObj_SetIsActive)
_GRIDS = ((8, 4), (40, 8))
"""Rows and columns of a character's box that are looked at: few, then enough for the stroke of 一."""
_ALONG, _ACROSS = np.linspace(0.05, 0.95, 12)[:, None], np.arange(-2.0, 3.0)[:, None]
"""Where along a line, as shares of it, and how many pixels beside it is looked."""
_DENSE = np.linspace(0, 1, 401)[:, None]
"""The same for a line that does not show at an end: at each pixel of one across the page."""
_PAPER = 255
_free: deque[PdfBitmap] = deque(maxlen=16)
"""Bitmaps to draw into again, for eight pages; fresh memory costs half as much as drawing does."""
_KEPT_BYTES = 1 << 20
"""Such a bitmap has at most: A4 takes half of it."""
LUMINANCE = np.array([30, 59, 11]) / 100
"""Weights of red, green and blue by which pdfium makes them grey."""


@dataclass(frozen=True)
class OtherInk:
    """A page in grey without its text; and the places (points) where its text is not as it shows."""

    pixels: Pixels
    scale: float
    doubts: list[tuple[float, float]]

    def is_within(self, box: BBox) -> bool:
        """Is anything in a box that is drawn, or not as its text has it?"""
        left, top, right, bottom = (max(0, round(self.scale * side)) for side in box)
        part = self.pixels[top:bottom, left:right]
        levels = part.tobytes()  # to compare these takes a tenth of what arrays take
        if levels == levels[:1] * len(levels):
            return self.is_doubted(box)
        steps = (np.abs(np.diff(part.astype(np.int16), axis=axis)) for axis in (0, 1))
        return any(step.max(initial=0) >= PDF.other_ink for step in steps) or self.is_doubted(box)

    def shown(self, rules: FloatArray) -> tuple[FloatArray, BoolArray]:
        """Lines without ends that are clipped or covered; and which of them show at enough places."""
        lightest, darkest = self._beside(rules, _ALONG)
        inked = (lightest - darkest >= PDF.line_ink).mean(axis=0)
        shown: BoolArray = inked >= PDF.line_shown
        partly = shown & ((1 - inked) * (rules[:, 3] - rules[:, 2]) > PDF.hidden_end)
        if partly.any():
            rules = rules.copy()
            _, darkest = self._beside(rules[partly], _DENSE)
            rules[partly, 2:] = [*map(_drawn_part, rules[partly, 2:], (darkest <= _PAPER - PDF.line_ink).T)]
        return rules, shown

    def _beside(self, rules: FloatArray, shares: FloatArray) -> tuple[Pixels, Pixels]:
        """The lightest and the darkest pixel on and beside lines, at shares of their length, a row each."""
        is_down, at, start, end = rules.T
        height, width = self.pixels.shape
        along = _within(self.scale * (start + (end - start) * shares), np.where(is_down, height, width))
        across = _within(self.scale * at + _ACROSS, np.where(is_down, width, height))
        down, right = np.where(is_down, width, 1), np.where(is_down, 1, width)  # steps along and across
        levels = self.pixels.take((along * down)[:, None] + across * right)
        return levels.max(axis=1), levels.min(axis=1)

    def is_doubted(self, box: BBox) -> bool:
        """Is text in a box that is not as it shows, or hidden by something black?"""
        return len(self.doubts) > 0 and any(holds(box, x, y) for x, y in self.doubts)


def _bitmap(width: int, height: int, **options: Any) -> PdfBitmap:
    """One for pypdfium2 to draw into, of those that are free again where one has the same size."""
    while _free:
        bitmap = _free.pop()
        if (bitmap.width, bitmap.height, bitmap.format) == (width, height, options["format"]):
            return bitmap
    return PdfBitmap.new_native(width, height, **options)


class Picture:
    """A page drawn with and without its text, in grey: a third of the time that colours take."""

    def __init__(self, page: Any, texts: Sequence[int]) -> None:
        """Draw it. `page`: that of pypdfium2, to stay open; `texts`: its text objects by address."""
        self._page, self._texts = page, texts
        width, height = page.get_size()
        self._scale = min(PDF.judged_dpi / 72, (PDF.judged_pixels / max(width * height, 1.0)) ** 0.5)
        self._shown, self._bare = self._drawn(grayscale=True)

    def _drawn(self, *, grayscale: bool) -> tuple[Pixels, Pixels]:
        """The page with its text, and without, which is left switched off."""
        shown = self._render(grayscale)
        list(map(_set_active, self._texts, repeat(0)))
        return shown, self._render(grayscale)

    def _render(self, grayscale: bool) -> Pixels:
        drawn = self._page.render(
            scale=self._scale,
            grayscale=grayscale,
            may_draw_forms=False,  # they are part of the page by now
            bitmap_maker=_bitmap,
        )
        pixels = drawn.to_numpy()
        if pixels.nbytes <= _KEPT_BYTES:
            finalize(pixels, _free.append, drawn)  # when neither it nor a part of it is left
        return np.ascontiguousarray(pixels)

    def shows(self, x0: FloatArray, top: FloatArray, x1: FloatArray, bottom: FloatArray) -> BoolArray:
        """Which of some boxes hold ink of the text's own. Colours are looked at where greys are the same."""
        sides = np.array((x0, top, x1, bottom))
        found: BoolArray = np.zeros(len(x0), bool)
        for rows, columns in _GRIDS:
            left = np.flatnonzero(~found)
            places = self._grid(sides[:, left], rows, columns)
            found[left] = _change(self._shown, self._bare, places).max(axis=0, initial=0) >= PDF.faint
        left = left[~found[left]]
        if len(left):
            list(map(_set_active, self._texts, repeat(1)))
            places = self._grid(sides[:, left], rows, columns)
            shown, bare = self._drawn(grayscale=False)
            for colour in range(shown.shape[2]):
                change = _change(shown[..., colour], bare[..., colour], places)
                found[left] |= change.max(axis=0) >= PDF.faint
        return found

    def _grid(self, sides: FloatArray, rows: int, columns: int) -> IndexArray:
        """The pixels of some rows and columns of boxes, all those of a box in a column."""
        x0, top, x1, bottom = sides
        x = x0 + (x1 - x0) * np.linspace(0.1, 0.9, columns)[:, None]  # beside them neighbours may reach in
        y = top + (bottom - top) * np.linspace(0.05, 0.95, rows)[:, None, None]
        return self._places(x, y).reshape(rows * columns, sides.shape[1])

    def ink(
        self, x0: FloatArray, top: FloatArray, x1: FloatArray, bottom: FloatArray, ground: FloatArray
    ) -> FloatArray:
        """The text's own ink in boxes, and all that differs from their grounds: levels by square points."""
        height, width = self._shown.shape
        columns, across = _spans(self._scale * x0, self._scale * x1, width)
        rows, down = _spans(self._scale * top, self._scale * bottom, height)
        shares = down[:, :, None] * across[:, None, :]
        places = rows[:, :, None] * width + columns[:, None, :]
        own = _change(self._shown, self._bare, places)
        others = np.abs(self._shown.take(places) - ground[:, None, None])
        ink = [np.einsum("nij,nij->n", levels, shares) for levels in (own, others)]
        return np.asarray(np.array(ink) / self._scale**2, np.float64)

    def glyph(self, box: BBox, pixels: int) -> FloatArray:
        """The text's own ink in a box that is drawn so many pixels high: from 0 to 1, the darkest."""
        (x0, top, x1, bottom), (width, height) = box, self._page.get_size()
        scale = pixels / max(bottom - top, 1.0)
        sides = (max(0.0, side) for side in (x0, height - bottom, width - x1, top))
        options: dict[str, Any] = {"scale": scale, "crop": tuple(sides), "grayscale": True}
        list(map(_set_active, self._texts, repeat(1)))
        shown = self._page.render(**options, may_draw_forms=False).to_numpy().astype(float)
        list(map(_set_active, self._texts, repeat(0)))
        ink = np.abs(shown - self._page.render(**options, may_draw_forms=False).to_numpy())
        return np.squeeze(np.asarray(ink / max(ink.max(initial=0), 1.0), np.float64))

    def grounds(self, x: FloatArray, y: FloatArray) -> FloatArray:
        """The grey below the text at places."""
        return self._bare.take(self._places(x, y)).astype(float)

    def other_ink(self, doubts: FloatArray) -> OtherInk:
        """What the page shows besides its text. `doubts`: places where the text is not as it shows."""
        return OtherInk(self._bare, self._scale, [(float(x), float(y)) for x, y in doubts])

    def _places(self, x: FloatArray, y: FloatArray) -> IndexArray:
        """The numbers of the pixels at places in points."""
        height, width = self._shown.shape
        places: IndexArray = _within(self._scale * y, height) * width + _within(self._scale * x, width)
        return places


def _drawn_part(line: FloatArray, drawn: BoolArray) -> tuple[float, float]:
    """From where to where a line is, without ends of bare paper. `drawn`: is anything, at each of _DENSE?

    What is drawn for no length beyond such a gap is a line that crosses it.
    """
    start, end = line.tolist()
    at = start + (end - start) * _DENSE[drawn, 0]
    parts = np.split(at, np.flatnonzero(np.diff(at) > PDF.hidden_end) + 1)
    long = [part[[0, -1]].tolist() for part in parts if len(part) and np.ptp(part) > PDF.thin]
    if not long:
        return start, end
    first, last = long[0][0], long[-1][1]
    return (first if first - start > PDF.hidden_end else start), (
        last if end - last > PDF.hidden_end else end
    )


def _within(places: FloatArray, count: ArrayLike) -> IndexArray:
    """The nearest of some pixels in a row; the first for what is no number, as damaged files have it."""
    nearest: IndexArray = np.fmin(np.fmax(places, 0), np.subtract(count, 1)).astype(np.intp)
    return nearest


def _change(shown: Pixels, bare: Pixels, places: IndexArray) -> Pixels:
    """How many levels two pictures differ at some of their pixels."""
    one, other = shown.take(places), bare.take(places)
    change: Pixels = np.maximum(one, other) - np.minimum(one, other)
    return change


def _spans(start: FloatArray, end: FloatArray, count: int) -> tuple[IndexArray, FloatArray]:
    """The numbers of the pixels of some that spans touch, a row each; the share of each one in the span."""
    first = np.floor(np.nan_to_num(start))
    most = np.clip(np.nan_to_num(end) - first, 0, PDF.largest_digit).max(initial=0)  # boxes may lie anywhere
    pixels: FloatArray = first[:, None] + np.arange(int(most) + 1.0)
    shares = np.clip(np.minimum(pixels + 1, end[:, None]) - np.maximum(pixels, start[:, None]), 0, 1)
    return _within(pixels, count), shares
