"""Columns of last year beside those of the report: left out, and it is said."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from ogi.extract.figures import figures_of
from ogi.extract.walk import walk
from ogi.extract.years_beside import of_one_year
from ogi.readers.document import Cell, Document, Grid, Paragraph
from tests.extract.documents import numbered, of_year, table_cells

ONE = numbered("2021")
HEAD_ROWS, LABELS, MEASURES = 3, 3, 7


def below_each(last: str, this: str) -> list[Cell]:
    """The requests table with two columns for each measure, the years named below it."""
    cells = []
    for cell in table_cells("requests", "2021", ONE):
        row = cell.row + (cell.row >= HEAD_ROWS)
        if cell.column < LABELS:
            cells.append(replace(cell, row=row, rowspan=cell.rowspan + (cell.row < HEAD_ROWS)))
            continue
        column = LABELS + 2 * (cell.column - LABELS)
        if cell.row < HEAD_ROWS:
            cells.append(replace(cell, column=column, colspan=2 * cell.colspan))
        else:
            cells += [Cell("7", row, column), replace(cell, row=row, column=column + 1)]
    columns = range(LABELS, LABELS + 2 * MEASURES)
    return [*cells, *(Cell((last, this)[n % 2], HEAD_ROWS, column) for n, column in enumerate(columns))]


def side_by_side(last: str, this: str) -> list[Cell]:
    """The requests table twice beside each other, a year above each."""
    cells = [Cell(last, 0, LABELS, 1, MEASURES), Cell(this, 0, LABELS + MEASURES, 1, MEASURES)]
    for cell in table_cells("requests", "2021", ONE):
        below = replace(cell, row=cell.row + 1)
        cells.append(below)
        if cell.column >= LABELS:
            cells.append(replace(below, column=cell.column + MEASURES))
            is_figure = cell.row >= HEAD_ROWS
            cells[-2] = replace(below, text="7") if is_figure else below
    return cells


@pytest.mark.parametrize("printed", [below_each, side_by_side])
@pytest.mark.parametrize(("last", "this"), [("2022年", "2023年"), ("上年数", "本年数"), ("去年", "今年")])
def test_this_years_figures_are_read(printed, last, this):
    blocks = (Paragraph("示例市教育局2023年政府信息公开工作年度报告"), Grid(tuple(printed(last, this))))
    figures, _, findings = figures_of(walk(Document(Path("a.html"), "html", blocks)), of_year(2023))
    own = {figure.id: figure.value for figure in figures if figure.table == "requests"}
    assert own == {key: value for key, value in ONE.items() if key.startswith("requests")}
    (beside,) = [finding for finding in findings if finding.kind == "years_beside"]
    assert last in beside.message


@pytest.mark.parametrize("years", [("2022年", "本年"), ("2023年", "2023年"), ("2022年", "增长")])
def test_what_is_no_row_of_years_leaves_the_grid_as_it_is(years):
    grid = Grid(tuple(below_each(*years)))
    assert of_one_year(grid) == (grid, None)
