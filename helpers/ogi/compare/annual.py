"""Reports → one row per agency and year, both forms told in the words of their common series."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from ogi.arrays import BoolArray, FloatArray
from ogi.columns import CELLS, COLUMN
from ogi.figures import ABSENT, BLANK, NO_CELL, NOT_APPLICABLE, REPORTED, UNREADABLE, CodeArray, Figures
from ogi.forms import EDITIONS, TABLES
from ogi.tables.misprints import DISPUTED, with_grounds
from ogi.zeros import with_zeros


def annual(
    found: pd.DataFrame | Figures,
    keep_parts: bool = False,
    corrections: pd.DataFrame | None = None,
    unsure: frozenset[tuple[str, int]] = frozenset(),
) -> Figures:
    """The figures of each agency and year, by agency and year; those that are so already stay as they are.

    What form 2021 divides is added up: a sum is null where a part is not known. Several reports on one year
    become one; where they disagree, there is no value. Reports without a year are left out.

    `keep_parts`: what is added up stays beside its sum; whoever adds up cells then has to know which.
    `corrections`: those that are laid on the frame; `unsure`: agencies and years of which a report may be
    another agency's.
    """
    if isinstance(found, Figures):
        return found
    figures = replace(Figures.of(found, corrections=corrections), unsure=unsure)
    dated = sorted(
        (agency, year, figures.reports[row].report_id, row)
        for (agency, year), rows in figures.rows_on_year.items()
        for row in rows
    )
    return _one_a_year(_harmonised(with_zeros(figures.take([row for *_, row in dated])), keep_parts))


def _additions() -> dict[int, list[int]]:
    """Column of the series → the columns that add into it."""
    additions: dict[int, list[int]] = {}
    for table in (TABLES[name][edition] for name in TABLES for edition in EDITIONS):
        for item, measure in table.cells():
            if item.series != "":
                target = COLUMN[f"{table.id}/{item.series}/{measure.id}"]
                additions.setdefault(target, []).append(COLUMN[f"{table.id}/{item.id}/{measure.id}"])
    return additions


_ADDITIONS = _additions()
_PARTS = frozenset(part for parts in _ADDITIONS.values() for part in parts)
_ADDED_INTO = {CELLS[part]: CELLS[target] for target, parts in _ADDITIONS.items() for part in parts}


def is_divided(cell: str) -> bool:
    """Is the cell one of the parts, on form 2021 alone, that `annual` adds up into a cell of the series?"""
    return COLUMN[cell] in _PARTS


def added_into(cell: str) -> str:
    """The cell of the series that a part adds into; any other cell is its own."""
    return _ADDED_INTO.get(cell, cell)


def corrected_in(years: Figures) -> BoolArray:
    """Which cells hold, or add up, what a person corrected; of figures as `annual` makes them with it."""
    return _laid_in(years, years.corrections)


def in_disputed_correction(years: Figures) -> BoolArray:
    """Which cells hold, or add up, what a person calls misread though the report's own text prints it."""
    # Figures may be given without how they were read: of those nobody knows what stands in the text.
    if years.corrections is None or years.corrections.empty or "method" not in years.frame:
        return _laid_in(years, None)
    found = with_grounds(years.corrections, years.frame)
    return _laid_in(years, found[found["ground"] == DISPUTED])


def _laid_in(years: Figures, corrections: pd.DataFrame | None) -> BoolArray:
    found = np.zeros(years.state.shape, np.bool_)
    if corrections is not None:
        rows = {(own.agency, own.year): row for row, own in enumerate(years.reports)}
        keys = ("agency", "year", "table", "item", "measure")
        for agency, year, *cell in zip(*(corrections[key] for key in keys), strict=True):
            name = "/".join(cell)
            if (agency, year) in rows:
                found[rows[agency, year], [COLUMN[name], COLUMN[added_into(name)]]] = True
    return found


def in_unsure(years: Figures) -> BoolArray:
    """Which cells are of a report that may be another agency's: all of such an agency and year, or none."""
    is_unsure = np.array([(own.agency, own.year) in years.unsure for own in years.reports], np.bool_)
    return np.broadcast_to(is_unsure[:, np.newaxis], years.state.shape)


def _harmonised(figures: Figures, keep_parts: bool) -> Figures:
    """Divided items added into the item of the series, and taken out themselves, if they are not kept."""
    value, state, form = figures.value.copy(), figures.state.copy(), figures.form.copy()
    zero, confidence = figures.zero.copy(), figures.confidence.copy()
    for target, parts in _ADDITIONS.items():
        divided = (figures.state[:, parts] != NO_CELL).any(axis=1) & (figures.state[:, target] == NO_CELL)
        sums = figures.counted[divided][:, parts].sum(axis=1)
        states = _states_of_sums(figures.state[divided][:, parts], sums)
        value[divided, target] = np.where(states == REPORTED, sums, np.nan)
        state[divided, target] = states
        form[divided, target] = figures.form[divided][:, parts].max(axis=1)
        zero[divided, target] = figures.zero[divided][:, parts].any(axis=1) & ~np.isnan(sums)
        confidence[divided, target] = figures.confidence[divided][:, parts].min(axis=1)
        if not keep_parts:  # so that no one counts the parts and their sum
            state[:, parts] = NO_CELL
    return replace(figures, value=value, state=state, form=form, zero=zero, confidence=confidence)


def _states_of_sums(parts: CodeArray, sums: FloatArray) -> CodeArray:
    """Reported where the parts add up and one is a number; else the gravest state among them."""
    states: CodeArray = np.full(len(parts), REPORTED, np.int8)
    no_number = np.isnan(sums) | ~(parts == REPORTED).any(axis=1)
    # The gravest last: it overwrites the others.
    for state in (NOT_APPLICABLE, BLANK, UNREADABLE, ABSENT):
        states[no_number & (parts == state).any(axis=1)] = state
    states[no_number & (parts == NO_CELL).any(axis=1)] = ABSENT
    return states


def _one_a_year(figures: Figures) -> Figures:
    """Several reports on one year made one: what they agree on, or only one of them tells, stays."""
    years = figures.rows_on_year.values()
    kept = figures.take([rows[0] for rows in years])
    for row, rows in enumerate(years):
        if len(rows) > 1:
            _merge(kept, row, figures, rows)
    merged = [row for rows in years if len(rows) > 1 for row in rows]
    return replace(kept, several=figures.take(merged)) if merged else kept


def _merge(kept: Figures, row: int, figures: Figures, rows: list[int]) -> None:
    for column in range(len(CELLS)):
        there = [r for r in rows if not figures.missing[r, column]]
        if not there:
            continue
        for name in ("value", "state", "form", "zero", "place"):
            getattr(kept, name)[row, column] = getattr(figures, name)[there[0], column]
        # What two reports agree on is as sure as the better of two readings.
        kept.confidence[row, column] = max(figures.confidence[r, column] for r in there)
        if figures.disagree(there, column):
            kept.value[row, column] = np.nan
            kept.state[row, column] = UNREADABLE
            kept.zero[row, column] = False
            kept.conflict[row, column] = True
