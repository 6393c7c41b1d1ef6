"""What shows through from the back of a sheet, made white."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray

from ogi.readers.scan.views import View

_INK, _PALEST_PRINT = 215, 130
"""Paler than the first (of 255) is paper; print is darker than the second somewhere in every stroke."""
_NEAR = 7
_FEWEST = 30
"""So many pale signs are a few words of the back; pale pieces of ruling lines and shades are fewer."""
_MOST = 0.6
"""Where more than this share of all ink is pale, it is print that is pale."""
_SMALL = 2.6
"""Points: what is smaller both ways, such as a decimal point, stays; what is smaller one way is no sign."""


def without_back(view: View) -> View:
    """The front alone of a levelled view, whose paper is near 250; as it is where little shows through.

    The view keeps in mind where something was taken off, for what is blank there may be pale print.
    """
    gray = view.gray
    inked = cv2.GaussianBlur(gray, (3, 3), 0) < _INK
    dark = cv2.dilate((gray < _PALEST_PRINT).astype(np.uint8), np.ones((_NEAR, _NEAR), np.uint8)) > 0
    pale = inked & ~dark
    if _signs(pale, view.unit) < _FEWEST or pale.sum() >= _MOST * inked.sum():
        return view
    _, labels, stats, _ = cv2.connectedComponentsWithStats(inked.astype(np.uint8))
    small = np.maximum(stats[:, 2], stats[:, 3]) < _SMALL * view.unit
    taken = pale & ~small[labels]
    return replace(view, gray=np.where(taken, np.uint8(250), gray), taken=taken.astype(np.uint8))


def _signs(pale: NDArray[np.bool_], unit: float) -> int:
    """How many pieces are neither specks nor thin: as large as signs both ways."""
    count, _, stats, _ = cv2.connectedComponentsWithStats(pale.astype(np.uint8))
    return int((np.minimum(stats[1:count, 2], stats[1:count, 3]) >= _SMALL * unit).sum())
