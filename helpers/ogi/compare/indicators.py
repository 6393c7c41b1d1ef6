"""The field's indicators, each a fraction of printed figures, declared in indicators.yaml."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from ogi.arrays import BoolArray, FloatArray
from ogi.columns import COLUMN
from ogi.compare.annual import annual
from ogi.compare.equations import marks_in
from ogi.compare.labels import cell_label
from ogi.figures import Figures
from ogi.forms import EDITIONS, OUTCOME_GROUPS, TABLES, Group
from ogi.said import Said, joined, packaged, say
from ogi.values import one_decimal

# With fewer cases, a single one moves the rate by more than three points.
SMALL = 30
"""A rate over fewer cases than this is marked."""
COUNT, PERCENT, PER_HUNDRED = "count", "share", "per_hundred"
"""What a value is: a count; a share from 0 to 1, told in per cent; cases on each hundred."""
_TIMES = {COUNT: 1, PERCENT: 1, PER_HUNDRED: 100}


@dataclass(frozen=True)
class Indicator:
    """A fraction: the sum of `numerator` over the sum of `denominator` less `less`; without one, a count.

    `name` and `means` say in both languages what it is; `unit` is COUNT, PERCENT or PER_HUNDRED.
    """

    id: str
    name: Said
    means: Said
    unit: str
    numerator: tuple[str, ...]
    denominator: tuple[str, ...] = ()
    less: tuple[str, ...] = ()

    def values(self, numerator: FloatArray, denominator: FloatArray) -> FloatArray:
        """What its name says, in its unit, NaN where it is not known: nowhere else is an indicator scaled.

        No rate over nothing; nor where more are told to be pending than there were.
        """
        if not self.is_rate:
            return numerator
        unknown: FloatArray = np.full(len(numerator), np.nan)
        return _TIMES[self.unit] * np.divide(numerator, denominator, out=unknown, where=denominator > 0)

    def told(self, value: float) -> str:
        """A value as a reader writes it: a count whole, all else to one decimal, a share in per cent."""
        if self.unit == COUNT:
            return f"{value:,.15g}"
        return f"{one_decimal(100 * value)}%" if self.unit == PERCENT else one_decimal(value)

    @property
    def point(self) -> float:
        """One case more on a hundred, in the unit of the value: a percentage point."""
        return _TIMES[self.unit] / 100

    @property
    def is_rate(self) -> bool:
        """Is it a fraction, not a count?"""
        return self.denominator != ()

    @property
    def cells(self) -> tuple[str, ...]:
        """Every cell that it is computed from, once."""
        return tuple(dict.fromkeys((*self.numerator, *self.denominator, *self.less)))

    @property
    def formula(self) -> Said:
        """How it is computed, in the form's own labels, on the scale that the name says."""
        return self.written(cell_label)

    def written(self, named: Callable[[str], Said]) -> Said:
        """The formula with each cell called what `named` calls it: its label, or its number."""
        above = _added(self.numerator, named)
        if not self.is_rate:
            return above
        below = _added(self.denominator, named)
        if self.less:
            below = say("{all} − {less}", "{all} − {less}", all=below, less=_bracketed(self.less, named))
        is_plain = len(self.denominator) == 1 and not self.less
        words = "{above} ÷ {below}" if is_plain else "{above} ÷ ({below})"
        words += "" if _TIMES[self.unit] == 1 else f" × {_TIMES[self.unit]}"
        return say(words, words, above=_bracketed(self.numerator, named), below=below)


def _added(cells: tuple[str, ...], named: Callable[[str], Said]) -> Said:
    return joined(map(named, cells), " + ", " + ")


def _bracketed(cells: tuple[str, ...], named: Callable[[str], Said]) -> Said:
    added = _added(cells, named)
    return added if len(cells) == 1 else say("({added})", "({added})", added=added)


def outcomes_in(group: Group) -> tuple[str, ...]:
    """The items of the common series under a heading such as （三）不予公开."""
    items = (
        item for edition in EDITIONS for item in TABLES["requests"][edition].items if item.group == group
    )
    return tuple(dict.fromkeys(item.series if item.series != "" else item.id for item in items))


def _declared() -> Iterator[Indicator]:
    for indicator_id, entry in packaged(__package__, "indicators.yaml").items():
        name, means = Said(entry["en"], entry["zh"]), Said(entry["means"]["en"], entry["means"]["zh"])
        sums = {part: tuple(entry[part]) for part in ("numerator", "denominator", "less") if part in entry}
        if indicator_id != "share":
            yield Indicator(indicator_id, name, means, entry["unit"], **sums)
            continue
        for group in OUTCOME_GROUPS:
            heading = Said(group.en, group.zh)
            named, meant = (say(words, words.zh, group=heading) for words in (name, means))
            sums["numerator"] = tuple(f"requests/{item}/total" for item in outcomes_in(group))
            yield Indicator(f"{group.id}_share", named, meant, entry["unit"], **sums)


INDICATORS: dict[str, Indicator] = {indicator.id: indicator for indicator in _declared()}
"""Indicator id → indicator, in the order in which a page tells them."""


def indicators(figures: pd.DataFrame | Figures) -> pd.DataFrame:
    """Every indicator of every agency and year, a row each.

    `figures`: the table figures, or what `annual` made of it. Columns: agency, year, indicator (an id of
    INDICATORS), numerator, denominator, value (null where the denominator is zero or a figure is not known),
    `unit` of the value (COUNT, PERCENT or PER_HUNDRED),
    `small_denominator` (under SMALL), `blank_as_zero` (a blank cell was read as zero because the sums of its
    own table show it), `missing` (the figures not known, as table/item/measure with a blank between),
    `broken_sum` (a figure takes part in a sum of the form that does not hold: one of them is wrong),
    `corrected` (a person has put another figure over one; known where `annual` was given the corrections),
    `doubted_correction` (with such a figure a sum does not hold that holds as printed),
    `doubted_title` (by its title, the report may be another agency's; known where `annual` was given which),
    `doubt` (a figure was read with doubt), `conflict` (several reports on the year disagree on one of them).
    """
    years = annual(figures)
    marks = marks_in(years)
    computed = [_computed(indicator, years, marks) for indicator in INDICATORS.values()]
    # All indicators of the first year, then all of the second, and so on.
    columns = {name: np.stack([one[name] for one in computed], axis=1).ravel() for name in computed[0]}
    whose = years.agency_and_year
    rows = whose.take(np.repeat(np.arange(len(whose)), len(computed))).reset_index(drop=True)
    return rows.assign(**columns).astype({"indicator": "str", "unit": "str", "missing": "str"})


def _computed(indicator: Indicator, years: Figures, marks: dict[str, BoolArray]) -> dict[str, Any]:
    """An indicator of every year; each column an array. `marks`: which cells bear each mark."""
    cells = [COLUMN[cell] for cell in indicator.cells]
    numerator, denominator = sides(indicator, years)
    return {
        "indicator": np.full(len(years), indicator.id, dtype=object),
        "numerator": numerator,
        "denominator": denominator,
        "value": indicator.values(numerator, denominator),
        "unit": np.full(len(years), indicator.unit, dtype=object),
        "small_denominator": denominator < SMALL,
        "blank_as_zero": np.asarray(years.zero[:, cells].any(axis=1)),
        "missing": np.array(_missing(years, indicator.cells), dtype=object),
        **{mark: np.asarray(marked[:, cells].any(axis=1)) for mark, marked in marks.items()},
    }


def sides(indicator: Indicator, years: Figures) -> tuple[FloatArray, FloatArray]:
    """Numerator and denominator of each report, NaN where a cell is not known, and where there is none."""
    numerator = _sum(years, indicator.numerator)
    if not indicator.is_rate:
        return numerator, np.full(len(numerator), np.nan)
    return numerator, _sum(years, indicator.denominator) - _sum(years, indicator.less)


def in_numbers(indicator: Indicator, years: Figures, row: int) -> Said:
    """The formula with the numbers of one report, and its value; ? for a number that is not known."""

    def number(cell: str) -> Said:
        value = years.counted[row, COLUMN[cell]]
        return Said.as_printed("?" if np.isnan(value) else f"{value:,.15g}")

    (value,) = indicator.values(*(side[[row]] for side in sides(indicator, years)))
    result = "?" if np.isnan(value) else indicator.told(value)
    return say(
        "{written} = {result}", "{written} = {result}", written=indicator.written(number), result=result
    )


def _sum(years: Figures, cells: tuple[str, ...]) -> FloatArray:
    """The sum of the cells, NaN where one of them is not known."""
    total: FloatArray = years.counted[:, [COLUMN[cell] for cell in cells]].sum(axis=1)
    return total


def _missing(years: Figures, cells: tuple[str, ...]) -> list[str]:
    unknown = np.isnan(years.counted[:, [COLUMN[cell] for cell in cells]])
    return [
        " ".join(cell for cell, is_unknown in zip(cells, row, strict=True) if is_unknown) for row in unknown
    ]
