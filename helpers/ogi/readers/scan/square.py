"""Photographs and bad feeds: a table that is no rectangle on the view is made one by its outer lines."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np

from ogi.arrays import FloatArray, Pixels
from ogi.readers.scan.ruling import ruled_parts
from ogi.readers.scan.settings import SCAN
from ogi.readers.scan.views import View


def squared(view: View) -> View:
    """The view with its largest table made upright and rectangular; as it is where that is so already."""
    parts = [part for part in ruled_parts(view) if _is_large(part.down, view)]
    if not parts:
        return view
    part = max(parts, key=lambda part: part.down.size)  # the largest tells the shape of the page most surely
    masks = (part.down, np.asarray(part.across.T))
    sides = [_side(mask, from_end=end) for mask in masks for end in (False, True)]
    left, right, top, bottom = sides
    if left is None or right is None or top is None or bottom is None:
        return view
    height, width = part.down.shape
    strays = [abs(left[0]) * height, abs(right[0]) * height, abs(top[0]) * width, abs(bottom[0]) * width]
    if max(strays) < SCAN.square_within or max(strays) > SCAN.distorted * max(width, height):
        return view
    corners = [
        _crossing(side, end) for side, end in ((left, top), (right, top), (right, bottom), (left, bottom))
    ]
    return _warped(view, np.array(corners) + part.origin)


def _is_large(down: Pixels, view: View) -> bool:
    """Is it as large as a table, but does not go from edge to edge, as the sheet's own ends do?"""
    height, width = down.shape
    is_edge = width > SCAN.sheet_edge * view.gray.shape[1] or height > SCAN.sheet_edge * view.gray.shape[0]
    least = [points * view.unit for points in SCAN.large_table]
    return bool(width >= least[0] and height >= least[1] and not is_edge)


def _side(mask: Pixels, *, from_end: bool) -> FloatArray | None:
    """The line through the first (or last) pixels of each row of the mask, strays left out."""
    rows = np.nonzero(mask.any(axis=1))[0]
    turned = mask[rows, ::-1] if from_end else mask[rows]
    places = turned.argmax(axis=1).astype(float)
    places = mask.shape[1] - 1 - places if from_end else places
    keep = np.abs(places - np.median(places)) < SCAN.distorted * max(mask.shape)
    for _ in range(4):  # each round leaves out what the last one found astray
        if keep.sum() < SCAN.outline_rows:
            return None
        side = np.polyfit(rows[keep], places[keep], 1)
        off = np.abs(np.polyval(side, rows) - places)
        keep = off <= max(1.5, 1.5 * float(np.median(off[keep])))  # what is drawn straight strays by a pixel
    return np.asarray(side, np.float64)


def _crossing(side: FloatArray, end: FloatArray) -> tuple[float, float]:
    """Where an upright side (x by y) meets a level end (y by x)."""
    y = (end[0] * side[1] + end[1]) / (1 - side[0] * end[0])
    return float(side[0] * y + side[1]), float(y)


def _warped(view: View, corners: FloatArray) -> View:
    """The view seen so that those corners (from the upper left, clockwise) are a rectangle's."""
    left, right = corners[[0, 3], 0].mean(), corners[[1, 2], 0].mean()
    top, bottom = corners[[0, 1], 1].mean(), corners[[2, 3], 1].mean()
    upright = np.array([(left, top), (right, top), (right, bottom), (left, bottom)])
    back = cv2.getPerspectiveTransform(upright.astype(np.float32), corners.astype(np.float32))
    height, width = view.gray.shape

    def seen(picture: Pixels, paper: int) -> Pixels:
        flags = cv2.INTER_CUBIC | cv2.WARP_INVERSE_MAP
        warped = cv2.warpPerspective(picture, back, (width, height), flags=flags, borderValue=(paper,))
        return np.asarray(warped, np.uint8)

    taken, hidden = (None if mask is None else seen(mask, 0) for mask in (view.taken, view.hidden))
    matrix = view.matrix @ np.asarray(back, np.float64)
    return replace(view, gray=seen(view.gray, SCAN.paper), matrix=matrix, taken=taken, hidden=hidden)
