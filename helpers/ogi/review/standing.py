"""Where does each stand? Every indicator of every agency, ranked; small denominators apart."""

from __future__ import annotations

import pandas as pd

from ogi.compare import INDICATORS
from ogi.review.gather import YearGathered

SHOWN = tuple(one for one in INDICATORS.values())
"""The indicators, in the order of the agencies' pages."""


def ranked(found: YearGathered, year: int, indicator: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The agencies with a value, the highest first, with its rank; then those over few cases, unranked.

    Columns: agency, kind, value, numerator, denominator, before (last year's value), broken_sum, rank.
    """
    own = found.indicators[found.indicators["indicator"] == indicator]
    now, last = own[own["year"] == year], own[own["year"] == year - 1]
    before = last[["agency", "value"]].rename(columns={"value": "before"})
    rows = now[now["value"].notna()].merge(before, on="agency", how="left")
    rows = rows.merge(found.agencies[["agency", "kind"]], on="agency")
    is_few = rows["small_denominator"].astype(bool) & INDICATORS[indicator].is_rate
    enough, few = (
        part.sort_values(["value", "denominator", "agency"], ascending=[False, False, True])
        for part in (rows[~is_few], rows[is_few])
    )
    enough = enough.assign(rank=enough["value"].rank(ascending=False, method="min").astype(int))
    return enough.reset_index(drop=True), few.reset_index(drop=True)


def wide(found: YearGathered, year: int) -> pd.DataFrame:
    """agency, then for each indicator its value, as its name says it, and, of a rate, its denominator."""
    own = found.indicators[found.indicators["year"] == year]
    table = own.pivot(index="agency", columns="indicator", values=["value", "denominator"])
    names = [("value", one.id) for one in SHOWN]
    for one in reversed(SHOWN):
        if one.is_rate:
            names.insert(names.index(("value", one.id)) + 1, ("denominator", one.id))
    table = table.reindex(columns=pd.MultiIndex.from_tuples(names))
    table.columns = pd.Index([id if part == "value" else f"{id}.{part}" for part, id in names])
    return table.reset_index()
