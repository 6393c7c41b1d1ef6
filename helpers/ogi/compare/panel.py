"""Figures as arrays: a row per report, a column per cell of the forms. No sum needs a loop over reports."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from ogi.forms import EDITIONS, TABLES, Equation, Table
from ogi.values import State

STATES = (State.REPORTED, State.BLANK, State.NOT_APPLICABLE, State.UNREADABLE, State.ABSENT)
NO_CELL = -1
"""The state of a cell that the report's form does not have, or that no figure was handed over for."""

Cell = tuple[str, str, str]
"""The ids of table, item and measure."""

Bools = npt.NDArray[np.bool_]
Codes = npt.NDArray[np.int8]
Places = npt.NDArray[np.intp]
Floats = npt.NDArray[np.float64]

Line = tuple[list[int], list[int]]
"""The columns on the left and on the right of a sum."""

_TOLERANCE = 1e-6


def _cells() -> Iterator[Cell]:
    """Every cell of both editions in print order, the new edition first, an item's measures together."""
    for name, editions in TABLES.items():
        tables = [editions[edition] for edition in reversed(EDITIONS)]
        ids = (id for table in tables for item in table.items for id in (item.id, item.series) if id != "")
        for item in dict.fromkeys(ids):
            measures = (measure for table in tables for measure in table.cells_of.get(item, ()))
            yield from ((name, item, measure) for measure in dict.fromkeys(measures))


CELLS = tuple(_cells())
COLUMN = {cell: number for number, cell in enumerate(CELLS)}


@dataclass(frozen=True)
class Panel:
    """`reports`: agency, year (and report_id) per row; the arrays have a row per report, a column per CELLS.

    `value` is NaN where a cell holds no number, `state` a place in STATES or NO_CELL, `form` a place in
    EDITIONS or -1. `zero` marks the blank cells that the table's own sums show to mean zero; `conflict`
    those on which two reports on the same year disagree.
    """

    reports: pd.DataFrame
    value: Floats
    state: Codes
    form: Codes
    zero: Bools
    conflict: Bools

    @classmethod
    def of(cls, figures: pd.DataFrame) -> Panel:
        """The panel of a frame of figures; reports without a year are left out, since they have no place.

        ValueError where a cell is on no form, or stands twice in one report.
        """
        dated = figures[figures["year"].notna()]
        keys = ["agency", "year", "report_id"]
        groups = dated.groupby(keys, sort=True, observed=True)
        rows: Places = np.asarray(groups.ngroup(), np.intp)
        columns = _columns(dated)
        _refuse_repeats(dated, rows, columns)
        shape = (groups.ngroups, len(CELLS))
        panel = cls(
            groups.size().index.to_frame(index=False).astype({"year": "int64"}),
            np.full(shape, np.nan),
            np.full(shape, NO_CELL, np.int8),
            np.full(shape, -1, np.int8),
            np.zeros(shape, bool),
            np.zeros(shape, bool),
        )
        panel.state[rows, columns] = pd.Categorical(dated["state"], categories=STATES).codes
        panel.form[rows, columns] = pd.Categorical(dated["form"].astype("object"), categories=EDITIONS).codes
        panel.value[rows, columns] = dated["value"].to_numpy(float, na_value=np.nan)
        return panel

    def is_in(self, *states: str) -> Bools:
        """Where a cell is in one of these states."""
        return np.isin(self.state, [STATES.index(state) for state in states])

    @property
    def reported(self) -> Bools:
        """Where a number is printed."""
        return self.is_in(State.REPORTED)

    @property
    def blank(self) -> Bools:
        """Where nothing, or only a sign for nothing, is printed."""
        return self.is_in(State.BLANK, State.NOT_APPLICABLE)

    @property
    def counted(self) -> Floats:
        """What each cell adds to a sum: its number, zero for a blank that means zero, else NaN."""
        return np.where(self.zero & ~self.reported, 0.0, self.value)


def with_zeros(panel: Panel) -> Panel:
    """The panel with those blanks marked as zero that the sums of their own table show to mean zero.

    A blank is zero where it stands in a sum of the form that holds that way. A line of blanks only is zero
    where the table shows this of other blanks, and no sum of it breaks when its blanks count as zero.
    """
    zero = panel.zero.copy()
    for equations in _EQUATIONS:
        _mark_zeros(panel, equations, zero)
    return replace(panel, zero=zero)


def _mark_zeros(panel: Panel, equations: list[Line], zero: Bools) -> None:
    """Mark the zeros of one table in one edition."""
    blank, known, printed = panel.blank, panel.blank | panel.reported, np.nan_to_num(panel.value)
    shown, broken = np.zeros(len(zero), bool), np.zeros(len(zero), bool)
    empty: list[tuple[list[int], Bools]] = []
    for left, right in equations:
        parts = left + right
        told = known[:, parts].all(axis=1) & blank[:, parts].any(axis=1)
        all_blank: Bools = np.asarray(told & blank[:, parts].all(axis=1))
        difference = printed[:, left].sum(axis=1) - printed[:, right].sum(axis=1)
        holds = told & ~all_blank & (np.abs(difference) < _TOLERANCE)
        zero[:, parts] |= holds[:, None] & blank[:, parts]
        shown |= holds
        broken |= told & ~all_blank & ~holds
        empty.append((parts, all_blank))
    for parts, all_blank in empty:
        zero[:, parts] |= (all_blank & shown & ~broken)[:, None]


def _lines(table: Table, equation: Equation) -> Iterator[Line]:
    """The columns on the left and on the right of the equation, once for each line that it must hold in."""
    across = equation.axis == "measures"
    for line in table.items if across else table.measures:
        sides = [
            [COLUMN[(table.id, line.id, part) if across else (table.id, part, line.id)] for part in side]
            for side in (equation.left, equation.right)
        ]
        yield sides[0], sides[1]


_EQUATIONS = [
    [line for equation in table.equations for line in _lines(table, equation)]
    for editions in TABLES.values()
    for table in editions.values()
]
"""The sums of each table in each edition."""


def _columns(figures: pd.DataFrame) -> Places:
    cells = pd.MultiIndex.from_tuples(CELLS, names=["table", "item", "measure"])
    columns = cells.get_indexer(pd.MultiIndex.from_frame(figures[["table", "item", "measure"]]))
    if (columns < 0).any():
        table, item, measure = figures[["table", "item", "measure"]].iloc[int(np.argmin(columns))]
        raise ValueError(f"expected a cell of the forms, found {table}/{item}/{measure}")
    return columns


def _refuse_repeats(
    figures: pd.DataFrame, rows: npt.NDArray[np.int64], columns: npt.NDArray[np.intp]
) -> None:
    repeated = pd.Series(rows * len(CELLS) + columns).duplicated().to_numpy()
    if repeated.any():
        first = figures.iloc[int(np.argmax(repeated))]
        cell = f"{first['table']}/{first['item']}/{first['measure']}"
        raise ValueError(f"{first['report_id']}: expected one figure for {cell}, found several")
