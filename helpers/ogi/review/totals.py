"""How did the year go? Sums over agencies that reported in both years and said so, like with like.

Areas lie in each other: a city's total has its counties' in it, and a department's figures are part of the
area's. So agencies are summed in groups within which none contains another: of one kind, at one level, whose
reports tell the same scope in both years. Groups are never added up.
"""

from __future__ import annotations

import pandas as pd

from ogi.extract.scope import Scope
from ogi.panel import ROLLED_UP, against
from ogi.review.gather import TOTALS, YearGathered

GROUP = ["kind", "level", "scope"]
COLUMNS = [*GROUP, "cell", "agencies", "before", "now", "change", "share", "unproven_before", "unproven_now"]
"""`agencies`: those that told the cell in both years; `share`: the change over what was before;
`unproven_…`: how many of them have a correction in that number with which a sum does not hold."""


def totals(found: YearGathered, year: int) -> pd.DataFrame:
    """A row with COLUMNS for each group and cell of TOTALS that an agency told in both years."""
    paired = _paired(found, year)
    before, now = (
        paired[[f"{cell}|{side}" for cell in TOTALS]].set_axis(TOTALS, axis=1) for side in ("before", "now")
    )
    is_told = before.notna() & now.notna()
    groups = [paired[name] for name in GROUP]
    sides = {"agencies": is_told.astype("int64"), "before": before.where(is_told), "now": now.where(is_told)}
    for side, of in (("before", year - 1), ("now", year)):
        sides[f"unproven_{side}"] = (_unproven(found, paired["agency"], of) & is_told).astype("int64")
    sums = {name: side.groupby(groups).sum().stack() for name, side in sides.items()}
    whole = pd.DataFrame(sums).rename_axis([*GROUP, "cell"]).reset_index()
    whole = whole[whole["agencies"] > 0]
    whole["change"] = (whole["now"] - whole["before"]).round(6)
    whole["share"] = (whole["change"] / whole["before"]).where(whole["before"] > 0)
    whole["size"] = whole.groupby(GROUP)["agencies"].transform("max")
    order: pd.DataFrame = whole.sort_values(
        ["size", *GROUP], ascending=[False, True, True, True], kind="stable"
    )
    return order[COLUMNS].reset_index(drop=True)


def _unproven(found: YearGathered, agencies: pd.Series[str], year: int) -> pd.DataFrame:
    """Of each agency and cell of TOTALS, whether its number of the year holds such a correction."""
    of_year = found.unproven[found.unproven["year"] == year]
    keys = set(zip(of_year["agency"], of_year["cell"], strict=True))
    rows = [[(agency, cell) in keys for cell in TOTALS] for agency in agencies]
    return pd.DataFrame(rows, agencies.index, TOTALS, dtype="bool")


def left_out(found: YearGathered, year: int) -> tuple[int, int]:
    """How many agencies reported on the year alone, and how many tell another scope than the year before."""
    scopes = _scopes(found, year)
    only = scopes["scope_now"].notna() & scopes["scope_before"].isna()
    other = scopes["scope_before"].notna() & scopes["scope_now"].notna()
    return int(only.sum()), int((other & (scopes["scope_now"] != scopes["scope_before"])).sum())


def scope_of_year(found: YearGathered, year: int) -> pd.Series[str]:
    """Agency → the scope of its reports on the year, unknown where several differ, as in the panel."""
    told = found.reports.dropna(subset=["agency", "year"])
    own = told[told["year"] == year].groupby("agency")["scope"]
    return own.first().where(own.nunique() == 1, Scope.UNKNOWN.value)


def against_children(found: YearGathered, year: int) -> pd.DataFrame:
    """A parent's numbers beside the sum of those below it: rows of `panel.against`."""
    cells = sorted(ROLLED_UP)
    known = found.agencies[["agency", "kind", "parent"]]
    rows = found.values[found.values["year"] == year][["agency", "year", *cells]].merge(known, on="agency")
    rows = rows.merge(scope_of_year(found, year).rename("scope").reset_index(), on="agency")
    return against(rows, found.catalogue, cells)


def _scopes(found: YearGathered, year: int) -> pd.DataFrame:
    sides = {"scope_before": scope_of_year(found, year - 1), "scope_now": scope_of_year(found, year)}
    return pd.DataFrame(sides)


def _paired(found: YearGathered, year: int) -> pd.DataFrame:
    """Each agency with both years' values side by side, its kind, level and scope."""
    scopes = _scopes(found, year).dropna()
    same = scopes[scopes["scope_now"] == scopes["scope_before"]]["scope_now"].rename("scope").reset_index()
    known = found.agencies[["agency", "kind", "level"]].merge(same, on="agency")
    now, before = (found.values[found.values["year"] == of].drop(columns="year") for of in (year, year - 1))
    both = now.merge(before, on="agency", suffixes=("|now", "|before"))
    return known.merge(both, on="agency")
