"""What one agency's reports tell of a few things, year by year: the numbers, or why there are none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from ogi.charts.words import CONFLICT, NO_REPORT
from ogi.compare import all_years, one_agency, series
from ogi.values import State

Cell = tuple[str, str, str]
"""The ids of table, item and measure."""

REASONS = (CONFLICT, State.UNREADABLE, State.ABSENT, State.BLANK, State.NOT_APPLICABLE)
"""Why a report that is there gives no number, gravest first."""

_COLUMNS = ("table", "item", "measure", "year", "value", "state", "blank_as_zero", "conflict")


@dataclass(frozen=True)
class Told:
    """Parts by year, from the first report to the last.

    `numbers` holds, for a year, the parts that are known; `states` the reason for each of the others, else
    `reported`; `zeros` the years in which a blank was read as zero.
    """

    parts: tuple[str, ...]
    numbers: dict[int, dict[str, float]]
    states: dict[int, dict[str, str]]
    zeros: tuple[int, ...]

    @property
    def years(self) -> list[int]:
        """Every year, those without a report included."""
        return list(self.states)

    @property
    def is_empty(self) -> bool:
        """Is there no number at all?"""
        return not any(self.numbers.values())

    @property
    def is_all_zero(self) -> bool:
        """Does every report tell every part, and are they all 0?"""
        there = [self.numbers[year] for year in self.years if self.why(year) != NO_REPORT]
        complete = all(len(numbers) == len(self.parts) for numbers in there)
        return len(there) > 0 and complete and not any(any(numbers.values()) for numbers in there)

    def only(self, *parts: str) -> Told:
        """The same with these parts alone."""
        numbers = {y: {p: n for p, n in known.items() if p in parts} for y, known in self.numbers.items()}
        states = {y: {p: s for p, s in each.items() if p in parts} for y, each in self.states.items()}
        return Told(parts, numbers, states, self.zeros)

    def why(self, year: int) -> str:
        """The gravest reason among the parts of a year, `reported` where all are known."""
        return _gravest(self.states[year].values())


@dataclass(frozen=True)
class Agency:
    """What the reports of one agency tell in the common series, to be asked for parts.

    `cells` holds for a cell and year the number (None where there is none), the state, and whether it is a
    blank read as zero.
    """

    years: tuple[int, ...]
    reported: frozenset[int]
    cells: dict[tuple[Cell, int], tuple[float | None, str, bool]]

    @classmethod
    def of(cls, figures: pd.DataFrame) -> Agency:
        """ValueError where the figures are of several agencies."""
        one_agency(figures)
        found = series(figures)
        cells: dict[tuple[Cell, int], tuple[float | None, str, bool]] = {}
        columns = (found[name].tolist() for name in _COLUMNS)
        for table, item, measure, year, value, state, zero, conflict in zip(*columns, strict=True):
            number = value if state == State.REPORTED else 0.0 if zero else None
            why = CONFLICT if conflict else State.REPORTED if number is not None else state
            cells[(table, item, measure), year] = number, why, zero
        return cls(tuple(all_years(figures)), frozenset(year for _, year in cells), cells)

    def told(self, parts: Mapping[str, Sequence[Cell]]) -> Told:
        """The parts by year, each the sum of its cells, known where all of them are."""
        numbers: dict[int, dict[str, float]] = {year: {} for year in self.years}
        states: dict[int, dict[str, str]] = {year: {} for year in self.years}
        zeros = []
        for year in self.years:
            for part, cells in parts.items():
                found = [self._cell(cell, year) for cell in cells]
                states[year][part] = _gravest(state for _, state, _ in found)
                counted = [number for number, _, _ in found if number is not None]
                if len(counted) == len(found):
                    numbers[year][part] = sum(counted)
                zeros += [year for _, _, zero in found if zero]
        return Told(tuple(parts), numbers, states, tuple(dict.fromkeys(zeros)))

    def _cell(self, cell: Cell, year: int) -> tuple[float | None, str, bool]:
        missing = State.ABSENT if year in self.reported else NO_REPORT
        return self.cells.get((cell, year), (None, missing, False))


def _gravest(states: Iterable[str]) -> str:
    found = set(states)
    return next((state for state in (NO_REPORT, *REASONS) if state in found), State.REPORTED)
