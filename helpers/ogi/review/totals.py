"""How did the year go? Sums over agencies that reported in both years and said so, like with like.

Areas lie in each other: a city's total has its counties' in it, and a department's figures are part of the
area's. So agencies are summed in groups within which none contains another: of one kind, at one level, whose
reports tell the same scope in both years. Groups are never added up.
"""

from __future__ import annotations

import pandas as pd

from ogi.extract.scope import Scope
from ogi.panel import ROLLED_UP, against
from ogi.reported import ASTRAY, matrix
from ogi.review.gather import CONFLICT, DOUBTS, TOTALS, YearGathered

GROUP = ["kind", "level", "scope"]
COLUMNS = [*GROUP, "cell", "agencies", "before", "now", "change", "share", *DOUBTS]
"""`agencies`: those that told the cell in both years; `share`: the change over what was before; of each of
DOUBTS, how many have a number of either year that bears it; of CONFLICT, how many are left out for it."""


def totals(found: YearGathered, year: int) -> pd.DataFrame:
    """A row with COLUMNS for each group and cell of TOTALS that an agency told in both years."""
    paired = _paired(found, year)
    before, now = (
        paired[[f"{cell}|{side}" for cell in TOTALS]].set_axis(TOTALS, axis=1) for side in ("before", "now")
    )
    is_told = before.notna() & now.notna()
    groups = [paired[name] for name in GROUP]
    sides = {"agencies": is_told.astype("int64"), "before": before.where(is_told), "now": now.where(is_told)}
    for doubt in DOUBTS:
        bears = _bears(found, paired["agency"], doubt)
        sides[doubt] = (bears if doubt == CONFLICT else bears & is_told).astype("int64")
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


def _bears(found: YearGathered, agencies: pd.Series[str], doubt: str) -> pd.DataFrame:
    """Of each agency and cell of TOTALS, whether its number of either year bears the doubt."""
    own = found.in_doubt[found.in_doubt["doubt"] == doubt]
    keys = set(zip(own["agency"], own["cell"], strict=True))
    rows = [[(agency, cell) in keys for cell in TOTALS] for agency in agencies]
    return pd.DataFrame(rows, agencies.index, TOTALS, dtype="bool")


def left_out(found: YearGathered, year: int) -> dict[str, list[str]]:
    """Why agencies are in no sum, or not in all → the agencies.

    `astray`: in either year another's report is in the folder, or its own in another's; `only`: they reported
    on the year alone; `other`: they tell another scope than the year before; CONFLICT: their files on one
    year differ in figures.
    """
    scopes = _scopes(found, year)
    now, before = scopes["scope_now"], scopes["scope_before"]
    both = scopes.index[now.notna() & before.notna()]
    lacking = found.agencies["agency"][~found.agencies["agency"].isin(both)]
    there = matrix(found.filings, lacking, [year - 1, year])
    astray = set(there.index[there.isin(ASTRAY).any(axis=1)])
    only = set(scopes.index[now.notna() & before.isna()]) - astray
    other = set(scopes.index[now.notna() & before.notna() & (now != before)])
    differing = set(found.in_doubt.loc[found.in_doubt["doubt"] == CONFLICT, "agency"]) & set(both) - other
    named = {"astray": astray, "only": only, "other": other, CONFLICT: differing}
    return {why: sorted(agencies) for why, agencies in named.items() if agencies}


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
    own = found.in_doubt[found.in_doubt["year"] == year]
    keys = set(zip(own["agency"], own["cell"], strict=True))
    in_doubt = pd.DataFrame({cell: [(one, cell) in keys for one in rows["agency"]] for cell in cells})
    return against(rows, found.catalogue, in_doubt)


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
