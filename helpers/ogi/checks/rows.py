"""The table `checks`: one record for each row, and the rows as a frame."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import pandas as pd

from ogi.checks.catalogue import RULES
from ogi.checks.sentences import Verdict
from ogi.extract.report import Severity
from ogi.figures import Identity
from ogi.said import told

COLUMNS = (
    *("report_id", "agency", "year", "rule_id", "severity", "official", "verdict"),
    *("left", "right", "difference", "cells", "message"),
)


class Check(NamedTuple):
    """One row of the table `checks`: what a rule says of one line of a report.

    `left` and `right`: what was found and what ought to be, None where there is no number; `severity`: that
    of the rule, where it is None; `message`: a `Said`, in both languages.
    """

    of: Identity
    rule_id: str
    verdict: Verdict
    message: str
    left: float | None = None
    right: float | None = None
    cells: Sequence[str] = ()
    severity: Severity | None = None

    @property
    def difference(self) -> float | None:
        """What the left side has more than the right one; None where either is not known."""
        return None if self.left is None or self.right is None else round(self.left - self.right, 6)


def _row(check: Check, language: str) -> dict[str, object]:
    rule = RULES[check.rule_id]
    return {
        **check.of._asdict(),
        "rule_id": check.rule_id,
        "severity": check.severity or rule.severity,
        "official": rule.official,
        "verdict": check.verdict,
        "left": check.left,
        "right": check.right,
        "difference": check.difference,
        "cells": list(check.cells),
        "message": told(check.message, language),
    }


def framed(checks: Iterable[Check], language: str, year: Any) -> pd.DataFrame:
    """The checks as the table `checks`, told in a language; `year`: the type of that column."""
    rows = [_row(check, language) for check in checks]
    columns = {name: [row[name] for row in rows] for name in COLUMNS}
    floats = dict.fromkeys(("left", "right", "difference"), "float64")
    texts = dict.fromkeys(("report_id", "agency", "rule_id", "severity", "verdict", "message"), "str")
    types = {**floats, **texts, "year": year, "official": "bool", "cells": "object"}
    return pd.DataFrame({name: pd.Series(columns[name], dtype=types[name]) for name in COLUMNS})
