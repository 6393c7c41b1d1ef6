"""The painted paths of a page or a form, asked of pdfium in one go: a report draws each edge of each cell."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import compress, count
from typing import NamedTuple

import numpy as np
import pypdfium2.raw as pdfium
from numpy.typing import NDArray

from ogi.arrays import BoolArray, FloatArray
from ogi.readers.pdf.quick import bare

WHITE = 250
"""Red, green and blue from here on (of 255) are taken for white."""

_draw_mode, _bounds = bare(pdfium.FPDFPath_GetDrawMode), bare(pdfium.FPDFPageObj_GetBounds)
_fill, _stroke = bare(pdfium.FPDFPageObj_GetFillColor), bare(pdfium.FPDFPageObj_GetStrokeColor)
_clip, _clips = bare(pdfium.FPDFPageObj_GetClipPath), bare(pdfium.FPDFClipPath_CountPaths)


class Paths(NamedTuple):
    """Paths that are filled or stroked, by address, with their bounds in their holder's space, a row each.

    `shows`, `shows_fill`: on white paper.
    """

    objects: Sequence[int]
    bounds: FloatArray
    shows: BoolArray
    shows_fill: BoolArray
    is_clipped: BoolArray


def painted(objects: Sequence[int]) -> Paths:
    """The painted ones of some path objects, in their order."""
    modes = np.zeros((len(objects), 2), np.int32)
    list(map(_draw_mode, objects, *_columns(modes)))
    is_painted: BoolArray = (modes[:, 0] != 0) | (modes[:, 1] != 0)
    objects = list(compress(objects, is_painted))
    is_filled, is_stroked = modes[is_painted].astype(bool).T
    bounds = np.zeros((len(objects), 4), np.float32)
    list(map(_bounds, objects, *_columns(bounds)))
    shows_fill = is_filled & _is_seen(*_colours(_fill, objects))
    shows = shows_fill | (is_stroked & _is_seen(*_colours(_stroke, objects)))
    is_clipped = np.array(list(map(_clips, map(_clip, objects))), int) > 0
    return Paths(objects, bounds.astype(float), shows, shows_fill, is_clipped)


def _columns(rows: NDArray[np.generic]) -> Iterator[Iterator[int]]:
    """Of each column the addresses of its members, from row to row."""
    step, wide = rows.strides
    return (count(rows.ctypes.data + side, step) for side in range(0, step, wide))


def _colours(colour_of: Callable[..., int], objects: Sequence[int]) -> tuple[NDArray[np.uint32], BoolArray]:
    found = np.zeros((len(objects), 4), np.uint32)
    known = list(map(colour_of, objects, *_columns(found)))
    return found, np.array(known, bool)


def _is_seen(colours: NDArray[np.uint32], known: BoolArray) -> BoolArray:
    """Is a colour one that shows on white paper? A pattern, which has no one colour, does."""
    seen: BoolArray = ~known | ((colours[:, 3] > 0) & (colours[:, :3].min(axis=1) < WHITE))
    return seen
