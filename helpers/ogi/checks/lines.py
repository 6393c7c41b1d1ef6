"""Sums laid on the figures: for each rule, the two sides of each of its lines in each report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from ogi.arrays import IndexArray
from ogi.checks.sentences import line_name, of_year, parts_name
from ogi.figures import CELLS, Figures, Identity, Lines, lines_of
from ogi.forms import CARRIES, TABLES, Equation, Item, Measure, Table
from ogi.said import Said, say

Side = tuple[IndexArray, IndexArray]
"""One side of a rule: the rows and the columns of its cells, which together are reports × lines × parts."""


@dataclass(frozen=True)
class Compared:
    """One rule on some reports: its lines' names, its sides, what each report calls them, and the cells."""

    rule_id: str
    reports: Sequence[Identity]
    names: Sequence[Said]
    left: Side
    right: Side
    left_names: Sequence[Said]
    right_names: Sequence[Said]
    cells: Sequence[Sequence[Sequence[str]]]


@dataclass(frozen=True)
class Across:
    """A sum over two years' reports, as an equation; `ago_left`: how many years ago its parts are told."""

    table: str
    equation: Equation
    ago_left: tuple[int, ...]
    ago_right: tuple[int, ...]

    @property
    def tables(self) -> list[Table]:
        """The table in every edition that has all the parts."""
        parts = {*self.equation.left, *self.equation.right}
        editions = TABLES[self.table].values()
        return [table for table in editions if parts <= {thing.id for thing in _along(table, self.equation)}]


def _across(id: str, table: str, axis: str, left: dict[str, int], right: dict[str, int]) -> Across:
    """The sides as part → how many years ago."""
    equation = Equation(id, axis, tuple(left), tuple(right), "", "")
    return Across(table, equation, tuple(left.values()), tuple(right.values()))


ACROSS = (
    *(_across(carry.id, carry.table, "items", {carry.last: 1}, {carry.this: 0}) for carry in CARRIES),
    _across(
        "proactive.items_last_year",
        "proactive",
        "measures",
        {"items_last_year": 1, "change": 1},
        {"items_last_year": 0},
    ),
    _across(
        "proactive.in_force",
        "proactive",
        "measures",
        {"in_force": 1, "issued": 0},
        {"in_force": 0, "repealed": 0},
    ),
)


def added_up(figures: Figures, table: Table, lines: Lines) -> Compared:
    """A sum or balance inside one table: a line per measure where items are added, per item otherwise."""
    rows = figures.rows_on(table)
    reports = [figures.reports[row] for row in rows]
    left, right = (
        (rows[:, np.newaxis, np.newaxis], columns[np.newaxis]) for columns in (lines.left, lines.right)
    )
    left_name, right_name = (
        Said.as_printed(parts_name(_parts(table, lines.equation, side)))
        for side in (lines.equation.left, lines.equation.right)
    )
    cells = [[CELLS[column] for column in line] for line in _cells(lines)]
    return Compared(
        lines.equation.id,
        reports,
        [line_name(thing) for thing in lines.about],
        left,
        right,
        [left_name] * len(reports),
        [right_name] * len(reports),
        [cells] * len(reports),
    )


def over_years(figures: Figures) -> Iterator[Compared]:
    """Every sum over an agency's reports on adjacent years: a line per measure or item, of the later one."""
    for rule in ACROSS:
        rows = np.concatenate([figures.rows_on(table) for table in rule.tables])
        pairs = pairs_of(figures, rows, rows)
        if pairs:
            yield _handed_on(figures, rule, pairs)


def _handed_on(figures: Figures, rule: Across, pairs: list[tuple[int, int]]) -> Compared:
    table = rule.tables[0]
    lines = lines_of(table, rule.equation)
    reports = [figures.reports[now] for now, _ in pairs]
    by_age = np.array(pairs)

    def side(ago: tuple[int, ...], columns: IndexArray) -> Side:
        return by_age[:, ago][:, np.newaxis, :], columns[np.newaxis]

    def names(ago: tuple[int, ...], parts: tuple[str, ...]) -> list[Said]:
        labels = [parts_name(_parts(table, rule.equation, (part,))) for part in parts]
        return [_of_years(labels, [(report.year or 0) - n for n in ago]) for report in reports]

    ago = (*rule.ago_left, *rule.ago_right)
    cells = [
        [
            [f"{(report.year or 0) - n}:{CELLS[c]}" for c, n in zip(line, ago, strict=True)]
            for line in _cells(lines)
        ]
        for report in reports
    ]
    return Compared(
        rule.equation.id,
        reports,
        [line_name(thing) for thing in lines.about],
        side(rule.ago_left, lines.left),
        side(rule.ago_right, lines.right),
        names(rule.ago_left, rule.equation.left),
        names(rule.ago_right, rule.equation.right),
        cells,
    )


def pairs_of(figures: Figures, later: IndexArray, earlier: IndexArray) -> list[tuple[int, int]]:
    """The row of each later report beside that of each of its agency's reports on the year before."""
    of_year: dict[tuple[str, int], list[int]] = {}
    for row in earlier.tolist():
        report = figures.reports[row]
        if report.agency is not None and report.year is not None:
            of_year.setdefault((report.agency, report.year + 1), []).append(row)
    keys = [(figures.reports[row].agency, figures.reports[row].year) for row in later]
    return [
        (now, last) for now, key in zip(later.tolist(), keys, strict=True) for last in of_year.get(key, ())
    ]


def _of_years(labels: list[str], years: list[int]) -> Said:
    parts = [of_year(label, year) for label, year in zip(labels, years, strict=True)]
    return parts[0] if len(parts) == 1 else say("{a} + {b}", "{a} + {b}", a=parts[0], b=parts[1])


def _cells(lines: Lines) -> list[list[int]]:
    """Line by line the columns of its cells, left side first."""
    cells: list[list[int]] = np.concatenate([lines.left, lines.right], axis=1).tolist()
    return cells


def _along(table: Table, equation: Equation) -> Sequence[Item | Measure]:
    """What the parts of an equation are."""
    return table.items if equation.axis == "items" else table.measures


def _parts(table: Table, equation: Equation, ids: Sequence[str]) -> list[Item | Measure]:
    return [thing for id in ids for thing in _along(table, equation) if thing.id == id]
