"""What is out of the ordinary? Sudden changes, shares far from what is usual, blank tables, carry-overs."""

from __future__ import annotations

from math import log

import numpy as np
import pandas as pd

from ogi.checks import Verdict
from ogi.checks.causes import CARRIED
from ogi.compare import INDICATORS
from ogi.review.gather import YearGathered
from ogi.review.settings import SETTINGS

SUDDEN = "figures.sudden_change"
# What makes a deviation of a normal distribution of the median of the distances from the median, and of
# their mean, which is used where more than half of a kind are on the median itself.
_OF_MEDIAN, _OF_MEAN = 1.4826, 1.2533


def sudden(found: YearGathered) -> pd.DataFrame:
    """agency, report_id, cell, cells, before, now, times: each figure that jumped, the wildest first.

    `cells`: the two years' cells, each named with its year.
    """
    own = found.standing[found.standing["rule_id"] == SUDDEN]
    own = own[own["verdict"] == Verdict.BROKEN]
    cells = own["cells"].map(lambda cells: cells[-1].rpartition(":")[2]).astype("str")
    times = (own["left"] / own["right"]).where(own["right"] > 0, np.inf)
    # Ten times as much and a tenth of it are as wild as each other; from or to zero is beyond both.
    wild = times.where(times > 0, np.inf)
    sizes = {"size": wild.map(lambda n: abs(log(n))), "larger": own[["left", "right"]].max(axis=1)}
    numbers = {
        "cell": cells,
        "cells": own["cells"],
        "before": own["right"],
        "now": own["left"],
        "times": times,
    }
    rows = pd.DataFrame({"agency": own["agency"], "report_id": own["report_id"], **numbers, **sizes})
    ordered = rows.sort_values(["size", "larger", "agency"], ascending=[False, False, True])
    return ordered.drop(columns=["size", "larger"]).reset_index(drop=True)


def usual(found: YearGathered, year: int) -> pd.DataFrame:
    """kind, indicator, agencies, median, deviation: what is usual among the agencies of a kind.

    Rates over few cases say little and are left out, as are kinds with too few agencies.
    """
    rates = _rates(found, year)
    grouped = rates.groupby(["kind", "indicator"])["value"]
    distance = (rates["value"] - grouped.transform("median")).abs()
    by_kind = distance.groupby([rates["kind"], rates["indicator"]])
    deviation = _OF_MEDIAN * by_kind.median()
    deviation = deviation.where(deviation > 0, _OF_MEAN * by_kind.mean())
    rows = pd.DataFrame({"agencies": grouped.size(), "median": grouped.median(), "deviation": deviation})
    return rows[rows["agencies"] >= SETTINGS.fewest_of_kind].reset_index()


def far(found: YearGathered, year: int) -> pd.DataFrame:
    """Each rate that is far from the median of its kind: more than SETTINGS.far deviations, and by points."""
    rows = _rates(found, year).merge(usual(found, year), on=["kind", "indicator"])
    rows["off"] = rows["value"] - rows["median"]
    rows["deviations"] = (rows["off"] / rows["deviation"]).abs()
    least = (
        rows["indicator"]
        .map({one.id: 100 * one.point * SETTINGS.points for one in INDICATORS.values()})
        .astype(float)
    )
    is_far = (rows["deviations"] > SETTINGS.far) & (rows["off"].abs() > least)
    ordered = rows[is_far].sort_values(["deviations", "agency"], ascending=[False, True])
    return ordered.reset_index(drop=True)


def _rates(found: YearGathered, year: int) -> pd.DataFrame:
    own = found.indicators[found.indicators["year"] == year]
    is_rate = own["indicator"].map({one.id: one.is_rate for one in INDICATORS.values()}).astype(bool)
    told = own[is_rate & ~own["small_denominator"].astype(bool) & own["value"].notna()]
    return told.merge(found.agencies[["agency", "kind"]], on="agency")


def carried(found: YearGathered) -> pd.DataFrame:
    """agency, report_id, cells, before, now, lines: where last year's carry-over does not follow.

    `before` and `now` are the totals, else the first of the columns of applicants that differ.
    """
    own = found.standing[
        (found.standing["rule_id"] == CARRIED) & (found.standing["verdict"] == Verdict.BROKEN)
    ]
    is_total = own["cells"].map(lambda cells: cells[-1].endswith("/total")).astype(bool)
    ordered = own.assign(is_part=~is_total).sort_values(["agency", "is_part"], kind="stable")
    first = ordered.drop_duplicates("report_id")
    lines = own.groupby("report_id").size()
    rows = pd.DataFrame(
        {
            **{name: first[name] for name in ("agency", "report_id", "cells")},
            **{"cell": first["cells"].map(lambda cells: cells[-1].rpartition(":")[2]).astype("str")},
            **{"before": first["left"], "now": first["right"], "lines": first["report_id"].map(lines)},
        }
    )
    off = (rows["before"] - rows["now"]).abs()
    return rows.assign(off=off).sort_values(["off", "agency"], ascending=[False, True]).reset_index(drop=True)
