"""The pages of a report as pictures: whole, around one cell, or with the ruling lines that were found.

A box is in points (1/72 inch) from the top left corner of the page as it is displayed.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image, ImageDraw, ImageOps, ImageSequence
from pypdfium2 import PdfDocument, PdfiumError, PdfPage

from ogi.readers.document import Box, UnreadableFile, worded
from ogi.readers.files import contents
from ogi.readers.limits import LIMITS
from ogi.readers.pdf import lattice_of
from ogi.readers.settings import SETTINGS
from ogi.said import Said, say

PDF_SUFFIXES = frozenset({".pdf"})
IMAGE_SUFFIXES = frozenset({".png", ".jpg", ".jpeg", ".tif", ".tiff"})

_EXPECTED = Said(
    "a report with pages: a PDF, PNG, JPEG or TIFF file", "分页的年报（PDF、PNG、JPEG或TIFF文件）"
)
_WITH_RULING = Said("a PDF, whose ruling lines can be shown", "可显示表格线的PDF文件")
_CELL, _CELL_EDGE, _LINE = (40, 90, 220, 40), (40, 90, 220, 255), (214, 40, 40, 255)
_IMAGE_FAULTS = (OSError, ValueError, SyntaxError, Image.DecompressionBombError)
"""What Pillow raises on damaged image files; caught only around its own calls."""


def has_pages(path: Path) -> bool:
    """Is the file of a format that has pages to be drawn? Told by its ending."""
    return path.suffix.lower() in PDF_SUFFIXES | IMAGE_SUFFIXES


def page_size(path: Path, page: int) -> tuple[float, float]:
    """Width and height of a page in points. UnreadableFile as for `page_picture`.

    An image file that states no credible resolution is taken to be as long as an A4 sheet.
    """
    if path.suffix.lower() in PDF_SUFFIXES:
        with _pdf_page(path, page) as sheet:
            return float(sheet.get_width()), float(sheet.get_height())
    scale = _points_per_pixel(image := _image_page(path, page))
    return image.width * scale, image.height * scale


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
    return _of_image(_image_page(path, box.page), box, scale)


def _of_pdf(path: Path, box: Box, scale: float) -> Image.Image:
    with _pdf_page(path, box.page) as sheet:
        cut = (box.x0, sheet.get_height() - box.bottom, sheet.get_width() - box.x1, box.top)
        bitmap = sheet.render(scale=scale, crop=tuple(max(0.0, side) for side in cut))
        picture: Image.Image = bitmap.to_pil().convert("RGB")
    return picture


def _of_image(image: Image.Image, box: Box, scale: float) -> Image.Image:
    points = _points_per_pixel(image)
    part = image.crop((*_down(box.x0 / points, box.top / points), *_up(box.x1 / points, box.bottom / points)))
    smaller = min(1.0, scale * points)
    size = max(1, round(part.width * smaller)), max(1, round(part.height * smaller))
    return part if size == part.size else part.resize(size, Image.Resampling.LANCZOS)


def _down(x: float, y: float) -> tuple[int, int]:
    return int(x + 0.001), int(y + 0.001)


def _up(x: float, y: float) -> tuple[int, int]:
    return int(x + 0.999), int(y + 0.999)


@contextmanager
def _pdf_page(path: Path, page: int) -> Iterator[PdfPage]:
    try:
        document = PdfDocument(contents(path, _EXPECTED))
    except PdfiumError as fault:
        found = say("a damaged or locked one ({fault})", "已损坏或加密的文件（{fault}）", fault=fault)
        raise UnreadableFile(path, worded("pdf.opens"), found) from fault
    with document:
        _require_page(path, page, len(document))
        try:
            sheet = document[page - 1]
        except PdfiumError as fault:
            told = "a damaged page {page} ({fault})", "第{page}页已损坏的文件（{fault}）"
            raise UnreadableFile(path, worded("pdf.whole"), say(*told, page=page, fault=fault)) from fault
        yield sheet


def _require_page(path: Path, page: int, pages: int) -> None:
    if not 1 <= page <= pages:
        wanted = say("a page from 1 to {last}", "第1页至第{last}页", last=pages)
        raise UnreadableFile(path, wanted, say("page {page}", "第{page}页", page=page))


def _image_page(path: Path, page: int) -> Image.Image:
    """One picture of an image file, upright, in RGB, on white where it is transparent."""
    if path.suffix.lower() not in IMAGE_SUFFIXES:
        raise UnreadableFile(path, _EXPECTED, Said.as_printed(f"“{path.suffix}”"))
    data = contents(path, _EXPECTED)
    try:
        with Image.open(io.BytesIO(data), formats=("PNG", "JPEG", "TIFF")) as file:
            _require_page(path, page, getattr(file, "n_frames", 1))
            picture = ImageSequence.Iterator(file)[page - 1]
            if picture.width * picture.height > LIMITS.picture_pixels:
                told = "a picture of at most {most} pixels", "不超过{most}像素的图片"
                wanted = say(*told, most=f"{LIMITS.picture_pixels:,}")
                raise UnreadableFile(path, wanted, Said.as_printed(f"{picture.width} × {picture.height}"))
            dpi = picture.info.get("dpi")
            upright = ImageOps.exif_transpose(picture).convert("RGBA")
    except _IMAGE_FAULTS as fault:
        raise UnreadableFile(
            path, worded("picture.whole"), worded("damaged", fault=type(fault).__name__)
        ) from fault
    paper = Image.new("RGBA", upright.size, "white")
    page_image = Image.alpha_composite(paper, upright).convert("RGB")
    page_image.info["dpi"] = dpi
    return page_image


def _points_per_pixel(image: Image.Image) -> float:
    """As the file states it, the same both ways, where that is credible; else as if it were an A4 sheet."""
    stated = image.info.get("dpi")
    if isinstance(stated, tuple) and len(stated) == 2:
        across, down = (float(value) for value in stated)
        if SETTINGS.stated_dpi[0] <= across <= SETTINGS.stated_dpi[1] and abs(across - down) < 1:
            return 72 / across
    return SETTINGS.page_size[1] / max(image.size)
