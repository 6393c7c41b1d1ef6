"""One picture of a page → its tables and lines, whichever way up it was scanned."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from ogi.arrays import Pixels
from ogi.readers.document import Block, Cell, Paragraph, blocks_of
from ogi.readers.scan.cells import read_cells
from ogi.readers.scan.ink import without_ruling
from ogi.readers.scan.lines import ScannedLine, paragraphs, read_boxes, read_lines
from ogi.readers.scan.pictures import PagePicture
from ogi.readers.scan.recogniser import find_lines, mean_of
from ogi.readers.scan.ruling import RuledTable, find_tables
from ogi.readers.scan.seals import Unsealed, without_back, without_seals
from ogi.readers.scan.settings import SCAN
from ogi.readers.scan.square import squared
from ogi.readers.scan.views import Rect, View, views

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class ReadTable:
    """A table as read: its cells, its column lines as shares of its width."""

    cells: tuple[Cell, ...]
    columns: tuple[float, ...]
    top: int


@dataclass(frozen=True)
class ReadPage:
    """What stands on one upright page."""

    number: int
    lines: tuple[ScannedLine, ...]
    tables: tuple[ReadTable, ...]


def read_picture(picture: PagePicture) -> list[ReadPage]:
    """The pages on one picture (two on a wide sheet); none where nothing on it is legible."""
    clean = without_seals(picture.pixels)
    size = picture.pixels.shape[1::-1]
    _log.debug("page %d: %d × %d pixels, %d grey seals", picture.number, *size, len(clean.stamps))
    return [_read_view(picture, view, boxes, clean) for view, boxes in _upright(clean)]


def read_pasted(picture: PagePicture, *, is_page: bool = False) -> list[ReadPage]:
    """The tables of a picture and the lines of text beside them; none where it shows no table.

    `is_page`: the picture is most of a page, and is read where it holds lines alone, too.
    """
    if not is_page and not shows_table(picture.pixels):
        return []
    pages = read_picture(picture)
    return [page for page in pages if page.tables or (is_page and len(page.lines) >= SCAN.page_lines)]


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


def _upright(clean: Unsealed) -> list[tuple[View, list[Rect]]]:
    """The picture's views with their text lines, turned so that the lines can be read."""
    found = _boxed(clean, 0)
    sure = _legibility(found)
    if sure >= SCAN.upright:  # most scans are upright, and one look is enough
        return found
    tried = {0: (sure, found)}
    # Lines on end: a quarter either way; else only upside down is left.
    for turns in (1, 3) if _stands(found) else (2,):
        other = _boxed(clean, turns)
        tried[turns] = _legibility(other), other
    best = max(tried, key=lambda turns: tried[turns][0])
    _log.debug("turned by %d quarters, for lines are read with %.2f", best, tried[best][0])
    return tried[best][1]


def _boxed(clean: Unsealed, quarter_turns: int) -> list[tuple[View, list[Rect]]]:
    fronts = (without_back(view) for view in views(clean.gray, quarter_turns, clean.hidden))
    seen = (squared(view) for view in fronts)
    return [(view, find_lines(view.gray)) for view in seen]


def _stands(found: Sequence[tuple[View, list[Rect]]]) -> bool:
    """Are most of the lines higher than wide?"""
    sides = [(x1 - x0, y1 - y0) for _, boxes in found for x0, y0, x1, y1 in boxes]
    upright = sum(height for width, height in sides if height > 1.5 * width)
    return upright > sum(width for width, height in sides if width > 1.5 * height)


def _legibility(found: Sequence[tuple[View, list[Rect]]]) -> float:
    """The mean confidence of a sample of lines; 0 where lines stand on end or there are none."""
    if _stands(found):
        return 0.0
    sures: list[float] = []
    for view, boxes in found:
        wide = sorted(boxes, key=lambda box: box[0] - box[2])
        # Long lines tell most, but the recogniser presses very long ones together.
        sample = [box for box in wide if box[2] - box[0] < 18 * (box[3] - box[1])][: SCAN.upright_lines]
        sures += [mean_of(reading) for reading in read_boxes(view.gray, sample or wide[:2])]
    return float(np.mean(sures)) if sures else 0.0


def _read_view(picture: PagePicture, view: View, boxes: list[Rect], clean: Unsealed) -> ReadPage:
    number, scale = picture.number, picture.points_per_pixel
    ruled, mask = find_tables(view)
    page = without_ruling(view, mask)
    read = ((table, read_cells(page, table)) for table in ruled)
    printed = [(table, cells) for table, cells in read if _is_print(table, cells)]
    told = [len(cells) for _, cells in printed]
    _log.debug("page %d: %d lines of text found, tables of %s cells", number, len(boxes), told)
    lines = read_lines(view, boxes, [table.rect for table, _ in printed])
    lines = [replace(line, box=view.box(line.rect, number, scale)) for line in lines]
    tables: list[ReadTable] = []
    for table, cells in printed:
        places = [view.box(table.rect_of(cell), number, scale) for cell in table.cells]
        placed = (
            # what stands under a seal as grey as print is doubtful
            cell._replace(box=box, confidence=min(cell.confidence, SCAN.disputed))
            if clean.is_stamped(box, scale)
            else cell._replace(box=box)
            for cell, box in zip(cells, places, strict=True)
        )
        shares = (np.array(table.xs) - table.xs[0]) / (table.xs[-1] - table.xs[0])
        tables.append(ReadTable(tuple(placed), tuple(shares.tolist()), table.ys[0]))
    return ReadPage(number, tuple(lines), tuple(tables))


def _is_print(table: RuledTable, cells: Sequence[Cell]) -> bool:
    """Is it a table, and not the edges and shades of a photograph? Words in other frames are running text."""
    inked = [cell for cell in cells if cell.text]
    legible = [cell for cell in inked if cell.confidence > SCAN.disputed]
    certain = [cell for cell in table.cells if cell.certain]
    return len(legible) >= SCAN.legible_share * len(inked) and len(certain) >= SCAN.legible_share * len(cells)


def blocks_of_pages(pages: Iterable[ReadPage], origins: Iterator[int]) -> list[Block]:
    """All pages in reading order; a table that goes on at the head of the next page keeps its columns.

    `origins` numbers the tables.
    """
    blocks: list[Block] = []
    origin = 0
    open_columns: tuple[float, ...] | None = None
    for page in pages:
        for part in _parts(page):
            if not isinstance(part, ReadTable):
                blocks += [Paragraph(text, page.number) for text in part]
                open_columns = None if part else open_columns
                continue
            continued = None if open_columns is None else _continued(part, open_columns)
            if continued is None:
                origin, open_columns = next(origins), part.columns
            blocks += blocks_of(continued or part.cells, origin=origin)
    return blocks


def _parts(page: ReadPage) -> list[ReadTable | list[str]]:
    """Tables and the paragraphs between them, from top to bottom."""
    margins = (
        min((line.rect[0] for line in page.lines), default=0),
        max((line.rect[2] for line in page.lines), default=0),
    )
    parts: list[ReadTable | list[str]] = []
    above = -1
    for table in page.tables:
        between = [line for line in page.lines if above <= line.rect[1] < table.top]
        parts += [paragraphs(between, margins), table]
        above = table.top
    return [*parts, paragraphs([line for line in page.lines if line.rect[1] >= above], margins)]


def _continued(table: ReadTable, columns: tuple[float, ...]) -> tuple[Cell, ...] | None:
    """The cells renumbered to the columns of the page before; None where they do not fit those."""
    places = [min(range(len(columns)), key=lambda i: abs(columns[i] - x)) for x in table.columns]
    if any(abs(columns[i] - x) > SCAN.same_column for i, x in zip(places, table.columns, strict=True)):
        return None
    if len(set(places)) < len(places):
        return None
    return tuple(
        cell._replace(column=places[cell.column], colspan=places[cell.columns.stop] - places[cell.column])
        for cell in table.cells
    )
