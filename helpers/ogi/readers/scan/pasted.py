"""Pictures pasted into reports that have text: is there a table on one, and what does it say?

A look at the ruling lines costs little and decides; photographs, logos and charts are never recognised.
"""

from __future__ import annotations

import math

import numpy as np

from ogi.arrays import Pixels
from ogi.readers.scan.pages import ReadPage, read_picture
from ogi.readers.scan.pictures import PagePicture
from ogi.readers.scan.ruling import RuledTable, find_tables
from ogi.readers.scan.seals import without_seals
from ogi.readers.scan.settings import SCAN
from ogi.readers.scan.square import squared
from ogi.readers.scan.views import Rect, View, views
from ogi.readers.settings import SETTINGS


def shows_table(picture: Pixels) -> bool:
    """Are there ruling lines on a picture that make the cells of a table? Nothing is recognised for it."""
    gray = without_seals(picture).gray
    seen = (squared(view) for view in views(gray))
    return any(_is_table(table, view, gray) for view in seen for table in find_tables(view)[0])


def _is_table(table: RuledTable, view: View, gray: Pixels) -> bool:
    """Has it enough cells, most of them whole, nearly all with more paper in them than ink, some with ink?"""
    cells = table.cells
    if len(cells) < SCAN.table_cells or len({cell.left for cell in cells}) < SCAN.table_columns:
        return False
    certain = sum(cell.certain for cell in cells)
    insides = [_inside(gray, view, table.rect_of(cell)) for cell in cells]
    light = sum(np.median(inside) > SCAN.light_grey for inside in insides if inside.size)
    printed = sum(np.ptp(inside) > SCAN.print_contrast for inside in insides if inside.size)
    return bool(
        certain >= SCAN.certain_share * len(cells)
        and light >= SCAN.light_share * len(cells)
        and printed >= SCAN.printed_share * len(cells)
    )


def _inside(gray: Pixels, view: View, rect: Rect) -> Pixels:
    """The middle of a cell on the picture itself, for a view has its shades taken out."""
    x0, y0, x1, y1 = rect
    edge = round(SCAN.off_ruling * view.unit)
    box = view.box((x0 + edge, y0 + edge, x1 - edge, y1 - edge), 1, 1.0)
    return gray[max(0, int(box.top)) : int(box.bottom), max(0, int(box.x0)) : int(box.x1)]


def read_pasted(picture: PagePicture, *, is_page: bool = False) -> list[ReadPage]:
    """The tables of a picture and the lines of text beside them; none where it shows no table.

    `is_page`: the picture is most of a page, and is read where it holds lines alone, too.
    """
    if not is_page and not shows_table(picture.pixels):
        return []
    pages = read_picture(picture)
    return [page for page in pages if page.tables or (is_page and len(page.lines) >= SCAN.page_lines)]


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
