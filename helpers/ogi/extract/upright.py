"""A table that lies on its side: its heads stand down a column, its items across a row."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from ogi import forms
from ogi.extract.head_words import head_words
from ogi.extract.labels import label
from ogi.extract.settings import SETTINGS
from ogi.readers.document import Grid


def upright(grid: Grid) -> Grid:
    """The grid, rows and columns swapped where its heads stand down a column and nowhere across a row."""
    if (
        grid.ragged
        or len(grid.cells) > SETTINGS.most_cells_upright
        or not any(_lies(grid, table) for table in forms.TABLES)
    ):
        return grid
    swapped = (
        replace(c, row=c.column, column=c.row, rowspan=c.colspan, colspan=c.rowspan) for c in grid.cells
    )
    return replace(grid, cells=tuple(swapped))


def _lies(grid: Grid, table: str) -> bool:
    measures = head_words(table).measures
    named = [(cell, measures[name]) for cell in grid.cells if (name := label(cell.text).name) in measures]
    down = _most((cell.column, measure) for cell, measure in named)
    return (
        down >= SETTINGS.fewest_down
        and _most((cell.row, measure) for cell, measure in named) <= SETTINGS.most_across
    )


def _most(placed: Iterable[tuple[int, str]]) -> int:
    """The most measures at one place."""
    at: dict[int, set[str]] = {}
    for place, measure in placed:
        at.setdefault(place, set()).add(measure)
    return max(map(len, at.values()), default=0)
