"""Reports whose bytes are others than when they were first read: what was published has been changed."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from ogi.tables import first_read


def changed(tables: Path, reports: pd.DataFrame, year: int) -> pd.DataFrame:
    """agency, report_id, file and first_read (an ISO date) of each report on the year that has changed."""
    own = reports[reports["year"].eq(year).fillna(False)]
    both = own.merge(first_read.known(tables), on="report_id", suffixes=("", "_first"))
    found = both[both["sha256"] != both["sha256_first"]].sort_values(["agency", "report_id"])
    file = found["report_id"].str.rpartition("/")[2] if len(found) > 0 else found["report_id"]
    return found.assign(file=file)[["agency", "report_id", "file", "first_read"]].reset_index(drop=True)
