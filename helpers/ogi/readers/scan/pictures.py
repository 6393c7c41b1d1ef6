"""Pictures of pages, one at a time and bounded in size: from image files, and drawn from pages of a PDF."""

from __future__ import annotations

import io
import math
import warnings
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from PIL import Image, UnidentifiedImageError
from pypdfium2 import PdfiumError

from ogi.arrays import Pixels
from ogi.readers.document import Box, UnreadableFile, worded
from ogi.readers.image_files import FAULTS, FORMATS, is_strip, pages_of, points_per_pixel, upright
from ogi.readers.limits import LIMITS
from ogi.readers.pdf.pages import opened
from ogi.readers.scan.settings import SCAN
from ogi.readers.settings import SETTINGS
from ogi.said import Said

_REDUCIBLE = ("L", "RGB")
_PASTED_FORMATS = (*FORMATS, "GIF", "BMP")


@dataclass(frozen=True)
class PagePicture:
    """A page as a picture: its number from 1, its pixels, and the points (1/72 inch) that a pixel is wide."""

    number: int
    pixels: Pixels
    points_per_pixel: float


def pictures_of(path: Path) -> Iterator[PagePicture]:
    """The pages of a PNG, JPEG or TIFF file, decoded one at a time."""
    return pages_of(path, worded("scan"), _page_picture)


def _page_picture(number: int, page: Image.Image) -> PagePicture:
    less = _too_fine(page.size)
    small = page.reduce(less) if less > 1 and page.mode in _REDUCIBLE else page
    pixels = np.array(upright(small))
    return PagePicture(number, pixels, points_per_pixel(page) * page.width / small.width)


def _too_fine(size: tuple[int, int]) -> int:
    """How many pixels each way can be made one, the short side still having as many as are looked at."""
    needed = math.ceil(math.sqrt(size[0] * size[1] / SCAN.fine_pixels))
    return max(1, min(needed, min(size) // SCAN.fine_side))


def pasted_picture(data: bytes) -> Pixels | Said:
    """The picture in the bytes of a part of a report, or in words why there is none to be read."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=_PASTED_FORMATS) as image:
                if image.width * image.height > LIMITS.pasted_pixels or is_strip(image):
                    size = f"{image.width} × {image.height}"
                    return worded("pasted.pixels", size=size)
                return np.array(upright(image))
    except UnidentifiedImageError:
        return worded("pasted.format")
    except (*FAULTS, Image.DecompressionBombError) as fault:
        return worded("pasted.damaged", fault=type(fault).__name__)


def on_sheet(picture: Pixels, width: float) -> PagePicture:
    """A picture that is `width` points wide where it is pasted, on an empty sheet of A4 (or a longer one)."""
    height, across = picture.shape[:2]
    sheet_width = max(across + 2, round(across * SETTINGS.page_size[0] / width))
    margin = round(SCAN.sheet_margin * sheet_width)
    sheet_height = max(round(sheet_width * math.sqrt(2)), height + 2 * margin)
    sheet = np.full((sheet_height, sheet_width, *picture.shape[2:]), 255, np.uint8)
    left = (sheet_width - across) // 2
    sheet[margin : margin + height, left : left + across] = picture
    return PagePicture(1, sheet, SETTINGS.page_size[0] / sheet_width)


def pictures_of_pdf(path: Path, numbers: Iterable[int]) -> Iterator[PagePicture]:
    """Pages of a PDF (from 1), drawn at 200 dots an inch."""
    return _drawn(path, ((number, SCAN.rendered_dpi) for number in numbers))


def parts_of_pdf(path: Path, boxes: Sequence[tuple[Box, float]]) -> Iterator[PagePicture]:
    """Pages of a PDF, each with nothing but what lies in its box, drawn at so many dots an inch."""
    drawn = _drawn(path, ((box.page, dpi) for box, dpi in boxes))
    for (box, _), page in zip(boxes, drawn, strict=True):
        left, top, right, bottom = (
            max(0, round(side / page.points_per_pixel)) for side in (box.x0, box.top, box.x1, box.bottom)
        )
        part = np.full_like(page.pixels, 255)
        part[top:bottom, left:right] = page.pixels[top:bottom, left:right]
        yield replace(page, pixels=part)


def _drawn(path: Path, wanted: Iterable[tuple[int, float]]) -> Iterator[PagePicture]:
    try:
        with opened(path) as document:
            for number, dpi in wanted:
                page = document[number - 1]
                width, height = page.get_size()
                scale = min(dpi / 72, (LIMITS.rendered_pixels / (width * height)) ** 0.5)
                pixels = page.render(scale=scale, rev_byteorder=True).to_numpy()
                page.close()
                yield PagePicture(number, np.ascontiguousarray(pixels[:, :, :3]), 1 / scale)
    except PdfiumError as fault:
        raise UnreadableFile(path, worded("pdf.opens"), worded("damaged", fault=fault)) from fault
