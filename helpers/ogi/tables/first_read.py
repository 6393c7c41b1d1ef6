"""The bytes that each report had when it was first read: what no later run can tell from the report itself.

The one file of a dataset that cannot be made again; without it nothing is known to have changed. A report
whose first file is put back is as it was first read; what was there in between is not kept.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pandas as pd

from ogi.files import write_whole

FILE = "first_read.parquet"
COLUMNS = ["report_id", "sha256", "first_read"]
"""The report, the SHA-256 of its bytes when it was first read, and the day of that, as an ISO date."""


def known(folder: Path) -> pd.DataFrame:
    """A row with COLUMNS for each report that the dataset ever read; none where that was not noted."""
    path = folder / FILE
    if not path.is_file():
        return pd.DataFrame(columns=COLUMNS, dtype="str")
    return pd.read_parquet(io.BytesIO(path.read_bytes()), columns=COLUMNS)


def note(folder: Path, reports: Mapping[str, str], today: date) -> None:
    """Add the reports (id → SHA-256) that are not known yet; what is known stays."""
    before = known(folder)
    new = sorted(reports.keys() - set(before["report_id"]))
    if not new:
        return
    rows = pd.DataFrame(
        {"report_id": new, "sha256": [reports[id] for id in new], "first_read": today.isoformat()}
    )
    written = io.BytesIO()
    pd.concat([before, rows.astype("str")]).to_parquet(written, index=False)
    write_whole(folder / FILE, written.getvalue())
