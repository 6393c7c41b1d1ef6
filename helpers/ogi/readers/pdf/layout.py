"""The marks of pages → their tables and the lines of text outside them."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ogi.arrays import FloatArray
from ogi.readers.document import Cell
from ogi.readers.pdf.aligned import aligned_tables, holds_data
from ogi.readers.pdf.cells import grids_of, padding_of
from ogi.readers.pdf.flow import PageFlow, Segment, segment_lines
from ogi.readers.pdf.lines import lines_of
from ogi.readers.pdf.marks import Char, PageMarks
from ogi.readers.pdf.paragraphs import PageParts, furniture
from ogi.readers.pdf.places import FilledTable, fill_table
from ogi.readers.pdf.ruled import ruled_tables
from ogi.readers.pdf.settings import PDF
from ogi.readers.pdf.sheet import BBox
from ogi.said import Said

_log = logging.getLogger(__name__)

_TOO_MANY_LINES = Said(
    "too many ruling lines cross, no ruled table was looked for", "表格线交叉过多，未查找有线表格"
)


def ruled_page(page: PageMarks) -> tuple[PageParts, list[Said]]:
    """The ruled tables of a page and the text outside them; what could not be told, one line each."""
    found, notes = found_tables(page)
    tables, rest = _without_stripes(*_filled(found, page.chars), page)
    padding = padding_of(tables)
    grids = [grid for table in tables for grid in grids_of(table, padding, page.number)]
    placed = [(_top(cells), cells) for cells in grids]
    return PageParts(page.number, page.height, placed, rest, lines_of(rest, page.number)), notes


def found_tables(page: PageMarks) -> tuple[list[list[BBox]], list[Said]]:
    """The cell boxes of each ruled table of a page; a note instead where its lines are too many."""
    found = ruled_tables(page)
    return ([], [_TOO_MANY_LINES]) if found is None else (found, [])


def with_aligned_tables(pages: list[PageParts]) -> list[PageParts]:
    """The pages with their tables without ruling lines, which may run over pages."""
    flow = PageFlow()
    for page, told in zip(pages, furniture(pages), strict=True):
        flow.add(page.number, page.rest, [(line.top, line.bottom) for line in told])
    tables = aligned_tables(flow)
    _log.debug("%d tables without ruling lines", len(tables))
    return [_with_aligned(page, tables) for page in pages]


def _with_aligned(page: PageParts, tables: Sequence[tuple[list[Cell], set[Char]]]) -> PageParts:
    own = [[c for c in cells if c.box is not None and c.box.page == page.number] for cells, _ in tables]
    taken = {char for cells, (_, chars) in zip(own, tables, strict=True) if cells for char in chars}
    if not taken:
        return page
    rest = [char for char in page.rest if char not in taken]
    placed = [*page.tables, *((_top(cells), cells) for cells in own if cells)]
    return replace(page, tables=placed, rest=rest, lines=lines_of(rest, page.number))


def _filled(found: list[list[BBox]], chars: list[Char]) -> tuple[list[FilledTable], list[Char]]:
    tables: list[FilledTable] = []
    for boxes in sorted(found, key=_area):
        table, rest = fill_table(boxes, chars)
        if not _parts_rows_alone(table):
            tables.append(table)
            chars = rest
    return tables, chars


def _parts_rows_alone(table: FilledTable) -> bool:
    """Do figures stand side by side in its cells, and none by itself? Alignment tells their columns, then.

    So it is where a web page gives rows a ground of their own instead of lines.
    """
    is_alone = any(len(line) == 1 for line in _lines_of_figures(table))
    return not is_alone and any(sum(s.is_data for s in line) > 1 for line in _lines_of_figures(table))


def _without_stripes(
    tables: list[FilledTable], rest: list[Char], page: PageMarks
) -> tuple[list[FilledTable], list[Char]]:
    """The tables but for stripes of one, and the characters in none.

    Where grounds alone wall in the cells of some rows and other rows stand beside them on the bare page,
    they are rows of one table, whose columns alignment tells.
    """
    while open_tables := [table for table in tables if not _has_walls(table, page.walls)]:
        lines = [line for line in segment_lines(rest) if holds_data(line) or len(line) > 2]
        stripes = [table for table in open_tables if any(_is_near(line, table) for line in lines)]
        if not stripes:
            break
        tables = [table for table in tables if table not in stripes]
        taken = {char for table in tables for place in table.places for char in place.chars}
        rest = [char for char in page.chars if char not in taken]
    return tables, rest


def _has_walls(table: FilledTable, walls: FloatArray) -> bool:
    """Does any upright ruling line stand in a table or at its side?"""
    x0, top, x1, bottom = table.box
    _, at, start, end = walls.T
    beside = (at >= x0 - PDF.same_edge) & (at <= x1 + PDF.same_edge)
    return bool((beside & (start < bottom) & (end > top)).any())


def _is_near(line: list[Segment], table: FilledTable) -> bool:
    """Does a line stand so near to a table that it may be its next row?"""
    x0, top, x1, bottom = table.box
    step = max(top - line[0].y, line[0].y - line[0].size - bottom)
    return step <= PDF.longest_step * line[0].size and line[0].x0 < x1 and line[-1].x1 > x0


def _lines_of_figures(table: FilledTable) -> Iterator[list[Segment]]:
    """The lines in a table's cells that end in a figure, from the bottom, where most tables have one."""
    for place in reversed(table.places):
        yield from (line for line in segment_lines(place.chars) if line[-1].is_data)


def _area(boxes: list[BBox]) -> float:
    """A table within a cell of another is the smaller one, and takes its characters first."""
    return sum((box[2] - box[0]) * (box[3] - box[1]) for box in boxes)


def _top(cells: list[Cell]) -> float:
    return min(cell.box.top for cell in cells if cell.box is not None)
