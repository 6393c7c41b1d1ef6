"""Pictures of pages, one at a time and bounded in size: from image files, and drawn from pages of a PDF."""

from __future__ import annotations

import io
import math
import struct
import warnings
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError
from pypdfium2 import PdfDocument, PdfiumError

from ogi.arrays import Pixels
from ogi.readers.document import Box, UnreadableFile, worded
from ogi.readers.files import require_size
from ogi.readers.limits import LIMITS
from ogi.readers.scan.settings import SCAN
from ogi.readers.settings import SETTINGS
from ogi.said import Said

_REDUCIBLE = ("L", "RGB")
_FORMATS = ("PNG", "JPEG", "TIFF")
_PASTED_FORMATS = (*_FORMATS, "GIF", "BMP")
_FAULTS = (OSError, SyntaxError, ValueError, EOFError, struct.error, KeyError, TypeError, OverflowError)
"""What Pillow raises on damaged files; caught only around its own calls."""


@dataclass(frozen=True)
class PagePicture:
    """A page as a picture: its number from 1, its pixels, and the points (1/72 inch) that a pixel is wide."""

    number: int
    pixels: Pixels
    points_per_pixel: float


def pictures_of(path: Path) -> Iterator[PagePicture]:
    """The pages of a PNG, JPEG or TIFF file, decoded one at a time."""
    require_size(path, worded("scan"))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(path, formats=_FORMATS) as image:
                for number, frame in enumerate(ImageSequence.Iterator(image), 1):
                    _require_bounded(path, number, frame)
                    dpi, less = _dpi(frame), _too_fine(frame.size)
                    small = frame.reduce(less) if less > 1 and frame.mode in _REDUCIBLE else frame
                    yield PagePicture(number, _pixels(small), 72 / dpi * frame.width / small.width)
    except UnidentifiedImageError as fault:
        raise UnreadableFile(path, worded("picture"), worded("picture.other_kind")) from fault
    except Image.DecompressionBombError as fault:
        raise UnreadableFile(path, _bounded(), worded("more")) from fault
    except _FAULTS as fault:
        raise UnreadableFile(
            path, worded("picture.whole"), worded("damaged", fault=type(fault).__name__)
        ) from fault


def _require_bounded(path: Path, number: int, frame: Image.Image) -> None:
    pixels = frame.width * frame.height
    if pixels > LIMITS.picture_pixels:
        raise UnreadableFile(path, _bounded(), Said.as_printed(f"{frame.width} × {frame.height}"))
    if number > LIMITS.picture_pages:
        raise UnreadableFile(path, worded("scan.pages", most=LIMITS.picture_pages), worded("more"))


def _bounded() -> Said:
    most = LIMITS.picture_pixels
    return worded("scan.pixels", millions=most // 10**6, wan=most // 10**4)


def _too_fine(size: tuple[int, int]) -> int:
    """How many pixels each way can be made one, the short side still having as many as are looked at."""
    needed = math.ceil(math.sqrt(size[0] * size[1] / SCAN.fine_pixels))
    return max(1, min(needed, min(size) // SCAN.fine_side))


def _pixels(frame: Image.Image) -> Pixels:
    """Grey or RGB, upright as the camera noted, transparency on white."""
    if frame.mode in ("1", "L", "I;16", "I", "F"):
        return np.array(ImageOps.exif_transpose(frame.convert("L")))
    if frame.mode in ("RGBA", "LA", "PA") or "transparency" in frame.info:
        layer = frame.convert("RGBA")
        frame = Image.alpha_composite(Image.new("RGBA", layer.size, "white"), layer)
    return np.array(ImageOps.exif_transpose(frame.convert("RGB")))


def _dpi(frame: Image.Image) -> float:
    told = frame.info.get("dpi")
    dpi = float(told[0]) if isinstance(told, tuple) and told else 0.0
    return dpi if SETTINGS.stated_dpi[0] <= dpi <= SETTINGS.stated_dpi[1] else SCAN.assumed_dpi


def pasted_picture(data: bytes) -> Pixels | Said:
    """The picture in the bytes of a part of a report, or in words why there is none to be read."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=_PASTED_FORMATS) as image:
                if image.width * image.height > LIMITS.pasted_pixels:
                    size = f"{image.width} × {image.height}"
                    return worded("pasted.pixels", size=size)
                return _pixels(image)
    except UnidentifiedImageError:
        return worded("pasted.format")
    except (*_FAULTS, Image.DecompressionBombError) as fault:
        return worded("pasted.damaged", fault=type(fault).__name__)


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
        with PdfDocument(path) as document:
            for number, dpi in wanted:
                page = document[number - 1]
                width, height = page.get_size()
                scale = min(dpi / 72, (LIMITS.rendered_pixels / (width * height)) ** 0.5)
                pixels = page.render(scale=scale, rev_byteorder=True).to_numpy()
                page.close()
                yield PagePicture(number, np.ascontiguousarray(pixels[:, :, :3]), 1 / scale)
    except PdfiumError as fault:
        raise UnreadableFile(path, worded("pdf.opens"), worded("damaged", fault=fault)) from fault
