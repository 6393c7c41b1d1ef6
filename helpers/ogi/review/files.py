"""Files that are not what they seem: others than when they were first read, or of another agency."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from ogi.tables import first_read


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
