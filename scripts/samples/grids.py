"""The statutory tables as grids of cells, laid out as the form prints them: heads and groups merged."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import groupby

from ogi import forms
from ogi.forms import Group, Item, Table
from scripts.samples.plan import Plan
from scripts.samples.printed import Printed


@dataclass(frozen=True)
class Cell:
    """One printed cell. `kind`: head, label, figure, or block (a head over the whole width)."""

    text: str
    row: int
    column: int
    rowspan: int = 1
    colspan: int = 1
    kind: str = "figure"


@dataclass(frozen=True)
class Grid:
    """A printed table: its cells, its width in columns, and the row before which a page ends, if any."""

    table: str
    cells: tuple[Cell, ...]
    width: int
    break_before: int | None = None

    @property
    def height(self) -> int:
        return max(cell.row + cell.rowspan for cell in self.cells)

    def row(self, row: int) -> list[Cell]:
        """The cells that begin in a row, from left to right."""
        return sorted((c for c in self.cells if c.row == row), key=lambda c: c.column)

    def at(self, row: int, column: int) -> Cell:
        """The cell that covers a place."""
        return next(
            c
            for c in self.cells
            if c.row <= row < c.row + c.rowspan and c.column <= column < c.column + c.colspan
        )


def grid(table: Table, printed: dict[str, Printed], plan: Plan) -> Grid:
    """A table as the plan prints it."""
    return {"proactive": _proactive, "requests": _requests, "review": _review}[table.id](table, printed, plan)


def label(item: Item, plan: Plan) -> str:
    """An item's label as this report prints it."""
    number = item.number.replace(".", plan.number_mark)
    return plan.labels.get(item.id, number + item.zh)


def head(zh: str, plan: Plan) -> str:
    """A column head as this report prints it, broken over two lines where it does so."""
    return zh[:3] + "\n" + zh[3:] if "wrapped_heads" in plan.quirks and len(zh) == 7 else zh


def spread(count: int, width: int) -> list[tuple[int, int]]:
    """`count` cells over `width` columns, the last ones widest: (first column, columns) of each."""
    share = width // count
    return [(i * share, share if i < count - 1 else width - i * share) for i in range(count)]


def _proactive(table: Table, printed: dict[str, Printed], plan: Plan) -> Grid:
    cells: list[Cell] = []
    width, row = 4, 0
    broken: int | None = None
    for block, members in groupby(table.items, key=lambda item: item.group):
        items = [item for item in members if item.id not in plan.missing_rows]
        assert block is not None
        if not items:
            continue
        measures = [table.measure(m) for m in table.cells_of[items[0].id]]
        places = spread(len(measures), width - 1)
        cells.append(Cell(block.zh, row, 0, 1, width, "block"))
        cells.append(Cell(forms.ITEM_COLUMN_HEAD, row + 1, 0, kind="head"))
        cells += [
            Cell(head(m.zh, plan), row + 1, 1 + at, 1, span, "head")
            for m, (at, span) in zip(measures, places, strict=True)
        ]
        rows = [(label(i, plan), [printed[f"proactive/{i.id}/{m.id}"].text for m in measures]) for i in items]
        if plan.added_row is not None and row == 0:
            rows.append((plan.added_row[0], list(plan.added_row[1])))
        row += 2
        broken = _page_end(enumerate(items, row), plan) if broken is None else broken
        for text, numbers in rows:
            cells.append(Cell(text, row, 0, kind="label"))
            cells += [Cell(n, row, 1 + at, 1, span) for n, (at, span) in zip(numbers, places, strict=True)]
            row += 1
    return Grid("proactive", tuple(cells), width, broken)


def _requests_head(table: Table) -> list[Cell]:
    own = [m for m in table.measures if m.group == forms.GROUPS["applicants"]]
    inner = [m for m in table.measures if m.group == forms.GROUPS["organisations"]]
    cells = [
        Cell(forms.BALANCE_NOTE, 0, 0, 3, 3, "head"),
        Cell(forms.GROUPS["applicants"].zh, 0, 3, 1, len(table.measures), "head"),
        Cell(forms.GROUPS["organisations"].zh, 1, 4, 1, len(inner), "head"),
    ]
    for column, measure in enumerate(table.measures, 3):
        top = 1 if measure in own else 2
        cells.append(Cell(measure.zh, top, column, 3 - top, 1, "head"))
    return cells


def _requests(table: Table, printed: dict[str, Printed], plan: Plan) -> Grid:
    cells = _requests_head(table)
    items = [item for item in table.items if item.id not in plan.missing_rows]
    rows_of: dict[Group, list[int]] = {}
    for row, item in enumerate(items, 3):
        for group in item.groups:
            rows_of.setdefault(group, []).append(row)
        depth = len(item.groups)
        cells.append(Cell(label(item, plan), row, depth, 1, 3 - depth, "label"))
        cells += [
            Cell(printed[f"requests/{item.id}/{m.id}"].text, row, column)
            for column, m in enumerate(table.measures, 3)
        ]
    for group, rows in rows_of.items():
        cells.append(Cell(group.number + group.zh, rows[0], len(group.path) - 1, len(rows), 1, "label"))
    page_ends = _page_end(((row, item) for row, item in enumerate(items, 3)), plan)
    return Grid("requests", tuple(cells), 10, page_ends)


def _page_end(rows: Iterable[tuple[int, Item]], plan: Plan) -> int | None:
    return next((row for row, item in rows if item.id in plan.break_before), None)


def _review(table: Table, printed: dict[str, Printed], plan: Plan) -> Grid:
    count = len(table.measures)
    grouped = [item for item in table.items if item.group is not None]
    cells = [Cell(forms.GROUPS["litigation"].zh, 0, count, 1, count * len(grouped), "head")]
    for place, item in enumerate(table.items):
        top = 1 if item in grouped else 0
        cells.append(Cell(label(item, plan), top, place * count, 1, count, "head"))
        for column, measure in enumerate(table.measures, place * count):
            cells.append(Cell(measure.zh, top + 1, column, 2 - top, 1, "head"))
            cells.append(Cell(printed[f"review/{item.id}/{measure.id}"].text, 3, column))
    return Grid("review", tuple(cells), count * len(table.items))


def uneven(grid_: Grid) -> Grid:
    """The same table with column spans that disagree between its rows, as word processors export them.

    A column is added: heads and every other row take it at the right, the rows between at their first
    figure, so that the rows still have the same width in all.
    """
    first = min(cell.column for cell in grid_.cells if cell.kind == "figure")
    cells = [_widen(cell, first if _is_odd_figure(cell) else grid_.width - 1) for cell in grid_.cells]
    return Grid(grid_.table, tuple(cells), grid_.width + 1)


def _is_odd_figure(cell: Cell) -> bool:
    return cell.kind == "figure" and cell.row % 2 == 1


def _widen(cell: Cell, at: int) -> Cell:
    if cell.column <= at < cell.column + cell.colspan:
        return replace(cell, colspan=cell.colspan + 1)
    return replace(cell, column=cell.column + 1) if cell.column > at else cell


def pieces(grid_: Grid) -> tuple[Grid, ...]:
    """The table, or its two parts where it is cut."""
    return (grid_,) if grid_.break_before is None else cut(grid_, grid_.break_before)


def cut(grid_: Grid, row: int) -> tuple[Grid, Grid]:
    """The two parts of a table that a page's end cuts before `row`; a merged cell's text is cut with it."""
    above = [_above(cell, row) for cell in grid_.cells if cell.row < row]
    below = [_below(cell, row) for cell in grid_.cells if cell.row + cell.rowspan > row]
    return Grid(grid_.table, tuple(above), grid_.width), Grid(grid_.table, tuple(below), grid_.width)


def _above(cell: Cell, row: int) -> Cell:
    rows = min(cell.rowspan, row - cell.row)
    return replace(cell, rowspan=rows, text=cell.text[: _share(cell, rows)])


def _below(cell: Cell, row: int) -> Cell:
    hidden = max(0, row - cell.row)
    text = cell.text[_share(cell, hidden) :]
    return replace(cell, row=max(0, cell.row - row), rowspan=cell.rowspan - hidden, text=text)


def _share(cell: Cell, rows: int) -> int:
    """How many of a merged cell's characters stand in its first rows."""
    return math.ceil(len(cell.text) * rows / cell.rowspan)
