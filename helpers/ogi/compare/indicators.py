"""The field's indicators, each a fraction of printed figures, declared in indicators.yaml."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from ogi.arrays import FloatArray
from ogi.columns import COLUMN
from ogi.compare.annual import annual
from ogi.figures import Figures
from ogi.forms import EDITIONS, OUTCOME_GROUPS, TABLES, Group
from ogi.said import packaged

# With fewer cases, a single one moves the rate by more than three points.
SMALL = 30
"""A rate over fewer cases than this is marked."""


@dataclass(frozen=True)
class Indicator:
    """A fraction: the sum of `numerator` over the sum of `denominator` less `less`; without one, a count."""

    id: str
    zh: str
    en: str
    numerator: tuple[str, ...]
    denominator: tuple[str, ...] = ()
    less: tuple[str, ...] = ()

    @property
    def is_rate(self) -> bool:
        """Is it a fraction, not a count?"""
        return self.denominator != ()


def outcomes_in(group: Group) -> tuple[str, ...]:
    """The items of the common series under a heading such as （三）不予公开."""
    items = (
        item for edition in EDITIONS for item in TABLES["requests"][edition].items if item.group == group
    )
    return tuple(dict.fromkeys(item.series if item.series != "" else item.id for item in items))


def _declared() -> Iterator[Indicator]:
    for indicator_id, entry in packaged(__package__, "indicators.yaml").items():
        numerator, denominator, less = (
            tuple(entry.get(name, ())) for name in ("numerator", "denominator", "less")
        )
        if indicator_id != "share":
            yield Indicator(indicator_id, entry["zh"], entry["en"], numerator, denominator, less)
            continue
        for group in OUTCOME_GROUPS:
            outcomes = tuple(f"requests/{item}/total" for item in outcomes_in(group))
            zh, en = entry["zh"].format(group=group.zh), entry["en"].format(group=group.en)
            yield Indicator(f"{group.id}_share", zh, en, outcomes, denominator)


INDICATORS: dict[str, Indicator] = {indicator.id: indicator for indicator in _declared()}
"""Indicator id → indicator, in the order in which a page tells them."""


def indicators(figures: pd.DataFrame) -> pd.DataFrame:
    """Every indicator of every agency and year, a row each.

    Columns: agency, year, indicator (an id of INDICATORS), numerator, denominator, value (null where the
    denominator is zero or a figure is not known), `small_denominator` (under SMALL), `blank_as_zero` (a blank
    cell was read as zero because the sums of its own table show it), `missing` (the figures not known, as
    table/item/measure with a blank between).
    """
    years = annual(figures)
    per_indicator = [_computed(indicator, years) for indicator in INDICATORS.values()]
    if len(years) == 0:
        return per_indicator[0]
    return pd.concat(per_indicator).sort_index(kind="stable").reset_index(drop=True)


def _computed(indicator: Indicator, years: Figures) -> pd.DataFrame:
    cells = (*indicator.numerator, *indicator.denominator, *indicator.less)
    numerator = _sum(years, indicator.numerator)
    if indicator.is_rate:
        denominator = _sum(years, indicator.denominator) - _sum(years, indicator.less)
        # No rate over nothing; nor where more are told to be pending than there were.
        value = np.divide(numerator, denominator, out=np.full(len(numerator), np.nan), where=denominator > 0)
    else:
        denominator, value = np.full(len(numerator), np.nan), numerator
    return years.agency_and_year.assign(
        indicator=indicator.id,
        numerator=numerator,
        denominator=denominator,
        value=value,
        small_denominator=denominator < SMALL,
        blank_as_zero=np.asarray(years.zero[:, [COLUMN[cell] for cell in cells]].any(axis=1)),
        missing=pd.Series(_missing(years, cells), dtype="str"),
    )


def _sum(years: Figures, cells: tuple[str, ...]) -> FloatArray:
    """The sum of the cells, NaN where one of them is not known."""
    total: FloatArray = years.counted[:, [COLUMN[cell] for cell in cells]].sum(axis=1)
    return total


def _missing(years: Figures, cells: tuple[str, ...]) -> list[str]:
    unique = list(dict.fromkeys(cells))
    unknown = np.isnan(years.counted[:, [COLUMN[cell] for cell in unique]])
    return [
        " ".join(cell for cell, is_unknown in zip(unique, row, strict=True) if is_unknown) for row in unknown
    ]
