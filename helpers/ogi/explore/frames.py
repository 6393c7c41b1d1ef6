"""The figure chosen, as frames: a row for each agency and year, and wide, an agency below the other."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from ogi.api import Dataset
from ogi.charts.yearly import INCOMPLETE, NO_TOTAL, ZERO_BASE, ZERO_TOTAL
from ogi.compare import INDICATORS
from ogi.compare.indicators import PERCENT
from ogi.explore.choice import INDEX, INDICATOR, SHARE, FigureChoice, worded
from ogi.said import Said, joined
from ogi.values import State

_FLAGS = (
    "blank_as_zero", "conflict", "broken_sum", "doubted_correction", "doubt", "doubted_title", "corrected",
)  # fmt: skip
_FIRST = ["agency", "year", "value", "unit", "state", "form", "comparable", *_FLAGS]
"""The columns of figures and indicators alike, in one order; behind them those of one of them."""


def tidy(data: Dataset, choice: FigureChoice) -> pd.DataFrame:
    """A row for each agency and year chosen: `figure`, `value`, null where `state` says why; form; doubts.

    Columns as those of `Dataset.of_cell`, with the figure as table/item/measure and how it is told before
    them; of an indicator also `numerator` and `denominator`, of a share `part` and `whole`, of an index
    `base` and `base_year`.
    """
    choice.require()
    rows = _of_indicator(data, choice.item) if choice.table == INDICATOR else data.of_cell(choice.cell)
    if choice.way == SHARE and choice.whole is not None:
        rows = _share(rows, data.of_cell(choice.whole))
    rows = rows[rows["agency"].isin(choice.agencies)]
    if choice.years:
        rows = rows[rows["year"].isin(choice.years)]
    rows = _index(rows) if choice.way == INDEX else rows.copy()
    rows = rows[[*_FIRST, *(name for name in rows if name not in _FIRST)]]
    order = {agency: place for place, agency in enumerate(choice.agencies)}
    rows.insert(0, "figure", choice.cell.rstrip("/"))
    rows.insert(1, "shown", choice.way)
    return rows.sort_values("agency", key=lambda names: names.map(order), kind="stable").reset_index(
        drop=True
    )


def wide(rows: pd.DataFrame, column: str = "value") -> pd.DataFrame:
    """An agency in each row, in the order of the rows, and a year in each column, gaps included."""
    years = list(range(rows["year"].min(), rows["year"].max() + 1)) if len(rows) > 0 else []
    agencies = rows["agency"].drop_duplicates()
    return rows.pivot(index="agency", columns="year", values=column).reindex(index=agencies, columns=years)


def _share(part: pd.DataFrame, whole: pd.DataFrame) -> pd.DataFrame:
    """The figure over the printed total of the same report."""
    joined = part.merge(whole, on=["agency", "year"], suffixes=("", "_whole"), validate="1:1")
    below = joined["value_whole"]
    value = joined["value"] / below.where(below > 0)
    is_lacking = joined["value"].notna() & below.isna()
    for flag in _FLAGS:
        joined[flag] = joined[flag] | joined[f"{flag}_whole"]
    state = (
        joined["state"].mask(is_lacking, NO_TOTAL).mask(joined["value"].notna() & (below <= 0), ZERO_TOTAL)
    )
    made = joined.assign(value=value, unit=PERCENT, state=state, part=joined["value"], whole=below)
    return made[[*part.columns, "part", "whole"]]


def _index(rows: pd.DataFrame) -> pd.DataFrame:
    """The first number of each agency as 100, anew where the figure means something else or its unit does.

    Where that is not above zero there is no index: a later base would be taken for the first year.
    """
    rows = rows.sort_values(["agency", "year"], kind="stable")
    own = rows["agency"] + rows["form"].fillna("").where(~rows["comparable"], "") + rows["unit"].fillna("")
    is_known = rows["value"].notna()
    base = rows["value"].groupby(own).transform("first")
    year = rows["year"].where(is_known).groupby(own).transform("first")
    value = 100 * rows["value"] / base.where(base > 0)
    state = rows["state"].mask(is_known & value.isna(), ZERO_BASE)
    base_year = year.where(value.notna()).astype("Int64")
    return rows.assign(value=value, state=state, base=base.where(value.notna()), base_year=base_year)


def base_years(rows: pd.DataFrame) -> Iterator[Said]:
    """Of an index, which year is 100 for which agencies, a sentence for each year."""
    if "base_year" in rows:
        for year, own in rows.dropna(subset="base_year").groupby("base_year"):
            names = joined(own["agency"].drop_duplicates(), ", ", "、")
            yield worded("base", year=year, agencies=names)


def _of_indicator(data: Dataset, name: str) -> pd.DataFrame:
    """An indicator by agency and year, with the years without a report."""
    like = data.of_cell(INDICATORS[name].cells[0])
    own = data.indicators()
    own = own[own["indicator"] == name]
    doubts = ["small_denominator", *_FLAGS]
    sides = ["numerator", "denominator"]
    found = like[["agency", "year", "state", "form"]].merge(
        own[["agency", "year", "value", "unit", *doubts, *sides, "missing"]],
        on=["agency", "year"],
        how="left",
    )
    has_report = found["missing"].notna()
    state = found["state"].mask(has_report & (found["missing"] != ""), INCOMPLETE)
    state = state.mask(has_report & (found["denominator"] <= 0), ZERO_TOTAL)
    flags = {name: found[name].eq(True) for name in doubts}
    return found.drop(columns="missing").assign(
        unit=found["unit"].where(found["value"].notna()),
        state=state.mask(found["value"].notna(), State.REPORTED),
        comparable=found["state"].notna(),  # a fraction is declared of what both forms have
        **flags,
    )
