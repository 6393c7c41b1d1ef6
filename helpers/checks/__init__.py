"""Figures → verdicts: every sum and balance that the forms declare, and what one year hands to the next."""

from __future__ import annotations

import numpy as np
import pandas as pd

from helpers.checks.grid import Grid, grids
from helpers.checks.judge import TOLERANCE, rows
from helpers.checks.lines import Lines, added_up, carried
from helpers.checks.sentences import (
    BROKEN,
    HOLDS,
    HOLDS_BLANK_AS_ZERO,
    LANGUAGES,
    NOT_APPLICABLE,
    UNDECIDED,
    VERDICTS,
)
from helpers.forms import CARRIES

COLUMNS = (
    *("report_id", "agency", "year", "rule_id", "severity", "official", "verdict"),
    *("left", "right", "difference", "cells", "message"),
)


def check(figures: pd.DataFrame, language: str = "en") -> pd.DataFrame:
    """Every rule of the forms on every report: a row per rule and line (item or measure), with a verdict.

    The sides are compared with blank cells (state blank or not_applicable) read as zero:

    - `not_applicable`: every cell of the line is blank.
    - `undecided`: a cell is unreadable or absent; or a total is blank although its parts are not all zero, or
      one side is blank throughout while the other is not zero. Those cells are not filled in, and what is
      not there contradicts nothing (reports that fill only the totals, or everything but the totals).
    - `holds`: equal, every cell reported. `holds_blank_as_zero`: equal, some cells blank.
    - `broken`: not equal though both sides are filled in; a blank among other parts is then read as zero.

    `left` and `right` are null where a side is not known, `difference` where either is not. `cells` are the
    cells of the line, left side first. Across years, an agency's reports on adjacent years are compared, and
    the row is the later report's. `language` is that of the messages: en or zh.
    Raises ValueError for another language, for a cell that no form has, or one that a report holds twice.
    """
    if language not in LANGUAGES:
        raise ValueError(f"expected the language en or zh, found {language!r}")
    parts = [rows(lines, language) for lines in _rules(grids(figures), language)]
    if not parts:
        return pd.DataFrame(columns=list(COLUMNS))
    checks = pd.concat(parts, ignore_index=True)
    reports = pd.Index(figures["report_id"].unique())
    order = np.argsort(reports.get_indexer(pd.Index(checks["report_id"])), kind="stable")
    return checks.iloc[order].reset_index(drop=True)


def _rules(found: list[Grid], language: str) -> list[Lines]:
    sums = [added_up(grid, rule, language) for grid in found for rule in grid.table.equations]
    there = {carry: [grid for grid in found if grid.table.id == carry.table] for carry in CARRIES}
    return sums + [carried(across, carry, language) for carry, across in there.items() if across]


__all__ = [
    "BROKEN",
    "COLUMNS",
    "HOLDS",
    "HOLDS_BLANK_AS_ZERO",
    "NOT_APPLICABLE",
    "TOLERANCE",
    "UNDECIDED",
    "VERDICTS",
    "check",
]
