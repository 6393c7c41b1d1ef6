"""Seals and stamps taken off a picture: red ones by their colour, photocopied ones by their even grey."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from ogi.readers.document import Box
from ogi.readers.scan.views import Gray, Picture

_RED = 40
"""So much redder than green and blue (of 255) is a seal, not the fringe of black print."""
_TINT, _FULL_RED = 8.0, 65.0
"""So much is the paper's own tint; the percentile of a seal's red at which its ink hides all the paper."""
_PAPER, _BRIGHTER = np.float32(250), np.float32(1.3)
_BAND = 512
"""Rows of pixels worked on at a time."""
_FEWEST = 200
"""Pixels; fewer red ones are grain."""
_STROKE = 2339 / 5
"""A seal's ring is wider than this share of the page's long side, and print is not."""
_BLACK, _DARK, _EVEN = 50, 170, 22
"""Print is darker than a seal that was copied in grey, and paper paler; a seal's grey is as even as this."""
_SEAL_SIDES = (0.06, 0.35)
"""A seal's width and height, as shares of the page's long side."""
_MOST_FILLED = 0.5


@dataclass(frozen=True)
class Unsealed:
    """A picture in grey without its seals; and where there was one that its colour did not tell from print.

    `stamps`: x, y, width, height in pixels. What is read there is doubtful. `hidden`: where ink of a seal was
    taken off (1, else 0).
    """

    gray: Gray
    stamps: tuple[tuple[int, int, int, int], ...] = ()
    hidden: Gray | None = None

    def is_stamped(self, box: Box) -> bool:
        """Was there such a seal in that box (pixels of the picture)?"""
        return any(
            box.x0 < x + width and x < box.x1 and box.top < y + height and y < box.bottom
            for x, y, width, height in self.stamps
        )


def without_seals(picture: Picture) -> Unsealed:
    """Grey, with red ink as bright as paper. Black strokes under a seal stay, for they are darker than it.

    In red light a seal is pale, but a JPEG smears red over what is beside it; brightness stays sharp. So each
    pixel is held against how bright the paper would be under as much red as there is.
    """
    if picture.ndim == 2:
        return _without_grey_seals(picture)
    red, green, blue = (np.ascontiguousarray(picture[:, :, i]) for i in range(3))
    gray = np.asarray(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY), np.uint8)
    redness = cv2.subtract(red, cv2.max(green, blue))
    inked = redness > _RED
    if inked.sum() < _FEWEST:
        return _without_grey_seals(gray)
    full = float(np.percentile(redness[inked], _FULL_RED))
    solid = redness > 0.8 * full
    pairs = [(channel, max(1.0, float(np.median(channel[solid])))) for channel in (gray, red)]
    near = cv2.dilate(inked.astype(np.uint8), np.ones((7, 7), np.uint8)) > 0
    redness = cv2.dilate(redness, np.ones((3, 3), np.uint8))
    cleaned = gray.copy()
    for top in range(0, len(gray), _BAND):  # a page at once would be floats of a gigabyte
        band = slice(top, top + _BAND)
        share = np.clip((redness[band] - np.float32(_TINT)) / (full - _TINT), 0, 1)
        bare = [_unsealed(channel[band], share, under) for channel, under in pairs]
        cleaned[band] = np.where(near[band], np.maximum(*bare), gray[band])
    return Unsealed(cleaned, hidden=near.view(np.uint8))


def _unsealed(channel: Gray, share: NDArray[np.float32], under: float) -> Gray:
    """The channel as a share of what paper under so much of the seal's ink is; its fringes made white.

    `under`: how bright the seal's ink is in this channel.
    """
    paper = _PAPER - (_PAPER - np.float32(under)) * share
    return np.asarray(np.clip(channel * (_BRIGHTER * _PAPER) / paper, 0, 255), np.uint8)


def _without_grey_seals(gray: Gray) -> Unsealed:
    """Grey with a seal's own grey made white, but for its thin signs. Darker print under it stays."""
    side = max(3, round(max(gray.shape) / _STROKE))
    thick = cv2.erode((gray < _DARK).astype(np.uint8), np.ones((side, side), np.uint8)) > 0
    thick &= gray > _BLACK
    if thick.sum() < _FEWEST:
        return Unsealed(gray)
    level = float(np.median(gray[thick]))
    even = (cv2.absdiff(gray, np.full_like(gray, round(level))) < _EVEN).astype(np.uint8)
    wide = cv2.morphologyEx(even, cv2.MORPH_OPEN, np.ones((3, 3), np.uint8))
    seal, stamps = np.zeros_like(wide), _seals(np.asarray(wide, np.uint8), side)
    for x, y, width, height in stamps:
        window = (slice(y, y + height), slice(x, x + width))
        seal[window] = wide[window]
    near = cv2.dilate(seal, np.ones((5, 5), np.uint8)) > 0
    whiter = np.clip(np.arange(256) * float(_BRIGHTER * _PAPER) / level, 0, 255).astype(np.uint8)
    return Unsealed(np.where(near, cv2.LUT(gray, whiter), gray), tuple(stamps), near.view(np.uint8))


def _seals(wide: Gray, gap: int) -> list[tuple[int, int, int, int]]:
    """Where there is something ring-shaped of a seal's size: x, y, width, height."""
    joined = cv2.dilate(wide, np.ones((4 * gap + 1, 4 * gap + 1), np.uint8))
    count, _, stats, _ = cv2.connectedComponentsWithStats(joined)
    least, most = (share * max(wide.shape) for share in _SEAL_SIDES)
    found = []
    for x, y, width, height, _ in stats.tolist()[1:count]:
        filled = float(wide[y : y + height, x : x + width].mean())
        if least < min(width, height) and max(width, height) < most and filled < _MOST_FILLED:
            found.append((x, y, width, height))
    return found
