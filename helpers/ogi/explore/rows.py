"""Every printed cell of what is chosen, as a table that can be filtered and sorted by any column."""

from __future__ import annotations

import pandas as pd

from ogi import said
from ogi.api import Dataset, labelled
from ogi.charts.words import number
from ogi.explore.choice import INDICATOR, FigureChoice, worded
from ogi.explore.shown import Fragment, sentence
from ogi.said import told

MOST = 4000
"""Rows of three agencies in seven years; seven tenths of a megabyte in the notebook."""
_COLUMNS = "agency year table_{0} item_{0} measure_{0} value unit state_{0} printed note page corrected_by"


def rows_of(data: Dataset, choice: FigureChoice) -> pd.DataFrame:
    """The figures of the agencies and years chosen, of the table that the chosen figure is of."""
    figures = data.figures
    is_meant = figures["agency"].isin(choice.agencies)
    if choice.years:
        is_meant &= figures["year"].isin(choice.years)
    if choice.table != INDICATOR:
        is_meant &= figures["table"] == choice.table
    return figures[is_meant]


def every_row(data: Dataset, choice: FigureChoice) -> Fragment:
    """The rows, the first MOST of them and how many there are, with their names in the language."""
    from itables import to_html_datatable

    found = rows_of(data, choice)
    columns = _COLUMNS.format(choice.language).split()
    shown = labelled(found[:MOST])[columns]
    # As texts, which sort as numbers all the same: pandas writes 2.000000e+00 beside millions, and NaN.
    numbers = {"value": shown["value"].map(number, na_action="ignore"), "page": shown["page"]}
    shown = shown.assign(**{name: column.astype("str") for name, column in numbers.items()})
    texts = [name for name in columns if name != "year"]
    shown[texts] = shown[texts].fillna("")
    suffix = f"_{choice.language}"
    shown.columns = [told(worded(f"head.{name.removesuffix(suffix)}"), choice.language) for name in columns]
    key = "all_rows" if len(found) <= MOST else "some_rows"
    above = sentence(worded(key, n=len(shown), all=len(found)), choice.language)
    table = to_html_datatable(
        shown,
        connected=False,
        maxBytes=0,
        showIndex=False,
        column_filters="header",
        allow_html=False,
        language=_words(choice.language),
    )
    return Fragment(above + table)


def _words(language: str) -> dict[str, str]:
    """What DataTables says, by its own names for it."""
    prefix = "rows."
    words = said.wordings(__package__)
    return {key.removeprefix(prefix): told(words[key], language) for key in words if key.startswith(prefix)}
