"""The statutory tables over the years: a row per figure, a column per year, and the change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, takewhile
from typing import Any

import pandas as pd
from markupsafe import Markup

from ogi.arrays import BoolArray
from ogi.columns import CELLS, COLUMNS_OF
from ogi.compare import added_into, by_year, in_broken_sum
from ogi.figures import Figures
from ogi.forms import TABLES, Item, Measure, Table
from ogi.pages.cells import (
    COMPUTED,
    NO_REPORT,
    NOT_ON_FORM,
    SheetRow,
    ShownCell,
    cell,
    legend,
    row_id,
    under_headings,
)
from ogi.pages.frames import Column, Frames
from ogi.pages.html import Html, label, number, relative, render, say
from ogi.said import told
from ogi.values import State

REQUESTS = "requests"


@dataclass(frozen=True)
class _Sheet:
    """One table of one agency, looked at from all sides."""

    table: str
    language: str
    columns: list[Column]
    figures: Figures
    compared: Any
    """As `by_year` gives it: a row per (item, measure)."""
    broken: frozenset[tuple[int | None, str]]
    """Year and cell, of those in a sum that does not hold."""
    differing: frozenset[tuple[int | None, str]]
    """Year and cell, of those on which several files on the year differ."""


def figures_by_year(frames: Frames, table: str, language: str = "en") -> Html:
    """One statutory table over the years, folded away; of `requests` the totals of all applicants."""
    years = frames.annual
    marks = _marked_in(years, in_broken_sum(years)), _differing(frames, table)
    sheet = _Sheet(table, language, frames.columns, frames.index, by_year(years, table), *marks)
    rows = with_zeros_marked(_rows(sheet))
    there = frames.years
    return render(
        "figures",
        language,
        agency=frames.agency,
        table=TABLES[table]["2021"],
        columns=sheet.columns,
        unread=frames.unread_years,
        pages=_pages(sheet.columns, rows),
        breaks=_breaks(sheet),
        rows=rows,
        zeros=zeros_in(rows),
        latest=there[-1] if there and there[-1] - 1 in there else None,
        legend=legend(one for row in rows for one in row.cells),
        settled=[told(by, language) for year, by in frames.settled.items() if _is_marked(rows, sheet, year)],
    )


def _is_marked(rows: Sequence[SheetRow], sheet: _Sheet, year: int) -> bool:
    """Has a figure of that year the mark of a sum that does not hold?"""
    places = [n for n, column in enumerate(sheet.columns) if column.year == year]
    return any(row.cells[n].is_broken for row in rows if row.cells for n in places)


def as_printed(frames: Frames, language: str = "en") -> Html:
    """The requests table with all kinds of applicants, folded away: of the latest report, and of each in
    which something is amiss there. The workbook holds all of them.
    """
    reports = [
        (column, [label(measure, language) for measure in form.measures], rows, zeros_in(rows))
        for column in reversed(frames.columns)
        if column.key in frames.by_applicant
        if (edition := column.editions.get(REQUESTS)) is not None
        for form in [TABLES[REQUESTS][edition]]
        for rows in [with_zeros_marked(_printed(column, form, frames.index, language))]
    ]
    cells = [one for _, _, rows, _ in reports for row in rows for one in row.cells]
    shown = [column for column, *_ in reports]
    return render(
        "as_printed", language, agency=frames.agency, reports=reports, columns=shown, legend=legend(cells)
    )


def _marked_in(years: Figures, where: BoolArray) -> frozenset[tuple[int | None, str]]:
    rows, columns = where.nonzero()
    found = zip(rows.tolist(), columns.tolist(), strict=True)
    return frozenset((years.reports[row].year, CELLS[column]) for row, column in found)


def _differing(frames: Frames, table: str) -> frozenset[tuple[int | None, str]]:
    """Where files on a year differ: in sums as in each part of them, of which a sum alone would not tell."""
    figures = frames.index
    several = [(year, rows) for (_, year), rows in figures.rows_on_year.items() if len(rows) > 1]
    printed = (
        (year, CELLS[column])
        for year, rows in several
        for column in COLUMNS_OF[table]
        if figures.disagree(rows, column)
    )
    return frozenset(printed) | _marked_in(frames.annual, frames.annual.conflict)


def with_zeros_marked(rows: Iterable[SheetRow]) -> list[SheetRow]:
    """The rows, those of printed zeros alone marked, and the headings over nothing but such rows."""
    marked: list[SheetRow] = []
    for row in reversed(list(rows)):
        marked.append(replace(row, is_zero=_is_row_of_zeros(row) if row.cells else _heads_zeros(row, marked)))
    return marked[::-1]


def _is_row_of_zeros(row: SheetRow) -> bool:
    told = [cell for cell in row.cells if cell.state not in (NO_REPORT, NOT_ON_FORM)]
    return bool(told) and all(_is_plain_zero(cell) for cell in told)


def _heads_zeros(heading: SheetRow, after: list[SheetRow]) -> bool:
    """A heading stands over the rows after it, the nearest last, up to a heading that is no deeper."""
    below = takewhile(lambda other: other.cells or other.depth > heading.depth, reversed(after))
    return all(other.is_zero for other in below)


def _is_plain_zero(cell: ShownCell) -> bool:
    """Is it a zero of which there is nothing else to say?"""
    return (
        cell.text == "0"
        and cell.state in (State.REPORTED, COMPUTED)
        and not (cell.fix or cell.is_doubtful or cell.is_broken)
    )


def zeros_in(rows: Iterable[SheetRow]) -> int:
    """How many rows hold nothing but zeros."""
    return sum(row.is_zero and bool(row.cells) for row in rows)


def _pages(columns: Sequence[Column], rows: Sequence[SheetRow]) -> dict[str, int]:
    """The page on which a report has most figures of a table, by the key of its column."""
    found: dict[str, int] = {}
    for n, column in enumerate(columns):
        pages = Counter(row.cells[n].page for row in rows if row.cells and row.cells[n].page is not None)
        if pages:
            found[column.key] = int(pages.most_common(1)[0][0] or 0)
    return found


def _printed(column: Column, form: Table, figures: Figures, language: str) -> Iterator[SheetRow]:
    def rows(item: Item) -> Iterator[SheetRow]:
        cells = [cell(figures, column, form.id, item.id, m) for m in form.measures]
        key = row_id(form.id, item.id, column.key)
        bare = tuple(replace(one, id="") for one in cells)
        name = Markup("{}").format(item.en) if language == "en" else label(item, language)
        yield SheetRow(name, len(item.groups), bare, key=key)

    return under_headings(((item, rows(item)) for item in form.items), language)


def _rows(sheet: _Sheet) -> Iterator[SheetRow]:
    items = list(asked(sheet.table, sheet.columns))
    summed = {item.series for item, _ in items if item.series}
    rows = ((item, _rows_of(sheet, item, measures, item.id in summed)) for item, measures in items)
    return under_headings(rows, sheet.language, summed)


def _rows_of(sheet: _Sheet, item: Item, measures: list[Measure], is_sum: bool) -> Iterator[SheetRow]:
    """The total of an item of requests; of any other item each measure, under the item's name."""
    name, depth = label(item, sheet.language), len(item.groups)
    if sheet.table == REQUESTS:
        row = _row(sheet, item, measures[-1], name, depth)
        yield _with_sums(row, sheet, item, measures[-1]) if is_sum else row
        return
    yield SheetRow(name, depth, kind="item")
    for measure in measures:
        yield _row(sheet, item, measure, label(measure, sheet.language), depth + 1)


def _row(sheet: _Sheet, item: Item, measure: Measure, name: Markup, depth: int) -> SheetRow:
    place = f"{sheet.table}/{item.id}/{measure.id}"
    series = added_into(place)
    cells = tuple(
        replace(
            cell(sheet.figures, column, sheet.table, item.id, measure),
            is_broken=(column.year, series) in sheet.broken and not column.is_gap,
            is_differing=(column.year, place) in sheet.differing,
        )
        for column in sheet.columns
    )
    key = f"{sheet.table}-{item.id}-{measure.id}"
    change, by = _change(sheet, item, measure)
    return SheetRow(name, depth, cells, change, relative=by, key=key)


def _with_sums(row: SheetRow, sheet: _Sheet, item: Item, measure: Measure) -> SheetRow:
    """The row with the sum of the parts, where a report's form asks for the parts and not for the sum."""
    if (item.id, measure.id) not in sheet.compared.index:
        return row
    sums = sheet.compared.loc[(item.id, measure.id)]
    cells = [
        ShownCell(number(sums[column.year]), COMPUTED, is_broken=one.is_broken)
        if one.state == NOT_ON_FORM and column.year in sums.index and not pd.isna(sums[column.year])
        else one
        for one, column in zip(row.cells, sheet.columns, strict=True)
    ]
    return replace(row, cells=tuple(cells), kind="sum")


def _change(sheet: _Sheet, item: Item, measure: Measure) -> tuple[ShownCell, str]:
    """The change from the year before to the last year; a part of a sum has it at the sum.

    In number, and in per cent where the year before tells a number that it can be a share of.
    """
    if (item.id, measure.id) not in sheet.compared.index:
        return ShownCell("", State.REPORTED), ""
    row = sheet.compared.loc[(item.id, measure.id)]
    title = say("not_comparable", sheet.language) if row["series_break"] else ""
    years = [year for year in sheet.compared.columns if isinstance(year, int)][-2:]
    both = {(year, f"{sheet.table}/{item.id}/{measure.id}") for year in years}
    if pd.isna(row["change"]):
        differ = say("files_differ", sheet.language) if both & sheet.differing else ""
        return ShownCell("", State.REPORTED, title or differ), ""
    before, last = years
    is_broken = bool(both & sheet.broken)
    change = ShownCell(number(row["change"], signed=True), State.REPORTED, title, is_broken=is_broken)
    return change, relative(row[last], row[before]) if row[before] > 0 and row["change"] != 0 else ""


def asked(table: str, columns: Sequence[Column]) -> Iterator[tuple[Item, list[Measure]]]:
    """Every item and measure of the editions in use, in the newest order, older ones in their place."""
    editions = TABLES[table]
    used = {column.editions.get(table) for column in columns}
    forms = [form for edition, form in editions.items() if edition in used] or [editions["2021"]]
    for item_id in _merged([[item.id for item in form.items] for form in reversed(forms)]):
        holding = [form for form in forms if item_id in form.cells_of]
        measures = {m: form.measure(m) for form in holding for m in form.cells_of[item_id]}
        yield holding[-1].item(item_id), list(measures.values())


def _merged(lists: list[list[str]]) -> list[str]:
    """The first list, with what only others hold put after the same neighbour as there."""
    merged: list[str] = []
    for ids in lists:
        for rank, id in enumerate(ids):
            if id not in merged:
                before = [other for other in ids[:rank] if other in merged]
                merged.insert(merged.index(before[-1]) + 1 if before else len(merged), id)
    return merged


def _breaks(sheet: _Sheet) -> set[str]:
    """The keys of the columns before which the form changes so that figures cannot be compared."""
    if not sheet.compared["series_break"].any():
        return set()
    found = [
        (c.key, c.editions[sheet.table]) for c in sheet.columns if c.editions.get(sheet.table) is not None
    ]
    return {key for (_, before), (key, edition) in pairwise(found) if before != edition}
