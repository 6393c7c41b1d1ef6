"""Sums laid on the grids: for each rule, the two sides of each line of each report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from ogi.checks.catalogue import RULES, Rule
from ogi.checks.grid import REPORT, Array, Cells, Grid, things_along
from ogi.checks.sentences import line_name, of_year, parts_name
from ogi.forms import CARRIES, Equation, Item, Measure, Table

Rows = npt.NDArray[np.intp]
Part = tuple[str, int]
"""An item or measure, and how many years ago."""


@dataclass(frozen=True)
class Side:
    """One side of a rule: cells as reports × lines × parts, and for each report how its parts are called."""

    names: list[str]
    cells: Cells


@dataclass(frozen=True)
class Lines:
    """One rule on the reports: its lines' names, its two sides, and the cells of each report and line."""

    rule: Rule
    reports: pd.DataFrame
    names: list[str]
    left: Side
    right: Side
    cells: list[list[list[str]]]


@dataclass(frozen=True)
class Across:
    """A sum over two years' reports. `axis` as in Equation: are its parts items or measures?"""

    id: str
    table: str
    axis: str
    left: tuple[Part, ...]
    right: tuple[Part, ...]

    def fits(self, table: Table) -> bool:
        """Does this table, in this edition, have all the parts?"""
        things: Sequence[Item | Measure] = table.items if self.axis == "items" else table.measures
        return table.id == self.table and {i for i, _ in (*self.left, *self.right)} <= {t.id for t in things}


ACROSS = (
    *(Across(carry.id, carry.table, "items", ((carry.last, 1),), ((carry.this, 0),)) for carry in CARRIES),
    Across(
        "proactive.items_last_year",
        "proactive",
        "measures",
        (("items_last_year", 1), ("change", 1)),
        (("items_last_year", 0),),
    ),
    Across(
        "proactive.in_force",
        "proactive",
        "measures",
        (("in_force", 1), ("issued", 0)),
        (("in_force", 0), ("repealed", 0)),
    ),
)


def added_up(grid: Grid, rule: Equation, language: str) -> Lines:
    """A sum or balance inside one table: a line per measure where items are added, per item otherwise."""
    table = grid.table
    axis, things = things_along(table, rule.axis)
    lines, cells = _lines(table, rule.axis, (*rule.left, *rule.right))

    def side(parts: tuple[str, ...]) -> Side:
        here = [n for part in parts for n, thing in enumerate(things) if thing.id == part]
        name = parts_name([things[n] for n in here])
        return Side([name] * len(grid.reports), grid.cells.pick(_Chosen(here, axis, lines)))

    ids = [["/".join((table.id, *cell)) for cell in line] for line in cells]
    names = [line_name(_across(table, rule.axis)[n], language) for n in lines]
    return Lines(
        RULES[rule.id], grid.reports, names, side(rule.left), side(rule.right), [ids] * len(grid.reports)
    )


def handed_on(grids: Sequence[Grid], rule: Across, language: str) -> Lines:
    """A sum over an agency's reports on adjacent years: a line per measure or item, told of the later report.

    `grids`: those of the table, in every edition that has the parts; at least one.
    """
    table = grids[0].table
    lines, cells = _lines(table, rule.axis, [part for part, _ in (*rule.left, *rule.right)])
    reports = pd.concat([grid.reports for grid in grids])
    pairs = pairs_of(reports, reports)
    years = [int(year) for year in pairs["year"]]
    ago = [ago for _, ago in (*rule.left, *rule.right)]
    ids = [
        [[f"{year - n}:{table.id}/{i}/{m}" for (i, m), n in zip(line, ago, strict=True)] for line in cells]
        for year in years
    ]
    names = [line_name(_across(table, rule.axis)[n], language) for n in lines]
    left, right = (
        _over_years(grids, rule.axis, parts, lines, pairs, language) for parts in (rule.left, rule.right)
    )
    return Lines(RULES[rule.id], pairs[REPORT], names, left, right, ids)


def pairs_of(later: pd.DataFrame, earlier: pd.DataFrame) -> pd.DataFrame:
    """Each later report beside the same agency's of the year before; with each where there are several.

    Columns: report_id, agency and year of the later, and the rows of both, `row` and `row_last`.
    """
    now = later.assign(row=np.arange(len(later))).dropna(subset=["agency", "year"])
    last = earlier.assign(row_last=np.arange(len(earlier))).dropna(subset=["agency", "year"])
    last = last.assign(year=last["year"] + 1)[["agency", "year", "row_last"]]
    return now.merge(last, on=["agency", "year"])


def _across(table: Table, axis: str) -> Sequence[Item | Measure]:
    """What the lines are, where the parts lie along the axis."""
    return table.measures if axis == "items" else table.items


def _lines(table: Table, axis: str, parts: Sequence[str]) -> tuple[list[int], list[list[tuple[str, str]]]]:
    """The places of the lines of which the form prints every part, and the cells (item, measure) of each."""
    cells = [
        [(part, line.id) if axis == "items" else (line.id, part) for part in parts]
        for line in _across(table, axis)
    ]
    whole = [n for n, line in enumerate(cells) if all(m in table.cells_of[i] for i, m in line)]
    return whole, [cells[n] for n in whole]


@dataclass(frozen=True)
class _Chosen:
    """Takes parts along an axis, of some lines: reports × lines × parts."""

    parts: list[int]
    axis: int
    lines: list[int]

    def __call__(self, array: Array) -> Array:
        return np.moveaxis(np.take(array, self.parts, self.axis), self.axis, 2)[:, self.lines]


def _over_years(
    grids: Sequence[Grid],
    axis: str,
    parts: tuple[Part, ...],
    lines: list[int],
    pairs: pd.DataFrame,
    language: str,
) -> Side:
    found, labels = [], []
    for part, ago in parts:
        rows: Rows = pairs["row_last" if ago else "row"].to_numpy(dtype=np.intp)
        found.append([np.concatenate(arrays)[rows] for arrays in _of_part(grids, axis, part, lines)])
        things = things_along(grids[0].table, axis)[1]
        labels.append((parts_name([thing for thing in things if thing.id == part]), ago))
    names = [
        " + ".join(of_year(label, int(year) - ago, language) for label, ago in labels)
        for year in pairs["year"]
    ]
    return Side(names, Cells(*(np.concatenate(arrays, axis=2) for arrays in zip(*found, strict=True))))


def _of_part(grids: Sequence[Grid], axis: str, part: str, lines: list[int]) -> list[tuple[Array, ...]]:
    """Per array of Cells, what each grid holds of one part."""
    picked = []
    for grid in grids:
        along, things = things_along(grid.table, axis)
        place = [thing.id for thing in things].index(part)
        picked.append(grid.cells.pick(_Chosen([place], along, lines)).arrays)
    return list(zip(*picked, strict=True))
