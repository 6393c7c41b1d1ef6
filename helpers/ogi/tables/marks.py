"""What reviewers say of broken rules, found again on every run."""

from __future__ import annotations

from typing import Any

import pandas as pd

from ogi.tables.frames import from_rows, records
from ogi.tables.schema import SCHEMAS

COLUMNS: list[str] = SCHEMAS["review_marks"].names
OPEN, CONFIRMED, EXPLAINED, DISMISSED = "open", "confirmed", "explained", "dismissed"
MARKS = {OPEN: "待核", CONFIRMED: "确认", EXPLAINED: "已说明", DISMISSED: "不成立"}
"""Mark → the same in Chinese; a file may say either."""
SETTLED = (EXPLAINED, DISMISSED)
"""Marks that say why there is nothing to mend; each needs a comment."""
ADDED = ("mark", "comment", "who", "when")
"""What a mark adds to a row of checks."""


def matched(checks: pd.DataFrame, marks: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The mark on each row of checks, and the marks that meet none of these rows.

    The first frame has the columns ADDED and the index of `checks`, null where there is no mark. A mark is
    on the rows of its agency, year, rule and cells; of several on the same, the latest counts, of one day
    the lower one in the file.
    """
    latest = {_key(row): row for row in sorted(records(marks), key=lambda row: str(row["when"]))}
    keys = [_key(row) for row in records(checks[["agency", "year", "rule_id", "cells"]])]
    nothing = dict.fromkeys(ADDED)
    rows = [[latest.get(key, nothing)[name] for name in ADDED] for key in keys]
    on = pd.DataFrame(rows, columns=list(ADDED), index=checks.index, dtype="object")
    unmet = [row for key, row in latest.items() if key not in set(keys)]
    return on, from_rows("review_marks", [tuple(row[name] for name in COLUMNS) for row in unmet])


def _key(row: dict[str, Any]) -> tuple[str, int, str, frozenset[str]]:
    year = -1 if row["year"] is None else int(row["year"])
    return str(row["agency"]), year, str(row["rule_id"]), frozenset(row["cells"])
