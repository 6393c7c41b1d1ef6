"""What of the reports could not be read, or has nothing in it."""

from __future__ import annotations

import pandas as pd

from ogi.extract.report import FindingKind, Severity
from ogi.values import State

_EMPTY = [State.BLANK, State.NOT_APPLICABLE, State.ABSENT]


def blank_tables(figures: pd.DataFrame) -> pd.DataFrame:
    """agency, report_id and table of each table that is in a report, and in which no cell is filled in."""
    keys = [figures[name] for name in ("agency", "report_id", "table")]
    states = figures["state"]
    found = pd.DataFrame(
        {
            "has_nothing": states.isin(_EMPTY).groupby(keys).all(),
            "is_there": (states != State.ABSENT).groupby(keys).any(),
        }
    )
    return found[found["has_nothing"] & found["is_there"]].reset_index()[["agency", "report_id", "table"]]


def hard_to_read(findings: pd.DataFrame, year: int) -> pd.DataFrame:
    """The findings on the year that are no mere notes; those of no known year among them."""
    is_of = findings["year"].isna() | findings["year"].eq(year).fillna(False)
    is_told = findings["severity"] != Severity.NOTE
    is_told |= findings["kind"] == FindingKind.UNREADABLE_FILE
    return findings[is_of & is_told]
