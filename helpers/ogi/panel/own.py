"""A part of the dataset without the reports that are surely another agency's.

What they tell is nothing of whose folder it is.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

import pandas as pd

from ogi.extract.report import FindingKind
from ogi.tables import TableFrames


def without(tables: Mapping[str, pd.DataFrame], strangers: Collection[str]) -> TableFrames:
    """The tables of whole agencies without the rows of `strangers`, which no rule compares with others."""
    own = {name: frame[~_of(frame, strangers)].reset_index(drop=True) for name, frame in tables.items()}
    mixed = set(tables["reports"].loc[_of(tables["reports"], strangers), "agency"])
    own["findings"] = _still_doubled(own["findings"], own["reports"], mixed)
    return own


def _of(frame: pd.DataFrame, reports: Collection[str]) -> pd.Series[bool]:
    if "report_id" not in frame:
        return pd.Series(data=False, index=frame.index, dtype=bool)
    return frame["report_id"].isin(reports)


def _still_doubled(findings: pd.DataFrame, reports: pd.DataFrame, mixed: Collection[str]) -> pd.DataFrame:
    """The findings without those on several files on a year of which one alone is left."""
    counts = reports.groupby(["agency", "year"], dropna=True).size()
    alone = set(counts[counts == 1].index)
    keys = zip(findings["agency"], findings["year"], strict=True)
    is_alone = pd.Series([key in alone for key in keys], index=findings.index, dtype=bool)
    is_doubled = (findings["kind"] == FindingKind.SAME_YEAR) & findings["agency"].isin(mixed)
    return findings[~(is_doubled & is_alone)].reset_index(drop=True)
