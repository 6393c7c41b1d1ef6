"""Lay out cells with spans on a grid, and turn tables into blocks in reading order."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path

from ogi.readers.document import Block, Cell, Paragraph, UnreadableFile, blocks_of, worded
from ogi.readers.limits import LIMITS


@dataclass(frozen=True)
class FramedCell:
    """A cell of a table, and the blocks within it where it frames tables or pictures of them."""

    cell: Cell
    inner: tuple[Block, ...] | None = None


def require_usual_tables(path: Path | str, *, places: int = 0, depth: int = 0) -> None:
    """UnreadableFile where a table has more places, or lies within more tables, than those of any report."""
    if places > LIMITS.table_places:
        raise UnreadableFile(path, worded("usual_tables"), worded("absurd_spans"))
    if depth > LIMITS.nested_tables:
        raise UnreadableFile(path, worded("nested", most=LIMITS.nested_tables), worded("more"))


def lay_out(groups: Iterable[Sequence[Sequence[FramedCell]]], path: Path | str = "table") -> list[FramedCell]:
    """Give each cell its row and column by HTML's table algorithm: a cell takes the next free column.

    Args:
        groups: The groups of rows (head, body, foot), whose cells have spans only. A rowspan of 0 reaches to
            the end of its group; none reaches further.
        path: Named in UnreadableFile, which is raised where spans claim more places than a report has.
    """
    placed: list[FramedCell] = []
    first, places = 0, 0
    for group in groups:
        taken_until: dict[int, int] = {}  # column → first row that is free again
        for row, cells in enumerate(group, first):
            column = 0
            for framed in cells:
                cell = framed.cell
                while taken_until.get(column, 0) > row:
                    column += 1
                width = min(max(cell.colspan, 1), LIMITS.colspan)
                places += column + width
                require_usual_tables(path, places=places)
                height = min(cell.rowspan or len(group), first + len(group) - row)
                placed.append(replace(framed, cell=Cell(cell.text, row, column, height, width)))
                taken_until |= dict.fromkeys(range(column, column + width), row + height)
                column += width
        first += len(group)
    return placed


def table_blocks(placed: Iterable[FramedCell], origin: int) -> list[Block]:
    """A table as blocks in reading order: grids, full-width text a paragraph a line, framed blocks in place.

    Columns in which no cell begins are left out of the count, for they come from spans wider than the table.
    """
    blocks: list[Block] = []
    pending: list[Cell] = []
    ordered = sorted(_without_idle_columns(list(placed)), key=lambda p: (p.cell.row, p.cell.column))
    for row in (list(row) for _, row in groupby(ordered, key=lambda p: p.cell.row)):
        if all(p.inner is None for p in row):
            pending += [p.cell for p in row]
            continue
        blocks += _text_and_grids(pending, origin)
        pending = []
        for framed in row:
            blocks += lines_of(framed.cell.text) if framed.inner is None else framed.inner
    return [*blocks, *_text_and_grids(pending, origin)]


def lines_of(text: str) -> list[Paragraph]:
    """A paragraph per line of a text, blank lines left out."""
    lines = (line.strip(" \t\r\n\f\v\u3000\xa0\u200b\ufeff\ufffc") for line in text.split("\n"))
    return [Paragraph(line) for line in lines if line]


def _text_and_grids(cells: list[Cell], origin: int) -> Iterator[Block]:
    for block in blocks_of(cells, origin=origin):
        if isinstance(block, Paragraph):
            yield from lines_of(block.text)
        else:
            yield block


def _without_idle_columns(placed: list[FramedCell]) -> list[FramedCell]:
    starts = sorted({p.cell.column for p in placed})

    def narrowed(cell: Cell) -> Cell:
        column, stop = (bisect_left(starts, at) for at in (cell.column, cell.columns.stop))
        return replace(cell, column=column, colspan=stop - column)

    return [replace(p, cell=narrowed(p.cell)) for p in placed]
