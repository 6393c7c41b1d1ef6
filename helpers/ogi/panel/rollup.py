"""A parent's numbers beside the sum of those of the agencies below it: a note, never a verdict.

Only a parent that tells of its whole area can be held against what lies below it; and only where every agency
below it has a report on the year whose scope is told. A department tells of itself, a government of its area.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow.parquet as pq

from ogi.extract.scope import Scope
from ogi.panel.states import IN_DOUBT
from ogi.panel.variables import ROLLED_UP, VARIABLES

COLUMNS = ["parent", "year", "variable", "told", "below", "agencies", "difference", "doubtful"]
"""The parent and the year; the variable; the parent's number; the sum of those below; how many they are;
the difference; of how many of all these numbers, the parent's too, there is doubt."""
_WHOLE_AREA = ("government", "township")
"""Kinds of agencies that stand for an area when they tell of more than themselves."""


def rollup(panel: Path, catalogue: pd.DataFrame) -> pd.DataFrame:
    """A row with COLUMNS for each parent, year and variable that can be compared, by parent and year.

    `panel`: the Parquet file. `catalogue`: agency and parent, of each agency for which a person told one,
    also where it has no report.
    """
    names = [one.name for one in VARIABLES if one.role == "cell" and one.of in ROLLED_UP]
    states = {one.of: one.name for one in VARIABLES if one.role == "state"}
    beside = [states[one.of] for one in VARIABLES if one.name in names]
    known = ["agency", "year", "kind", "parent", "scope", "may_be_other"]
    rows = pq.read_table(panel, columns=[*known, *names, *beside]).to_pandas()
    in_doubt = rows[beside].isin(IN_DOUBT).set_axis(names, axis=1)
    return against(rows, catalogue, in_doubt.where(rows["may_be_other"] != 1, other=True))


def against(rows: pd.DataFrame, catalogue: pd.DataFrame, in_doubt: pd.DataFrame) -> pd.DataFrame:
    """The same of rows with agency, year, kind, parent, scope and some variables.

    `in_doubt`: of the same rows, a column for each of these variables: is there doubt of its number?
    """
    below = catalogue.loc[catalogue["parent"].notna(), ["agency", "parent"]].drop_duplicates()
    parents = rows[(rows["scope"] == Scope.AREA) & rows["agency"].isin(below["parent"])]
    found = _compared(parents, rows[rows["parent"].notna()], below, in_doubt)
    return pd.DataFrame(list(found), columns=COLUMNS)


def _compared(
    parents: pd.DataFrame, rows: pd.DataFrame, below: pd.DataFrame, in_doubt: pd.DataFrame
) -> Iterator[tuple[Any, ...]]:
    expected = below.groupby("parent")["agency"].agg(set)
    by_parent = dict(list(rows.groupby(["parent", "year"])))
    for at, parent in zip(parents.index, parents.to_dict("records"), strict=True):
        own = by_parent.get((parent["agency"], parent["year"]))
        if own is None or set(own["agency"]) != expected[parent["agency"]] or not _agree(own):
            continue
        for name in in_doubt.columns:
            total = own[name].sum(skipna=False)  # one that is not known leaves no sum
            if pd.notna(total) and pd.notna(parent[name]):
                told = parent[name]
                sides = told, total, len(own), told - total
                doubtful = in_doubt.loc[[at, *own.index], name].sum()
                yield parent["agency"], parent["year"], name, *sides, doubtful


def _agree(own: pd.DataFrame) -> bool:
    """Does each tell of what it stands for: a government of its area, any other body of itself?"""
    meant = own["kind"].isin(_WHOLE_AREA).map({True: str(Scope.AREA), False: str(Scope.OWN)})
    return bool((own["scope"] == meant).all())
