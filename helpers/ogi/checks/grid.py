"""The figures of many reports as arrays: one grid per statutory table and edition."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from ogi.extract.report import FindingKind
from ogi.forms import TABLES, Item, Measure, Table
from ogi.values import LEAST_CONFIDENCE, State

FILLED, BLANK, UNREADABLE, ABSENT = 0, 1, 2, 3
STATES = {
    State.REPORTED: FILLED,
    State.BLANK: BLANK,
    State.NOT_APPLICABLE: BLANK,
    State.UNREADABLE: UNREADABLE,
    State.ABSENT: ABSENT,
}
"""State of a figure → its code: what says nothing about a number is the same to a sum."""

REPORT = ["report_id", "agency", "year"]

SURE, BADLY_READ, NEAR_STRANGE = 0, 1, 2
"""How sure we are of a cell: well read, badly read, or in a table that was not all understood."""
STRANGE = (
    FindingKind.LABEL_UNKNOWN,
    FindingKind.LABEL_MISSING,
    FindingKind.HEAD_STRANGE,
    FindingKind.ROW_REFUSED,
)
"""Kinds of findings after which a sum that does not hold may be our misreading."""

Array = npt.NDArray[Any]
Floats = npt.NDArray[np.float64]
Codes = npt.NDArray[np.int8]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Cells:
    """Cells as arrays of one shape: `values`, 0 where a cell holds no number, and `states`, as codes.

    `unfilled`: blank totals whose parts are not all zero, which are thus not filled in rather than zero.
    `doubts`: how sure we are of what was read, as codes.
    """

    values: Floats
    states: Codes
    unfilled: Flags
    doubts: Codes

    def pick(self, chosen: Callable[[Array], Array]) -> Cells:
        """The same choice made of each array."""
        return Cells(*(chosen(array) for array in self.arrays))

    @property
    def arrays(self) -> tuple[Array, ...]:
        """Values, states, unfilled and doubts."""
        return self.values, self.states, self.unfilled, self.doubts


@dataclass(frozen=True)
class Grid:
    """One table in one edition, of all reports that print it; its cells are reports × items × measures.

    `inferred`: the reports whose cells were not all found with certainty, as in a table without ruling lines.
    """

    table: Table
    reports: pd.DataFrame
    cells: Cells
    inferred: Flags

    @property
    def printed(self) -> Flags:
        """Items × measures: which cells the form prints."""
        measures = [measure.id for measure in self.table.measures]
        held = [[m in self.table.cells_of[item.id] for m in measures] for item in self.table.items]
        return np.array(held, dtype=np.bool_)

    def ids(self, places: Array) -> list[str]:
        """table/item/measure of the cells that are true in items × measures."""
        items, measures = self.table.items, self.table.measures
        return [f"{self.table.id}/{items[i].id}/{measures[m].id}" for i, m in np.argwhere(places)]


def grids(figures: pd.DataFrame, findings: pd.DataFrame | None = None) -> list[Grid]:
    """The grids of these figures; ValueError for a cell that no form has or that a report holds twice.

    `findings`: what was not understood, which casts doubt on the table or, where it names none, the report.
    """
    found = []
    strange = _strange(findings)
    known = np.zeros(len(figures), dtype=np.bool_)
    for table, rows in _tables(figures):
        known |= rows
        if rows.any():
            found.append(_grid(figures[rows], table, strange))
    _refuse(figures, ~known, "no form has the table of")
    return found


def things_along(table: Table, axis: str) -> tuple[int, Sequence[Item | Measure]]:
    """What the parts of a rule are ("items" or "measures"), and along which axis of a grid they lie."""
    return (1, table.items) if axis == "items" else (2, table.measures)


def _tables(figures: pd.DataFrame) -> Iterator[tuple[Table, Flags]]:
    for table_id, editions in TABLES.items():
        for edition, table in editions.items():
            yield (
                table,
                ((figures["table"] == table_id) & (figures["form"] == edition)).to_numpy(dtype=np.bool_),
            )


def _strange(findings: pd.DataFrame | None) -> set[tuple[str, str | None]]:
    if findings is None:
        return set()
    odd = findings[findings["kind"].isin(STRANGE)]
    tables = odd["table"].astype("object").where(odd["table"].notna(), None)
    return set(zip(odd["report_id"], tables, strict=True))


def _grid(rows: pd.DataFrame, table: Table, strange: set[tuple[str, str | None]]) -> Grid:
    reports = rows.drop_duplicates("report_id")[REPORT].reset_index(drop=True)
    place = _places(rows, reports, table)
    shape = (len(reports), len(table.items), len(table.measures))
    states: Codes = np.full(shape, ABSENT, dtype=np.int8)
    states[place] = rows["state"].map(STATES).to_numpy(dtype=np.int8)
    values: Floats = np.zeros(shape)
    values[place] = rows["value"].to_numpy(dtype=np.float64)
    values[states != FILLED] = 0.0
    doubts: Codes = np.full(shape, SURE, dtype=np.int8)
    doubts[[bool({(r, table.id), (r, None)} & strange) for r in reports["report_id"]]] = NEAR_STRANGE
    confidence = rows["confidence"].to_numpy(dtype=np.float64) if "confidence" in rows else np.ones(len(rows))
    doubts[tuple(axis[confidence < LEAST_CONFIDENCE] for axis in place)] = BADLY_READ
    inferred: Flags = np.zeros(len(reports), dtype=np.bool_)
    inferred[place[0][confidence < 1]] = True
    return Grid(table, reports, Cells(values, states, _unfilled(table, values, states), doubts), inferred)


def _places(rows: pd.DataFrame, reports: pd.DataFrame, table: Table) -> tuple[npt.NDArray[np.intp], ...]:
    place = tuple(
        pd.Index(ids).get_indexer(pd.Index(rows[name]))
        for name, ids in (
            ("report_id", reports["report_id"]),
            ("item", [item.id for item in table.items]),
            ("measure", [measure.id for measure in table.measures]),
        )
    )
    _refuse(rows, (place[1] < 0) | (place[2] < 0), "no form has")
    twice = rows.duplicated(["report_id", "item", "measure"]).to_numpy(dtype=np.bool_)
    _refuse(rows, twice, "expected once, found twice:")
    return place


def _refuse(rows: pd.DataFrame, wrong: Flags, why: str) -> None:
    if wrong.any():
        odd = rows[wrong].iloc[0]
        cell = "/".join(str(odd[name]) for name in ("table", "item", "measure"))
        raise ValueError(f"{odd['report_id']}: {why} {cell} (edition {odd['form']})")


def _unfilled(table: Table, values: Floats, states: Codes) -> Flags:
    found: Flags = np.zeros(values.shape, dtype=np.bool_)
    something = (values != 0) | (states >= UNREADABLE)
    for rule in table.equations:
        if len(rule.right) > 1:
            continue
        axis, things = things_along(table, rule.axis)
        ids = [thing.id for thing in things]
        told = np.take(something, [ids.index(part) for part in rule.left], axis).any(axis=axis)
        total = (slice(None),) * axis + (ids.index(rule.right[0]),)
        found[total] |= (states[total] == BLANK) & told
    return found
