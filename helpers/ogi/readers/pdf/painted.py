"""Paths that are painted, through pdfium: where each is."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import compress
from typing import NamedTuple

import numpy as np
import pypdfium2.raw as pdfium

from ogi.arrays import BoolArray, FloatArray
from ogi.readers.pdf.quick import bare, columns_of

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
    list(map(_draw_mode, objects, *columns_of(modes)))
    is_painted: BoolArray = (modes[:, 0] != 0) | (modes[:, 1] != 0)
    objects = list(compress(objects, is_painted))
    bounds = np.zeros((len(objects), 4), np.float32)
    list(map(_bounds, objects, *columns_of(bounds)))
    is_clipped = np.array(list(map(_clips, map(_clip, objects))), int) > 0
    return Paths(objects, bounds.astype(float), is_clipped)
