"""Parts of one agency's reports, year by year: the numbers, or why there are none."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from ogi.arrays import BoolArray
from ogi.columns import CELLS, COLUMN
from ogi.compare import corrected_in, in_broken_sum, in_disputed_correction, in_doubted_correction, in_unsure
from ogi.figures import NO_CELL, REPORTED, STATES, TOLERANCE, Figures
from ogi.forms import Item
from ogi.reported import ASTRAY
from ogi.said import Said
from ogi.values import State

BROKEN, CORRECTED, UNSURE_TITLE = "*", "†", "?"
"""Signs behind a number: it takes part in a sum that does not hold; a person has corrected it; by its title,
its report may be another agency's."""
NO_REPORT, UNREAD, CONFLICT = "no_report", "unread", "conflict"
"""Why a year has no figure, besides the states of a cell."""
INCOMPLETE, NO_TOTAL, ZERO_TOTAL, ZERO_BASE = "incomplete", "no_total", "zero_total", "zero_base"
"""Why a rate, a share or an index cannot be computed: a figure or the total is not known, it is of no cases,
its first year is no base."""
WITHOUT_REPORT = (NO_REPORT, *ASTRAY)
"""The states of a year without a report of the agency's own, but for a file that could not be read."""
_COMPUTED = (INCOMPLETE, NO_TOTAL, ZERO_TOTAL, ZERO_BASE)
_NOT_PRINTED = (State.ABSENT, State.BLANK, State.NOT_APPLICABLE)
REASONS = (CONFLICT, State.UNREADABLE, *_COMPUTED, *_NOT_PRINTED)
"""Why a report that is there gives no number, gravest first."""


@dataclass(frozen=True)
class YearlyParts:
    """Parts by year, from the first report to the last.

    `numbers` holds, for a year, the parts that are known; `states` the reason for each of the others, else
    `reported`; `totals` the printed total of the parts, where there is one; `zeros` the years in which a
    blank was read as zero. `about`: what the parts are of, where a chart shows several such. `breaks`: the
    years from which on a figure means something else than in the year before. `by_applicant`: are totals of
    rows not printed that are printed by kind of applicant? `marks`: year and part, None for the total → the
    signs behind a number that is in doubt, whose point is hollow. `doubted`: year and part, None for the
    total, of corrections with which a sum does not hold that holds as printed; `disputed`: of those that say
    misread of what the report's own text prints; `settled`: the years of broken sums, and by whom;
    `differing`: those on whose total reports differ.
    """

    parts: tuple[str, ...]
    numbers: dict[int, dict[str, float]]
    states: dict[int, dict[str, str]]
    totals: dict[int, float]
    zeros: tuple[int, ...]
    about: Item | None = None
    breaks: tuple[int, ...] = ()
    by_applicant: bool = False
    marks: Mapping[tuple[int, str | None], str] = field(default_factory=dict)
    doubted: frozenset[tuple[int, str | None]] = frozenset()
    disputed: frozenset[tuple[int, str | None]] = frozenset()
    settled: Mapping[int, Said] = field(default_factory=dict)
    differing: tuple[int, ...] = ()

    @classmethod
    def of(
        cls,
        annual: Figures,
        parts: Mapping[str, Sequence[str]],
        total: str | None = None,
        about: Item | None = None,
    ) -> YearlyParts:
        """The parts by year, each the sum of its cells, known where all of them are; `total`: a cell."""
        rows = {year: row for row, (_, _, year) in enumerate(annual.reports) if year is not None}
        years = range(min(rows), max(rows) + 1) if rows else range(0)
        numbers: dict[int, dict[str, float]] = {year: {} for year in years}
        states: dict[int, dict[str, str]] = {year: dict.fromkeys(parts, NO_REPORT) for year in years}
        totals: dict[int, float] = {}
        for year, row in rows.items():
            for part, cells in parts.items():
                columns = [COLUMN[cell] for cell in cells]
                counted = annual.counted[row, columns]
                states[year][part] = _gravest(_state(annual, row, column) for column in columns)
                if not np.isnan(counted).any():
                    numbers[year][part] = sum(counted.tolist())
            if total is not None and not np.isnan(annual.counted[row, COLUMN[total]]):
                totals[year] = float(annual.counted[row, COLUMN[total]])
        every = [COLUMN[cell] for cells in parts.values() for cell in cells]
        zeros = tuple(year for year, row in sorted(rows.items()) if annual.zero[row, every].any())
        by_applicant = _is_printed_by_applicant(annual, [CELLS[column] for column in every])
        totalled = [] if total is None else [total]
        named = [*parts.items(), *((None, [cell]) for cell in totalled)]
        marks = _marks(annual, rows, named)
        doubted, disputed = (
            frozenset(_places(where, rows, named))
            for where in (in_doubted_correction(annual), in_disputed_correction(annual))
        )
        told = tuple(parts), numbers, states, totals, zeros, about
        return replace(
            cls(*told, by_applicant=by_applicant, marks=marks, doubted=doubted, settled=annual.settled),
            disputed=disputed,
            differing=_differing(annual, rows, totalled),
        )

    def with_unread(self, years: Collection[int]) -> YearlyParts:
        """The same, where of some years without a report a file is there that could not be read."""
        states = {
            year: dict.fromkeys(own, UNREAD) if year in years and self.why(year) == NO_REPORT else own
            for year, own in self.states.items()
        }
        return replace(self, states=states)

    @property
    def years(self) -> list[int]:
        """Every year, those without a report included."""
        return list(self.states)

    @property
    def is_empty(self) -> bool:
        """Is there no number at all?"""
        return not any(self.numbers.values())

    @property
    def hindrances(self) -> list[str]:
        """Why there are no numbers, besides that none are printed; gravest first."""
        found = {state for states in self.states.values() for state in states.values()}
        return [reason for reason in REASONS if reason in found and reason not in _NOT_PRINTED]

    @property
    def is_all_zero(self) -> bool:
        """Does every report tell every part, and are they all 0?"""
        there = [self.numbers[year] for year in self.years if self.why(year) not in (*WITHOUT_REPORT, UNREAD)]
        complete = all(len(numbers) == len(self.parts) for numbers in there)
        return len(there) > 0 and complete and not any(any(numbers.values()) for numbers in there)

    @property
    def unequal(self) -> list[int]:
        """The years whose parts, all known, do not add up to the printed total."""
        complete = (year for year in self.totals if len(self.numbers[year]) == len(self.parts))
        return [year for year in complete if abs(self.sum_of(year) - self.totals[year]) > TOLERANCE]

    def why_no_trend(self, year: int, part: str) -> str | None:
        """Why no course begins or ends with the number of a part: its title, its sums or its correction."""
        marks = self.marks.get((year, part), "")
        if UNSURE_TITLE in marks:
            return "unsure_title"
        if BROKEN in marks:
            return "broken"
        place = year, part
        return "doubted" if place in self.doubted else "disputed" if place in self.disputed else None

    @property
    def shares(self) -> YearlyParts:
        """The same as shares of the printed total, where that is more than nothing."""
        shares = {
            year: {part: value / self.totals[year] for part, value in known.items()}
            if self.totals.get(year)
            else {}
            for year, known in self.numbers.items()
        }
        return replace(self, numbers=shares, totals={})

    @property
    def every_number(self) -> list[float]:
        """The numbers of all years and parts."""
        return [value for known in self.numbers.values() for value in known.values()]

    @property
    def decimals(self) -> int:
        """Those of the number with most: beside 23.5 stands 4.0. Reports print six at most."""
        return max((len(f"{one:.6f}".rstrip("0").partition(".")[2]) for one in self.every_number), default=0)

    def points(self, part: str) -> dict[int, float]:
        """The numbers of a part by year, where they are known."""
        return {year: known[part] for year, known in self.numbers.items() if part in known}

    def sum_of(self, year: int) -> float:
        """The parts of a year that are known, added up."""
        return sum(self.numbers[year].values())

    def only(self, *parts: str) -> YearlyParts:
        """The same with these parts alone, whose total is not printed."""
        numbers = {y: {p: n for p, n in known.items() if p in parts} for y, known in self.numbers.items()}
        states = {y: {p: s for p, s in each.items() if p in parts} for y, each in self.states.items()}
        return replace(self, parts=parts, numbers=numbers, states=states, totals={})

    def signs(self, year: int, *parts: str | None) -> str:
        """The signs of what is made of some parts of a year, each once; None for the total."""
        found = {sign for part in parts for sign in self.marks.get((year, part), "")}
        return "".join(sorted(found))

    def why(self, year: int) -> str:
        """The gravest reason among the parts of a year, `reported` where all are known."""
        return _gravest(self.states[year].values())


def _is_printed_by_applicant(annual: Figures, cells: Sequence[str]) -> bool:
    """Are the cells totals of rows of requests, none of them reported, and other cells of these rows are?"""
    totals = [cell for cell in cells if cell.startswith("requests/") and cell.endswith("/total")]
    rows = {cell.removesuffix("total") for cell in totals}
    others = [cell for cell in CELLS if f"{cell.rpartition('/')[0]}/" in rows and cell not in totals]
    of_totals, of_others = (
        bool((annual.state[:, [COLUMN[cell] for cell in own]] == REPORTED).any()) for own in (totals, others)
    )
    return of_others and not of_totals


def _differing(annual: Figures, rows: Mapping[int, int], totals: Sequence[str]) -> tuple[int, ...]:
    """The years on whose total reports differ. `rows`: by year."""
    columns = [COLUMN[cell] for cell in totals]
    return tuple(year for year, row in sorted(rows.items()) if annual.conflict[row, columns].any())


def _marks(
    annual: Figures, rows: Mapping[int, int], cells: Sequence[tuple[str | None, Sequence[str]]]
) -> dict[tuple[int, str | None], str]:
    """The signs of parts and total by year, where there are any. `rows`: by year."""
    told = (
        (BROKEN, in_broken_sum(annual)),
        (CORRECTED, corrected_in(annual)),
        (UNSURE_TITLE, in_unsure(annual)),
    )
    found: dict[tuple[int, str | None], str] = {}
    for sign, where in told:
        for place in _places(where, rows, cells):
            found[place] = found.get(place, "") + sign
    return found


def _places(
    where: BoolArray, rows: Mapping[int, int], cells: Sequence[tuple[str | None, Sequence[str]]]
) -> Iterator[tuple[int, str | None]]:
    """Year and part of which one of the cells is meant."""
    for year, row in rows.items():
        for part, own in cells:
            if where[row, [COLUMN[cell] for cell in own]].any():
                yield year, part


def _state(annual: Figures, row: int, column: int) -> str:
    if annual.conflict[row, column]:
        return CONFLICT
    if not np.isnan(annual.counted[row, column]):
        return State.REPORTED
    state = annual.state[row, column]
    return State.ABSENT if state == NO_CELL else STATES[state]


def _gravest(states: Iterable[str]) -> str:
    found = set(states)
    return next((state for state in (*WITHOUT_REPORT, UNREAD, *REASONS) if state in found), State.REPORTED)
