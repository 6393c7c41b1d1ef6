"""PDF → Document: tables as grids, everything else as paragraphs without page numbers and running heads.

Characters and lines are read through pdfium, tables found as pdfplumber finds them. Boxes are in points
from the top left corner of the page as displayed.
"""

from __future__ import annotations

import logging
from pathlib import Path

from ogi.readers.attachments import attachment_notes, lacks_tables
from ogi.readers.document import Block, Box, Document, Method, UnreadableFile, worded
from ogi.readers.pdf.attached import attached
from ogi.readers.pdf.damage import is_damaged
from ogi.readers.pdf.images import with_pictured
from ogi.readers.pdf.layout import found_tables, ruled_page, with_aligned_tables
from ogi.readers.pdf.marks import PageMarks
from ogi.readers.pdf.pages import opened, read_pages, title_of
from ogi.readers.pdf.paragraphs import PageParts, blocks
from ogi.readers.pdf.reread import reread, with_doubt, with_lines_reread
from ogi.readers.pdf.ruled import boxes_of
from ogi.readers.pdf.sheet import BBox
from ogi.readers.pdf.two_up import halves, put_back
from ogi.said import Said, say

_log = logging.getLogger(__name__)

_FIRST_SCANNED_ORIGIN = 100_000
"""Tables of scanned pages are numbered from here, so that none is taken for part of one with text."""

_OF_PAGE = "page {page}: {note}{then}", "第{page}页{note}{then}"
_AS_PICTURE = Said(", read as a picture", "，按图片识读")
_LEGIBLE = Said("a PDF with text or scanned pages", "有文字或扫描页的PDF文件")


def read(path: Path) -> Document:
    """Read a PDF, pages without text as pictures; UnreadableFile where it is damaged, locked or illegible."""
    notes: list[Said] = []
    sheets, title = _sheets(path)
    pages = halves(sheets)
    parts: list[PageParts] = []
    for page in pages:
        found, remarks = ruled_page(page.marks)
        parts.append(found)
        counts = len(page.marks.chars), len(page.marks.rules), len(found.tables)
        _log.debug("page %d: %d characters, %d lines, %d ruled tables", page.sheet, *counts)
        then = _AS_PICTURE if page.marks.is_picture else ""
        told = (*page.marks.notes, *remarks)
        notes += [say(*_OF_PAGE, page=page.sheet, note=note, then=then) for note in told]
    parts = with_aligned_tables(parts)
    if len(pages) == len(sheets):
        parts = with_lines_reread(path, parts)
    mixed = [page.marks for page in pages if page.marks.images and not page.marks.is_picture]
    notes += with_pictured(path, parts, mixed)
    titles = (title,) if title and title.isprintable() else ()
    pictures = [sheet.number for sheet in sheets if sheet.is_picture]
    told_blocks = reread(path, put_back(blocks(parts), pages), sheets)
    read_blocks = _in_order([*told_blocks, *with_doubt(_recognised(path, pictures), sheets)])
    others = attachment_notes(attached(path)) if lacks_tables(read_blocks) else ()
    is_hurt = is_damaged(path)
    if not read_blocks and not others:
        shown = say("{n} page(s) of pictures without text", "仅有{n}页无文字图片的文件", n=len(sheets))
        raise UnreadableFile(path, _LEGIBLE, worded("pdf.damaged") if is_hurt else shown)
    method = Method.OCR if len(pictures) == len(sheets) else Method.PDF
    notes += [worded("pdf.hurt")] if is_hurt else []
    return Document(path, method, tuple(read_blocks), titles, (*others, *notes), is_damaged=is_hurt)


def lattice_of(path: Path, page: int) -> tuple[list[BBox], list[BBox]]:
    """Return the ruling lines of a page and the cells that the reader makes of them, to be drawn.

    Args:
        path: A PDF.
        page: The page's number, from 1.

    Returns:
        The lines and the cells, each as (x0, top, x1, bottom) in points from the page's top left corner. Both
        are empty for a page without ruled tables, and the cells where the lines are too many to make sense.

    Raises:
        UnreadableFile: The file is damaged or locked.
        IndexError: There is no such page.
    """
    sheets, _ = _sheets(path)
    if not 1 <= page <= len(sheets):
        raise IndexError(f"page {page} of {len(sheets)}")
    lines: list[BBox] = []
    cells: list[BBox] = []
    for half in halves(sheets):
        if half.sheet == page:
            lines += [_shifted(box, half.shift) for box in boxes_of(half.marks.rules)]
            tables, _ = found_tables(half.marks)
            cells += [_shifted(box, half.shift) for table in tables for box in table]
    return lines, cells


def characters_in(path: Path, box: Box) -> list[str]:
    """Return the visible characters whose middles lie in a box, in the order in which the page has them.

    Raises:
        UnreadableFile: The file is damaged or locked.
    """
    sheets, _ = _sheets(path)
    return [
        char.text
        for char in sheets[box.page - 1].chars
        if box.x0 <= (char.x0 + char.x1) / 2 <= box.x1
        and box.top <= (char.top + char.bottom) / 2 <= box.bottom
    ]


def _shifted(box: BBox, shift: float) -> BBox:
    x0, top, x1, bottom = box
    return x0 + shift, top, x1 + shift, bottom


def _sheets(path: Path) -> tuple[list[PageMarks], str]:
    """The marks of all pages, and the title in the file's own data."""
    sheets: list[PageMarks] = []
    with opened(path) as document:
        _log.debug("%s: %d pages", path, len(document))
        title = title_of(document)
        sheets += read_pages(document, path)
    return sheets, title


def _recognised(path: Path, pages: list[int]) -> list[Block]:
    """The pages without text, read as scans; each cell says so."""
    if not pages:
        return []
    from ogi.readers import scan  # the recogniser is heavy, and most reports need none

    return scan.read_pdf_pages(path, pages, first_origin=_FIRST_SCANNED_ORIGIN)


def _in_order(found: list[Block]) -> list[Block]:
    return sorted(found, key=lambda block: block.page or 0)


__all__ = ["characters_in", "lattice_of", "read"]
