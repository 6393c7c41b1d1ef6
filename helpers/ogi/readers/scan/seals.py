"""What is taken off a scan: seals, red or photocopied, and the print of the back that shows through."""

from __future__ import annotations

from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from ogi.arrays import BoolArray, Pixels
from ogi.readers.document import Box
from ogi.readers.scan.settings import SCAN
from ogi.readers.scan.views import View


@dataclass(frozen=True)
class Unsealed:
    """A picture in grey without its seals; and where there was one that its colour did not tell from print.

    `stamps`: x, y, width, height in pixels. What is read there is doubtful. `hidden`: where ink of a seal was
    taken off (1, else 0).
    """

    gray: Pixels
    stamps: tuple[tuple[int, int, int, int], ...] = ()
    hidden: Pixels | None = None

    def is_stamped(self, box: Box, points_per_pixel: float) -> bool:
        """Was there such a seal in that box?"""
        x0, y0, x1, y1 = (side / points_per_pixel for side in (box.x0, box.top, box.x1, box.bottom))
        return any(
            x0 < x + width and x < x1 and y0 < y + height and y < y1 for x, y, width, height in self.stamps
        )


def without_seals(picture: Pixels) -> Unsealed:
    """Grey, with red ink as bright as paper. Black strokes under a seal stay, for they are darker than it.

    In red light a seal is pale, but a JPEG smears red over what is beside it; brightness stays sharp. So each
    pixel is held against how bright the paper would be under as much red as there is.
    """
    if picture.ndim == 2:
        return _without_grey_seals(picture)
    red, green, blue = (np.ascontiguousarray(picture[:, :, i]) for i in range(3))
    gray = np.asarray(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY), np.uint8)
    redness = cv2.subtract(red, cv2.max(green, blue))
    inked = redness > SCAN.seal_red
    if inked.sum() < SCAN.seal_pixels:
        return _without_grey_seals(gray)
    full = float(np.percentile(redness[inked], SCAN.seal_full))
    solid = redness > 0.8 * full  # where ink hides the paper
    pairs = [(channel, max(1.0, float(np.median(channel[solid])))) for channel in (gray, red)]
    # A JPEG smears the colour of a seal over some pixels beside it.
    near = cv2.dilate(inked.astype(np.uint8), np.ones((7, 7), np.uint8)) > 0
    redness = cv2.dilate(redness, np.ones((3, 3), np.uint8))
    cleaned = gray.copy()
    rows = 512  # at a time, for the floats of a whole page would take a gigabyte
    for top in range(0, len(gray), rows):
        band = slice(top, top + rows)
        share = np.clip((redness[band] - np.float32(SCAN.seal_tint)) / (full - SCAN.seal_tint), 0, 1)
        bare = [_unsealed(channel[band], share, under) for channel, under in pairs]
        cleaned[band] = np.where(near[band], np.maximum(*bare), gray[band])
    return Unsealed(cleaned, hidden=near.view(np.uint8))


def _unsealed(channel: Pixels, share: NDArray[np.float32], under: float) -> Pixels:
    """The channel as a share of what paper under so much of the seal's ink is; its fringes made white.

    `under`: how bright the seal's ink is in this channel.
    """
    paper = np.float32(SCAN.paper) - np.float32(SCAN.paper - under) * share
    return np.asarray(np.clip(channel * np.float32(SCAN.seal_gain * SCAN.paper) / paper, 0, 255), np.uint8)


def _without_grey_seals(gray: Pixels) -> Unsealed:
    """Grey with a seal's own grey made white, but for its thin signs. Darker print under it stays."""
    side = max(3, round(SCAN.seal_stroke * max(gray.shape)))
    thick = cv2.erode((gray < SCAN.seal_grey[1]).astype(np.uint8), np.ones((side, side), np.uint8)) > 0
    thick &= gray > SCAN.seal_grey[0]
    if thick.sum() < SCAN.seal_pixels:
        return Unsealed(gray)
    level = float(np.median(gray[thick]))
    even = (cv2.absdiff(gray, np.full_like(gray, round(level))) < SCAN.seal_even).astype(np.uint8)
    wide = cv2.morphologyEx(even, cv2.MORPH_OPEN, np.ones((3, 3), np.uint8))
    seal, stamps = np.zeros_like(wide), _seals(np.asarray(wide, np.uint8), side)
    for x, y, width, height in stamps:
        window = (slice(y, y + height), slice(x, x + width))
        seal[window] = wide[window]
    near = cv2.dilate(seal, np.ones((5, 5), np.uint8)) > 0
    whiter = np.clip(np.arange(256) * (SCAN.seal_gain * SCAN.paper) / level, 0, 255).astype(np.uint8)
    return Unsealed(np.where(near, cv2.LUT(gray, whiter), gray), tuple(stamps), near.view(np.uint8))


def _seals(wide: Pixels, gap: int) -> list[tuple[int, int, int, int]]:
    """Where there is something ring-shaped of a seal's size: x, y, width, height."""
    # Signs within the ring hang together with it.
    joined = cv2.dilate(wide, np.ones((4 * gap + 1, 4 * gap + 1), np.uint8))
    count, _, stats, _ = cv2.connectedComponentsWithStats(joined)
    least, most = (share * max(wide.shape) for share in SCAN.seal_sides)
    found = []
    for x, y, width, height, _ in stats.tolist()[1:count]:
        filled = float(wide[y : y + height, x : x + width].mean())
        if least < min(width, height) and max(width, height) < most and filled < SCAN.seal_filled:
            found.append((x, y, width, height))
    return found


def without_back(view: View) -> View:
    """The front alone of a levelled view, whose paper is near 250; as it is where little shows through.

    The view keeps in mind where something was taken off, for what is blank there may be pale print.
    """
    gray = view.gray
    inked = cv2.GaussianBlur(gray, (3, 3), 0) < SCAN.back_ink  # blurred, so that grain is no ink
    near = np.ones((SCAN.back_near, SCAN.back_near), np.uint8)
    dark = cv2.dilate((gray < SCAN.back_print).astype(np.uint8), near) > 0
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
