"""Two pages side by side on one sheet: each half is read as a page, and boxes tell places on the sheet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from ogi.readers.document import Block, Box, Cell, Paragraph, with_cells
from ogi.readers.pdf.flow import segment_lines
from ogi.readers.pdf.marks import PageMarks
from ogi.readers.pdf.ruled import boxes_of
from ogi.readers.pdf.settings import PDF


@dataclass(frozen=True)
class Half:
    """A page as it is read; the sheet that it is on, and how far right (points) it begins there."""

    marks: PageMarks
    sheet: int
    shift: float = 0.0


def halves(sheets: Sequence[PageMarks]) -> list[Half]:
    """The pages on the sheets, numbered anew; where one sheet shows two pages, all with a free middle do.

    No sheet is parted where pictures stand amid text, for pictures are looked for by the sheet's number.
    """
    is_mixed = any(sheet.images and not sheet.is_picture for sheet in sheets)
    free = [not is_mixed and _has_free_middle(sheet) for sheet in sheets]
    is_two_up = any(
        is_free and all(map(_is_page, (_part(sheet, 0), _part(sheet, 1))))
        for sheet, is_free in zip(sheets, free, strict=True)
    )
    pages: list[Half] = []
    for sheet, is_free in zip(sheets, free, strict=True):
        for side in (0, 1) if is_two_up and is_free else (None,):
            marks = sheet if side is None else _part(sheet, side)
            shift = 0.0 if side is None else side * marks.width
            pages.append(Half(replace(marks, number=len(pages) + 1), sheet.number, shift))
    return pages


def put_back(blocks: Iterable[Block], pages: Sequence[Half]) -> list[Block]:
    """Blocks read from the pages, with their places on the sheets."""
    if all(page.marks.number == page.sheet for page in pages):
        return list(blocks)
    return [
        replace(block, page=pages[block.page - 1].sheet)
        if isinstance(block, Paragraph) and block.page is not None
        else block
        for block in with_cells(blocks, partial(_on_sheet, pages))
    ]


def _on_sheet(pages: Sequence[Half], cell: Cell) -> Cell:
    if cell.box is None:
        return cell
    page, box = pages[cell.box.page - 1], cell.box
    placed = Box(page.sheet, box.x0 + page.shift, box.top, box.x1 + page.shift, box.bottom)
    return cell._replace(box=placed)


def _has_free_middle(sheet: PageMarks) -> bool:
    if sheet.width < PDF.two_up_ratio * sheet.height or not sheet.chars:
        return False
    left, right = (0.5 - PDF.two_up_fold) * sheet.width, (0.5 + PDF.two_up_fold) * sheet.width
    if any(char.x0 < right and char.x1 > left and not char.text.isspace() for char in sheet.chars):
        return False
    return not any(x0 < right and x1 > left for x0, _, x1, _ in boxes_of(sheet.rules))


def _part(sheet: PageMarks, side: int) -> PageMarks:
    """The left half (0) or the right one (1), as a page of its own."""
    width = sheet.width / 2
    shift = side * width
    chars = [
        char._replace(x0=char.x0 - shift, x1=char.x1 - shift)
        for char in sheet.chars
        if (char.x0 + char.x1 >= 2 * width) == bool(side)
    ]
    is_down, at, start, end = sheet.rules.T
    own = (np.where(is_down, at, start) >= width) == bool(side)
    along = shift * (1 - is_down)
    rules = np.stack((is_down, at - shift * is_down, start - along, end - along), axis=1)[own]
    return replace(
        sheet, width=width, chars=chars, rules=rules, drawn=None if sheet.drawn is None else sheet.drawn[own]
    )


def _is_page(half: PageMarks) -> bool:
    """Does a half hold lines as wide as a page has? That of a table without ruling lines does not."""
    least = PDF.two_up_line * half.width
    if any(x1 - x0 >= least for x0, _, x1, _ in boxes_of(half.rules)):
        return True
    return any(segment.x1 - segment.x0 >= least for line in segment_lines(half.chars) for segment in line)
