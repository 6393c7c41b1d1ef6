"""The rows of a part of the dataset: those that still hold and the new ones, with what is found of files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import pandas as pd

from ogi.checks import Verdict
from ogi.checks.misfiled import set_apart
from ogi.checks.years import TWO_FILES, is_one_name
from ogi.extract.report import BY_HAND, Finding, FindingKind, Severity
from ogi.extract.title import year_in
from ogi.figures import identities
from ogi.ingest.sources import Failure, Source, worded
from ogi.said import Said, joined
from ogi.tables import Filed, finding_row, frames, from_rows, records
from ogi.tables import joined as joined_rows

PARSED = ("figures", "reports", "narratives", "findings")
TOLD_KINDS = (FindingKind.UNREADABLE_FILE, *BY_HAND, FindingKind.SAME_YEAR)
"""Findings that every run tells, and finds anew wherever rows are made."""


def rows_of(
    sources: Sequence[Source],
    earlier: dict[str, pd.DataFrame],
    known: set[str],
    filed: Iterable[Filed],
    failures: Iterable[Failure],
    marks: pd.DataFrame,
) -> dict[str, pd.DataFrame]:
    """The rows that still hold and the new ones, in the order of the sources; `marks`: those of reviewers."""
    new = frames(filed)
    held = {name: frame[frame["report_id"].isin(known)] for name, frame in earlier.items()}
    held["findings"] = held["findings"][~held["findings"]["kind"].isin(TOLD_KINDS)]
    whole = set_apart({name: joined_rows(name, [held[name], new[name]]) for name in PARSED}, marks)
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
            message = joined([message, *_names(group["printed_agency"].dropna())], "; ", "；")
            found = Finding(FindingKind.SAME_YEAR, Severity.WARNING, message)
            rows += [finding_row(one, found) for one in same]
    return from_rows("findings", rows)


def _names(printed: pd.Series[str]) -> Iterator[Said]:
    """What the titles of several files name, where that is not one agency."""
    names = list(dict.fromkeys(printed))
    if any(not is_one_name(names[0], name) for name in names[1:]):
        yield worded("names", names=joined(names, ", ", "、"))


def with_differences(findings: pd.DataFrame, checks: pd.DataFrame) -> pd.DataFrame:
    """The findings; of several files on a year it is told in which cells they differ, with both values.

    Whoever tells of these files says the same words: the end of a run, index, review and panel.
    """
    is_meant = findings["kind"] == FindingKind.SAME_YEAR
    if not is_meant.any():
        return findings
    differing = checks[(checks["rule_id"] == TWO_FILES) & (checks["verdict"] != Verdict.HOLDS)]
    told: dict[tuple[str, int], dict[Said, None]] = {}
    for row in records(differing):
        said = Said(row["message"], row["message_zh"])
        told.setdefault((row["agency"], row["year"]), {})[said] = None
    messages = [
        _with(Said(row["message"], row["message_zh"]), told.get((row["agency"], row["year"]), {}))
        for row in records(findings[is_meant])
    ]
    whole = findings.copy()
    whole.loc[is_meant, "message"] = [str(message) for message in messages]
    whole.loc[is_meant, "message_zh"] = [message.zh for message in messages]
    return whole


def _with(message: Said, differences: Iterable[Said]) -> Said:
    return worded("differ", files=message, which=joined(list(differences) or [worded("same")], " ", ""))
