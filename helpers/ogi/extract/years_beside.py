"""Columns of last year beside those of the report's year: left out of the grid, and it is said."""

from __future__ import annotations

import re
from dataclasses import replace

from ogi.extract.settings import SETTINGS
from ogi.readers.document import Cell, Grid

_YEAR = re.compile(r"(?:(20\d\d)年?|(上|去)一?年|(本|今)年)度?(?:数|数量|数据|情况)?")
_LAST, _THIS = 0, 1


def of_one_year(grid: Grid) -> tuple[Grid, str | None]:
    """The grid without the columns of earlier years and without the row that names the years; what it named.

    Only where a row of the head names years over all its columns but the first ones.
    """
    if grid.ragged:
        return grid, None
    for row in list(grid.rows())[: SETTINGS.deepest_years]:
        named = {cell: year for cell in row if (year := _year(cell)) is not None}
        others = [cell for cell in row if cell not in named and not cell.is_blank]
        first = min((cell.column for cell in named), default=0)
        years = sorted(set(named.values()))
        told_alike = len(years) > 1 and (years[0] > _THIS or years[-1] <= _THIS)
        if told_alike and all(cell.column < first for cell in others):
            latest = years[-1]
            earlier = [cell for cell, year in named.items() if year != latest]
            names = dict.fromkeys("".join(cell.text.split()) for cell in earlier)
            return _without(grid, earlier, list(named)), "、".join(names)
    return grid, None


def _year(cell: Cell) -> int | None:
    """The year a head cell names; last year and this one by their order."""
    match = _YEAR.fullmatch("".join(cell.text.split()))
    if match is None:
        return None
    return int(match[1]) if match[1] else _LAST if match[2] else _THIS


def _without(grid: Grid, columns: list[Cell], row: list[Cell]) -> Grid:
    """The grid without the columns under some cells, and without the cells of one row."""
    gone = {column for cell in columns for column in cell.columns}
    cells = []
    for cell in grid.cells:
        kept = [column for column in cell.columns if column not in gone]
        if kept and cell not in row:
            column = cell.column - sum(other < cell.column for other in gone)
            cells.append(replace(cell, column=column, colspan=len(kept)))
    return replace(grid, cells=tuple(cells))
