"""Where does each stand? Every indicator of every agency, ranked; small denominators apart."""

from __future__ import annotations

import pandas as pd

from ogi.compare import INDICATORS
from ogi.review.gather import YearGathered


def ranked(found: YearGathered, year: int, indicator: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The agencies with a value, the highest first, with its rank; then those over few cases, unranked.

    Columns: agency, kind, value, numerator, denominator, before (last year's value), rank; broken_sum and
    broken_before: is a figure of this or last year's value in a sum of the form that does not hold?
    """
    own = found.indicators[found.indicators["indicator"] == indicator]
    now, last = own[own["year"] == year], own[own["year"] == year - 1]
    before = last[["agency", "value", "broken_sum"]]
    before = before.rename(columns={"value": "before", "broken_sum": "broken_before"})
    rows = now[now["value"].notna()].merge(before, on="agency", how="left")
    is_told = rows["before"].notna()
    rows["broken_before"] = rows["broken_before"].where(is_told, other=False).astype(bool)
    rows = rows.merge(found.agencies[["agency", "kind"]], on="agency")
    is_few = rows["small_denominator"].astype(bool) & INDICATORS[indicator].is_rate
    enough, few = (
        part.sort_values(["value", "denominator", "agency"], ascending=[False, False, True])
        for part in (rows[~is_few], rows[is_few])
    )
    enough = enough.assign(rank=enough["value"].rank(ascending=False, method="min").astype(int))
    return enough.reset_index(drop=True), few.reset_index(drop=True)


def wide(found: YearGathered, year: int) -> pd.DataFrame:
    """agency, then for each indicator its value, as its name says it, of a rate its denominator, and a doubt.

    The doubt: is a figure of it in a sum of the form that does not hold? A denominator that is no number of
    cases, as where more are told to be pending than there were, is left out, as the rate over it is.
    """
    own = found.indicators[found.indicators["year"] == year]
    denominators = own["denominator"].where(own["denominator"] > 0)
    own = own.assign(denominator=denominators, doubt=own["broken_sum"])
    parts = ["value", "denominator", "doubt"]
    table = own.pivot(index="agency", columns="indicator", values=parts)
    names = [
        (part, one.id)
        for one in INDICATORS.values()
        for part in parts
        if one.is_rate or part != "denominator"
    ]
    table = table.reindex(columns=pd.MultiIndex.from_tuples(names))
    table.columns = pd.Index([id if part == "value" else f"{id}.{part}" for part, id in names])
    return table.reset_index()
