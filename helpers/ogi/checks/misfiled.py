"""The reports that lie in the folder of another agency, whose figures are then not its own, or may."""

from __future__ import annotations

import pandas as pd

from ogi.checks.rows import Verdict
from ogi.tables import SETTLED, matched

FOLDER = "agency.folder"
"""The rule on whom a title names."""


def misfiled(checks: pd.DataFrame, marks: pd.DataFrame) -> frozenset[str]:
    """The reports whose titles name an agency that is surely another one, and no mark has settled it."""
    return _unsettled(checks, marks, Verdict.BROKEN)


def doubted(checks: pd.DataFrame, marks: pd.DataFrame) -> frozenset[str]:
    """The reports whose titles name an agency that may be another one, and no mark has settled it."""
    return _unsettled(checks, marks, Verdict.UNDECIDED)


def _unsettled(checks: pd.DataFrame, marks: pd.DataFrame, verdict: Verdict) -> frozenset[str]:
    found = checks[(checks["rule_id"] == FOLDER) & (checks["verdict"] == verdict)]
    is_settled = matched(found, marks)[0]["mark"].isin(SETTLED)
    return frozenset(found.loc[~is_settled, "report_id"])


def years_of_others(reports: pd.DataFrame, strangers: frozenset[str]) -> frozenset[tuple[str, int]]:
    """The agencies and years of which every report in the folder is one of `strangers`."""
    placed = reports.dropna(subset=["agency", "year"])
    is_strange = placed["report_id"].isin(strangers)
    there, own = (
        {(str(agency), int(year)) for agency, year in zip(rows["agency"], rows["year"], strict=True)}
        for rows in (placed[is_strange], placed[~is_strange])
    )
    return frozenset(there - own)
