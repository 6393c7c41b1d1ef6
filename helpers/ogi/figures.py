"""One index over figures, by report and cell, that checks, comparisons, charts and pages share.

The figures of many reports are arrays: a row per report, a column per cell of the forms. So a sum over
thousands of reports is one addition of arrays, and one figure is found by its report and its id.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from ogi.arrays import BoolArray, FloatArray, IndexArray
from ogi.columns import CELLS, COLUMN, COLUMN_ON_FORM, COLUMNS_OF, LINES
from ogi.extract.report import FindingKind
from ogi.forms import EDITIONS, Table
from ogi.said import Said
from ogi.values import LEAST_CONFIDENCE, State

# Amounts have at most six decimals, and none that a binary float holds exactly: 0.1 + 0.2 is not 0.3.
TOLERANCE = 1e-6
"""What equal sums may differ by."""

STATES = tuple(State)
REPORTED, BLANK, NOT_APPLICABLE, UNREADABLE, ABSENT = range(len(STATES))
"""The states as they stand in the arrays: their places in STATES."""
NO_CELL = -1
"""The state of a cell that the report's form does not have, or that no figure was given for."""

SURE, BADLY_READ, NEAR_STRANGE = 0, 1, 2
"""How sure we are of a cell: well read, badly read, or in a table that was not all understood."""
_STRANGE = (
    FindingKind.LABEL_UNKNOWN,
    FindingKind.LABEL_MISSING,
    FindingKind.HEAD_STRANGE,
    FindingKind.ROW_REFUSED,
)
"""Findings after which a sum that does not hold may be our misreading."""

# A byte a cell: a code takes an eighth of the room that a number takes.
CodeArray = npt.NDArray[np.int8]


class Identity(NamedTuple):
    """Which report: its id, its agency and its year, None where these are not known."""

    report_id: str
    agency: str | None
    year: int | None


@dataclass(frozen=True)
class FigureRow:
    """One row of the table figures. `value` is a number where `state` is reported, else None."""

    state: State
    value: float | None = None
    printed: str | None = None
    unit: str | None = None
    page: int | None = None
    confidence: float = 1.0
    correction: dict[str, Any] | None = None
    """The row of the table corrections that `value` is from; `printed` is what the report prints."""


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
        columns = _columns(frame)
        _refuse_repeats(frame, rows, columns)
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
        doubt = _doubt(reports, findings)
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
        return [_plain(self.frame[name]) for name in names]

    @cached_property
    def _corrected(self) -> dict[tuple[str, str], dict[str, Any]]:
        if self.corrections is None:
            return {}
        columns = {str(name): _plain(self.corrections[name]) for name in self.corrections}
        rows = [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]
        return {(r["report_id"], f"{r['table']}/{r['item']}/{r['measure']}"): r for r in rows}


_AMOUNTS = frozenset(column for cell, column in COLUMN.items() if cell.endswith("/amount"))
_ARRAYS = ("value", "state", "form", "confidence", "doubt", "zero", "conflict", "place")
_STATE_CODE = {state: code for code, state in enumerate(STATES)}
_FORM_CODE = {edition: code for code, edition in enumerate(EDITIONS)}


def equal(left: FloatArray, right: FloatArray) -> BoolArray:
    """Where two sums are equal; a sum that is not known (NaN) equals nothing."""
    return np.less(np.abs(left - right), TOLERANCE)


def identities(*frames: pd.DataFrame) -> dict[str, Identity]:
    """Report id → identity, in the order of the frames; each needs report_id, agency and year."""
    found: dict[str, Identity] = {}
    for frame in frames:
        first = ~frame["report_id"].duplicated().to_numpy()
        columns = (_plain(frame[name][first]) for name in ("report_id", "agency", "year"))
        for report_id, agency, year in zip(*columns, strict=True):
            known = None if agency is None else str(agency), None if year is None else int(year)
            found.setdefault(str(report_id), Identity(str(report_id), *known))
    return found


def _plain(column: pd.Series[Any]) -> list[Any]:
    """The values of a column, null as None."""
    return [None if null else value for value, null in zip(column.tolist(), column.isna(), strict=True)]


def _columns(frame: pd.DataFrame) -> IndexArray:
    keys = zip(*(frame[name].tolist() for name in ("form", "table", "item", "measure")), strict=True)
    columns = np.array([COLUMN_ON_FORM.get(key, -1) for key in keys], dtype=np.intp)
    if (columns < 0).any():
        report_id, cell = _named(frame, int(np.argmin(columns)))
        raise ValueError(f"{report_id}: no form has {cell}")
    return columns


def _refuse_repeats(frame: pd.DataFrame, rows: IndexArray, columns: IndexArray) -> None:
    # Laid into the arrays, the second figure for a cell would replace the first without a word.
    _, first = np.unique(rows * len(CELLS) + columns, return_index=True)
    if len(first) < len(frame):
        again = np.setdiff1d(np.arange(len(frame)), first)
        report_id, cell = _named(frame, int(again[0]))
        raise ValueError(f"{report_id}: expected one figure for {cell}, found several")


def _named(frame: pd.DataFrame, place: int) -> tuple[str, str]:
    row = frame.iloc[place]
    return row["report_id"], f"{row['table']}/{row['item']}/{row['measure']} (edition {row['form']})"


def _doubt(reports: Sequence[Identity], findings: pd.DataFrame | None) -> CodeArray:
    doubt: CodeArray = np.full((len(reports), len(CELLS)), SURE, np.int8)
    if findings is None:
        return doubt
    strange = findings[findings["kind"].isin(_STRANGE).to_numpy()]
    rows = {report.report_id: row for row, report in enumerate(reports)}
    for report_id, table in zip(strange["report_id"].tolist(), _plain(strange["table"]), strict=True):
        if report_id in rows:
            # A finding that names no table may be on any.
            doubt[rows[report_id], COLUMNS_OF[table] if table in COLUMNS_OF else slice(None)] = NEAR_STRANGE
    return doubt
