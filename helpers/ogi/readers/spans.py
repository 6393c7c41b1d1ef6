"""Lay out cells with spans on a grid, and turn tables into blocks in reading order."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path

from ogi import forms
from ogi.readers.document import Block, Cell, Paragraph, UnreadableFile, blocks_of, worded
from ogi.readers.limits import LIMITS
from ogi.values import visible

_NUMBERED = re.compile(r"^[一二三四五六七八九]、")
_SECTIONS = frozenset(title for section in forms.SECTIONS for title in (section.zh, *section.aliases))


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
    groups = [list(group) for group in groups]
    usual = _usual_width(groups)
    placed: list[FramedCell] = []
    first, places = 0, 0
    for group in groups:
        taken: dict[int, int] = {}  # column → the cell in `placed` that reaches furthest down there
        for row, cells in enumerate(group, first):
            column = 0
            _cut(placed, taken, row, usual - sum(map(_width, cells)))
            for framed in cells:
                cell = framed.cell
                while column in taken and _end(placed[taken[column]]) > row:
                    column += 1
                width = _width(framed)
                places += column + width
                require_usual_tables(path, places=places)
                height = min(cell.rowspan or len(group), first + len(group) - row)
                taken |= dict.fromkeys(range(column, column + width), len(placed))
                own = Cell(cell.text, row, column, height, width, confidence=cell.confidence)
                placed.append(FramedCell(own, framed.inner))
                column += width
        first += len(group)
    return placed


def _width(framed: FramedCell) -> int:
    return min(max(framed.cell.colspan, 1), LIMITS.colspan)


def _end(framed: FramedCell) -> int:
    """The first row below a cell."""
    return framed.cell.row + framed.cell.rowspan


def _usual_width(groups: Sequence[Sequence[Sequence[FramedCell]]]) -> int:
    """How many columns most rows of a table take; 0 where no number is that of most."""
    widths: Counter[int] = Counter()
    for group in groups:
        above, ending = 0, Counter[int]()
        for row, cells in enumerate(group):
            above -= ending[row]
            widths[above + sum(map(_width, cells))] += 1
            for framed in cells:
                end = row + (framed.cell.rowspan or len(group))
                above += _width(framed)
                ending[max(end, row + 1)] += _width(framed)
    width, rows = max(widths.items(), key=lambda item: item[1], default=(0, 0))
    return width if 2 * rows > widths.total() else 0


def _cut(placed: list[FramedCell], taken: dict[int, int], row: int, free: int) -> None:
    """Let cells from above end before a row that has no room for them: their rowspan is one too many.

    Args:
        free: How many columns the cells of the row leave to those from above.
    """
    if free < 0 or len(taken) > LIMITS.colspan:
        return
    reaching = {i for i in taken.values() if _end(placed[i]) > row}
    ending = {i for i in reaching if _end(placed[i]) == row + 1}
    excess = sum(placed[i].cell.colspan for i in reaching) - free
    if ending and excess == sum(placed[i].cell.colspan for i in ending):
        for i in ending:
            placed[i] = replace(placed[i], cell=placed[i].cell._replace(rowspan=placed[i].cell.rowspan - 1))


def table_blocks(placed: Iterable[FramedCell], origin: int) -> list[Block]:
    """A table as blocks in reading order: grids, full-width text a paragraph a line, framed blocks in place.

    Columns in which no cell begins are left out of the count, for they come from spans wider than the table.
    """
    blocks: list[Block] = []
    pending: list[Cell] = []
    for row in _rows_with_text_spread(_without_idle_columns(list(placed))):
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


def _rows_with_text_spread(placed: list[FramedCell]) -> Iterator[list[FramedCell]]:
    """The rows; running text in a row's first cell, all others of which are empty, takes the whole row.

    A report typed into one table of a spreadsheet has its title, headings and sentences in such rows.
    """
    width = max((p.cell.columns.stop for p in placed), default=0)
    ordered = sorted(placed, key=lambda p: (p.cell.row, p.cell.column))
    for _, cells in groupby(ordered, key=lambda p: p.cell.row):
        first, *others = row = list(cells)
        is_alone = len(row) == width > 2 and not any(visible(p.cell.text) or p.inner for p in others)
        if is_alone and first.inner is None and _is_running(first.cell.text):
            yield [replace(first, cell=first.cell._replace(colspan=width))]
        else:
            yield row


def _is_running(text: str) -> bool:
    """Is it a sentence, a report's title or a section's heading? No row of a statutory table is called so."""
    words = "".join(text.split())
    return words.endswith(("。", "年度报告")) or _NUMBERED.sub("", words) in _SECTIONS


def _without_idle_columns(placed: list[FramedCell]) -> list[FramedCell]:
    starts = sorted({p.cell.column for p in placed})
    if starts == list(range(max((p.cell.columns.stop for p in placed), default=0))):
        return placed

    def narrowed(cell: Cell) -> Cell:
        column, stop = (bisect_left(starts, at) for at in (cell.column, cell.columns.stop))
        return cell._replace(column=column, colspan=stop - column)

    return [replace(p, cell=narrowed(p.cell)) for p in placed]
