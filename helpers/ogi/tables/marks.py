"""What reviewers say of broken rules: read from a CSV file, and found again on every run."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd

from ogi.said import Said, joined, worded
from ogi.tables.csv_rows import fault, read_rows
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

_CELL = re.compile(r"(?:\d{4}:)?\w+/[\w.]+/\w+", re.ASCII)
_IN_CHINESE = {chinese: mark for mark, chinese in MARKS.items()}


def read_marks(path: Path) -> tuple[pd.DataFrame, list[Said]]:
    """The sound rows of the file, and one line for each row that is not sound, with what was expected.

    `cells` are parted by blanks, as `ogi check --format csv` prints them, in any order.
    """
    rows, messages = read_rows(path, COLUMNS, ("agency", "year", "rule_id", "mark", "who", "when"), _faults)
    typed = [
        {**row, "year": int(row["year"]), "cells": row["cells"].split(), "mark": _mark(row["mark"])}
        for row in rows
    ]
    return from_rows("review_marks", [tuple(row[name] for name in COLUMNS) for row in typed]), messages


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


def _faults(row: dict[str, str]) -> Iterator[Said]:
    for cell in row["cells"].split():
        if not _CELL.fullmatch(cell):
            wanted = worded("ogi.tables", "cells_such_as", example="review/reconsideration/total")
            yield fault(wanted, repr(cell))
    mark = _mark(row["mark"])
    if mark and mark not in MARKS:
        marks = joined((Said(*named) for named in MARKS.items()), ", ", "、")
        yield fault(worded("ogi.tables", "mark", marks=marks), repr(row["mark"]))
    if mark in SETTLED and not row["comment"]:
        yield worded("ogi.tables", "comment", mark=Said(mark, MARKS[mark]))


def _mark(text: str) -> str:
    return _IN_CHINESE.get(text, text.lower())


def _key(row: dict[str, Any]) -> tuple[str, int, str, frozenset[str]]:
    year = -1 if row["year"] is None else int(row["year"])
    return str(row["agency"]), year, str(row["rule_id"]), frozenset(row["cells"])
