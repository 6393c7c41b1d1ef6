"""A printed table changed by a row: one taken out, put in, renamed, two swapped."""

from __future__ import annotations

from collections.abc import Callable

from ogi.readers.document import Cell

ADDED, RENAMED = "其他主动公开文件", "某某其他有关事宜"
IsFigure = Callable[[Cell], bool]


def is_number(cell: Cell) -> bool:
    return cell.text.isdigit()


def without(cells: list[Cell], row: int) -> list[Cell]:
    """The table without a row; what spans it shrinks, a label that begins in it moves down."""
    out = []
    for cell in cells:
        last = cell.row + cell.rowspan - 1
        if cell.row == row and cell.rowspan == 1:
            continue
        shrink = cell.rowspan - 1 if cell.row <= row <= last else cell.rowspan
        out.append(cell._replace(row=cell.row - (cell.row > row), rowspan=shrink))
    return out


def added(cells: list[Cell], after: int, label: str = ADDED, is_figure: IsFigure = is_number) -> list[Cell]:
    """The table with a row put in behind another, spanning labels stretched over it."""
    model = [cell for cell in cells if cell.row == after and cell.rowspan == 1]
    own = [c._replace(row=after + 1, text="77" if is_figure(c) else label) for c in model]
    moved = [c._replace(row=c.row + 1) if c.row > after else c for c in cells]
    moved = [
        c._replace(rowspan=c.rowspan + 1) if c.row <= after < c.row + c.rowspan - 1 else c for c in moved
    ]
    return moved + own


def renamed(cells: list[Cell], row: int, is_figure: IsFigure = is_number) -> list[Cell]:
    """The table with another label before the figures of a row."""
    label = max((c for c in cells if c.row == row and not is_figure(c)), key=lambda c: c.column)
    return [c._replace(text=RENAMED) if c is label else c for c in cells]


def swapped(cells: list[Cell], one: int, other: int) -> list[Cell]:
    """Two rows in each other's place, but for labels that span several rows."""
    place = {one: other, other: one}
    return [c._replace(row=place.get(c.row, c.row)) if c.rowspan == 1 else c for c in cells]
