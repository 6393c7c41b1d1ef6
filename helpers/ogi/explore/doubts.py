"""What is in doubt about the numbers of a view: a sign for each reason, and where it stands."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from typing import Any

import pandas as pd

from ogi import said
from ogi.charts import BROKEN, CORRECTED, UNSURE_TITLE
from ogi.explore.choice import worded
from ogi.said import Said, joined

SIGNS = {
    "broken_sum": BROKEN,
    "corrected": CORRECTED,
    "doubted_correction": CORRECTED,
    "small_denominator": "‡",
    "blank_as_zero": "§",
    "doubt": "¶",
    "doubted_title": UNSURE_TITLE,
}
"""Column of the rows → the sign behind its numbers; in a chart their points are hollow."""


def signs(row: Mapping[Hashable, Any]) -> str:
    """The signs of a number."""
    return "".join(dict.fromkeys(sign for doubt, sign in SIGNS.items() if row.get(doubt)))


def reasons(rows: pd.DataFrame) -> Iterator[Said]:
    """What each sign means and which agencies and years have it, a sentence for each sign in use."""
    there = rows[rows["value"].notna()]
    # A correction in doubt is told as such alone.
    there = there.assign(corrected=there["corrected"] & ~there["doubted_correction"])
    for doubt, sign in SIGNS.items():
        if doubt in there and there[doubt].any():
            which = _whose(there[there[doubt].astype(bool)])
            yield worded("doubt", sign=sign, why=_why(doubt), which=which)


def _why(doubt: str) -> Said:
    return said.worded("ogi", doubt) if doubt == "doubted_title" else worded(f"doubt.{doubt}")


def mixed_units(rows: pd.DataFrame) -> list[Said]:
    """The sentence that the numbers are in different units, and which in which; none where all are in one."""
    if "base" in rows:  # an index has none
        return []
    told = rows[rows["value"].notna() & rows["unit"].notna()]
    units = [
        said.say("{unit} ({which})", "{unit}（{which}）", unit=Said.as_printed(str(unit)), which=_whose(own))
        for unit, own in told.groupby("unit")
    ]
    return [worded("units", which=joined(units, ", ", "、"))] if len(units) > 1 else []


def _whose(rows: pd.DataFrame) -> Said:
    """Each agency with its years."""
    years = rows.groupby("agency", sort=False)["year"]
    return joined((f"{agency} {', '.join(map(str, own))}" for agency, own in years), "; ", "；")
