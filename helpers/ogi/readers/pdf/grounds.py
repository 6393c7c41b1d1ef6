"""Text that may have the colour of what it stands on, or be in a layer that is off: looked at as it shows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from ogi.arrays import BoolArray, FloatArray, Pixels
from ogi.readers.pdf.marks import ASCENT, Char
from ogi.readers.pdf.sheet import BBox

WHITE = 250
"""Red, green and blue from here on (of 255) are taken for white."""
FAINT, OPAQUE = 12, 255
"""Alpha up to which nothing is seen, and at which nothing shines through."""
MOST_GROUNDS = 1_000
"""Shapes below text that are looked at on one page, the largest ones."""
_ALIKE = 12
"""Levels (of 255) of red, green or blue by which two colours must differ to be told apart by eye."""
_SCALE = 2.0
"""Pixels to a point: a numeral of small print is ten high."""
_MOST_PIXELS = 16_000_000
_INNER = 0.1
"""Share of a character's width left out at either side: a line or a neighbour may reach in there."""
_ABOVE, _BELOW = 0.78, 0.12
"""Shares of its size above and below the baseline within which a character has its ink."""

Colour = tuple[int, int, int]


class Ground(NamedTuple):
    """A filled shape or a picture that text may stand on. `below`: how many text objects are painted before.

    `colour`: None where it has no one colour that can be told, as a picture or a gradient.
    """

    box: BBox
    colour: Colour | None
    below: int


def doubtful(colours: Sequence[Colour | None], boxes: FloatArray, grounds: Sequence[Ground]) -> BoolArray:
    """Which text objects stand, at least in part, on what may have their own colour. None: not told."""
    found = np.zeros(len(colours), bool)
    painted = np.arange(len(colours))
    x0, top, x1, bottom = boxes.T
    kinds = sorted({colour for colour in colours if colour is not None})
    number = {colour: at for at, colour in enumerate(kinds)}
    own = np.array([-1 if colour is None else number[colour] for colour in colours])
    for ground in sorted(alike_grounds(kinds, grounds), key=_area, reverse=True)[:MOST_GROUNDS]:
        alike = [number[colour] for colour in kinds if _is_alike(colour, ground.colour)]
        left, high, right, low = ground.box
        meets = (x0 < right) & (x1 > left) & (top < low) & (bottom > high)
        found |= meets & (painted >= ground.below) & np.isin(own, [*alike, -1])
    return found


def alike_grounds(colours: Sequence[Colour | None], grounds: Sequence[Ground]) -> list[Ground]:
    """The grounds that may have the colour of some text."""
    kinds = set(colours)
    telling = {ground.colour: any(_is_alike(kind, ground.colour) for kind in kinds) for ground in grounds}
    return [ground for ground in grounds if telling[ground.colour]]


def _is_alike(one: Colour | None, other: Colour | None) -> bool:
    if one is None or other is None:
        return True
    return max(abs(a - b) for a, b in zip(one, other, strict=True)) < _ALIKE


def _area(ground: Ground) -> float:
    left, top, right, bottom = ground.box
    return (right - left) * (bottom - top)


class Rendered:
    """A page as it shows, rendered where a character of it is looked at for the first time."""

    def __init__(self, page: Any) -> None:
        """`page`: that of pypdfium2."""
        self._page = page
        self._pixels: Pixels | None = None
        self._scale = _SCALE

    def shows(self, char: Char) -> bool:
        """Is there anything but one colour where a character stands?"""
        pixels, baseline = self._rendered(), char.top + ASCENT * char.size
        inner = _INNER * (char.x1 - char.x0)
        left, right = self._scale * (char.x0 + inner), self._scale * (char.x1 - inner)
        top = self._scale * (baseline - _ABOVE * char.size)
        bottom = self._scale * (baseline + _BELOW * char.size)
        there = pixels[max(int(top), 0) : int(bottom) + 1, max(int(left), 0) : int(right) + 1]
        if there.size == 0:
            return True
        return bool((there.max(axis=(0, 1)).astype(int) - there.min(axis=(0, 1))).max() >= _ALIKE)

    def _rendered(self) -> Pixels:
        if self._pixels is None:
            width, height = self._page.get_size()
            self._scale = min(_SCALE, (_MOST_PIXELS / max(width * height, 1.0)) ** 0.5)
            bitmap = self._page.render(scale=self._scale, may_draw_forms=False, draw_annots=False)
            self._pixels = np.array(bitmap.to_numpy()[..., :3])
            bitmap.close()
        return self._pixels
