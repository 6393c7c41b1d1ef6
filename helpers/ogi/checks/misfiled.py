"""Reports that lie in the folder of another agency: whose they are is not known, or in doubt."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from ogi.checks.rows import Verdict, framed
from ogi.checks.years import FOLDER, folders
from ogi.tables import SETTLED, matched

_OF_REPORTS = ("reports", "figures", "narratives", "findings")


def set_apart(tables: Mapping[str, pd.DataFrame], marks: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """The tables of reports as read, without the agency of those that are surely another's than their folder.

    Their rows stay, and are no agency's: no count, comparison or page of any takes them. Where `marks` have
    settled the rule agency.folder on one of them, it is its folder's.
    """
    reports = tables["reports"]
    placed = reports.assign(agency=reports["folder"].fillna(reports["agency"]))
    filed = framed(folders(placed), "en", placed["year"].dtype)
    agency = placed["agency"].mask(placed["report_id"].isin(_unsettled(filed, marks, Verdict.BROKEN)))
    if agency.equals(reports["agency"]):
        return dict(tables)
    of = dict(zip(reports["report_id"], agency, strict=True))
    return {name: _owned(rows, of) if name in _OF_REPORTS else rows for name, rows in tables.items()}


def _owned(rows: pd.DataFrame, agency_of: Mapping[str, str | None]) -> pd.DataFrame:
    is_known = rows["report_id"].isin(list(agency_of))
    own = rows["report_id"].map(agency_of).astype(rows["agency"].dtype)
    return rows.assign(agency=rows["agency"].where(~is_known, own))


def misfiled(reports: pd.DataFrame) -> pd.DataFrame:
    """The rows of the table reports that `set_apart` has left without an agency."""
    return reports[reports["agency"].isna() & reports["folder"].notna()]


def unnamed(reports: pd.DataFrame) -> pd.DataFrame:
    """The rows of reports that name no agency, in title, words or file name: the folder alone tells whose."""
    return reports[reports["printed_agency"].isna() & reports["agency"].notna()]


def of_own(checks: pd.DataFrame, reports: pd.DataFrame) -> pd.DataFrame:
    """The checks without those that say of a report of these that it is another agency's.

    They are a word on a file in the folder, and on no report of its agency.
    """
    return checks[~checks["report_id"].isin(misfiled(reports)["report_id"])]


def doubted(checks: pd.DataFrame, marks: pd.DataFrame) -> frozenset[str]:
    """The reports whose titles name an agency that may be another one, and no mark has settled it."""
    return _unsettled(checks, marks, Verdict.UNDECIDED)


def _unsettled(checks: pd.DataFrame, marks: pd.DataFrame, verdict: Verdict) -> frozenset[str]:
    found = checks[(checks["rule_id"] == FOLDER) & (checks["verdict"] == verdict)]
    is_settled = matched(found, marks)[0]["mark"].isin(SETTLED)
    return frozenset(found.loc[~is_settled, "report_id"])
