"""One figure by agency and year, with the reason for each year that has none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import numpy as np
import pandas as pd

from ogi.compare import all_years, is_comparable, marks_in, series
from ogi.figures import Figures, identities
from ogi.figures.laid import columns_in
from ogi.reported import astray
from ogi.values import State

DOUBTS = ("conflict", "broken_sum", "doubted_correction", "doubted_title")
"""What a row of figures bears; that it was corrected, or read with doubt, is told by columns of its own."""
NO_REPORT = "no_report"
"""The state of a year without a report."""


def by_year(annual: Figures, reports: pd.DataFrame, cell: str) -> pd.DataFrame:
    """A row for each agency and year, from its first report to its last, and for each that is astray.

    Args:
        annual: The figures by agency and year.
        reports: The table of that name; an agency without any has no row.
        cell: table/item/measure, one of CELLS.
    """
    told = series(annual, [cell]).drop(columns=["table", "item", "measure"])
    years = pd.DataFrame(_years(reports, annual.unsure), columns=["agency", "year", "without"])
    years = years.astype({"agency": "str", "year": "int64", "without": "str"})
    found = years.merge(told, "left", validate="1:1")
    found["state"] = found["state"].fillna(found.pop("without"))
    for flag in told.select_dtypes("bool"):
        found[flag] = found[flag].eq(other=True)
    return found.assign(comparable=is_comparable(cell))


def on_rows(figures: pd.DataFrame, annual: Figures) -> pd.DataFrame:
    """Each row of the table figures with the doubts that its cell bears in its agency and year.

    `files`: how many reports there are on these; 1 where agency or year is not known, and then no doubt.
    """
    reports, names = pd.factorize(figures["report_id"])
    known = identities(figures)
    keys = [known[name][1:] for name in names]
    files = Counter(keys)
    places = {own[1:]: place for place, own in enumerate(annual.reports)}
    rows = np.array([places.get(key, -1) for key in keys], np.intp)[reports]
    columns, marks = columns_in(figures), marks_in(annual)
    doubts = {doubt: (rows >= 0) & marks[doubt][rows, columns] for doubt in DOUBTS}
    several = np.array([1 if None in key else files[key] for key in keys], np.int64)
    return figures.assign(files=several[reports], **doubts)


def _years(reports: pd.DataFrame, unsure: frozenset[tuple[str, int]]) -> Iterator[tuple[str, int, str]]:
    """Agency, year, and the state of a figure that is not on its report there, or that has no report."""
    strange = astray(reports, unsure)
    for agency, own in reports.groupby("agency", sort=True):
        there = dict.fromkeys(own["year"].dropna(), State.ABSENT)
        lost = {year: status for (name, year), status in strange.items() if name == agency}
        for year in sorted({*all_years(own), *lost}):
            yield str(agency), year, there.get(year, lost.get(year, NO_REPORT))
