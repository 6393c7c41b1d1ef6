"""The figures of many reports as arrays, and one figure by its report and its id."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from ogi.arrays import BoolArray, FloatArray, IndexArray
from ogi.columns import CELLS, COLUMN, COLUMNS_OF, LINES
from ogi.figures.laid import columns_in, doubt_of, identities, plain, refuse_repeats
from ogi.figures.states import (
    ABSENT,
    BADLY_READ,
    BLANK,
    NO_CELL,
    NOT_APPLICABLE,
    REPORTED,
    STATES,
    TOLERANCE,
    UNREADABLE,
    CodeArray,
    FigureRow,
    Identity,
)
from ogi.forms import EDITIONS, Table
from ogi.said import Said
from ogi.values import LEAST_CONFIDENCE, State


@dataclass(frozen=True)
class Figures:
    """The figures of many reports as arrays of reports × CELLS.

    `value` is NaN where a cell holds no number, `state` a place in STATES or NO_CELL, `form` a place in
    EDITIONS or -1, `doubt` one of SURE, BADLY_READ, NEAR_STRANGE, `place` the row of `frame` or -1. `zero`
    marks the blank cells that their table's sums show to mean zero (see `ogi.zeros`), `conflict` those on
    which two reports on one year disagree (see `compare.annual`). `settled`: of one agency, the years in
    which a review mark has settled every broken sum, and by whom. `unsure`: agencies and years of which a
    report may be another agency's, by its title. `several`: where reports on a year were made one, these
    reports themselves.
    """

    reports: tuple[Identity, ...]
    value: FloatArray
    state: CodeArray
    form: CodeArray
    confidence: FloatArray
    doubt: CodeArray
    zero: BoolArray
    conflict: BoolArray
    place: IndexArray
    frame: pd.DataFrame
    corrections: pd.DataFrame | None = None
    settled: Mapping[int, Said] = field(default_factory=dict)
    unsure: frozenset[tuple[str, int]] = frozenset()
    several: Figures | None = None

    @classmethod
    def of(
        cls,
        frame: pd.DataFrame,
        findings: pd.DataFrame | None = None,
        corrections: pd.DataFrame | None = None,
    ) -> Figures:
        """Index a frame of figures, its reports in the frame's order.

        Args:
            findings: what was not understood, a doubt on its table or, where it names none, its report.
            corrections: those that are laid on the frame, as in the table corrections.

        Raises:
            ValueError: a cell is on no form, or stands twice in one report.
        """
        rows, names = pd.factorize(frame["report_id"])
        columns = columns_in(frame)
        refuse_repeats(frame, rows, columns)
        at, shape = (rows, columns), (len(names), len(CELLS))
        state: CodeArray = np.full(shape, NO_CELL, np.int8)
        state[at] = [_STATE_CODE[state] for state in frame["state"].tolist()]
        value = np.full(shape, np.nan)
        value[at] = frame["value"].to_numpy(np.float64, na_value=np.nan)
        # Whatever stands beside another state, only what is reported counts.
        value[state != REPORTED] = np.nan
        form: CodeArray = np.full(shape, -1, np.int8)
        form[at] = [_FORM_CODE[form] for form in frame["form"].tolist()]
        place: IndexArray = np.full(shape, -1, np.intp)
        place[at] = np.arange(len(frame))
        reports = tuple(identities(frame).values())
        confidence = np.ones(shape)
        if "confidence" in frame:
            confidence[at] = frame["confidence"].to_numpy(np.float64)
        doubt = doubt_of(reports, findings)
        # Last: that the very cell was badly read says more than that its table was not all understood.
        doubt[confidence < LEAST_CONFIDENCE] = BADLY_READ
        none = np.zeros(shape, np.bool_)
        return cls(reports, value, state, form, confidence, doubt, none, none, place, frame, corrections)

    def __len__(self) -> int:
        return len(self.reports)

    def take(self, rows: Sequence[int] | IndexArray) -> Figures:
        """The figures of these reports alone, in this order."""
        return replace(
            self,
            reports=tuple(self.reports[row] for row in rows),
            **{name: getattr(self, name)[rows] for name in _ARRAYS},
        )

    def rows_on(self, table: Table) -> IndexArray:
        """The reports that print any cell of a table in its edition."""
        prints = self.form[:, COLUMNS_OF[table.id]] == EDITIONS.index(table.edition)
        return np.flatnonzero(prints.any(axis=1))

    @property
    def agency_and_year(self) -> pd.DataFrame:
        """The columns agency and year, a row per report; every year must be known."""
        agencies = pd.Series([report.agency for report in self.reports], dtype="str")
        years = pd.Series([report.year for report in self.reports], dtype="int64")
        return pd.DataFrame({"agency": agencies, "year": years})

    @cached_property
    def row_of(self) -> dict[str, int]:
        """Report id → its row."""
        return {report.report_id: row for row, report in enumerate(self.reports)}

    @cached_property
    def rows_on_year(self) -> dict[tuple[str, int], list[int]]:
        """Agency and year → the rows of its reports on that year, where both are known."""
        rows: dict[tuple[str, int], list[int]] = {}
        for row, (_, agency, year) in enumerate(self.reports):
            if agency is not None and year is not None:
                rows.setdefault((agency, year), []).append(row)
        return rows

    @cached_property
    def reported(self) -> BoolArray:
        """Where a number is printed."""
        return np.equal(self.state, REPORTED)

    @cached_property
    def blank(self) -> BoolArray:
        """Where nothing, or only a sign for nothing, is printed: to a sum both say the same."""
        return np.isin(self.state, [BLANK, NOT_APPLICABLE])

    @cached_property
    def missing(self) -> BoolArray:
        """Where the document has no such cell."""
        return np.isin(self.state, [ABSENT, NO_CELL])

    @cached_property
    def blank_as_zero(self) -> FloatArray:
        """Each cell's number, zero where it is blank, NaN where it is not known."""
        return np.where(self.blank, 0.0, self.value)

    @cached_property
    def counted(self) -> FloatArray:
        """Each cell's number, zero for a blank that is shown to mean zero, else NaN."""
        return np.where(self.zero & ~self.reported, 0.0, self.value)

    @cached_property
    def unfilled(self) -> BoolArray:
        """Blank totals whose parts are not all zero: they were not filled in, and do not mean zero."""
        found = np.zeros(self.state.shape, np.bool_)
        # What was not read may be more than zero, and a total left blank beside it means nothing.
        something = (np.nan_to_num(self.value) != 0) | (self.state == UNREADABLE) | self.missing
        for equations in LINES.values():
            for lines in equations:
                rows = self.rows_on(lines.table)[:, np.newaxis]
                # The balance has two totals on its right: a blank one there is no sum that was left out.
                if lines.right.shape[1] == 1:
                    total = lines.right[:, 0]
                    has_parts = something[rows[..., np.newaxis], lines.left].any(axis=2)
                    found[rows, total] |= self.blank[rows, total] & has_parts
        return found

    def disagree(self, rows: Sequence[int], column: int) -> bool:
        """Do the reports that have a cell print different things in it: a number, a sign or a unit?

        A blank cell is no zero here either.
        """
        there = [row for row in rows if not self.missing[row, column]]
        # As text, because NaN equals nothing, not even itself.
        told = {(self.state[row, column], str(self.value[row, column])) for row in there}
        return len(told) > 1 or (column in _AMOUNTS and len(self.units(there, column)) > 1)

    def units(self, rows: Sequence[int], column: int) -> set[str]:
        """The units that the reports print in a cell; none where the frame does not tell units."""
        if "unit" not in self.frame:
            return set()
        places = self.place[rows, column]
        return set(self.frame["unit"].iloc[places[places >= 0]].dropna())

    def cell(self, report_id: str, cell: str) -> FigureRow | None:
        """The figure of a report with the id table/item/measure; None where it has no such figure."""
        row, column = self.row_of.get(report_id), COLUMN.get(cell)
        place = -1 if row is None or column is None else int(self.place[row, column])
        if place < 0:
            return None
        state, value, printed, unit, page, confidence = (column[place] for column in self._columns)
        return FigureRow(
            State(state),
            float(value) if state == State.REPORTED else None,
            printed,
            unit,
            page,
            float(confidence),
            self._corrected.get((report_id, cell)),
        )

    def number(self, report_id: str | None, cell: str) -> float | None:
        """The number in that cell; None where it holds none."""
        found = None if report_id is None else self.cell(report_id, cell)
        return None if found is None else found.value

    @cached_property
    def _columns(self) -> list[list[Any]]:
        # Lists, once: one value of a list costs a fraction of one value of a frame, and pages ask for all.
        names = ("state", "value", "printed", "unit", "page", "confidence")
        return [plain(self.frame[name]) for name in names]

    @cached_property
    def _corrected(self) -> dict[tuple[str, str], dict[str, Any]]:
        if self.corrections is None:
            return {}
        columns = {str(name): plain(self.corrections[name]) for name in self.corrections}
        rows = [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]
        return {(r["report_id"], f"{r['table']}/{r['item']}/{r['measure']}"): r for r in rows}


_AMOUNTS = frozenset(column for cell, column in COLUMN.items() if cell.endswith("/amount"))
_ARRAYS = ("value", "state", "form", "confidence", "doubt", "zero", "conflict", "place")
_STATE_CODE = {state: code for code, state in enumerate(STATES)}
_FORM_CODE = {edition: code for code, edition in enumerate(EDITIONS)}


def equal(left: FloatArray, right: FloatArray) -> BoolArray:
    """Where two sums are equal; a sum that is not known (NaN) equals nothing."""
    return np.less(np.abs(left - right), TOLERANCE)
