"""The statutory tables over the years: a row per figure, a column per year, and the change."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

import pandas as pd
from markupsafe import Markup

from helpers.compare import by_year
from helpers.forms import TABLES, Item, Measure, Table
from helpers.pages.frames import Column, Frames
from helpers.pages.html import Html, render
from helpers.pages.lookup import NO_REPORT, NOT_ON_FORM, Found, Lookup, latest
from helpers.pages.words import label, number, say
from helpers.values import ABSENT, BLANK, NOT_APPLICABLE, REPORTED, UNREADABLE

COMPUTED = "computed"
STATES = (BLANK, NOT_APPLICABLE, UNREADABLE, ABSENT, NOT_ON_FORM, NO_REPORT, COMPUTED)
MARKS = {BLANK: "\u00b7", ABSENT: "\u2013", NOT_ON_FORM: "", NO_REPORT: ""}
"""What stands for a figure that is none; the other states show the printed text."""


@dataclass(frozen=True)
class Cell:
    """One figure as shown: its text, its state, where it comes from, its anchor."""

    text: str
    state: str
    title: str
    id: str = ""


@dataclass(frozen=True)
class Row:
    """A row of figures, or, without cells, a heading over the rows below it."""

    label: Markup
    depth: int
    cells: tuple[Cell, ...] = ()
    measure: Markup | None = None
    span: int = 1
    change: Cell | None = None
    is_sum: bool = False


def anchor(table: str, item: str, measure: str, key: str) -> str:
    """The place of one figure on its page: ids of the form, and the key of the report's column."""
    return f"{table}-{item}-{measure}-{key}"


def figures_by_year(frames: Frames, table: str, language: str = "en") -> Html:
    """One statutory table over the years; of `requests` the totals of all applicants."""
    columns = frames.columns
    rows = list(_rows(frames, table, language))
    return render(
        "figures",
        language,
        agency=frames.agency,
        table=TABLES[table]["2021"],
        columns=columns,
        breaks=_breaks(columns, table),
        rows=rows,
        compared=_compared(frames),
        with_measures=any(row.measure is not None for row in rows),
        legend=_legend(rows),
    )


def as_printed(frames: Frames, language: str = "en") -> Html:
    """The requests table of each report with all kinds of applicants, folded away, the latest first."""
    lookup = Lookup(frames.figures)
    reports = [
        _printed(column, TABLES["requests"][edition], lookup, language)
        for column in reversed(frames.columns)
        if (edition := column.editions.get("requests")) is not None
    ]
    states = {cell.state for report in reports for row in report[2] for cell in row.cells}
    legend = [state for state in STATES if state in states]
    return render("as_printed", language, agency=frames.agency, reports=reports, legend=legend)


def _printed(
    column: Column, form: Table, lookup: Lookup, language: str
) -> tuple[Column, list[Markup], list[Row]]:
    rows: list[Row] = []
    for item in form.items:
        rows += _headings(item, rows, (), language)
        cells = tuple(_cell(lookup, column, form.id, item, m, language) for m in form.measures)
        # The totals have their place in the table by year.
        cells = (*cells[:-1], replace(cells[-1], id=""))
        rows.append(Row(label(item, language), len(item.groups), cells))
    return column, [label(measure, language) for measure in form.measures], rows


def _rows(frames: Frames, table: str, language: str) -> Iterator[Row]:
    lookup, columns = Lookup(frames.figures), frames.columns
    compared: Any = by_year(frames.figures, table)
    asked = list(_asked(frames, table))
    summed = {item.series for item, _ in asked if item.series}
    given: list[Row] = []
    for item, measures in asked:
        given += (new := _headings(item, given, summed, language))
        yield from new
        for rank, measure in enumerate(measures):
            cells = tuple(_cell(lookup, column, table, item, measure, language) for column in columns)
            if item.id in summed:
                sums = compared.loc[(item.id, measure.id)]
                cells = tuple(
                    _summed(c, column, sums, language) for c, column in zip(cells, columns, strict=True)
                )
            yield Row(
                label(item, language),
                len(item.groups),
                cells,
                None if table == "requests" else label(measure, language),
                len(measures) if rank == 0 else 0,
                _change(compared, item, measure, language),
                item.id in summed,
            )


def _summed(cell: Cell, column: Column, sums: Any, language: str) -> Cell:
    """The sum of the parts, where the report's form asks for the parts and not for the sum."""
    if cell.state != NOT_ON_FORM or column.year not in sums.index or pd.isna(sums[column.year]):
        return cell
    return Cell(number(sums[column.year]), COMPUTED, say("state.computed", language))


def _change(compared: Any, item: Item, measure: Measure, language: str) -> Cell:
    if (item.id, measure.id) not in compared.index:
        return Cell("", "", "")
    row = compared.loc[(item.id, measure.id)]
    title = say("not_comparable", language) if row["series_break"] else ""
    return Cell("" if pd.isna(row["change"]) else number(row["change"], signed=True), "", title)


def _asked(frames: Frames, table: str) -> Iterator[tuple[Item, list[Measure]]]:
    """Every item and measure of the editions in use, in the newest order, older ones in their place."""
    used = {column.editions.get(table) for column in frames.columns if not column.is_gap}
    forms = [form for edition, form in TABLES[table].items() if edition in used] or [TABLES[table]["2021"]]
    order: list[str] = []
    for form in reversed(forms):
        for rank, item in enumerate(form.items):
            if item.id not in order:
                before = [other.id for other in form.items[:rank] if other.id in order]
                order.insert(order.index(before[-1]) + 1 if before else len(order), item.id)
    for item_id in order:
        holding = [form for form in forms if item_id in form.cells_of]
        measures = {m: form.measure(m) for form in holding for m in form.cells_of[item_id]}
        wanted = [m for m in measures.values() if table != "requests" or m.id == "total"]
        yield holding[-1].item(item_id), wanted


def _headings(item: Item, rows: list[Row], summed: Collection[str], language: str) -> list[Row]:
    """The headings above an item that the rows so far have not shown, nor a row that sums the group up."""
    shown = {row.label for row in rows if not row.cells}
    new = [(depth, group) for depth, group in enumerate(item.groups) if label(group, language) not in shown]
    return [Row(label(group, language), depth) for depth, group in new if group.id not in summed]


def _cell(lookup: Lookup, column: Column, table: str, item: Item, measure: Measure, language: str) -> Cell:
    found = lookup.figure(column, table, item.id, measure.id)
    id = anchor(table, item.id, measure.id, column.key)
    shown = found.state not in (NOT_ON_FORM, NO_REPORT)
    return Cell(_text(found), found.state, _title(found, id, language) if shown else "", id if shown else "")


def _text(found: Found) -> str:
    if found.state == REPORTED and found.value is not None:
        return number(found.value)
    mark = MARKS.get(found.state)
    return (found.printed or "").strip() if mark is None else mark


def _title(found: Found, id: str, language: str) -> str:
    parts = [id]
    if found.page is not None:
        parts.append(say("where", language, page=found.page))
    if found.unit is not None and found.state == REPORTED:
        parts.append(found.unit)
    if found.printed and found.printed.strip() != _text(found):
        parts.append(say("printed", language, printed=found.printed.strip()))
    if found.state != REPORTED:
        parts.append(say(f"state.{found.state}", language))
    return Markup(" · ").join(parts).unescape()


def _legend(rows: list[Row]) -> list[str]:
    shown = {cell.state for row in rows for cell in row.cells}
    return [state for state in STATES if state in shown]


def _breaks(columns: list[Column], table: str) -> set[str]:
    """The keys of the columns before which the form of the table changes."""
    known_editions = [(c.key, c.editions[table]) for c in columns if c.editions.get(table) is not None]
    pairs = pairwise(known_editions)
    return {key for (_, before), (key, edition) in pairs if before != edition}


def _compared(frames: Frames) -> tuple[int, int] | None:
    """The years that the change is between."""
    columns = latest(frames)
    if columns is None or columns[1] is None or columns[0].year is None or columns[1].year is None:
        return None
    return columns[1].year, columns[0].year
