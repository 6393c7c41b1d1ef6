"""What holds a report that may be another agency's against other years: a doubt of ours, no slip."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from ogi.checks.misfiled import doubted
from ogi.checks.rows import Verdict, message
from ogi.said import in_chinese, told


def unsure_years(checks: pd.DataFrame, marks: pd.DataFrame) -> frozenset[tuple[str, int]]:
    """The agencies and years of which a report, by its title, may be another's, which no mark has settled."""
    own = checks[checks["report_id"].isin(doubted(checks, marks))].dropna(subset=["agency", "year"])
    return frozenset(zip(own["agency"], own["year"].astype(int), strict=True))


def undecided_beside(checks: pd.DataFrame, marks: pd.DataFrame, language: str) -> pd.DataFrame:
    """The checks, those undecided that are broken between two years of which one may be another agency's.

    Whether 财政局 carried in what it had carried over is not known while last year's report in its folder
    names 公安局. `language`: that of the messages.
    """
    unsure, years = doubted(checks, marks), unsure_years(checks, marks)
    if not unsure:
        return checks
    broken = checks[checks["verdict"] == Verdict.BROKEN]
    columns = (broken[name] for name in ("report_id", "agency", "year", "cells"))
    is_beside = []
    for report_id, agency, year, cells in zip(*columns, strict=True):
        others = _years(cells) - {year}
        is_beside.append(
            bool(others) and (report_id in unsure or any((agency, of) in years for of in others))
        )
    return _with_doubt(checks, broken.index[is_beside], language)


def _years(cells: Sequence[str]) -> set[int]:
    """The years that the cells of a line are named with, none where all are of one report."""
    return {int(year) for year in (cell.rpartition(":")[0] for cell in cells) if year}


def _with_doubt(checks: pd.DataFrame, lines: pd.Index[int], language: str) -> pd.DataFrame:
    said = message("unsure", "beside")
    doubt = {"message": told(said, language), "message_zh": in_chinese(said)}
    found = checks.copy()
    found.loc[lines, "verdict"] = Verdict.UNDECIDED
    for name, text in doubt.items():
        found.loc[lines, name] = found.loc[lines, name] + text
    return found
