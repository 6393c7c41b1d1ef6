"""One page's marks → its tables and the lines of text outside them."""

from __future__ import annotations

from collections.abc import Iterator

from helpers.readers.document import Cell
from helpers.readers.pdf.aligned import aligned_tables
from helpers.readers.pdf.cells import grids_of, padding_of
from helpers.readers.pdf.lines import lines_of
from helpers.readers.pdf.marks import UNKNOWN, Char, PageMarks
from helpers.readers.pdf.paragraphs import PageParts
from helpers.readers.pdf.places import Table, fill_table
from helpers.readers.pdf.ruled import TooManyLines, ruled_tables
from helpers.readers.pdf.sheet import BBox


def parts_of(page: PageMarks) -> tuple[PageParts, list[str]]:
    """The grids and lines of a page, and what could not be told, one line each."""
    notes = list(_remarks(page))
    try:
        found = ruled_tables(page)
    except TooManyLines:
        found = []
        notes.append("too many ruling lines cross, no ruled table was looked for")
    tables, rest = _filled(found, page.chars)
    padding = padding_of(tables)
    grids = [grid for table in tables for grid in grids_of(table, padding, page.number)]
    placed = [(_top(cells), cells) for cells in grids]
    unruled, rest = aligned_tables(rest, page.number, page.width)
    placed += [(_top(cells), cells) for cells in unruled]
    return PageParts(page.number, page.height, placed, lines_of(rest, page.number)), notes


def _filled(found: list[list[BBox]], chars: list[Char]) -> tuple[list[Table], list[Char]]:
    tables: list[Table] = []
    for boxes in sorted(found, key=_area):
        table, chars = fill_table(boxes, chars)
        tables.append(table)
    return tables, chars


def _remarks(page: PageMarks) -> Iterator[str]:
    unknown = sum(char.text == UNKNOWN for char in page.chars)
    if unknown:
        yield f"{unknown} characters whose font does not say what they mean are shown as {UNKNOWN}"


def _area(boxes: list[BBox]) -> float:
    """A table within a cell of another is the smaller one, and takes its characters first."""
    return sum((box[2] - box[0]) * (box[3] - box[1]) for box in boxes)


def _top(cells: list[Cell]) -> float:
    return min(cell.box.top for cell in cells if cell.box is not None)
