"""One series of an agency, fit to be drawn: gaps for missing years, and where it must not be joined."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ogi.columns import COLUMN
from ogi.compare.indicators import INDICATORS, SMALL, sides
from ogi.compare.series import comparable, form_changes
from ogi.figures import Figures


@dataclass(frozen=True)
class Line:
    """A value for each year from the first report to the last, None where it is not known.

    `key`: a cell as table/item/measure, or the id of an indicator. `of`: how many cases a rate is over.
    `form_changes`: the years from which its table is on another form. `breaks`: those of them before which
    the figure meant something else, so that no line leads there.
    """

    key: str
    years: tuple[int, ...]
    values: tuple[float | None, ...]
    of: tuple[float | None, ...] = ()
    form_changes: tuple[int, ...] = ()
    breaks: tuple[int, ...] = ()

    @property
    def runs(self) -> list[list[tuple[int, float]]]:
        """The stretches that a line may join: neighbouring years, both known, with no break between."""
        runs: list[list[tuple[int, float]]] = []
        for year, value in zip(self.years, self.values, strict=True):
            if value is None:
                continue
            if not runs or runs[-1][-1][0] != year - 1 or year in self.breaks:
                runs.append([])
            runs[-1].append((year, value))
        return runs

    @property
    def last(self) -> float | None:
        """The value of the last year."""
        return self.values[-1] if self.values else None

    @property
    def before(self) -> float | None:
        """The value of the year before the last, None where it may not be compared with it."""
        return self.values[-2] if len(self.values) > 1 and self.years[-1] not in self.breaks else None

    @property
    def is_small(self) -> bool:
        """Is the last value a rate over fewer cases than SMALL?"""
        return bool(self.of) and self.of[-1] is not None and self.of[-1] < SMALL


def line(years: Figures, key: str) -> Line:
    """The series of a cell, or of an indicator, of one agency's figures as `annual` makes them."""
    rows = {own.year: row for row, own in enumerate(years.reports) if own.year is not None}
    span = tuple(range(min(rows), max(rows) + 1)) if rows else ()
    values, of = (_plain(numbers, rows, span) for numbers in _numbers(years, key))
    tables = {cell.partition("/")[0] for cell in (INDICATORS[key].cells if key in INDICATORS else (key,))}
    changed = form_changes(years)
    changed = changed[changed["table"].isin(tables)]
    breaks = (
        ()
        if key in INDICATORS
        else tuple(
            year
            for before, year in zip(changed["before"], changed["year"], strict=True)
            if not comparable(years, np.array([rows[before]]), np.array([rows[year]]))[0, COLUMN[key]]
        )
    )
    return Line(key, span, values, of, tuple(sorted(set(changed["year"]))), breaks)


def _numbers(years: Figures, key: str) -> tuple[list[float], list[float]]:
    """The values by report, and of a rate how many cases each is over."""
    indicator = INDICATORS.get(key)
    if indicator is None:
        return years.counted[:, COLUMN[key]].tolist(), []
    numerator, denominator = sides(indicator, years)
    if not indicator.is_rate:
        return numerator.tolist(), []
    return indicator.values(numerator, denominator).tolist(), denominator.tolist()


def _plain(values: list[float], rows: dict[int, int], span: tuple[int, ...]) -> tuple[float | None, ...]:
    """The values by year, None for a year without a report and for what is not known (NaN)."""
    by_year = {year: values[row] for year, row in rows.items()} if values else {}
    known = {year: value for year, value in by_year.items() if value == value}
    return tuple(known.get(year) for year in span)
