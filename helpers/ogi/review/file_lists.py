"""The lists of a review that tell of files: misplaced, equal, one too many, hard to read, changed."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import pandas as pd

from ogi import reported, said
from ogi.checks.years import FOLDER
from ogi.extract.report import BY_HAND, FindingKind
from ogi.review.data import Review
from ogi.review.listing import Listing, columns, each
from ogi.review.words import worded
from ogi.said import Said
from ogi.tables import first_read

_GRAVEST = (
    FindingKind.UNREADABLE_FILE, FindingKind.YEAR_UNKNOWN, FindingKind.TABLE_MISSING, FindingKind.TABLE_CUT,
)  # fmt: skip
"""What could not be read that comes first."""


def strange(data: Review) -> Listing:
    """Reports whose title names another agency: first those that surely are its own, which are left out.

    Then those that most likely are: that agency has a folder of its own.
    """
    folders = data.found.reports["folder"]
    sure, unsure = (_titles(of, data.year) for of in (data.found.misfiled, data.found.doubted))
    titles = pd.concat(
        [
            sure.assign(is_left_out=True, is_likely=False),
            unsure.assign(is_left_out=False, is_likely=unsure["printed"].isin(folders)),
        ]
    )
    doubted = strange_titles(_unsettled(data), data.year)
    rows = titles.merge(doubted, how="outer", on=["agency", "printed"])
    marks = [rows[name].eq(True) for name in ("is_left_out", "is_likely")]
    rows["is_left_out"], rows["is_likely"] = marks
    keys = pd.Series("counted", rows.index).mask(marks[1], "likely").mask(marks[0], "left_out")
    rows["counted_told"] = each(keys, lambda key: worded(f"strange.{key}"))
    by = {"is_left_out": False, "is_likely": False, "title_names": True, "agency": True}
    rows = rows.rename(columns={"printed": "title_names"})
    rows = rows.sort_values(list(by), ascending=list(by.values()), ignore_index=True)
    shown = columns("agency", "title_names", "counted_told", "others")
    return Listing("strange", shown, rows, worded("strange.note"))


def _titles(reports: pd.DataFrame, year: int) -> pd.DataFrame:
    own = reports[reports["year"].eq(year).fillna(False)].rename(columns={"printed_agency": "printed"})
    return own[["agency", "printed"]].drop_duplicates()


def _unsettled(data: Review) -> pd.DataFrame:
    """The reports but those whose title a mark has settled."""
    slips = data.found.slips
    is_settled = (slips["rule_id"] == FOLDER) & slips["is_settled"].astype(bool)
    return data.found.reports[~data.found.reports["report_id"].isin(slips.loc[is_settled, "report_id"])]


def equal(data: Review) -> Listing:
    """Files that lie byte for byte with another agency, too."""
    reports = data.found.reports
    own = reports[reports["year"].eq(data.year).fillna(False)].assign(agency=reports["folder"])
    both = own.merge(own[["sha256", "agency", "report_id"]], on="sha256", suffixes=("", "_other"))
    both = both[both["agency"] != both["agency_other"]].sort_values(["sha256", "report_id"])
    rows = both.groupby("report_id", sort=False, as_index=False).agg(
        agency=("agency", "first"), same_as=("report_id_other", "、".join)
    )
    rows["file"] = rows["report_id"].map(lambda id: str(id).rpartition("/")[2])
    return Listing("equal", columns("agency", "file", "same_as"), rows, worded("equal.note"))


def doubled(data: Review) -> Listing:
    """Agencies with several files on the year: which, and in what their figures differ."""
    rows = _of_two_files(data.found.findings).groupby("agency", as_index=False).first()
    rows["told"] = each(rows, reported.as_found)
    return Listing("doubled", columns("agency", "told"), rows, worded("doubled.note"))


def _of_two_files(findings: pd.DataFrame) -> pd.DataFrame:
    return findings[findings["kind"] == FindingKind.SAME_YEAR]


def unread(data: Review) -> Listing:
    """What could not be read, or not beyond doubt: a row for each agency and kind of finding."""
    own = data.found.findings.drop(_of_two_files(data.found.findings).index)
    own = own[~own["kind"].isin(BY_HAND)]
    keys = [own["agency"].fillna(""), own["kind"]]
    rows = (
        own.groupby(keys)
        .agg(count=("kind", "size"), message=("message", "first"), message_zh=("message_zh", "first"))
        .reset_index()
    )
    # Its place among the gravest, else behind them.
    rows["gravity"] = rows["kind"].map(lambda kind: [*_GRAVEST, kind].index(kind)).astype("int64")
    rows = rows.sort_values(["gravity", "count", "agency"], ascending=[True, False, True])
    rows["told"] = each(rows, reported.as_found)
    return Listing("unread", columns("agency", "told", "count"), rows, worded("unread.note"))


def by_hand(data: Review) -> Listing:
    """Lines that people wrote which are not applied, or are in doubt themselves."""
    own = data.found.findings
    rows = own[own["kind"].isin(BY_HAND)].drop_duplicates(["agency", "message"])
    rows["told"] = each(rows, reported.as_found)
    return Listing("by_hand", columns("agency", "told"), rows, worded("by_hand.note"))


def unread_words(data: Review, agencies: Collection[str]) -> Said:
    """What is wrong with the files of agencies that have one that tells nothing."""
    unread = set(reported.unread_on(data.found.findings, data.year)["agency"].dropna())
    if unread.issuperset(agencies):
        return reported.status_name(reported.UNREAD)
    if unread.isdisjoint(agencies):
        return reported.status_name(reported.UNREAD, is_undated=True)
    return said.worded("ogi", f"status.{reported.UNREAD}")


def what_unread(data: Review) -> Said:
    """What is wrong with the files of those whose report could not be read."""
    is_unread = data.reported["status"] == reported.UNREAD
    return unread_words(data, set(data.reported.loc[is_unread, "agency"]))


def altered(data: Review) -> Listing:
    """Reports whose file changed after it was first read."""
    rows = changed(data.tables, data.found.reports, data.year)
    return Listing("changed", columns("agency", "file", "first_read"), rows)


def changed(tables: Path, reports: pd.DataFrame, year: int) -> pd.DataFrame:
    """agency, report_id, file and first_read (an ISO date) of each report on the year that has changed."""
    own = reports[reports["year"].eq(year).fillna(False)]
    both = own.merge(first_read.known(tables), on="report_id", suffixes=("", "_first"))
    found = both[both["sha256"] != both["sha256_first"]].sort_values(["agency", "report_id"])
    file = found["report_id"].str.rpartition("/")[2] if len(found) > 0 else found["report_id"]
    return found.assign(file=file)[["agency", "report_id", "file", "first_read"]].reset_index(drop=True)


def strange_titles(reports: pd.DataFrame, year: int) -> pd.DataFrame:
    """agency, printed and others of each report on the year that may lie in a wrong folder.

    `printed`: the agency that its title names: another one that has a folder, or one that the reports of
    `others` name, too. That a folder is called otherwise than the title of its report is usual.
    """
    own = reports[reports["year"].eq(year).fillna(False)].dropna(subset=["agency", "printed_agency"])
    own = own.drop_duplicates(["agency", "printed_agency"]).sort_values(["printed_agency", "agency"])
    named = own.groupby("printed_agency")["agency"].agg(list)
    folders = set(reports["agency"].dropna())
    found = []
    for agency, printed in zip(own["agency"], own["printed_agency"], strict=True):
        others = [name for name in named[printed] if name != agency]
        if printed != agency and (others or printed in folders):
            found.append((agency, printed, "、".join(others or [printed])))
    return pd.DataFrame(found, columns=["agency", "printed", "others"], dtype="str")
