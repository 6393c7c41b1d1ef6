"""Drawn pages as pictures: a table pasted into a report as an image."""

from __future__ import annotations

from functools import cache
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

from scripts.samples.compose import Sample
from scripts.samples.drawn import Frame, Page, table_page
from scripts.samples.grids import Grid
from scripts.samples.report_font import COLLECTION

SIMPLIFIED = 2
"""The place of the face for Simplified Chinese in the collection."""


def picture(grid: Grid, sample: Sample, dpi: int = 110) -> bytes:
    """A table as a PNG in sixteen greys."""
    image = draw(table_page(grid, sample), dpi)
    buffer = BytesIO()
    image.quantize(16).save(buffer, "PNG", optimize=True)
    return buffer.getvalue()


def draw(page: Page, dpi: int) -> Image.Image:
    """A page as a grey picture."""
    scale = dpi / 72
    image = Image.new("L", (round(page.width * scale), round(page.height * scale)), 255)
    pen = ImageDraw.Draw(image)
    for mark in page.marks:
        if isinstance(mark, Frame):
            ends = (mark.x, mark.top, mark.x + mark.width, mark.top + mark.height)
            pen.rectangle([round(end * scale) for end in ends], outline=0)
        else:
            place = (mark.x * scale, mark.y * scale)
            pen.text(place, mark.text, fill=0, font=_font(round(mark.size * scale)), anchor="ls")
    return image


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(COLLECTION), size, index=SIMPLIFIED)
