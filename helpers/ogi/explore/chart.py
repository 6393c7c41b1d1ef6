"""The figure chosen as a chart of several agencies, in the charts' own manner."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import product

import pandas as pd

from ogi.charts import Chart, titles
from ogi.charts import words as chart_words
from ogi.charts.drawings import lines
from ogi.charts.plot import svg
from ogi.charts.style import PALETTE
from ogi.charts.yearly import CONFLICT, NO_REPORT, WITHOUT_REPORT, YearlyParts
from ogi.explore.choice import FigureChoice, worded
from ogi.explore.doubts import mixed_units, reasons, signs
from ogi.explore.frames import base_years
from ogi.said import Said, told

DRAWN = len(PALETTE)
"""Agencies that a chart has colours for."""
_TOLD = 3
"""Agencies that a title has room for, a line each."""


def chart(rows: pd.DataFrame, choice: FigureChoice) -> Chart:
    """A line for each agency: none over a year without a number, nor over a change of the form."""
    names = {agency: agency for agency in choice.agencies[:DRAWN]}
    drawn = rows[rows["agency"].isin(names)]
    seen = _parts(drawn, tuple(names), choice)
    title = told(choice.heading, choice.language)
    mixed = [told(one, choice.language) for one in mixed_units(drawn)]
    if mixed:  # no picture either
        seen = replace(seen, numbers={year: {} for year in seen.years})
    own = (seen,), names, told(choice.unit, choice.language), title
    instead = mixed[0] if mixed else chart_words.instead(choice.language, [seen])
    if instead is not None:
        return Chart("explored", instead, title, "", None, (), choice.language, *own)
    elements, height = lines([seen], list(names.values()), choice.language)
    table = chart_words.table([seen], names, choice.language)
    unsigned = replace(seen, marks={})  # signs are told below, with agencies
    notes = (*chart_words.notes([unsigned], names, choice.language), *_notes(seen, drawn, choice))
    drawing = svg(elements, height, title)
    return Chart(
        "explored", _title(seen, choice) or title, title, drawing, table, notes, choice.language, *own
    )


def _title(seen: YearlyParts, choice: FigureChoice) -> str | None:
    """What becomes of each agency; of many, how many they are and which years."""
    if len(seen.parts) <= _TOLD:
        return titles.every_part([seen], seen.parts, choice.language)
    years = {"first": min(seen.years), "last": max(seen.years)}
    return told(worded("many", n=len(seen.parts), **years), choice.language)


def _parts(rows: pd.DataFrame, agencies: tuple[str, ...], choice: FigureChoice) -> YearlyParts:
    """The numbers as they are told, so that chart, title and table say the same."""
    years = range(rows["year"].min(), rows["year"].max() + 1) if len(rows) > 0 else range(0)
    numbers: dict[int, dict[str, float]] = {year: {} for year in years}
    states: dict[int, dict[str, str]] = {year: dict.fromkeys(agencies, NO_REPORT) for year in years}
    for row in rows.to_dict("records"):
        agency, year = row["agency"], row["year"]
        states[year][agency] = CONFLICT if row["conflict"] else row["state"]
        if not pd.isna(row["value"]):
            numbers[year][agency] = choice.as_told(row["value"])
    of = {(row["year"], row["agency"]): row for row in rows.to_dict("records")}
    marks = {place: signs(row) for place, row in of.items() if signs(row)}
    doubted = frozenset(place for place, row in of.items() if row.get("doubted_correction"))
    parts = YearlyParts(agencies, numbers, states, {}, (), breaks=_breaks(rows))
    return replace(parts, marks=marks, doubted=doubted)


def _breaks(rows: pd.DataFrame) -> tuple[int, ...]:
    """The years from which on the figure means something else, or is on the form or gone from it."""
    if rows["comparable"].all():
        return ()
    known = rows[~rows["state"].isin(WITHOUT_REPORT)]
    form = known["form"].fillna("")
    before = form.groupby(known["agency"]).shift()
    return tuple(sorted(set(known.loc[before.notna() & (before != form), "year"])))


def _without_report(seen: YearlyParts) -> Iterator[Said]:
    """Each agency and its years without a report, and why."""
    for agency, why in product(seen.parts, WITHOUT_REPORT):
        years = [str(year) for year in seen.years if seen.states[year][agency] == why]
        if years:
            yield worded(why, agency=agency, years=", ".join(years))


def _notes(seen: YearlyParts, rows: pd.DataFrame, choice: FigureChoice) -> list[str]:
    found = [*base_years(rows), *reasons(rows), *_without_report(seen)]
    if seen.breaks:
        found.append(worded("break", years=", ".join(map(str, seen.breaks))))
    if len(choice.agencies) > DRAWN:
        found.append(worded("not_drawn", n=len(choice.agencies) - DRAWN))
    return [told(note, choice.language) for note in found]
