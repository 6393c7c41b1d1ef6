"""The rows of a part of the dataset: those that still hold and the new ones, with what is found of files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pandas as pd

from ogi.extract.report import ON_CORRECTIONS, Finding, FindingKind, Severity
from ogi.extract.title import year_in
from ogi.figures import identities
from ogi.ingest.sources import Failure, Source, worded
from ogi.said import joined
from ogi.tables import Filed, finding_row, frames, from_rows
from ogi.tables import joined as joined_rows

PARSED = ("figures", "reports", "narratives", "findings")
TOLD_KINDS = (FindingKind.UNREADABLE_FILE, *ON_CORRECTIONS, FindingKind.SAME_YEAR)
"""Findings that every run tells, and finds anew wherever rows are made."""


def rows_of(
    sources: Sequence[Source],
    earlier: dict[str, pd.DataFrame],
    known: set[str],
    filed: Iterable[Filed],
    failures: Iterable[Failure],
) -> dict[str, pd.DataFrame]:
    """The rows that still hold and the new ones, in the order of the sources."""
    new = frames(filed)
    held = {name: frame[frame["report_id"].isin(known)] for name, frame in earlier.items()}
    held["findings"] = held["findings"][~held["findings"]["kind"].isin(TOLD_KINDS)]
    whole = {name: joined_rows(name, [held[name], new[name]]) for name in PARSED}
    remarks = [_unreadable(one.in_raw for one in failures), _same_year(whole["reports"])]
    whole["findings"] = joined_rows("findings", [whole["findings"], *remarks])
    return {name: _in_order(frame, sources) for name, frame in whole.items()}


def _in_order(frame: pd.DataFrame, sources: Sequence[Source]) -> pd.DataFrame:
    places = {source.report_id: place for place, source in enumerate(sources)}
    by_place = frame["report_id"].map(places).sort_values(kind="stable", na_position="last").index
    return frame.loc[by_place].reset_index(drop=True)


def _unreadable(failures: Iterable[Failure]) -> pd.DataFrame:
    told = [
        (failure.source, Finding(FindingKind.UNREADABLE_FILE, Severity.ERROR, failure.message))
        for failure in failures
    ]
    # Its title cannot be read; the name of the file may tell the year.
    rows = [
        finding_row((of.report_id, of.agency, year_in(of.path.stem)), found)
        for of, found in told
        if of is not None
    ]
    return from_rows("findings", rows)


def _same_year(reports: pd.DataFrame) -> pd.DataFrame:
    """A finding for each report that shares its agency and year with another file, all in the same words."""
    rows = []
    for _, group in reports.groupby(["agency", "year"], sort=False):
        if len(group) > 1:
            same = list(identities(group).values())
            files = joined([one.report_id.rpartition("/")[2] for one in same], ", ", "、")
            told = {"n": len(same), "files": files}
            message = worded("one_a_year", agency=same[0].agency, year=same[0].year, **told)
            found = Finding(FindingKind.SAME_YEAR, Severity.WARNING, message)
            rows += [finding_row(one, found) for one in same]
    return from_rows("findings", rows)
