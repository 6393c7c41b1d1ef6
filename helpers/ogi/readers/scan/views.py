"""A picture of a page → an upright, straight, grey view of each page on it, without seals.

A view has about three pixels to the point of an A4 page, whatever the picture's own resolution, and knows
where on the picture it comes from.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from ogi.arrays import BoolArray, FloatArray, Pixels
from ogi.readers.document import Box
from ogi.readers.limits import LIMITS
from ogi.readers.scan.settings import SCAN
from ogi.readers.settings import SETTINGS

_log = logging.getLogger(__name__)

Rect = tuple[int, int, int, int]
"""x0, y0, x1, y1 in pixels of a view, ends excluded."""


@dataclass(frozen=True)
class View:
    """One upright page: grey, its paper near 255; `unit` pixels are a point of an A4 page.

    `taken`: where something was taken off that seemed to show through from the back (1, else 0). `hidden`:
    where a seal was taken off, and with it maybe what it hid.
    """

    gray: Pixels
    matrix: FloatArray
    unit: float
    taken: Pixels | None = None
    hidden: Pixels | None = None

    def box(self, rect: Rect, page: int, points_per_pixel: float) -> Box:
        """Where a rectangle of the view lies on the picture, in points: the box around its four corners."""
        x0, y0, x1, y1 = rect
        corners = np.array([(x0, y0, 1), (x1, y0, 1), (x0, y1, 1), (x1, y1, 1)], dtype=float)
        placed = corners @ self.matrix.T
        placed = placed[:, :2] / placed[:, 2:] * points_per_pixel
        (left, top), (right, bottom) = placed.min(axis=0), placed.max(axis=0)
        return Box(page, *(round(float(value), 2) for value in (left, top, right, bottom)))


def views(gray: Pixels, quarter_turns: int = 0, hidden: Pixels | None = None) -> Iterator[View]:
    """The pages on a picture, left to right: two where a wide sheet has a blank gutter in its middle.

    `quarter_turns`: how often the picture must be turned left to stand upright. `hidden`: as in View.
    """
    turn = _turn(gray.shape[1], gray.shape[0], quarter_turns)
    sheet = np.ascontiguousarray(np.rot90(gray, quarter_turns))
    veil = None if hidden is None else np.ascontiguousarray(np.rot90(hidden, quarter_turns))
    height, width = sheet.shape
    straight = _rotation((0, 0, width, height), skew(sheet))
    for part in _pages(sheet, straight):
        scale = _scale(part)
        finer = _rotation(part, skew(_warped(sheet, straight, part, scale)))
        upright = straight @ finer
        view = _warped(sheet, upright, part, scale)
        veiled = None if veil is None else _warped(veil, upright, part, scale, paper=0)
        yield View(levelled(view), turn @ upright @ _placed(part, scale), _unit(view), hidden=veiled)


def skew(gray: Pixels) -> float:
    """By how many degrees the lines of a page fall to the right; 0 where there is nothing to tell by.

    The lower edges of print, seen along the right direction, fall together into few lines.
    """
    scale = min(1.0, SCAN.skew_side / max(gray.shape))
    small = cv2.resize(gray, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    ink = _ink(np.asarray(small, np.uint8))
    ys, xs = np.nonzero(ink[:-1] & ~ink[1:])
    if len(ys) < 200:  # an empty page
        return 0.0
    step = max(1, len(ys) // 60_000)  # more edges cost time and tell nothing new
    down, across = ys[::step].astype(np.float32), (xs[::step] - small.shape[1] / 2).astype(np.float32)
    best = _sharpest(down, across, 0.0, SCAN.widest_skew, 0.2)
    best = _sharpest(down, across, best, 0.2, 0.02)  # finer steps only around the best of the coarse ones
    return 0.0 if abs(best) < SCAN.least_skew else best


def _sharpest(
    ys: NDArray[np.float32], xs: NDArray[np.float32], near: float, reach: float, step: float
) -> float:
    angles = np.arange(near - reach, near + reach + step / 2, step)
    low = int(ys.min() - np.abs(xs).max()) - 2

    def sharpness(angle: float) -> float:
        rows = (ys - xs * np.float32(np.tan(np.radians(angle))) - low).astype(np.int64)
        return float((np.bincount(rows).astype(float) ** 2).sum())

    scores = [sharpness(angle) for angle in angles]
    return float(angles[int(np.argmax(scores))])


def _ink(gray: Pixels) -> BoolArray:
    blurred = cv2.boxFilter(gray, -1, (31, 31))
    # The shade of the paper differs by less from place to place.
    return np.asarray(gray.astype(np.int16) < blurred.astype(np.int16) - 25, np.bool_)


def _pages(sheet: Pixels, straight: FloatArray) -> list[Rect]:
    """The whole sheet, or its halves at the gutter of two pages side by side."""
    height, width = sheet.shape
    if width < 1.15 * height:  # two A4 pages are 1.41 as wide as high
        return [(0, 0, width, height)]
    scale = SCAN.skew_side / width
    ink = _ink(_warped(sheet, straight, (0, 0, width, height), scale))
    margin = int(0.03 * ink.shape[0])  # scanners leave dark edges
    columns = ink[margin:-margin].sum(axis=0)
    blank = columns <= 0.002 * ink.shape[0]  # a speck or two are no print
    # A gutter is near the middle, and wider than the space between two columns of a table.
    middle = range(int(0.42 * len(columns)), int(0.58 * len(columns)))
    gaps = np.array([x for x in middle if blank[x]], np.intp)
    gutter = max(np.split(gaps, np.flatnonzero(np.diff(gaps) > 1) + 1), key=len)
    if len(gutter) < 0.012 * len(columns):
        return [(0, 0, width, height)]
    x = int(gutter[len(gutter) // 2])
    if min(columns[:x].sum(), columns[x:].sum()) < 0.05 * columns.sum():  # one half is empty: a wide table
        return [(0, 0, width, height)]
    cut = round(x / scale)
    _log.debug("two pages side by side, cut at pixel %d of %d", cut, width)
    return [(0, 0, cut, height), (cut, 0, width, height)]


def _long_side(width: int, height: int) -> float:
    """The long side of the page in pixels; of a long screenshot, that of a page as wide as it."""
    if height < SCAN.page_ratio * width:
        return max(width, height)
    return width * SETTINGS.page_size[1] / SETTINGS.page_size[0]


def _scale(part: Rect) -> float:
    width, height = part[2] - part[0], part[3] - part[1]
    side = _long_side(width, height)
    scale = min(max(side, SCAN.view_sides[0]), SCAN.view_sides[1]) / side
    return float(min(scale, np.sqrt(LIMITS.view_pixels / (width * height))))


def _unit(view: Pixels) -> float:
    height, width = view.shape
    return float(_long_side(width, height) / SETTINGS.page_size[1])


def _warped(sheet: Pixels, matrix: FloatArray, part: Rect, scale: float, paper: int = 255) -> Pixels:
    size = (round((part[2] - part[0]) * scale), round((part[3] - part[1]) * scale))
    whole = (matrix @ _placed(part, scale))[:2]
    method = cv2.INTER_CUBIC if scale >= 1 else cv2.INTER_AREA
    flags = method | cv2.WARP_INVERSE_MAP
    return np.asarray(cv2.warpAffine(sheet, whole, size, flags=flags, borderValue=(paper,)), np.uint8)


def _placed(part: Rect, scale: float) -> FloatArray:
    return np.array([(1 / scale, 0, part[0]), (0, 1 / scale, part[1]), (0, 0, 1)], dtype=float)


def _rotation(part: Rect, degrees: float) -> FloatArray:
    middle = (part[0] + part[2]) / 2, (part[1] + part[3]) / 2
    return np.vstack([cv2.getRotationMatrix2D(middle, -degrees, 1), (0, 0, 1)])


def _turn(width: int, height: int, quarter_turns: int) -> FloatArray:
    """Pixels of the picture turned left so often to pixels of the picture."""
    if quarter_turns == 0:
        return np.eye(3)
    once = np.array([(0, -1, width - 1), (1, 0, 0), (0, 0, 1)], dtype=float)
    return once @ _turn(height, width, quarter_turns - 1)


def levelled(gray: Pixels) -> Pixels:
    """Shade and tint of the paper taken out: each pixel as a share of the brightest paper near it."""
    # Paper changes slowly, and an eighth costs little.
    small = cv2.resize(gray, None, fx=0.125, fy=0.125, interpolation=cv2.INTER_AREA)
    # The brightest near each place, without what is brighter than paper.
    paper = cv2.medianBlur(cv2.dilate(small, np.ones((5, 5), np.uint8)), 9)
    paper = cv2.resize(np.maximum(paper, 60), (gray.shape[1], gray.shape[0]), interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.divide(gray, paper, scale=SCAN.paper), np.uint8)
