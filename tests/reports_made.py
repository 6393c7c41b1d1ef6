"""Frames of one agency as the dataset would hold them, every cell of the forms filled in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd

from ogi import tables
from ogi.checks import check
from ogi.forms import TABLES, edition_of_year
from ogi.pages import Frames
from ogi.values import State

Told = Mapping[str, float | str | tuple[str, str | None]]
"""table/item/measure → a number, a state, or a state with the text as printed."""


def figures(agency: str, year: int, told: Told, rest: float, editions: Mapping[str, str]) -> pd.DataFrame:
    rows = []
    for table, forms in TABLES.items():
        form = editions.get(table, edition_of_year(year))
        for item, measure in forms[form].cells():
            cell = told.get(f"{table}/{item.id}/{measure.id}", rest)
            value, state, printed = _cell(cell)
            key = (f"{agency}/{year}.pdf", agency, year, form, table, item.id, measure.id)
            rows.append((*key, value, measure.unit, state, printed, None, 3, *[None] * 4, "pdf", 1.0))
    return tables.from_rows("figures", rows)


def _cell(told: float | str | tuple[str, str | None]) -> tuple[float | None, str, str | None]:
    if isinstance(told, tuple):
        return None, *told
    if isinstance(told, str):
        return None, told, {State.UNREADABLE: "??", State.ABSENT: None}.get(told, "")
    return float(told), State.REPORTED, f"{told:g}"


def made(
    years: Mapping[int, Told],
    *,
    agency: str = "甲市",
    rest: float = 0,
    editions: Mapping[int, Mapping[str, str]] | None = None,
    language: str = "en",
    title: str = "年度报告",
) -> Frames:
    """A report per year; `editions`: year → table → the edition that its report prints instead."""
    own = editions or {}
    all_figures = pd.concat([figures(agency, y, told, rest, own.get(y, {})) for y, told in years.items()])
    rows = []
    for year in years:
        forms = [own.get(year, {}).get(table, edition_of_year(year)) for table in TABLES]
        key = (f"{agency}/{year}.pdf", agency, year, agency, agency, f"{year}.pdf", "ab12" * 16, title, "pdf")
        rows.append((*key, *forms, "unknown", None, "1", 0.5))
    all_figures = all_figures.reset_index(drop=True)
    return Frames(
        reports=tables.from_rows("reports", rows),
        figures=all_figures,
        checks=check(all_figures, language),
        findings=tables.empty("findings"),
        narratives=tables.empty("narratives"),
    )


def with_second_file(frames: Frames, year: int, told: Mapping[str, float]) -> Frames:
    """The same with a second file on a year, which prints other numbers in these cells."""
    id = f"{frames.agency}/{year}更正版.pdf"
    reports, figures = (
        rows[rows["year"] == year].assign(report_id=id) for rows in (frames.reports, frames.figures)
    )
    places = figures["table"] + "/" + figures["item"] + "/" + figures["measure"]
    figures["value"] = places.map(told).fillna(figures["value"])
    both = (
        pd.concat([rows, more], ignore_index=True)
        for rows, more in ((frames.reports, reports), (frames.figures, figures))
    )
    all_reports, all_figures = both
    return replace(
        frames, reports=all_reports, figures=all_figures, checks=check(all_figures, reports=all_reports)
    )
