"""Pictures on pages that have text: a table that was pasted as a picture takes its place on the page."""

from __future__ import annotations

from collections.abc import Sequence
from ctypes import c_float, c_uint
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pypdfium2.raw as pdfium

from ogi.readers.document import Box
from ogi.readers.pdf.lines import TextLine
from ogi.readers.pdf.marks import Char, Image, PageMarks
from ogi.readers.pdf.paragraphs import PageParts
from ogi.readers.pdf.quick import bare, places
from ogi.readers.pdf.settings import PDF
from ogi.readers.pdf.sheet import BBox, Matrix, around, holds, overlap
from ogi.said import Said, say

if TYPE_CHECKING:
    from ogi.readers.scan.pages import ReadPage

_bounds, _pixels = bare(pdfium.FPDFPageObj_GetBounds), bare(pdfium.FPDFImageObj_GetImagePixelSize)


def image_of(obj: int, matrix: Matrix, visible: BBox) -> Image:
    """A picture among a page's objects, by its address."""
    bounds, pixels = (c_float * 4)(), (c_uint * 2)()
    _bounds(obj, *places(bounds))
    _pixels(obj, *places(pixels))
    box = matrix.box(*bounds)
    inches = max(box[2] - box[0], box[3] - box[1], 1.0) / 72
    return Image(overlap(box, visible), max(pixels) / inches)


def with_pictured(path: Path, parts: list[PageParts], marks: Sequence[PageMarks]) -> list[Said]:
    """Put the tables of pictures into the parts of their pages; returns what was not looked at, in words.

    `marks`: those of the pages that have both text and pictures.
    """
    found = [(page, image) for page in marks for image in pictures_of(page)]
    if not found:
        return []
    from ogi.readers import scan  # the recogniser is heavy, and most reports need none

    looked = found[: PDF.most_pictures]
    boxes = [(Box(page.number, *image.box), _dpi(image)) for page, image in looked]
    place = {part.number: i for i, part in enumerate(parts)}
    for (page, image), picture in zip(looked, scan.parts_of_pdf(path, boxes), strict=True):
        for read in scan.read_pasted(picture, is_page=_is_page(image, page)):
            at = place[page.number]
            parts[at] = _with_read(parts[at], read, page.chars)
    left = len(found) - len(looked)
    told = "{left} of {n} pictures were not looked at for tables", "{n}张图片中有{left}张未查找表格"
    return [say(*told, left=left, n=len(found))] if left else []


def pictures_of(page: PageMarks) -> list[Image]:
    """The pictures of a page that are large enough for a table, those in parts put together."""
    images = [image for image in page.images if image.box[0] < image.box[2] and image.box[1] < image.box[3]]
    if len(images) > PDF.most_picture_parts:
        images = [Image(around([image.box for image in images]), max(image.dpi for image in images))]
    whole: list[Image] = []
    for image in images:
        beside = [other for other in whole if _touch(image.box, other.box)]
        whole = [other for other in whole if other not in beside]
        joined = [image, *beside]
        whole.append(Image(around([one.box for one in joined]), max(one.dpi for one in joined)))
    return [image for image in whole if _is_large(image.box)]


def _is_large(box: BBox) -> bool:
    return box[2] - box[0] >= PDF.picture_size[0] and box[3] - box[1] >= PDF.picture_size[1]


def _touch(one: BBox, other: BBox) -> bool:
    x0, top, x1, bottom = overlap(one, other)
    return x0 - x1 <= PDF.picture_gap and top - bottom <= PDF.picture_gap


def _dpi(image: Image) -> float:
    from ogi.readers import scan

    return min(max(image.dpi, scan.SCAN.rendered_dpi), PDF.picture_dpi)


def _is_page(image: Image, page: PageMarks) -> bool:
    x0, top, x1, bottom = image.box
    most = (x1 - x0) * (bottom - top) > PDF.page_picture * page.width * page.height
    return most and len(_inside(image.box, page.chars)) <= PDF.page_picture_text


def _inside(box: BBox, chars: Sequence[Char]) -> list[Char]:
    return [char for char in chars if holds(box, (char.x0 + char.x1) / 2, (char.top + char.bottom) / 2)]


def _with_read(parts: PageParts, read: ReadPage, chars: list[Char]) -> PageParts:
    """A page with what was read on a picture, but for what is there as text already."""
    tables, lines = list(parts.tables), list(parts.lines)
    for table in read.tables:
        boxes = [_bbox(cell.box) for cell in table.cells if cell.box is not None]
        if boxes and not _inside(around(boxes), chars):
            tables.append((around(boxes)[1], list(table.cells)))
    for line in read.lines:
        if line.box is not None and not _inside(_bbox(line.box), chars):
            x0, top, x1, bottom = _bbox(line.box)
            lines.append(TextLine(line.text, parts.number, x0, top, x1, bottom, bottom - top))
    return replace(parts, tables=tables, lines=sorted(lines, key=lambda line: line.top))


def _bbox(box: Box) -> BBox:
    return box.x0, box.top, box.x1, box.bottom
