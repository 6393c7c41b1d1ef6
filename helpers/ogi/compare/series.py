"""One harmonised series per agency: the figures of every year and both forms, side by side."""

from __future__ import annotations

from collections.abc import Collection
from itertools import pairwise

import numpy as np
import pandas as pd

from ogi.arrays import BoolArray, IndexArray
from ogi.columns import CELLS, COLUMN, COLUMNS_OF
from ogi.compare.annual import annual
from ogi.compare.equations import marks_in
from ogi.figures import NO_CELL, STATES, CodeArray, Figures
from ogi.forms import EDITIONS, TABLES


def series(figures: pd.DataFrame | Figures, cells: Collection[str] = CELLS) -> pd.DataFrame:
    """The comparable figures of each agency and year, a row each, in the order of the form.

    Columns: agency, year, table, item, measure, value, unit (null of a sum of several cells), state, form;
    `comparable`: does the figure mean the same in both forms; `blank_as_zero`: the cell, or a part of it, is
    blank, and the sums of its own table show that this means zero (`value` stays null for a blank cell); the
    doubts of `marks_in`, such as `conflict`: several reports on the same year disagree, so that there is no
    value. Items that form 2021 divides are added up as in form 2019: null where a part is not known. Reports
    without a year are left out.

    `cells`: those that are wanted, of CELLS.
    """
    years = annual(figures)
    rows, columns = np.nonzero((years.state != NO_CELL) & np.isin(CELLS, list(cells)))
    frame = [years.agency_and_year.take(rows), _NAMES.take(columns)]
    at = (rows, columns)
    return pd.concat([part.reset_index(drop=True) for part in frame], axis=1).assign(
        value=years.value[at],
        unit=_units(years, at),
        state=_named(years.state[at], STATES),
        form=_named(years.form[at], EDITIONS),
        comparable=_COMPARABLE[columns],
        blank_as_zero=years.zero[at],
        **{doubt: borne[at] for doubt, borne in marks_in(years).items()},
    )


def _units(years: Figures, at: tuple[IndexArray, IndexArray]) -> pd.Series[str]:
    """The unit of each number, null where there is none or a sum of several cells.

    Where reports differ, that of the first: there is no number, but what it would be of is known.
    """
    is_told = ~np.isnan(years.value[at]) | years.conflict[at]
    units = years.frame.reindex(columns=["unit"])["unit"].astype("str").array
    return pd.Series(units.take(np.where(is_told, years.place[at], -1), allow_fill=True))


def by_year(figures: pd.DataFrame | Figures, table: str) -> pd.DataFrame:
    """One table of one agency: (item, measure) in the order of the form × the years from first to last.

    A year without a report is a column of nulls. `change`: the last year against the year before it.
    `series_break`: the row means something else in, or is missing from, the other form that these years hold.
    ValueError where the figures are of several agencies.
    """
    own = annual_of_one(figures)
    found = series(own, [cell for cell in CELLS if cell.startswith(f"{table}/")])
    wide = found.pivot(index=["item", "measure"], columns="year", values="value")
    order = [(item, measure) for name, item, measure in (cell.split("/") for cell in CELLS) if name == table]
    wide = wide.reindex([cell for cell in order if cell in wide.index])
    years = all_years(own.agency_and_year)
    # A year without a report is a gap that shows: side by side, 2019 and 2022 would look like neighbours.
    wide = wide.reindex(columns=years).rename_axis(columns=None)
    comparable = found.groupby(["item", "measure"])["comparable"].first().reindex(wide.index)
    changed = wide[years[-1]] - wide[years[-2]] if len(years) > 1 else np.nan
    return wide.assign(change=changed, series_break=~comparable & (found["form"].nunique() > 1))


def all_years(figures: pd.DataFrame) -> list[int]:
    """Every year from the first report's to the last one's, those without a report included."""
    years = figures["year"].dropna().astype(int)
    return list(range(years.min(), years.max() + 1)) if len(years) > 0 else []


def annual_of_one(figures: pd.DataFrame | Figures) -> Figures:
    """The figures of one agency by year; ValueError where they are of several."""
    years = annual(figures)
    agencies = list(dict.fromkeys(own.agency for own in years.reports))
    if len(agencies) > 1:
        raise ValueError(f"expected the figures of one agency, found {len(agencies)}: {agencies[:3]}")
    return years


def form_changes(figures: pd.DataFrame | Figures) -> pd.DataFrame:
    """Where the form of a table changes from one report of an agency to its next, a row each.

    Columns: agency, table, before, year (the years of both reports), old_form, new_form. Of such a table only
    what is comparable goes on; every other series breaks there.
    """
    years = annual(figures)
    rows = []
    for table, columns in COLUMNS_OF.items():
        forms = years.form[:, columns].max(axis=1).tolist()
        told = [
            (own.agency, own.year, form) for own, form in zip(years.reports, forms, strict=True) if form >= 0
        ]
        for (agency, before, old), (other, year, new) in pairwise(told):
            if agency == other and old != new:
                rows.append((agency, table, before, year, EDITIONS[old], EDITIONS[new]))
    return pd.DataFrame(rows, columns=["agency", "table", "before", "year", "old_form", "new_form"])


def is_comparable(cell: str) -> bool:
    """Does the cell, given as table/item/measure, mean the same in both forms?"""
    return bool(_COMPARABLE[COLUMN[cell]])


def comparable(years: Figures, then: IndexArray, now: IndexArray) -> BoolArray:
    """Which cells mean the same in two reports, pair by pair: in both forms, or both reports use one form."""
    forms = years.form[then], years.form[now]
    same: BoolArray = np.equal(*forms) & (forms[0] >= 0)
    return _COMPARABLE | same


def _named(codes: CodeArray, names: tuple[str, ...]) -> pd.Series[str]:
    categories = pd.Index(names)
    return pd.Series(pd.Categorical.from_codes(codes, categories=categories)).astype("str")


def _same_in_both(table: str, item: str, measure: str) -> bool:
    """Is the figure in both forms, by itself or as a sum, and does its measure mean the same?"""
    return all(
        any(
            measure in form.cells_of[part.id] and form.measure(measure).comparable
            for part in form.items
            if item in (part.id, part.series)
        )
        for form in TABLES[table].values()
    )


_NAMES = pd.DataFrame([cell.split("/") for cell in CELLS], columns=["table", "item", "measure"], dtype="str")
_COMPARABLE: BoolArray = np.array([_same_in_both(*cell.split("/")) for cell in CELLS])
"""Which cells mean the same in both forms."""
