"""The file of review marks: each row on a rule that there is, by its id or its name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from ogi.checks.catalogue import RULES, no_rule, rule_named
from ogi.said import Said, joined, worded
from ogi.tables import MARKS, SETTLED, from_rows
from ogi.tables.csv_rows import fault, read_rows
from ogi.tables.marks import COLUMNS

_CELL = re.compile(r"(?:\d{4}:)?\w+/[\w.]+/\w+", re.ASCII)
_IN_CHINESE = {chinese: mark for mark, chinese in MARKS.items()}


def read_marks(path: Path) -> tuple[pd.DataFrame, list[Said]]:
    """The sound rows of the file, and one line for each row that is not sound, with what was expected.

    `rule_id` is a rule's id, or its name in either language. A row that names no rule is a line, too, and
    stays as it is typed, for its agency's page to show. `cells` are parted by blanks, as
    `ogi check --format csv` prints them, in any order.
    """
    required = ("agency", "year", "rule_id", "mark", "who", "when")
    rows, messages = read_rows(path, COLUMNS, required, _faults, remarks=_unknown)
    typed = [
        {
            **row,
            "year": int(row["year"]),
            "rule_id": rule_named(row["rule_id"]) or row["rule_id"],
            "cells": row["cells"].split(),
            "mark": _mark(row["mark"]),
        }
        for row in rows
    ]
    return from_rows("review_marks", [tuple(row[name] for name in COLUMNS) for row in typed]), messages


def on_no_rule(marks: pd.DataFrame) -> pd.DataFrame:
    """The marks that name no rule, as they were typed."""
    return marks[~marks["rule_id"].isin(list(RULES))]


def _unknown(row: dict[str, str]) -> Iterator[Said]:
    if rule_named(row["rule_id"]) is None:
        yield no_rule(row["rule_id"])


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
