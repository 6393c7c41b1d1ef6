"""The pages of a report as pictures: whole, around one cell, or with the ruling lines that were found.

A box is in points (1/72 inch) from the top left corner of the page as it is displayed.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image, ImageDraw
from pypdfium2 import PdfiumError, PdfPage

from ogi.readers.document import Box, UnreadableFile, worded
from ogi.readers.image_files import pages_of, points_per_pixel, upright
from ogi.readers.limits import LIMITS
from ogi.readers.pdf import lattice_of
from ogi.readers.pdf.pages import opened
from ogi.said import Said, say

PDF_SUFFIXES = frozenset({".pdf"})
IMAGE_SUFFIXES = frozenset({".png", ".jpg", ".jpeg", ".tif", ".tiff"})

_EXPECTED = Said(
    "a report with pages: a PDF, PNG, JPEG or TIFF file", "分页的年报（PDF、PNG、JPEG或TIFF文件）"
)
_WITH_RULING = Said("a PDF, whose ruling lines can be shown", "可显示表格线的PDF文件")
_CELL, _CELL_EDGE, _LINE = (40, 90, 220, 40), (40, 90, 220, 255), (214, 40, 40, 255)


def has_pages(path: Path) -> bool:
    """Is the file of a format that has pages to be drawn? Told by its ending."""
    return path.suffix.lower() in PDF_SUFFIXES | IMAGE_SUFFIXES


def page_size(path: Path, page: int) -> tuple[float, float]:
    """Width and height of a page in points. UnreadableFile as for `page_picture`.

    An image file is measured as its reader measures it, so that boxes of cells fit.
    """
    if path.suffix.lower() in PDF_SUFFIXES:
        with _pdf_page(path, page) as sheet:
            return float(sheet.get_width()), float(sheet.get_height())
    image, points = _image_page(path, page)
    return image.width * points, image.height * points


def page_picture(path: Path, page: int, dpi: float = 110) -> Image.Image:
    """The picture of a page (from 1), in colour, coarser than `dpi` where LIMITS or the file demand it.

    UnreadableFile for a format without pages, a damaged or locked file, a page that the file does not have;
    ValueError for a dpi that is not within 1 to LIMITS.shown_dpi.
    """
    width, height = page_size(path, page)
    return _region(path, Box(page, 0, 0, width, height), dpi)


def cell_picture(path: Path, box: Box, dpi: float = 200, margin: float = 4) -> Image.Image:
    """The picture of one cell with `margin` points around it, as far as the page goes.

    Faults as for `page_picture`; ValueError also for a box that lies off the page.
    """
    width, height = page_size(path, box.page)
    around = Box(
        box.page,
        max(0.0, box.x0 - margin),
        max(0.0, box.top - margin),
        min(width, box.x1 + margin),
        min(height, box.bottom + margin),
    )
    if around.x0 >= around.x1 or around.top >= around.bottom:
        raise ValueError(f"{path}: expected a box on page {box.page} ({width:g} × {height:g}), found {box}")
    return _region(path, around, dpi)


def lattice_picture(path: Path, page: int, dpi: float = 110) -> Image.Image:
    """Draw on a PDF page what the reader saw: its ruling lines red, the cells that it made of them blue.

    Raises:
        UnreadableFile: The file is no PDF; else as for `page_picture`.
    """
    if path.suffix.lower() not in PDF_SUFFIXES:
        raise UnreadableFile(path, _WITH_RULING, Said(f"“{path.suffix}”", f"“{path.suffix}”"))
    picture = page_picture(path, page, dpi).convert("RGB")
    scale = picture.width / page_size(path, page)[0]
    lines, cells = lattice_of(path, page)
    draw = ImageDraw.Draw(picture, "RGBA")
    for box in cells:
        draw.rectangle([scale * edge for edge in box], fill=_CELL, outline=_CELL_EDGE)
    for box in lines:
        draw.rectangle([scale * edge for edge in box], outline=_LINE)
    return picture


def _region(path: Path, box: Box, dpi: float) -> Image.Image:
    if not 1 <= dpi <= LIMITS.shown_dpi:
        raise ValueError(f"expected 1 to {LIMITS.shown_dpi} dpi, found {dpi:g}")
    area = (box.x1 - box.x0) * (box.bottom - box.top)
    scale = min(dpi / 72, (LIMITS.shown_pixels / area) ** 0.5)
    if path.suffix.lower() in PDF_SUFFIXES:
        return _of_pdf(path, box, scale)
    return _of_image(*_image_page(path, box.page), box, scale)


def _of_pdf(path: Path, box: Box, scale: float) -> Image.Image:
    with _pdf_page(path, box.page) as sheet:
        cut = (box.x0, sheet.get_height() - box.bottom, sheet.get_width() - box.x1, box.top)
        bitmap = sheet.render(scale=scale, crop=tuple(max(0.0, side) for side in cut))
        picture: Image.Image = bitmap.to_pil().convert("RGB")
    return picture


def _of_image(image: Image.Image, points: float, box: Box, scale: float) -> Image.Image:
    """A part of a picture, made smaller where it is finer than `scale` pixels to the point."""
    sides = (box.x0, box.top, box.x1, box.bottom)
    left, top, right, bottom = (
        min(side / points, most) for side, most in zip(sides, image.size * 2, strict=True)
    )
    finest = min(1.0, scale * points)
    size = max(1, round((right - left) * finest)), max(1, round((bottom - top) * finest))
    return image.resize(size, Image.Resampling.LANCZOS, box=(left, top, right, bottom))


@contextmanager
def _pdf_page(path: Path, page: int) -> Iterator[PdfPage]:
    with opened(path) as document:
        if not 1 <= page <= len(document):
            raise _no_such_page(path, page, len(document))
        try:
            sheet = document[page - 1]
        except PdfiumError as fault:
            told = "a damaged page {page} ({fault})", "第{page}页已损坏的文件（{fault}）"
            raise UnreadableFile(path, worded("pdf.whole"), say(*told, page=page, fault=fault)) from fault
        yield sheet


def _no_such_page(path: Path, page: int, pages: int) -> UnreadableFile:
    wanted = say("a page from 1 to {last}", "第1页至第{last}页", last=pages)
    return UnreadableFile(path, wanted, say("page {page}", "第{page}页", page=page))


def _image_page(path: Path, page: int) -> tuple[Image.Image, float]:
    """One picture of an image file, upright and in RGB, and the points that a pixel is wide."""
    if path.suffix.lower() not in IMAGE_SUFFIXES:
        raise UnreadableFile(path, _EXPECTED, Said.as_printed(f"“{path.suffix}”"))

    def read(number: int, found: Image.Image) -> tuple[Image.Image, float] | None:
        return (upright(found).convert("RGB"), points_per_pixel(found)) if number == page else None

    pages = list(pages_of(path, _EXPECTED, read))
    picture = pages[page - 1] if 1 <= page <= len(pages) else None
    if picture is None:
        raise _no_such_page(path, page, len(pages))
    return picture
