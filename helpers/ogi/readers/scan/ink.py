"""The print within a cell: is there any, in which lines, and does it run into the ruling?

Blank is decided here, by ink, and never by what a recogniser fails to read.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise

import cv2
import numpy as np

from ogi.arrays import BoolArray, Pixels
from ogi.readers.scan.settings import SCAN
from ogi.readers.scan.views import Rect, View


@dataclass(frozen=True)
class Blob:
    """One connected piece of ink.

    `lean`: by how much it goes to the right for each pixel down (an upright stroke: 0, a slash: -0.4).
    `top`: the share of its width that ink covers in its upper quarter; `level`: that the fullest row of
    pixels about its middle covers.
    """

    rect: Rect
    lean: float = 0.0
    top: float = 1.0
    level: float = 0.0

    @property
    def size(self) -> int:
        """The longer side in pixels."""
        return max(self.rect[2] - self.rect[0], self.rect[3] - self.rect[1])


@dataclass(frozen=True)
class Ink:
    """What is printed in a cell: lines from top to bottom, pixels of the view.

    `touches`: print runs into a ruling line, so that a part may be lost. `doubtful`: so little ink that it
    may be dirt.
    """

    lines: tuple[Rect, ...] = ()
    blobs: tuple[Blob, ...] = field(default=(), repr=False)
    touches: bool = False
    doubtful: bool = False

    def within(self, line: Rect) -> list[Blob]:
        """The pieces of one of the lines, from left to right."""
        own = (blob for blob in self.blobs if line[1] <= (blob.rect[1] + blob.rect[3]) / 2 < line[3])
        return sorted(own, key=lambda blob: blob.rect[0])


@dataclass(frozen=True)
class Print:
    """A view with its ruling whitened, for crops; its ink as a mask; and where ink would touch the ruling.

    `taken`: where something was taken off the view that may have been pale print.
    """

    gray: Pixels
    ink: Pixels
    fringe: Pixels
    unit: float
    taken: Pixels | None = None

    def is_bare(self, cell: Rect) -> bool:
        """Was nothing taken off within the cell?"""
        x0, y0, x1, y1 = cell
        return self.taken is None or self.taken[y0:y1, x0:x1].sum() < (SCAN.speck * self.unit) ** 2


def without_ruling(view: View, mask: Pixels) -> Print:
    """The print alone."""
    # A scanner smears a line by a pixel on either side.
    wider = cv2.dilate(mask, np.ones((3, 3), np.uint8)) > 0
    # Ink within three pixels of a line touches it.
    fringe = np.asarray(cv2.dilate(mask, np.ones((7, 7), np.uint8)), np.uint8)
    gray = view.gray.copy()
    gray[mask > 0] = SCAN.paper
    soft = cv2.GaussianBlur(view.gray, (3, 3), 0)
    ink = ((soft < SCAN.ink_grey) & ~wider).astype(np.uint8)
    return Print(gray, ink, fringe, view.unit, view.taken)


def ink_of(page: Print, cell: Rect) -> Ink:
    """The print of one cell, not yet put together to lines of a height."""
    x0, y0, x1, y1 = cell
    count, labels, stats, _ = cv2.connectedComponentsWithStats(page.ink[y0:y1, x0:x1])
    touching = set(np.unique(labels[page.fringe[y0:y1, x0:x1] > 0]).tolist())
    blobs, touches = [], False
    for label, (x, y, width, height, area) in enumerate(stats.tolist()[1:count], 1):
        edge = label in touching
        thin = min(width, height) <= SCAN.residue * page.unit
        if edge and (thin or area < (SCAN.speck * page.unit) ** 2 / 2):
            continue
        rect = (x0 + x, y0 + y, x0 + x + width, y0 + y + height)
        blob = _blob(rect, labels[y : y + height, x : x + width] == label)
        touches |= edge and blob.size > SCAN.shortest_dash * page.unit
        blobs.append(blob)
    print_ = [blob for blob in blobs if blob.size >= SCAN.speck * page.unit]
    if not print_:
        return Ink()
    doubtful = max(blob.size for blob in print_) < SCAN.shortest_dash * page.unit
    return Ink(tuple(_rows(print_)), tuple(blobs), touches, doubtful)


def _blob(rect: Rect, ink: BoolArray) -> Blob:
    ys, xs = np.nonzero(ink)
    spread = float(((ys - ys.mean()) ** 2).sum())
    lean = float(((ys - ys.mean()) * (xs - xs.mean())).sum()) / spread if spread else 0.0
    top = ink[: max(1, round(ink.shape[0] / 4))].any(axis=0).mean()
    start, end = (round(share * ink.shape[0]) for share in SCAN.strike_at)
    level = ink[start : end + 1].mean(axis=1).max(initial=0)
    return Blob(rect, lean, float(top), float(level))


def _rows(blobs: Iterable[Blob]) -> list[Rect]:
    """Pieces that overlap in height, a rectangle each group."""
    rows: list[Rect] = []
    for blob in sorted(blobs, key=lambda blob: blob.rect[1]):
        if rows and blob.rect[1] < rows[-1][3]:
            rows[-1] = _around(rows[-1], blob.rect)
        else:
            rows.append(blob.rect)
    return rows


def _around(a: Rect, b: Rect) -> Rect:
    return min(a[0], b[0]), min(a[1], b[1]), max(a[2], b[2]), max(a[3], b[3])


def line_height(inks: Iterable[Ink], unit: float) -> float:
    """How high a line of print is in a table, in pixels: the median of its long lines."""
    heights = [
        bottom - top
        for ink in inks
        for left, top, right, bottom in ink.lines
        # Lines of several signs: a lone 一 or / tells no height.
        if right - left > 2.5 * (bottom - top) and 5 * unit < bottom - top < 18 * unit
    ]
    return float(np.median(heights)) if heights else SCAN.usual_line * unit


def in_lines(ink: Ink, page: Print, height: float) -> Ink:
    """The same print with strokes that belong to one line joined (三), and lines that touch parted.

    Level strokes beside print are left over from ruling or a seal; they are left out, and the print doubtful.
    """
    joined: list[Rect] = []
    for line in ink.lines:
        low = line[3] - line[1] < 0.75 * height  # a stroke of 三 or a dot, no whole sign
        if joined and low and _joins(joined[-1], line, height):
            joined[-1] = _around(joined[-1], line)
        else:
            joined.append(line)
    kept = _without_strokes(joined, height)
    parted = [part for line in kept for part in _parted(line, page, height)]
    return Ink(tuple(parted), ink.blobs, ink.touches, ink.doubtful or len(kept) < len(joined))


def _without_strokes(lines: list[Rect], height: float) -> list[Rect]:
    """Lines of print, without level strokes where there is one, or one of several signs (not 三⏎、⏎一)."""
    print_ = [line for line in lines if line[3] - line[1] > SCAN.stroke_height * height]
    widest = max((right - left for left, _, right, _ in print_), default=0)
    return print_ if len(print_) == 1 or widest > SCAN.several_signs * height else lines


def _joins(above: Rect, line: Rect, height: float) -> bool:
    low = above[3] - above[1] < 0.75 * height
    return low and line[3] - above[1] <= 1.2 * height and line[1] - above[3] < 0.5 * height


def _parted(line: Rect, page: Print, height: float) -> list[Rect]:
    x0, y0, x1, y1 = line
    count = round((y1 - y0) / (1.3 * height))  # lines of print are that far apart
    if y1 - y0 < 1.7 * height or count < 2:
        return [line]
    profile = page.ink[y0:y1, x0:x1].sum(axis=1)
    cuts = [0]
    for k in range(1, count):
        # The cut is where there is least ink near its place.
        middle, reach = k * (y1 - y0) / count, 0.35 * height
        low, high = max(cuts[-1] + 1, int(middle - reach)), int(middle + reach) + 1
        cuts.append(low + int(np.argmin(profile[low:high])))
    return [(x0, y0 + top, x1, y0 + bottom) for top, bottom in pairwise([*cuts, y1 - y0])]
