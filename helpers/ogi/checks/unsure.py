"""What holds a report that may be another agency's against other years: a doubt of ours, which is told."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from ogi.checks.misfiled import doubted, unnamed
from ogi.checks.rows import Verdict, message
from ogi.said import Said, joined, told

Years = frozenset[tuple[str, int]]
"""Agencies and years."""


def unsure_years(checks: pd.DataFrame, marks: pd.DataFrame) -> Years:
    """The agencies and years of which a report, by its title, may be another's, which no mark has settled."""
    return _years_of(checks[checks["report_id"].isin(doubted(checks, marks))])


def unnamed_years(reports: pd.DataFrame) -> Years:
    """The agencies and years of which a report names no agency: its folder alone tells whose it is."""
    return _years_of(unnamed(reports))


def with_doubts_beside(
    checks: pd.DataFrame, reports: pd.DataFrame, marks: pd.DataFrame, language: str
) -> pd.DataFrame:
    """The checks; what is broken between two years says so where a report on either may be another agency's.

    Whether 财政局 carried in what it had carried over is not known while last year's report in its folder
    names 公安局: undecided. Where it names nobody it stays broken: sound reports are often so.
    `language`: that of the messages.
    """
    unsure, years = doubted(checks, marks), unsure_years(checks, marks)
    nameless = unnamed_years(reports)
    if not (unsure or nameless):
        return checks
    doubts: dict[Any, Said] = {}
    undecided = []
    broken = checks[checks["verdict"] == Verdict.BROKEN]
    columns = (broken[name] for name in ("report_id", "agency", "year", "cells"))
    for line, report_id, agency, year, cells in zip(broken.index, *columns, strict=True):
        others = _years(cells) - {year}
        if others and (report_id in unsure or any((agency, of) in years for of in others)):
            undecided.append(line)
            doubts[line] = message("unsure", "beside")
        elif own := sorted(of for of in {year, *others} if others and (agency, of) in nameless):
            on = joined(map(str, own), ", ", "、")
            doubts[line] = message("unsure", "unnamed", n=len(own), years=on)
    found = checks.copy()
    found.loc[undecided, "verdict"] = Verdict.UNDECIDED
    for name, of in (("message", language), ("message_zh", "zh")):
        behind = pd.Series({line: told(doubt, of) for line, doubt in doubts.items()}, dtype="object")
        found.loc[behind.index, name] = found.loc[behind.index, name] + behind
    return found


def _years_of(rows: pd.DataFrame) -> Years:
    known = rows.dropna(subset=["agency", "year"])
    return frozenset(zip(known["agency"], known["year"].astype(int), strict=True))


def _years(cells: Sequence[str]) -> set[int]:
    """The years that the cells of a line are named with, none where all are of one report."""
    return {int(year) for year in (cell.rpartition(":")[0] for cell in cells) if year}
