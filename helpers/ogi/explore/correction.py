"""A correction drafted as the line to be pasted: nothing is written."""

from __future__ import annotations

import csv
import io
from html import escape

from ogi.api import Dataset
from ogi.explore.choice import FigureChoice, worded
from ogi.explore.shown import Fragment, sentence
from ogi.ingest.by_hand import CORRECTIONS_FILE
from ogi.said import Refused
from ogi.tables import safe
from ogi.tables.corrections import COLUMNS


def draft(data: Dataset, choice: FigureChoice, agency: str, year: int, corrected: str) -> Fragment:
    """The head and the line of corrections.csv that puts another figure over the printed one.

    Refused where the report prints no such cell, or several reports print it.
    """
    figures = data.figures
    is_meant = (figures["agency"] == agency) & (figures["year"] == year)
    place = {"table": choice.table, "item": choice.item, "measure": choice.measure}
    for name, value in place.items():
        is_meant &= figures[name] == value
    printed = figures.loc[is_meant, "printed"].fillna("").unique()
    if len(printed) != 1:
        raise Refused(worded("no_printed", agency=agency, year=year, cell=choice.cell), choice.language)
    values = {"agency": agency, "year": str(year), **place, "printed": printed[0], "corrected": corrected}
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerows([COLUMNS, [safe(values.get(name, "")) for name in COLUMNS]])
    file = CORRECTIONS_FILE if data.raw is None else data.raw.parent / CORRECTIONS_FILE
    return Fragment(
        f"<pre>{escape(text.getvalue())}</pre>{sentence(worded('draft', file=file), choice.language)}"
    )
