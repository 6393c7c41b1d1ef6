"""Single figures of an agency, found by report and by the ids of the form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from ogi.forms import TABLES
from ogi.pages.frames import Column, Frames, records
from ogi.values import State

_Cell = tuple[str, str, str, str]

NOT_ON_FORM, NO_REPORT = "not_on_form", "no_report"
"""Two states that only a page has: the form does not ask for it; nobody reported on that year."""


@dataclass(frozen=True)
class Found:
    """One figure as a page needs it; `value` is a number where `state` is reported, else None."""

    state: str
    value: float | None = None
    printed: str | None = None
    note: str | None = None
    unit: str | None = None
    page: int | None = None
    confidence: float = 1.0
    correction: dict[str, Any] | None = None
    """The row of the table corrections that `value` is from; `printed` is what the report prints."""


class Lookup:
    """The figures of one agency by (report, table, item, measure)."""

    def __init__(self, figures: pd.DataFrame, corrections: pd.DataFrame | None = None) -> None:
        self._corrections = {} if corrections is None else _by_cell(corrections)
        self._rows: dict[_Cell, dict[str, Any]] = _by_cell(figures)

    def figure(self, column: Column, table: str, item: str, measure: str) -> Found:
        """What the column's report prints there, or why it prints nothing."""
        if column.report_id is None:
            return Found(NO_REPORT)
        key = column.report_id, table, item, measure
        row = self._rows.get(key)
        if row is None:
            return Found(
                State.ABSENT if _asks(column.editions.get(table), table, item, measure) else NOT_ON_FORM
            )
        return _found(row, self._corrections.get(key))


def latest(frames: Frames) -> tuple[Column, Column | None] | None:
    """The column of the last year with a report and that of the year before, if it has a report too."""
    columns = {
        column.year: column for column in frames.columns if column.year is not None and not column.is_gap
    }
    if not columns:
        return None
    last = max(columns)
    return columns[last], columns.get(last - 1)


def _asks(edition: str | None, table: str, item: str, measure: str) -> bool:
    """Does the form ask for the figure? Where the table was not found, it is absent, not unasked for."""
    return edition is None or measure in TABLES[table][edition].cells_of.get(item, ())


def _by_cell(frame: pd.DataFrame) -> dict[_Cell, dict[str, Any]]:
    return {(row["report_id"], row["table"], row["item"], row["measure"]): row for row in records(frame)}


def _found(row: dict[str, Any], correction: dict[str, Any] | None) -> Found:
    state = str(row["state"])
    return Found(
        state,
        float(row["value"]) if state == State.REPORTED else None,
        row["printed"],
        row["note"],
        row["unit"],
        row["page"],
        float(row["confidence"]),
        correction,
    )
