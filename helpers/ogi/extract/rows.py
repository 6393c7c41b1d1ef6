"""One row of a printed table: which cells are its label, and which cell stands under which column head."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ogi import values
from ogi.extract.heads import Head, Leaf
from ogi.forms import Group
from ogi.readers.document import Cell, Grid
from ogi.said import Said, say

_OVERLAP = 0.3
"""Share of the narrower of two boxes that must overlap for them to stand one above the other."""
TORN = Said("its figures may be those of the row without a label beside it", "其数据可能在相邻的无名行中")
"""Why a figure beside a row without a label is not taken."""


@dataclass(frozen=True)
class Aligned:
    """The cell under each column (by the column's rank), or why the row's cells cannot be told apart."""

    cells: dict[int, Cell]
    problem: str | None = None
    torn: frozenset[int] = frozenset()
    """Ranks of blank cells whose figures may stand beside this row, in one without a label."""

    def spans(self, rank: int) -> bool:
        """Does the filled cell under that column stand under others, too?"""
        cell = self.cells.get(rank)
        return cell is not None and not cell.is_blank and sum(c is cell for c in self.cells.values()) > 1


@dataclass(frozen=True)
class Row:
    """A row under a statutory head: its label as printed, the item it names if exactly known, its cells."""

    head: Head
    label: str
    item: str | None
    group: Group | None
    aligned: Aligned
    figures: tuple[Cell, ...]
    page: int | None
    opens_grid: bool = False
    part: int = 0
    """Rows under one reading of a head share it."""
    captions: tuple[str, ...] = ()
    """What stands above the table, the farthest first: a report's title, a section's, a line; a label."""

    @property
    def is_filled(self) -> bool:
        """Is anything printed right of the label?"""
        return any(not cell.is_blank for cell in self.figures)


def leading_labels(cells: Sequence[Cell]) -> int:
    """How many cells at the start of a row can be its label: blank or text, never a number or a mark."""
    for i, cell in enumerate(cells):
        if values.parse(cell.text).state in (values.State.REPORTED, values.State.NOT_APPLICABLE):
            return i
    return len(cells)


def align(cells: list[Cell], head: Head, grid: Grid) -> Aligned:
    """Put the cells right of a row's label under the columns of the head.

    By rank where the row has as many cells as the head has columns; but where places are known and
    tell another story, the row is refused rather than shifted. With fewer or more cells, by place
    alone, and only where places are real: boxes on a page, or a row as wide as the table.
    """
    by_rank = dict(enumerate(cells)) if len(cells) == len(head.leaves) else None
    if grid.ragged or head.ragged or not _comparable(head, cells, grid):
        return _ragged(cells, head) if by_rank is None else Aligned(by_rank)
    over = [
        [rank for rank, leaf in enumerate(head.leaves) if _above(leaf, cell, head, grid)] for cell in cells
    ]
    if by_rank is not None and all(rank in ranks for rank, ranks in enumerate(over)):
        return Aligned(by_rank)
    by_place = _by_place(
        cells, over, merged=by_rank is None, boxed=all(cell.box is not None for cell in cells)
    )
    if by_rank is None:
        return by_place if by_place is not None and _reaches_edge(cells, grid) else _refused(cells, head)
    return _refused(cells, head) if by_place is not None else Aligned(by_rank)


def _ragged(cells: list[Cell], head: Head) -> Aligned:
    """Without places only a blank left over from a merged cell can be told from a figure."""
    extra = len(cells) - len(head.leaves)
    if extra > 0 and all(c.is_blank for c in cells[-extra:]) and not any(c.is_blank for c in cells[:-extra]):
        return Aligned(dict(enumerate(cells[:-extra])))
    if extra > 0 and all(cell.is_blank for cell in cells[:extra]) and not cells[-1].is_blank:
        return Aligned(dict(enumerate(cells[extra:])))
    if extra > 0 and all(cell.is_blank for cell in cells):
        return Aligned(dict(enumerate(cells[extra:])))
    return _refused(cells, head)


def _by_place(cells: list[Cell], over: list[list[int]], *, merged: bool, boxed: bool) -> Aligned | None:
    """Each cell under the one column above it; None where a filled cell has none, several or a shared one.

    `merged`: a cell may stand under several columns: a blank one is blank in each, and one that is filled is
    no figure of any (see `Aligned.spans`), which does not touch the others where their places are known
    (`boxed`).
    """
    placed: dict[int, Cell] = {}
    for cell, ranks in zip(cells, over, strict=True):
        several = merged and bool(ranks) and (cell.is_blank or boxed)
        if (len(ranks) == 1 or several) and not placed.keys() & set(ranks):
            placed |= dict.fromkeys(ranks, cell)
        elif ranks or not cell.is_blank:
            return None
    return Aligned(placed) if placed else None


def _refused(cells: list[Cell], head: Head) -> Aligned:
    problem = say(
        "expected {expected} cells under the head, found {found} that do not fit it",
        "表头下应有{expected}个单元格，见到{found}个，与表头不符",
        expected=len(head.leaves),
        found=len(cells),
    )
    return Aligned({}, problem)


def _comparable(head: Head, cells: list[Cell], grid: Grid) -> bool:
    boxes = all(cell.box is not None for cell in [*cells, *(leaf.cell for leaf in head.leaves)])
    return grid.origin == head.origin or boxes


def _reaches_edge(cells: list[Cell], grid: Grid) -> bool:
    """Are the places real? Without boxes, a row that lost a cell ends short of the table's edge."""
    if all(cell.box is not None for cell in cells):
        return True
    return bool(cells) and cells[-1].columns.stop == max(cell.columns.stop for cell in grid.cells)


def _above(leaf: Leaf, cell: Cell, head: Head, grid: Grid) -> bool:
    if grid.origin == head.origin:
        return bool(set(leaf.cell.columns) & set(cell.columns))
    if leaf.cell.box is None or cell.box is None:
        return False
    shared = min(leaf.cell.box.x1, cell.box.x1) - max(leaf.cell.box.x0, cell.box.x0)
    return shared > _OVERLAP * min(leaf.cell.box.x1 - leaf.cell.box.x0, cell.box.x1 - cell.box.x0)


def torn_beside(row: Row, beside: list[Row]) -> Row:
    """The row with a problem where it is blank beside figures without a label: the two may be one row."""
    nameless = [r for r in beside if r.is_filled and r.head == row.head and _is_nameless(r)]
    if nameless and not row.is_filled:
        return replace(row, aligned=Aligned({}, TORN))
    filled = {rank for other in nameless for rank, cell in other.aligned.cells.items() if not cell.is_blank}
    blank = {rank for rank, cell in row.aligned.cells.items() if cell.is_blank}
    return replace(row, aligned=replace(row.aligned, torn=frozenset(filled & blank)))


def _is_nameless(row: Row) -> bool:
    """Has it no label of its own? What a heading spans over several rows is that of none of them."""
    is_blank_before = len(row.figures) > len(row.head.leaves) and row.figures[0].is_blank
    return not row.label.strip() or (row.item is None and is_blank_before)
