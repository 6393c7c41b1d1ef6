"""The figure chosen, as frames: a row for each agency and year, and wide, an agency below the other."""

from __future__ import annotations

import pandas as pd

from ogi.api import Dataset
from ogi.compare import INDICATORS
from ogi.explore.choice import INDEX, INDICATOR, SHARE, FigureChoice
from ogi.values import State

NO_TOTAL = "no_total"
"""The state of a share whose total is not known, or zero."""


def tidy(data: Dataset, choice: FigureChoice) -> pd.DataFrame:
    """A row for each agency and year chosen: `value`, null where `state` says why; form; what is in doubt.

    Columns as those of `Dataset.of_cell`; of a share also `part` and `whole`, of an index `base`.
    """
    choice.require()
    rows = _of_indicator(data, choice.item) if choice.table == INDICATOR else data.of_cell(choice.cell)
    if choice.way == SHARE and choice.whole is not None:
        rows = _share(rows, data.of_cell(choice.whole))
    rows = rows[rows["agency"].isin(choice.agencies)]
    if choice.years:
        rows = rows[rows["year"].isin(choice.years)]
    if choice.way == INDEX:
        rows = _index(rows)
    order = {agency: place for place, agency in enumerate(choice.agencies)}
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
    is_lacking = joined["value"].notna() & value.isna()
    for flag in ("blank_as_zero", "conflict", "corrected"):
        joined[flag] = joined[flag] | joined[f"{flag}_whole"]
    state = joined["state"].mask(is_lacking, NO_TOTAL)
    made = joined.assign(value=value, state=state, part=joined["value"], whole=below)
    return made[[*part.columns, "part", "whole"]]


def _index(rows: pd.DataFrame) -> pd.DataFrame:
    """The first number of each agency above zero as 100, anew where the figure means something else."""
    own = rows["agency"] + rows["form"].fillna("").where(~rows["comparable"], "")
    above_zero = rows["value"].where(rows["value"] > 0)
    base = above_zero.groupby(own).transform("first")
    value = 100 * rows["value"] / base
    state = rows["state"].mask(rows["value"].notna() & value.isna(), NO_TOTAL)
    return rows.assign(value=value, state=state, base=base)


def _of_indicator(data: Dataset, name: str) -> pd.DataFrame:
    """An indicator by agency and year, with the years without a report."""
    like = data.of_cell(INDICATORS[name].cells[0])
    own = data.indicators()
    own = own[own["indicator"] == name]
    doubts = ["small_denominator", "broken_sum"]
    found = like[["agency", "year", "state", "form", "conflict", "corrected"]].merge(
        own[["agency", "year", "value", "blank_as_zero", *doubts]], on=["agency", "year"], how="left"
    )
    # Of its figures one may be blank and another unreadable; the gravest is not what a single state can tell.
    missing = found["value"].isna() & (found["state"] == State.REPORTED)
    flags = {name: found[name].eq(True) for name in ("blank_as_zero", *doubts)}
    return found.assign(
        state=found["state"].mask(missing, NO_TOTAL).mask(found["value"].notna(), State.REPORTED),
        comparable=found["state"].notna(),  # a fraction is declared of what both forms have
        **flags,
    )
