"""Image files: their pages upright, one at a time and bounded, and how large a pixel is on paper."""

from __future__ import annotations

import io
import struct
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

from ogi.readers.document import UnreadableFile, worded
from ogi.readers.files import contents
from ogi.readers.limits import LIMITS
from ogi.readers.settings import SETTINGS
from ogi.said import Said

T = TypeVar("T")
FORMATS = ("PNG", "JPEG", "TIFF")
FAULTS = (OSError, SyntaxError, ValueError, EOFError, struct.error, KeyError, TypeError, OverflowError)
"""What Pillow raises on damaged files; caught only around its own calls."""


def pages_of(path: Path, expected: Said, read: Callable[[int, Image.Image], T]) -> Iterator[T]:
    """What `read` makes of each page of a PNG, JPEG or TIFF file, by its number from 1 and its picture.

    UnreadableFile where the file is another, is damaged, or has more pages or pixels than LIMITS allow. It is
    only while `read` looks at a page that Pillow decodes it and finds it damaged.
    """
    data = contents(path, expected)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=FORMATS) as image:
                for number, page in enumerate(ImageSequence.Iterator(image), 1):
                    _require_bounded(path, number, page)
                    yield read(number, page)
    except UnidentifiedImageError as fault:
        raise UnreadableFile(path, worded("picture"), worded("picture.other_kind")) from fault
    except Image.DecompressionBombError as fault:
        raise UnreadableFile(path, _bounded(), worded("more")) from fault
    except FAULTS as fault:
        found = worded("damaged", fault=type(fault).__name__)
        raise UnreadableFile(path, worded("picture.whole"), found) from fault


def _require_bounded(path: Path, number: int, page: Image.Image) -> None:
    if page.width * page.height > LIMITS.picture_pixels or is_strip(page):
        raise UnreadableFile(path, _bounded(), Said.as_printed(f"{page.width} × {page.height}"))
    if number > LIMITS.picture_pages:
        raise UnreadableFile(path, worded("scan.pages", most=LIMITS.picture_pages), worded("more"))


def is_strip(page: Image.Image) -> bool:
    """Is it so long and thin that it can show no page?"""
    return max(page.size) > LIMITS.picture_ratio * min(page.size)


def _bounded() -> Said:
    most = LIMITS.picture_pixels
    return worded("scan.pixels", millions=most // 10**6, wan=most // 10**4)


def upright(page: Image.Image) -> Image.Image:
    """A page in grey or RGB, turned as the camera noted, transparency on white."""
    if page.mode in ("1", "L", "I;16", "I", "F"):
        return ImageOps.exif_transpose(page.convert("L"))
    if page.mode in ("RGBA", "LA", "PA") or "transparency" in page.info:
        layer = page.convert("RGBA")
        page = Image.alpha_composite(Image.new("RGBA", layer.size, "white"), layer)
    return ImageOps.exif_transpose(page.convert("RGB"))


def points_per_pixel(page: Image.Image) -> float:
    """How wide a pixel is by the page's own resolution, or by SETTINGS.assumed_dpi where it tells none."""
    told = page.info.get("dpi")
    dpi = float(told[0]) if isinstance(told, tuple) and told else 0.0
    least, most = SETTINGS.stated_dpi
    return 72 / (dpi if least <= dpi <= most else SETTINGS.assumed_dpi)
