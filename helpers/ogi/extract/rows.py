"""A row of a printed table: which of its cells are the label, and which stands under which column."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from ogi import values
from ogi.extract.heads import Head, HeadColumn
from ogi.extract.labels import LabelBasis, LabelMatch, item_labels
from ogi.extract.report import worded
from ogi.extract.settings import SETTINGS
from ogi.forms import Group
from ogi.readers.document import Cell, Grid
from ogi.said import Said

_MORE = re.compile(r"^\s*(?:新增|净增|增加|增)\s*(?=\d)")
_LESS = re.compile(r"^\s*(?:减少|净减|减)\s*(?=\d)")


@dataclass(frozen=True)
class TableRow:
    """A row under a statutory head."""

    head: Head
    label: str
    """The label as printed; of a row cut by a page's end, both parts together."""
    match: LabelMatch | None
    """The item that the label names, where it is exactly known."""
    group: Group | None
    """The heading of the form under which the row stands."""
    cells: tuple[Cell, ...]
    """The cells right of the label, left to right."""
    under: dict[int, Cell]
    """Rank of a column in the head → the cell under it, a merged one under several.

    Empty where `problem` says why the cells cannot be told apart."""
    problem: Said | None = None
    doubted: frozenset[int] = frozenset()
    """Ranks of blank cells whose figures may stand beside this row, in one without a label."""
    page: int | None = None
    opens_grid: bool = False
    part: int = 0
    """Rows under one reading of a head share it."""
    captions: tuple[str, ...] = ()
    """What stands above the table, the farthest first: a report's title, a section's, a line; a label."""
    rest: TableRow | None = field(default=None, repr=False)
    """The row on the next page that was joined to this one."""

    @property
    def item(self) -> str | None:
        """The item that the label names, where it is exactly known."""
        return None if self.match is None else self.match.item

    @property
    def is_filled(self) -> bool:
        """Is anything printed right of the label?"""
        return any(not cell.is_blank for cell in self.cells)

    def is_merged_across(self, rank: int) -> bool:
        """Does the filled cell under that column stand under others, too?"""
        cell = self.under.get(rank)
        return cell is not None and not cell.is_blank and sum(c is cell for c in self.under.values()) > 1

    def refused(self, problem: Said) -> TableRow:
        """The row without its cells, and why."""
        return replace(self, under={}, problem=problem, doubted=frozenset())


def signed(text: str) -> str:
    """The text of a change told in words (增72, 减少2项) with its sign; any other as it stands."""
    return _LESS.sub("-", _MORE.sub("+", text))


@lru_cache(8192)
def is_figure(text: str) -> bool:
    """Is it a number or a mark such as “/”? Rows are asked for it often, and their texts come again."""
    return values.parse(signed(text)).state in (values.State.REPORTED, values.State.NOT_APPLICABLE)


def is_text(cell: Cell) -> bool:
    """Is the cell neither blank nor a number nor a mark?"""
    return not cell.is_blank and not is_figure(cell.text)


def page_of(cells: Iterable[Cell]) -> int | None:
    """The page of the first of some cells, where the format has pages."""
    return next((cell.box.page for cell in cells if cell.box is not None), None)


def leading_labels(cells: Sequence[Cell]) -> int:
    """How many cells at the start of a row can be its label: blank or text, never a number or a mark."""
    return next((i for i, cell in enumerate(cells) if is_figure(cell.text)), len(cells))


def holds_figures(cells: list[Cell]) -> bool:
    """Is a number or a mark in the row, or nothing at all, as in rows of figures left blank?"""
    return any(is_figure(cell.text) for cell in cells) or all(cell.is_blank for cell in cells)


def label_of(
    cells: list[Cell], head: Head, group: Group | None
) -> tuple[int | None, LabelMatch | None, Group | None]:
    """Which of a row's cells is its label, the item it names where exactly known, and its heading.

    `group` is the heading of the rows above; a heading printed in the row (三、本年度办理结果, over several
    rows) takes its place.
    """
    if head.names_items:
        return None, None, group
    labels = item_labels(head.table)
    candidates = [i for i in range(leading_labels(cells)) if not cells[i].is_blank]
    for i in candidates:
        heading = labels.group(cells[i].text)
        if heading is not None and heading not in (group.path if group is not None else ()):
            group = heading
    # a cell is roomy where enough cells follow it to fill every column
    roomy = [i for i in candidates if len(cells) - i > len(head.columns)]
    for i in reversed(candidates):
        item, heading = labels.exact(cells[i].text, group), labels.group(cells[i].text)
        # 其他处理 is an item of one edition and a heading of the other, left of the labels of its rows
        if item is not None and (heading is None or i >= max(roomy, default=0)):
            return i, LabelMatch(item, LabelBasis.EXACT), heading or labels.items[item].group
    return next(iter([*reversed(roomy), *candidates]), None), None, group


def label_beside_heading(at: int | None, cells: list[Cell], head: Head) -> int | None:
    """The label of a grid's first row: the blank that a cut label leaves, not the heading left of it.

    A heading over several rows is printed again, or goes on, at the top of the next page.
    """
    own = len(cells) - len(head.columns) - 1
    if own < 0 or not cells[own].is_blank:
        return at
    is_heading = at is not None and at < own and cells[at].rowspan > 1
    return own if is_heading or at is None or at > own else at


def first_figure(cells: list[Cell], head: Head) -> int | None:
    """Where the figures of a row begin whose columns name the items: with as many cells as columns, at once.

    None where the row has fewer cells, or no figures.
    """
    if len(cells) <= len(head.columns):
        return 0 if len(cells) == len(head.columns) else None
    return next((i for i, cell in enumerate(cells) if not is_text(cell)), None)


def without_row_number(cells: list[Cell], head: Head) -> list[Cell]:
    """The cells of a row from its label on, without a number that only counts the rows (序号) before it."""
    first = next((i for i, cell in enumerate(cells) if is_text(cell)), 0)
    counted = not head.names_items and first > 0 and len(cells) - first > len(head.columns)
    return cells[first:] if counted else cells


def align(cells: list[Cell], head: Head, grid: Grid) -> dict[int, Cell] | Said:
    """Put the cells right of a row's label under the columns of the head, or say why that cannot be done.

    By rank where the row has as many cells as the head has columns; but where places are known and
    tell another story, the row is refused rather than shifted. With fewer or more cells, by place
    alone, and only where places are real: boxes on a page, or a row as wide as the table.
    """
    by_rank = dict(enumerate(cells)) if len(cells) == len(head.columns) else None
    if grid.ragged or head.ragged or not _comparable(head, cells, grid):
        return by_rank or _without_spare_blanks(cells, head) or _misfit(cells, head)
    over = [
        [rank for rank, column in enumerate(head.columns) if _is_above(column, cell, head, grid)]
        for cell in cells
    ]
    if by_rank is not None and all(rank in ranks for rank, ranks in enumerate(over)):
        return by_rank
    boxed = all(cell.box is not None for cell in cells)
    by_place = _by_place(cells, over, merged=by_rank is None, boxed=boxed)
    if by_rank is None:
        return by_place if by_place and (boxed or _reaches_edge(cells, grid)) else _misfit(cells, head)
    return _misfit(cells, head) if by_place else by_rank


def _misfit(cells: list[Cell], head: Head) -> Said:
    return worded("misfit", expected=len(head.columns), found=len(cells))


def _without_spare_blanks(cells: list[Cell], head: Head) -> dict[int, Cell] | None:
    """The row without blanks that a merged cell left over, where only one reading leaves no filled cell out.

    A merged column may leave one between figures, too: where a head has few of them, all must be filled.
    """
    width = len(head.columns)
    starts = spare_starts(cells, width)
    if starts and all(cell.is_blank for cell in cells):
        return dict(enumerate(cells[:width]))
    if len(starts) != 1:
        return None
    own = cells[starts[0] : starts[0] + width]
    is_sure = width >= SETTINGS.fewest_unmerged or starts[0] > 0 or not any(c.is_blank for c in own)
    return dict(enumerate(own)) if is_sure else None


def spare_starts(cells: Sequence[Cell], width: int) -> list[int]:
    """Where the figures of a row of too many cells may begin, all others being blank."""
    return [
        start
        for start in range(1 + len(cells) - width)
        if all(cell.is_blank for cell in (*cells[:start], *cells[start + width :]))
    ]


def settled(rows: list[TableRow]) -> list[TableRow]:
    """The rows; those of too many cells whose blanks leave two readings have that of the other rows.

    Where the figures of all rows that leave one reading begin right behind the label, theirs do, too.
    """
    starts = [spare_starts(row.cells, len(row.head.columns)) for row in rows]
    begin: dict[Head, set[int]] = {}
    known: Counter[Head] = Counter()
    for row, own in zip(rows, starts, strict=True):
        if len(own) == 1 and row.problem is None:
            begin.setdefault(row.head, set()).add(own[0])
            known[row.head] += len(row.cells) > len(row.head.columns)
    return [
        replace(row, under=dict(enumerate(row.cells[: len(row.head.columns)])), problem=None)
        if row.problem is not None
        and row.head.ragged
        and len(own) > 1
        and begin.get(row.head) == {0}
        and known[row.head] >= SETTINGS.fewest_alike
        else row
        for row, own in zip(rows, starts, strict=True)
    ]


def _by_place(
    cells: list[Cell], over: list[list[int]], *, merged: bool, boxed: bool
) -> dict[int, Cell] | None:
    """Each cell under the one column above it; None where a filled cell has none, several or a shared one.

    `merged`: a cell may stand under several columns: a blank one is blank in each, and one that is filled is
    no figure of any (see `TableRow.is_merged_across`), which does not touch the others where their places
    are known (`boxed`).
    """
    placed: dict[int, Cell] = {}
    for cell, ranks in zip(cells, over, strict=True):
        several = merged and bool(ranks) and (cell.is_blank or boxed)
        if (len(ranks) == 1 or several) and not placed.keys() & set(ranks):
            placed |= dict.fromkeys(ranks, cell)
        elif ranks or not cell.is_blank:
            return None
    return placed


def _comparable(head: Head, cells: list[Cell], grid: Grid) -> bool:
    """Do column numbers mean the same in head and row, or are both placed on a page?"""
    boxed = all(cell.box is not None for cell in [*cells, *(column.cell for column in head.columns)])
    return grid.origin == head.origin or boxed


def _reaches_edge(cells: list[Cell], grid: Grid) -> bool:
    """Does the row end at the table's edge? One that lost a cell ends short of it."""
    return bool(cells) and cells[-1].columns.stop == max(cell.columns.stop for cell in grid.cells)


def _is_above(column: HeadColumn, cell: Cell, head: Head, grid: Grid) -> bool:
    if grid.origin == head.origin:
        return bool(set(column.cell.columns) & set(cell.columns))
    above, below = column.cell.box, cell.box
    if above is None or below is None:
        return False
    shared = min(above.x1, below.x1) - max(above.x0, below.x0)
    return shared > SETTINGS.least_overlap * min(above.x1 - above.x0, below.x1 - below.x0)
