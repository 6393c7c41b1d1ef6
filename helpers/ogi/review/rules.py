"""Which rules break most: by rule, by kind of agency, by region."""

from __future__ import annotations

import pandas as pd

from ogi.checks import RULES
from ogi.review.gather import YearGathered


def by_rule(found: YearGathered) -> pd.DataFrame:
    """rule_id, theme, judged, broken, settled, share: of the reports that a rule judges, those it breaks.

    `settled`: those besides whose breach a review mark has settled.
    """
    rows = _shares(found.judged, ["rule_id"])
    rows["theme"] = rows["rule_id"].map({rule.id: rule.theme for rule in RULES.values()})
    return rows[rows["broken"] + rows["settled"] > 0].reset_index(drop=True)


def by_rule_and_kind(found: YearGathered) -> pd.DataFrame:
    """rule_id, kind, judged, broken, settled, share."""
    known = found.judged.merge(found.agencies[["agency", "kind"]], on="agency")
    return _shares(known, ["rule_id", "kind"])


def by_group(found: YearGathered, group: str) -> pd.DataFrame:
    """The group (kind or region), reports, those with a broken sum of the form itself, and their share."""
    official = {rule.id for rule in RULES.values() if rule.official}
    own = found.judged[found.judged["rule_id"].isin(official)]
    of_agency = own.groupby("agency", as_index=False)[["is_broken", "is_settled"]].max()
    of_agency["is_settled"] &= ~of_agency["is_broken"]
    known = of_agency.merge(found.agencies[["agency", group]], on="agency")
    return _shares(known[known[group] != ""], [group])


def _shares(judged: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    sums = {"judged": ("is_broken", "size"), "broken": ("is_broken", "sum"), "settled": ("is_settled", "sum")}
    rows = judged.groupby(keys).agg(**sums).reset_index()
    rows["share"] = rows["broken"] / rows["judged"]
    return rows.sort_values(
        ["broken", "share", *keys], ascending=[False, False, *[True] * len(keys)]
    ).reset_index(drop=True)
