"""One figure by agency and year, with the reason for each year that has none."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from ogi.columns import COLUMN
from ogi.compare import added_into, all_years, in_broken_sum, in_doubted_correction, in_unsure, is_comparable
from ogi.figures import NO_CELL, STATES, Figures
from ogi.forms import EDITIONS, TABLES
from ogi.reported import astray
from ogi.values import LEAST_CONFIDENCE, State

NO_REPORT = "no_report"
"""The state of a year without a report."""


def by_year(annual: Figures, reports: pd.DataFrame, figures: pd.DataFrame, cell: str) -> pd.DataFrame:
    """A row for each agency and year, from its first report to its last, and for each that is astray.

    Args:
        annual: The figures by agency and year.
        reports: The table of that name; an agency without any has no row.
        figures: The same as a frame, with `corrected_by`.
        cell: table/item/measure, one of CELLS.
    """
    known = _known(annual, cell)
    corrected = _corrected(figures, cell)
    rows = []
    for agency, year, state in _years(reports, annual.unsure):
        missing = (float("nan"), None, state, None, *[False] * 6)
        rows.append((agency, year, *known.get((agency, year), missing), (agency, year) in corrected))
    told, doubts = (
        ["value", "unit", "state", "form"],
        [
            "blank_as_zero",
            "conflict",
            "broken_sum",
            "doubted_correction",
            "doubt",
            "doubted_title",
            "corrected",
        ],
    )
    types = {"unit": "str", "state": "str", "form": "str", "value": "float64"}
    frame = pd.DataFrame(rows, columns=["agency", "year", *told, *doubts]).astype(types)
    frame.insert(2 + len(told), "comparable", is_comparable(cell))
    return frame


def _known(annual: Figures, cell: str) -> dict[tuple[str | None, int | None], tuple[object, ...]]:
    column = COLUMN[cell]
    fields = (
        getattr(annual, name)[:, column].tolist() for name in ("value", "state", "form", "zero", "conflict")
    )
    # Of a part, that of the series: sums are told in the words of both forms.
    series = COLUMN[added_into(cell)]
    in_sums = [of[:, series].tolist() for of in (in_broken_sum(annual), in_doubted_correction(annual))]
    doubts = (annual.confidence[:, column] < LEAST_CONFIDENCE).tolist(), in_unsure(annual)[:, 0].tolist()
    return {
        (report.agency, report.year): (value, unit, STATES[state], EDITIONS[form], zero, conflict, *marks)
        for report, unit, marks, value, state, form, zero, conflict in zip(
            annual.reports, _units(annual, column), zip(*in_sums, *doubts, strict=True), *fields, strict=True
        )
        if state != NO_CELL
    }


def _units(annual: Figures, column: int) -> list[str | None]:
    """The unit of each number, None where there is none or a sum of several cells.

    Where reports differ, that of the first: there is no number, but what it would be of is known.
    """
    units = annual.frame["unit"].tolist()
    is_told = ~np.isnan(annual.value[:, column]) | annual.conflict[:, column]
    places = np.where(is_told, annual.place[:, column], -1).tolist()
    return [units[place] if place >= 0 and isinstance(units[place], str) else None for place in places]


def _years(reports: pd.DataFrame, unsure: frozenset[tuple[str, int]]) -> Iterator[tuple[str, int, str]]:
    """Agency, year, and the state of a figure that is not on its report there, or that has no report."""
    strange = astray(reports, unsure)
    for agency, own in reports.groupby("agency", sort=True):
        there = dict.fromkeys(own["year"].dropna(), State.ABSENT)
        lost = {year: status for (name, year), status in strange.items() if name == agency}
        for year in sorted({*all_years(own), *lost}):
            yield str(agency), year, there.get(year, lost.get(year, NO_REPORT))


def _corrected(figures: pd.DataFrame, cell: str) -> set[tuple[str, int]]:
    """The agencies and years of which a correction lies on the cell, or on a part of it."""
    by_hand = figures[figures["corrected_by"].notna()]
    columns = ["agency", "year", "form", "table", "item", "measure"]
    return {
        (agency, year)
        for agency, year, form, table, item, measure in by_hand[columns].itertuples(index=False)
        if cell in (f"{table}/{item}/{measure}", f"{table}/{TABLES[table][form].item(item).series}/{measure}")
    }
