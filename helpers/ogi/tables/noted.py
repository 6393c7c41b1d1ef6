"""What was noted in reading the reports of a dataset: how many have errors, how many warnings."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pandas as pd

from ogi.extract.report import BY_HAND, FindingKind
from ogi.tables.parts import parts
from ogi.tables.store import read_parts

_NOT_OF_READING = (FindingKind.UNREADABLE_FILE, *BY_HAND)
"""Findings on what is no report, and on what a person wrote; each run names them as failures."""


def noted(folder: Path) -> Counter[str]:
    """Severity → how many reports of the dataset have a finding of that weight from their reading.

    Raises MissingTablesError where there is no dataset.
    """
    counts = Counter[str]()
    for part in parts(folder):
        findings = of_reading(read_parts(folder, "findings", [part]))
        counts.update(findings[["report_id", "severity"]].drop_duplicates()["severity"])
    return counts


def of_reading(findings: pd.DataFrame) -> pd.DataFrame:
    """The findings on a report that are from its reading."""
    return findings[findings["report_id"].notna() & ~findings["kind"].isin(_NOT_OF_READING)]
