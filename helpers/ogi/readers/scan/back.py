"""Whiten what shows through from the back of a sheet."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np

from ogi.arrays import BoolArray
from ogi.readers.scan.settings import SCAN
from ogi.readers.scan.views import View


def without_back(view: View) -> View:
    """The front alone of a levelled view, whose paper is near 250; as it is where little shows through.

    The view keeps in mind where something was taken off, for what is blank there may be pale print.
    """
    gray = view.gray
    inked = cv2.GaussianBlur(gray, (3, 3), 0) < SCAN.back_ink
    dark = (
        cv2.dilate(
            (gray < SCAN.back_print).astype(np.uint8), np.ones((SCAN.back_near, SCAN.back_near), np.uint8)
        )
        > 0
    )
    pale = inked & ~dark
    if _signs(pale, view.unit) < SCAN.back_signs or pale.sum() >= SCAN.back_share * inked.sum():
        return view
    _, labels, stats, _ = cv2.connectedComponentsWithStats(inked.astype(np.uint8))
    small = np.maximum(stats[:, 2], stats[:, 3]) < SCAN.shortest_dash * view.unit
    taken = pale & ~small[labels]
    return replace(view, gray=np.where(taken, np.uint8(SCAN.paper), gray), taken=taken.astype(np.uint8))


def _signs(pale: BoolArray, unit: float) -> int:
    """How many pieces are neither specks nor thin: as large as signs both ways."""
    count, _, stats, _ = cv2.connectedComponentsWithStats(pale.astype(np.uint8))
    return int((np.minimum(stats[1:count, 2], stats[1:count, 3]) >= SCAN.shortest_dash * unit).sum())
