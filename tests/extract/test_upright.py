"""Tables that lie on their side, and tables whose rows are counted, read like any other."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ogi import forms
from ogi.extract.figures import figures_of
from ogi.extract.upright import upright
from ogi.extract.walk import walk
from ogi.readers.document import Cell, Grid
from tests.extract.documents import document, numbered, of_year, table_cells

ONE = numbered("2021")


def on_its_side(cells: list[Cell]) -> list[Cell]:
    return [replace(c, row=c.column, column=c.row, rowspan=c.colspan, colspan=c.rowspan) for c in cells]


def counted(cells: list[Cell]) -> list[Cell]:
    """The table with a column 序号 before it: its head, then a number a row."""
    first = min(cell.row for cell in cells if cell.text.isdigit())
    last = max(cell.row for cell in cells)
    numbers = [Cell(str(row - first + 1), row, 0) for row in range(first, last + 1)]
    return [Cell("序号", 0, 0, first), *numbers, *(replace(c, column=c.column + 1) for c in cells)]


@pytest.mark.parametrize(
    ("table", "change"), [("requests", on_its_side), ("review", on_its_side), ("requests", counted)]
)
def test_every_figure_is_read(table, change):
    figures, _, findings = figures_of(walk(document(ONE, change={table: change})), of_year(2023))
    assert {figure.id: figure.value for figure in figures} == ONE
    assert findings == []


@pytest.mark.parametrize("table", list(forms.TABLES))
@pytest.mark.parametrize("edition", forms.EDITIONS)
def test_a_table_that_stands_is_left_as_it_is(table, edition):
    grid = Grid(tuple(table_cells(table, edition, numbered(edition))))
    assert upright(grid) is grid
