"""What has changed between two years of an agency, how much, and which part of a total made the change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from math import log
from typing import NamedTuple

import numpy as np
import pandas as pd

from ogi.arrays import BoolArray
from ogi.columns import CELLS, COLUMN
from ogi.compare.annual import annual, corrected_in, in_disputed_correction, in_unsure
from ogi.compare.equations import in_broken_sum, in_doubted_correction, parts_of
from ogi.compare.indicators import INDICATORS, SMALL, Indicator, sides
from ogi.compare.series import comparable
from ogi.figures import Figures, equal
from ogi.forms import EDITIONS, TABLES
from ogi.tables import as_printed

# The rule on sudden changes leaves out what is under it in both years, for the same reason.
STEADY = 20.0
"""Cases added to both numbers before their ratio is taken, so that 1 after 0 is no sensation."""
LEAST = log(1.2)
"""The least size that stands out: a fifth more of a large number, more of a small one."""
LITTLE = log(1.05)
"""Under it no sentence says that a number rose or fell: 42 and 41.7, or one case and two, are alike."""
MOST = 6
"""How many changes a page tells, and how many that corrections alone make."""


@dataclass(frozen=True)
class Change:
    """One figure, or the value of one indicator, in two years of an agency.

    `key`: the cell as table/item/measure, or the id of the indicator. `size`: the logarithm of the ratio of
    both numbers with STEADY added, of a rate what it does to its numerator. `is_span`: is `before` the first
    year, not the last? `share`: what it makes of the change of the total it is a part of, where it is the
    part that made most of it. `in_broken_sum`: a sum of the form that it is in does not hold in those years;
    `doubted_correction`: a person's correction of it breaks one that holds as printed; `corrected`: the years
    of all other corrections of it; `is_ours`: does it stand out with its corrections alone, not as printed?
    """

    key: str
    before: int
    year: int
    old: float
    new: float
    size: float
    is_span: bool = False
    share: float | None = None
    in_broken_sum: tuple[int, ...] = ()
    doubted_correction: tuple[int, ...] = ()
    corrected: tuple[int, ...] = ()
    is_ours: bool = False

    @property
    def difference(self) -> float:
        """The number now less the number then; an amount to the six decimals that reports print at most."""
        return round(self.new - self.old, 6)

    @property
    def times(self) -> float | None:
        """The number now over the number then; None over zero."""
        return self.new / self.old if self.old else None


class _Doubts(NamedTuple):
    """Which cells are in doubt, and why: reports x CELLS."""

    broken: BoolArray
    doubted: BoolArray
    corrected: BoolArray

    @classmethod
    def on(cls, years: Figures) -> _Doubts:
        doubted = in_doubted_correction(years) | in_disputed_correction(years)
        return cls(in_broken_sum(years), doubted, corrected_in(years))

    def of(self, years: Figures, then: int, cells: Iterable[str]) -> list[tuple[int, ...]]:
        """For each reason, in which of two years one of the cells has it: of the row `then`, and the last."""
        columns, rows = [COLUMN[cell] for cell in cells], (then, len(years) - 1)
        dates = {row: int(years.reports[row].year or 0) for row in rows}
        return [tuple(dates[row] for row in rows if of[row, columns].any()) for of in self]


def size(old: float, new: float) -> float:
    """How much a count has changed: the logarithm of the ratio, steadied where the numbers are small."""
    return log((new + STEADY) / (old + STEADY))


def is_little(old: float, new: float) -> bool:
    """Is a change too little to be told as one? Of what may be below zero, such as a change, only none is."""
    return old == new if min(old, new) < 0 else abs(size(old, new)) < LITTLE


@dataclass(frozen=True)
class StandingOut:
    """The largest changes, largest first, those that corrections alone make last: they tell whose work it is.

    `unsure`: the years left out, since by its title a report on them may be another's; `doubted`: those in
    which a correction that breaks a sum, or says misread of what the report prints, makes a change, which is
    left out; `years`: how many are compared.
    """

    changes: tuple[Change, ...]
    unsure: tuple[int, ...]
    doubted: tuple[int, ...]
    years: int


def standing_out(figures: pd.DataFrame | Figures) -> StandingOut:
    """The largest changes of one agency up to its last year that is surely its own; none of one year alone.

    Told are totals, outcomes, results of disputes, what is disclosed proactively, and rates over enough
    cases: since the year before, and since the first year where that says more. A number that only follows
    another (办理结果总计 follows 本年新收) is left out.
    """
    every = annual(figures)
    years = _sure(every)
    found = _largest(years)
    if years.corrections is not None and len(years.corrections):
        as_read = as_printed(years.frame.reset_index(drop=True), years.corrections)
        printed = _largest(_sure(annual(as_read, unsure=years.unsure)))
        found = {
            key: replace(change, is_ours=bool(change.corrected) and key not in printed)
            for key, change in found.items()
        }
    ranked = sorted(found.values(), key=lambda change: -abs(change.size))
    sound = [change for change in ranked if not change.doubted_correction]
    ours, told = ([change for change in sound if change.is_ours is is_so] for is_so in (True, False))
    unsure = {own.year for own in every.reports} - {own.year for own in years.reports}
    doubted = {year for change in ranked for year in change.doubted_correction}
    changes = (*told[:MOST], *ours[:MOST])
    return StandingOut(changes, tuple(sorted(filter(None, unsure))), tuple(sorted(doubted)), len(years))


def _sure(years: Figures) -> Figures:
    """Those of reports that by their titles may not be another agency's."""
    return years.take(np.flatnonzero(~in_unsure(years).any(axis=1)))


def _largest(years: Figures) -> dict[str, Change]:
    """Cell or indicator → its change that stands out, of the two spans the one that says more."""
    found: dict[str, Change] = {}
    if len(years) > 1:
        doubts = _Doubts.on(years)
        for then, is_span in _baselines(years):
            for change in (*_of_cells(years, then, doubts), *_of_rates(years, then, doubts)):
                known = found.get(change.key)
                # The longer one has to say a good deal more.
                if known is None or abs(change.size) > 1.5 * abs(known.size):
                    found[change.key] = replace(change, is_span=is_span)
    return {key: change for key, change in found.items() if abs(change.size) >= LEAST}


def _baselines(years: Figures) -> Iterator[tuple[int, bool]]:
    """The row of the year before, where there is a report on it, and the row of the first year."""
    first, last = years.reports[0], years.reports[-1]
    before = len(years) - 2
    if years.reports[before].year == (last.year or 0) - 1:
        yield before, False
    if (last.year or 0) - (first.year or 0) > 1:
        yield 0, True


def _told() -> list[str]:
    """The cells whose changes are told: no applicants one by one, and nothing that follows from others."""
    requests = TABLES["requests"][EDITIONS[0]].items
    follows = ("outcome_total", "carried_in")
    cells = [f"requests/{item.id}/total" for item in requests if item.id not in follows]
    cells += [
        f"review/{item.id}/{m}"
        for item in TABLES["review"][EDITIONS[0]].items
        for m in ("corrected", "total")
    ]
    return cells + [cell for cell in CELLS if cell.startswith("proactive/")]


_TOLD = _told()


def _of_cells(years: Figures, then: int, doubts: _Doubts) -> Iterator[Change]:
    now = len(years) - 1
    is_told = comparable(years, np.array([then]), np.array([now]))[0]
    for cell in _TOLD:
        column = COLUMN[cell]
        old, new = (float(years.counted[row, column]) for row in (then, now))
        if is_told[column] and old != new and max(old, new) >= STEADY and min(old, new) >= 0:
            yield _change(years, cell, then, (old, new), size(old, new), doubts.of(years, then, [cell]))


def _of_rates(years: Figures, then: int, doubts: _Doubts) -> Iterator[Change]:
    """Rates over enough cases in both years; what last year's rate would make of this year's cases."""
    now = len(years) - 1
    for indicator in (one for one in INDICATORS.values() if one.is_rate and not _is_of_outcomes(one)):
        numerator, denominator = sides(indicator, years)
        # Written so that what is not known (NaN) is left out too.
        if not (denominator[then] >= SMALL and denominator[now] >= SMALL):
            continue
        rates = indicator.values(numerator, denominator)
        as_before = float(numerator[then] / denominator[then] * denominator[now])
        by = size(as_before, float(numerator[now]))
        doubted = doubts.of(years, then, indicator.cells)
        if rates[then] != rates[now]:
            yield _change(years, indicator.id, then, (float(rates[then]), float(rates[now])), by, doubted)


def _is_of_outcomes(indicator: Indicator) -> bool:
    """Is it a share of outcomes that the changes of the outcomes themselves tell?"""
    return indicator.id.endswith("_share")


def _change(
    years: Figures,
    key: str,
    then: int,
    numbers: tuple[float, float],
    by: float,
    doubted: list[tuple[int, ...]],
) -> Change:
    before, year = (int(years.reports[row].year or 0) for row in (then, -1))
    in_broken, in_doubt, corrected = doubted
    share = _share(years, key, then)
    others = tuple(one for one in corrected if one not in in_doubt)
    return Change(key, before, year, *numbers, by, False, share, in_broken, in_doubt, others)


def _share(years: Figures, key: str, then: int) -> float | None:
    """What an outcome makes of the change of all outcomes, where it goes their way and makes most of it.

    None where the outcomes are not known, or do not add up to their total, in both years: their shares of its
    change would not add up either.
    """
    total = "requests/outcome_total/total"
    outcomes = parts_of(total)
    told = years.counted[[then, len(years) - 1]][:, [COLUMN[cell] for cell in (*outcomes, total)]]
    if key not in outcomes or not equal(told[:, :-1].sum(axis=1), told[:, -1]).all():
        return None
    *parts, of_all = (told[1] - told[0]).tolist()
    by = parts[outcomes.index(key)]
    is_most = outcomes.index(key) == max(range(len(parts)), key=lambda at: abs(parts[at]))
    return by / of_all if is_most and by * of_all > 0 else None
