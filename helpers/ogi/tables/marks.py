"""What reviewers say of broken rules, found again on every run."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
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


STANDING = ("broken", "undecided")
"""Verdicts, declared on a floor above, on lines that do not hold."""
_Key = tuple[str, int, str, frozenset[str]]


def matched(checks: pd.DataFrame, marks: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The mark on each row of checks that does not hold, and the marks that meet none of these rows.

    The first frame has the columns ADDED and the index of `checks`, null where there is no mark. A mark is
    on the rows of its agency, year, rule and cells; where there are none, on the one line of that rule that
    does not hold and has all cells of the mark among its own. Of several on the same, the latest counts, of
    one day the lower one in the file. What holds bears no mark, also where one is on that very line.
    """
    is_meant = checks["agency"].isin(marks["agency"]) & checks["rule_id"].isin(marks["rule_id"])
    meant = checks[is_meant]
    keys = [_key(row) for row in records(meant[["agency", "year", "rule_id", "cells"]])]
    stands = meant["verdict"].isin(STANDING).tolist()
    there, standing = set(keys), defaultdict[tuple[Any, ...], set[frozenset[str]]](set)
    for key, is_open in zip(keys, stands, strict=True):
        if is_open:
            standing[key[:3]].add(key[3])
    latest: dict[_Key, dict[str, Any]] = {}
    unmet: dict[_Key, dict[str, Any]] = {}
    for mark in sorted(records(marks), key=lambda row: str(row["when"])):
        key = _key(mark)
        met = [key] if key in there else _around(key, standing.get(key[:3], ()))
        if len(met) == 1 and met[0][3] in standing[key[:3]]:
            latest[met[0]] = mark
        else:
            unmet[key] = mark
    told = [[None] * len(ADDED)] * len(checks)
    for place, key, is_open in zip(is_meant.to_numpy().nonzero()[0], keys, stands, strict=True):
        if is_open and key in latest:
            told[place] = [latest[key][name] for name in ADDED]
    on = pd.DataFrame(told, columns=list(ADDED), index=checks.index, dtype="object")
    return on, from_rows("review_marks", [tuple(row[name] for name in COLUMNS) for row in unmet.values()])


def _around(key: _Key, lines: Iterable[frozenset[str]]) -> list[_Key]:
    """The lines that have the cells of a mark among their own; none where it names no cell."""
    return [(*key[:3], line) for line in lines if key[3] and key[3] < line]


def _key(row: dict[str, Any]) -> _Key:
    year = -1 if row["year"] is None else int(row["year"])
    return str(row["agency"]), year, str(row["rule_id"]), frozenset(row["cells"])
