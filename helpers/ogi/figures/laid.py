"""A frame of figures laid out as arrays: which cell each row is, and what is in doubt about it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from ogi.arrays import IndexArray
from ogi.columns import CELLS, COLUMN_ON_FORM, COLUMNS_OF
from ogi.extract.report import FindingKind
from ogi.figures.states import NEAR_STRANGE, SURE, CodeArray, Identity

_STRANGE = (
    FindingKind.LABEL_UNKNOWN,
    FindingKind.LABEL_MISSING,
    FindingKind.HEAD_STRANGE,
    FindingKind.ROW_REFUSED,
)
"""Findings after which a sum that does not hold may be our misreading."""


def identities(*frames: pd.DataFrame) -> dict[str, Identity]:
    """Report id → identity, in the order of the frames; each needs report_id, agency and year."""
    found: dict[str, Identity] = {}
    for frame in frames:
        first = ~frame["report_id"].duplicated().to_numpy()
        columns = (plain(frame[name][first]) for name in ("report_id", "agency", "year"))
        for report_id, agency, year in zip(*columns, strict=True):
            known = None if agency is None else str(agency), None if year is None else int(year)
            found.setdefault(str(report_id), Identity(str(report_id), *known))
    return found


def plain(column: pd.Series[Any]) -> list[Any]:
    """The values of a column, null as None."""
    return [None if null else value for value, null in zip(column.tolist(), column.isna(), strict=True)]


def columns_in(frame: pd.DataFrame) -> IndexArray:
    """The column of each row in the arrays; ValueError for a cell that no form has."""
    keys = zip(*(frame[name].tolist() for name in ("form", "table", "item", "measure")), strict=True)
    columns = np.array([COLUMN_ON_FORM.get(key, -1) for key in keys], dtype=np.intp)
    if (columns < 0).any():
        report_id, cell = _named(frame, int(np.argmin(columns)))
        raise ValueError(f"{report_id}: no form has {cell}")
    return columns


def refuse_repeats(frame: pd.DataFrame, rows: IndexArray, columns: IndexArray) -> None:
    """ValueError where a cell stands twice in one report."""
    # Laid into the arrays, the second figure for a cell would replace the first without a word.
    _, first = np.unique(rows * len(CELLS) + columns, return_index=True)
    if len(first) < len(frame):
        again = np.setdiff1d(np.arange(len(frame)), first)
        report_id, cell = _named(frame, int(again[0]))
        raise ValueError(f"{report_id}: expected one figure for {cell}, found several")


def _named(frame: pd.DataFrame, place: int) -> tuple[str, str]:
    row = frame.iloc[place]
    return row["report_id"], f"{row['table']}/{row['item']}/{row['measure']} (edition {row['form']})"


def doubt_of(reports: Sequence[Identity], findings: pd.DataFrame | None) -> CodeArray:
    """Which cells are of a table, or report, of which not all was understood."""
    doubt: CodeArray = np.full((len(reports), len(CELLS)), SURE, np.int8)
    if findings is None:
        return doubt
    strange = findings[findings["kind"].isin(_STRANGE).to_numpy()]
    rows = {report.report_id: row for row, report in enumerate(reports)}
    for report_id, table in zip(strange["report_id"].tolist(), plain(strange["table"]), strict=True):
        if report_id in rows:
            # A finding that names no table may be on any.
            doubt[rows[report_id], COLUMNS_OF[table] if table in COLUMNS_OF else slice(None)] = NEAR_STRANGE
    return doubt
