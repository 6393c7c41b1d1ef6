"""Paths that are painted, through pdfium: where each is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import compress, count
from typing import NamedTuple

import numpy as np
import pypdfium2.raw as pdfium
from numpy.typing import NDArray

from ogi.arrays import BoolArray, FloatArray
from ogi.readers.pdf.quick import bare

_draw_mode, _bounds = bare(pdfium.FPDFPath_GetDrawMode), bare(pdfium.FPDFPageObj_GetBounds)
_clip, _clips = bare(pdfium.FPDFPageObj_GetClipPath), bare(pdfium.FPDFClipPath_CountPaths)


class Paths(NamedTuple):
    """Paths that are filled or stroked, by address, with their bounds in their holder's space, a row each."""

    objects: Sequence[int]
    bounds: FloatArray
    is_clipped: BoolArray


def painted(objects: Sequence[int]) -> Paths:
    """The painted ones of some path objects, in their order."""
    modes = np.zeros((len(objects), 2), np.int32)
    list(map(_draw_mode, objects, *_columns(modes)))
    is_painted: BoolArray = (modes[:, 0] != 0) | (modes[:, 1] != 0)
    objects = list(compress(objects, is_painted))
    bounds = np.zeros((len(objects), 4), np.float32)
    list(map(_bounds, objects, *_columns(bounds)))
    is_clipped = np.array(list(map(_clips, map(_clip, objects))), int) > 0
    return Paths(objects, bounds.astype(float), is_clipped)


def _columns(rows: NDArray[np.generic]) -> Iterator[Iterator[int]]:
    """Of each column the addresses of its members, from row to row."""
    step, wide = rows.strides
    return (count(rows.ctypes.data + side, step) for side in range(0, step, wide))
