"""The rules of the forms laid on the grids: for each rule, the two sides of each line of each report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from helpers.checks.grid import REPORT, Array, Cells, Grid, things_along
from helpers.checks.sentences import line_name, of_year, parts_name
from helpers.forms import Carry, Equation, Item, Measure


@dataclass(frozen=True)
class Side:
    """One side of a rule: cells as reports × lines × parts, and for each report how its parts are called."""

    names: list[str]
    cells: Cells


@dataclass(frozen=True)
class Lines:
    """One rule on the reports: its lines' names, its two sides, and the cells of each report and line."""

    rule_id: str
    severity: str
    official: bool
    reports: pd.DataFrame
    names: list[str]
    left: Side
    right: Side
    cells: list[list[list[str]]]


def added_up(grid: Grid, rule: Equation, language: str) -> Lines:
    """A sum or balance inside one table: a line per measure where items are added, per item otherwise."""
    table = grid.table
    axis, _ = things_along(table, rule)
    across: Sequence[Item | Measure] = table.measures if axis == 1 else table.items
    parts = (*rule.left, *rule.right)
    cells = [[(part, line.id) if axis == 1 else (line.id, part) for part in parts] for line in across]
    whole = [n for n, line in enumerate(cells) if all(m in table.cells_of[i] for i, m in line)]
    return Lines(
        *(rule.id, "error", True, grid.reports),
        [line_name(across[n], language) for n in whole],
        _side(grid, rule, rule.left, whole),
        _side(grid, rule, rule.right, whole),
        [[["/".join((table.id, *cell)) for cell in cells[n]] for n in whole]] * len(grid.reports),
    )


def carried(grids: Sequence[Grid], carry: Carry, language: str) -> Lines:
    """What one agency's reports on adjacent years hand over: a line per measure, told of the later report.

    `grids`: those of the table, in any edition; at least one.
    """
    table = grids[0].table
    ends = ((carry.last, 1), (carry.this, 0))
    pairs = _pairs(pd.concat([grid.reports for grid in grids]))
    years = [int(year) for year in pairs["year"]]
    left, right = (
        Side(
            [of_year(table.item(item).label, year - ago, language) for year in years],
            _cells_of(grids, item, pairs[rows].to_numpy(dtype=np.intp)),
        )
        for (item, ago), rows in zip(ends, ("row_last", "row"), strict=True)
    )
    ids = [measure.id for measure in table.measures]
    return Lines(
        *(carry.id, "warning", False, pairs[REPORT]),
        [line_name(measure, language) for measure in table.measures],
        left,
        right,
        [[[f"{year - ago}:{table.id}/{item}/{m}" for item, ago in ends] for m in ids] for year in years],
    )


def _side(grid: Grid, rule: Equation, parts: tuple[str, ...], lines: list[int]) -> Side:
    axis, things = things_along(grid.table, rule)
    here = [n for part in parts for n, thing in enumerate(things) if thing.id == part]

    def chosen(array: Array) -> Array:
        return np.moveaxis(np.take(array, here, axis), axis, 2)[:, lines]

    return Side([parts_name([things[n] for n in here])] * len(grid.reports), grid.cells.pick(chosen))


def _cells_of(grids: Sequence[Grid], item: str, rows: Array) -> Cells:
    """One item in the reports of these rows, counted through all grids: each measure a line of one part."""
    parts = []
    for grid in grids:
        place = [thing.id for thing in grid.table.items].index(item)
        parts.append(grid.cells.pick(lambda array, place=place: array[:, place, :, None]))  # type: ignore[misc]
    return Cells(
        np.concatenate([part.values for part in parts])[rows],
        np.concatenate([part.states for part in parts])[rows],
        np.concatenate([part.unfilled for part in parts])[rows],
    )


def _pairs(reports: pd.DataFrame) -> pd.DataFrame:
    """Each report beside the same agency's of the year before, by row; with each where there are several."""
    dated = reports.assign(row=np.arange(len(reports))).dropna(subset=["agency", "year"])
    before = dated.assign(year=dated["year"] + 1)[["agency", "year", "row"]]
    return dated.merge(before, on=["agency", "year"], suffixes=("", "_last"))
