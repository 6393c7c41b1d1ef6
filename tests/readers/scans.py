"""Scans drawn for the tests: a page with ruled tables and lines of print, spoilt as a scanner spoils it."""

from __future__ import annotations

import io
from collections.abc import Sequence
from functools import cache

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from ogi.arrays import Pixels
from ogi.fonts import FONT_FILE

SIMPLIFIED = 2
"""The face of the font collection that is drawn with."""
Placed = tuple[str, int, int, int, int]
"""Text, and the columns and rows of the lattice that the cell lies between: left, top, right, bottom."""


@cache
def font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FONT_FILE), size, index=SIMPLIFIED)


class Sheet:
    """A sheet of A4 at 200 dots an inch, or of another size, to print on."""

    def __init__(self, width: int = 1654, height: int = 2339) -> None:
        self.image = Image.new("RGB", (width, height), "white")
        self.pen = ImageDraw.Draw(self.image)

    def line(self, text: str, x: int, y: int, size: int = 40) -> None:
        self.pen.text((x, y), text, fill="black", font=font(size))

    def table(self, xs: Sequence[int], ys: Sequence[int], cells: Sequence[Placed], size: int = 27) -> None:
        """Cells with black lines around them, their text in the middle."""
        for text, left, top, right, bottom in cells:
            box = xs[left], ys[top], xs[right], ys[bottom]
            self.pen.rectangle(box, outline="black", width=3)
            middle = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
            self.pen.multiline_text(middle, text, "black", font(size), anchor="mm", align="center", spacing=4)

    def seal(self, x: int, y: int, width: int = 320) -> None:
        """A round red seal with a piece of solid red in its middle, over what is printed."""
        ink = Image.new("RGB", self.image.size, "white")
        pen = ImageDraw.Draw(ink)
        pen.ellipse((x, y, x + width, y + width), outline=(210, 35, 40), width=12)
        pen.regular_polygon((x + width / 2, y + width / 2, width / 6), 3, fill=(210, 35, 40))
        both = np.asarray(self.image, np.uint16) * np.asarray(ink, np.uint16) // 255
        self.image.paste(Image.fromarray(both.astype(np.uint8)))

    def scanned(self, degrees: float = 0.0, noise: float = 0.0, quality: int = 75) -> Pixels:
        """The sheet turned (anticlockwise), grainy, and through a JPEG."""
        image = self.image.rotate(degrees, Image.Resampling.BICUBIC, fillcolor="white")
        grain = np.random.default_rng(3).normal(0, noise, (image.height, image.width, 1))
        pixels = np.clip(np.asarray(image, np.float32) * 0.95 + grain, 0, 255).astype(np.uint8)
        written = io.BytesIO()
        Image.fromarray(pixels).save(written, "JPEG", quality=quality)
        return np.array(Image.open(written))
