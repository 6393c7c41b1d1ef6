"""The checks as a table for a reader of Chinese: Chinese heads and words, the gravest failures first."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import pandas as pd

from ogi.checks import rule_name
from ogi.extract.report import Severity
from ogi.pages.cells import cell_label
from ogi.pages.parts import VERDICTS
from ogi.said import worded
from ogi.tables import MARKS
from ogi.tables.schema import HEADS

_COLUMNS = (
    "agency", "year", "verdict", "severity", "rule", "message", "left", "right", "difference", "labels",
    "official", "report_id", "rule_id", "cells",
)  # fmt: skip
_SEVERITIES = tuple(Severity)
_ADDED = ("mark", "comment", "who", "when")


def in_chinese(checks: pd.DataFrame) -> pd.DataFrame:
    """The rows with Chinese heads and values, without `message_zh`, which says the same as `message`."""
    order = checks["verdict"].map(VERDICTS.index) * len(Severity) + checks["severity"].map(_SEVERITIES.index)
    rows = checks.assign(rule=checks["rule_id"], labels=checks["cells"]).iloc[order.argsort(kind="stable")]
    for name, words in _WORDS.items():
        if name in rows:
            rows[name] = rows[name].map(words, na_action="ignore").astype("object")
    names = [*_COLUMNS, *(name for name in _ADDED if name in rows)]
    heads = {**HEADS, **{name: worded("ogi.cli", name).zh for name in ("rule", "labels")}}
    return rows[names].rename(columns=heads)


@cache
def _label(cell: str) -> str:
    return str(cell_label(cell, "zh").striptags())


_WORDS: dict[str, Callable[[Any], str]] = {
    "verdict": lambda verdict: worded("ogi", f"verdict.{verdict}").zh,
    "severity": lambda severity: worded("ogi", f"severity.{severity}").zh,
    "rule": lambda rule: rule_name(rule, "zh"),
    "labels": lambda cells: "；".join(map(_label, cells)),
    "official": lambda official: worded("ogi.cli", "yes" if official else "no").zh,
    "mark": MARKS.__getitem__,
}
