"""One picture of a page → its tables and lines, whichever way up it was scanned."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from ogi.arrays import Pixels
from ogi.readers.document import Block, Box, Cell, Paragraph, blocks_of
from ogi.readers.scan.cells import CellText, read_cells
from ogi.readers.scan.ink import without_ruling
from ogi.readers.scan.lines import ScannedLine, line_boxes, paragraphs, read_boxes, read_lines
from ogi.readers.scan.ruling import RuledTable, Ruling, find_tables
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


def read_picture(number: int, picture: Pixels, points_per_pixel: float) -> list[ReadPage]:
    """The pages on one picture (two on a wide sheet); none where nothing on it is legible."""
    clean = without_seals(picture)
    _log.debug("page %d: %d × %d pixels, %d grey seals", number, *picture.shape[1::-1], len(clean.stamps))
    pages = [_read_view(number, view, boxes, points_per_pixel) for view, boxes in _upright(clean)]
    return [_doubted(page, clean, points_per_pixel) for page in pages] if clean.stamps else pages


def _doubted(page: ReadPage, clean: Unsealed, points_per_pixel: float) -> ReadPage:
    """The page with less confidence in the cells over which there was a seal as grey as print."""

    def doubted(cell: Cell) -> Cell:
        sides = (cell.box.x0, cell.box.top, cell.box.x1, cell.box.bottom) if cell.box is not None else ()
        where = Box(page.number, *(side / points_per_pixel for side in sides)) if sides else None
        stamped = where is not None and clean.is_stamped(where)
        return replace(cell, confidence=min(cell.confidence, SCAN.disputed)) if stamped else cell

    tables = (replace(table, cells=tuple(map(doubted, table.cells))) for table in page.tables)
    return replace(page, tables=tuple(tables))


def _upright(clean: Unsealed) -> list[tuple[View, list[Rect]]]:
    """The picture's views with their text lines, turned so that the lines can be read."""
    found = _boxed(clean, 0)
    sure = _legibility(found)
    if sure >= SCAN.upright:
        return found
    tried = {0: (sure, found)}
    for turns in (1, 3) if _stands(found) else (2,):
        other = _boxed(clean, turns)
        tried[turns] = _legibility(other), other
    best = max(tried, key=lambda turns: tried[turns][0])
    _log.debug("turned by %d quarters, for lines are read with %.2f", best, tried[best][0])
    return tried[best][1]


def _boxed(clean: Unsealed, quarter_turns: int) -> list[tuple[View, list[Rect]]]:
    fronts = (without_back(view) for view in views(clean.gray, quarter_turns, clean.hidden))
    seen = (squared(view) for view in fronts)
    return [(view, line_boxes(view)) for view in seen]


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
        sample = [box for box in wide if box[2] - box[0] < 18 * (box[3] - box[1])][: SCAN.upright_lines]
        sures += [reading.mean for reading in read_boxes(view.gray, sample or wide[:2])]
    return float(np.mean(sures)) if sures else 0.0


def _read_view(number: int, view: View, boxes: list[Rect], points_per_pixel: float) -> ReadPage:
    printed = _printed(view, find_tables(view))
    cells = [len(texts) for _, texts in printed]
    _log.debug("page %d: %d lines of text found, tables of %s cells", number, len(boxes), cells)
    read = read_lines(view, boxes, [table.rect for table, _ in printed])
    lines = (replace(line, box=view.box(line.rect, number, points_per_pixel)) for line in read)
    tables = (_read_table(number, view, table, texts, points_per_pixel) for table, texts in printed)
    return ReadPage(number, tuple(lines), tuple(tables))


def _printed(view: View, ruling: Ruling) -> list[tuple[RuledTable, list[CellText]]]:
    """The tables whose cells hold print, with what it says; words within other frames are running text."""
    page = without_ruling(view, ruling.mask)
    read = ((table, read_cells(page, table)) for table in ruling.tables)
    return [(table, texts) for table, texts in read if _is_print(texts)]


def _read_table(
    number: int, view: View, table: RuledTable, texts: Sequence[CellText], points_per_pixel: float
) -> ReadTable:
    cells = tuple(
        Cell(
            read.text, read.field.row, read.field.column, read.field.rowspan, read.field.colspan,
            view.box(read.field.rect, number, points_per_pixel), read.confidence,
        )
        for read in texts
    )  # fmt: skip
    left, width = table.columns[0], table.columns[-1] - table.columns[0]
    return ReadTable(cells, tuple((x - left) / width for x in table.columns), table.rect[1])


def _is_print(texts: Sequence[CellText]) -> bool:
    """Is it a table, and not the edges and shades of a photograph?"""
    inked = [read for read in texts if read.text]
    legible = [read for read in inked if read.confidence > SCAN.disputed]
    certain = [read for read in texts if read.field.certain]
    return len(legible) >= SCAN.legible_share * len(inked) and len(certain) >= SCAN.legible_share * len(texts)


def blocks_of_pages(pages: Sequence[ReadPage], first_origin: int = 0) -> list[Block]:
    """All pages in reading order; a table that goes on at the head of the next page keeps its columns."""
    blocks: list[Block] = []
    origin = first_origin - 1
    open_columns: tuple[float, ...] | None = None
    for page in pages:
        for part in _parts(page):
            if not isinstance(part, ReadTable):
                blocks += [Paragraph(text, page.number) for text in part]
                open_columns = None if part else open_columns
                continue
            continued = None if open_columns is None else _continued(part, open_columns)
            if continued is None:
                origin, open_columns = origin + 1, part.columns
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
        replace(cell, column=places[cell.column], colspan=places[cell.columns.stop] - places[cell.column])
        for cell in table.cells
    )
