"""Reports → one row per agency and year, both forms told in the words of their common series."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from ogi.compare.panel import CELLS, COLUMN, NO_CELL, STATES, Codes, Floats, Panel, Places, with_zeros
from ogi.forms import EDITIONS, TABLES
from ogi.values import State


def annual(figures: pd.DataFrame) -> Panel:
    """The figures of each agency and year. What form 2021 divides is added up; reports on one year are one.

    A sum is null where a part is not known. Where reports on the same year disagree, there is no value.
    """
    return _one_a_year(_harmonised(with_zeros(Panel.of(figures))))


def _additions() -> dict[int, list[int]]:
    """Column of the series → the columns that add into it."""
    additions: dict[int, list[int]] = {}
    for table in (TABLES[name][edition] for name in TABLES for edition in EDITIONS):
        for item, measure in table.cells():
            if item.series != "":
                target = COLUMN[table.id, item.series, measure.id]
                additions.setdefault(target, []).append(COLUMN[table.id, item.id, measure.id])
    return additions


_ADDITIONS = _additions()


def _harmonised(panel: Panel) -> Panel:
    """Divided items added into the item of the series, and taken out themselves."""
    value, state = panel.value.copy(), panel.state.copy()
    form, zero = panel.form.copy(), panel.zero.copy()
    for target, parts in _ADDITIONS.items():
        divided = (panel.state[:, parts] != NO_CELL).any(axis=1) & (panel.state[:, target] == NO_CELL)
        states = panel.state[divided][:, parts]
        sums = panel.counted[divided][:, parts].sum(axis=1)
        new_states = _states_of_sums(states, sums)
        value[divided, target] = np.where(new_states == STATES.index(State.REPORTED), sums, np.nan)
        state[divided, target] = new_states
        form[divided, target] = panel.form[divided][:, parts].max(axis=1)
        zero[divided, target] = panel.zero[divided][:, parts].any(axis=1) & ~np.isnan(sums)
        state[:, parts] = NO_CELL
    return replace(panel, value=value, state=state, form=form, zero=zero)


def _states_of_sums(parts: Codes, sums: Floats) -> Codes:
    """Reported where the parts add up and one is a number; else the gravest state among them."""
    states = np.full(len(parts), STATES.index(State.REPORTED), np.int8)
    no_number = np.isnan(sums) | ~(parts == STATES.index(State.REPORTED)).any(axis=1)
    for state in (State.NOT_APPLICABLE, State.BLANK, State.UNREADABLE, State.ABSENT):
        states[no_number & (parts == STATES.index(state)).any(axis=1)] = STATES.index(state)
    states[no_number & (parts == NO_CELL).any(axis=1)] = STATES.index(State.ABSENT)
    return states


def _one_a_year(panel: Panel) -> Panel:
    """Several reports on one year made one: what they agree on, or only one of them tells, stays."""
    number = np.asarray(panel.reports.groupby(["agency", "year"], sort=True).ngroup(), np.intp)
    firsts = np.unique(number, return_index=True)[1]
    kept = Panel(
        panel.reports.iloc[firsts].reset_index(drop=True),
        panel.value[firsts],
        panel.state[firsts],
        panel.form[firsts],
        panel.zero[firsts],
        panel.conflict[firsts],
    )
    for row in np.flatnonzero(np.bincount(number) > 1):
        _merge(kept, int(row), panel, np.flatnonzero(number == row))
    return kept


def _merge(kept: Panel, row: int, panel: Panel, rows: Places) -> None:
    for column in range(len(CELLS)):
        told = [r for r in rows if panel.state[r, column] not in (NO_CELL, STATES.index(State.ABSENT))]
        if not told:
            continue
        first = told[0]
        kept.value[row, column] = panel.value[first, column]
        kept.state[row, column] = panel.state[first, column]
        kept.form[row, column] = panel.form[first, column]
        kept.zero[row, column] = panel.zero[first, column]
        if len({(panel.state[r, column], str(panel.value[r, column])) for r in told}) > 1:
            kept.value[row, column] = np.nan
            kept.state[row, column] = STATES.index(State.UNREADABLE)
            kept.zero[row, column] = False
            kept.conflict[row, column] = True
