"""The statutory tables of one report in the shape they are printed in, whole or as far as a page goes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from markupsafe import Markup

from ogi.figures import FigureRow
from ogi.forms import EDITIONS, TABLES, Item, Measure, Table
from ogi.pages.cells import (
    NOT_ON_FORM,
    SheetRow,
    ShownCell,
    cell,
    is_doubtful,
    legend,
    row_id,
    text_of,
    under_headings,
)
from ogi.pages.html import Html, label, plain
from ogi.pages.printed.fragments import fragment
from ogi.pages.printed.report import STANDINGS, OneReport
from ogi.values import State

ELSEWHERE = "elsewhere"
"""The state of a figure that stands on another page than the one shown."""


@dataclass(frozen=True)
class PrintedTable:
    """A table of the form, as edited in the report: heads with their groups, and rows."""

    form: Table
    groups: tuple[tuple[tuple[Markup, int], ...], ...]
    """Rows of heads above the heads, each head with the number of columns below it."""
    heads: tuple[Markup, ...]
    rows: tuple[SheetRow, ...]

    @property
    def cells(self) -> list[ShownCell]:
        """All figures."""
        return [one for row in self.rows for one in row.cells]


def tables(report: OneReport) -> Html:
    """The three statutory tables with the state and the standing of each figure."""
    found = [(form, matrix(report, form) if is_printed else None) for form, is_printed in forms_of(report)]
    shown = [one for _, whole in found if whole is not None for one in whole.cells]
    return fragment(
        "printed_tables",
        report,
        found=found,
        legend=legend(shown),
        standings=[kind for kind in STANDINGS if any(one.standing == kind for one in shown)],
    )


def forms_of(report: OneReport) -> Iterator[tuple[Table, bool]]:
    """Each statutory table in the edition that the report prints, and whether it prints it at all."""
    for table, editions in TABLES.items():
        edition = report.column.editions[table]
        yield editions[edition or EDITIONS[-1]], edition is not None


def matrix(report: OneReport, form: Table, page: int | None = None) -> PrintedTable:
    """A table of the report; with a page, only the rows and columns that have a figure there."""
    here = {id for id, box in report.boxes.items() if box.page == page}
    cells = [(i, m) for i, m in form.cells() if page is None or f"{form.id}/{i.id}/{m.id}" in here]
    measures = [m for m in form.measures if any(m == measure for _, measure in cells)]
    items = dict.fromkeys(item for item, _ in cells)
    rows = ((item, [_row(report, form, item, measures, page)]) for item in items)
    return PrintedTable(
        form,
        tuple(_groups(measures, report.language)),
        tuple(label(measure, report.language) for measure in measures),
        tuple(under_headings(rows, report.language)),
    )


def _groups(measures: list[Measure], language: str) -> Iterator[tuple[tuple[Markup, int], ...]]:
    """The heads above the heads, the outermost row first; none where no measure has a group."""
    paths = [() if measure.group is None else measure.group.path for measure in measures]
    for depth in range(max(map(len, paths), default=0)):
        at_depth = [path[depth] if depth < len(path) else None for path in paths]
        yield tuple(
            (Markup("") if group is None else label(group, language), len(list(below)))
            for group, below in groupby(at_depth)
        )


def _row(report: OneReport, form: Table, item: Item, measures: list[Measure], page: int | None) -> SheetRow:
    cells = tuple(_cell(report, form, item, measure, page) for measure in measures)
    # On a page's sheet the row would be there twice, as its figures would.
    key = row_id(form.id, item.id, report.column.key) if page is None and form.id == "requests" else ""
    return SheetRow(label(item, report.language), len(item.groups), cells, key=key)


def _cell(report: OneReport, form: Table, item: Item, measure: Measure, page: int | None) -> ShownCell:
    """The figure with its standing, and a link to the place where it is drawn."""
    found = cell(report.frames.index, report.column, form.id, item.id, measure)
    if found.state == NOT_ON_FORM:
        return found
    id = f"{form.id}/{item.id}/{measure.id}"
    figure = report.frames.index.cell(str(report.column.report_id), id) or FigureRow(State.ABSENT)
    title = _title(figure, id, report.language)
    here = report.boxes[id].page if id in report.boxes else None
    if page is not None and here != page:
        text = "" if here is None else plain(ELSEWHERE, report.language, page=here)
        return ShownCell(text, ELSEWHERE, title)
    href = "" if here is None else f"#{spot(id)}"
    shown = replace(found, title=title, standing=report.standings[id].kind, href=href)
    # On a page's sheet the anchor would be there twice: the whole table has it.
    return shown if page is None else replace(shown, id="")


def _title(figure: FigureRow, id: str, language: str) -> str:
    """Id, page, unit, the printed text where it says more, the state where it is no number, any doubt."""
    parts = [id]
    if figure.page is not None:
        parts.append(plain("where", language, page=figure.page))
    printed = (figure.printed or "").strip()
    if figure.state == State.REPORTED:
        parts.append(figure.unit or "")
    if printed not in ("", text_of(figure)):
        parts.append(plain("printed", language, printed=printed))
    if figure.state != State.REPORTED:
        parts.append(plain(f"state.{figure.state}", language))
    if is_doubtful(figure):
        parts.append(plain("state.doubtful", language))
    return " · ".join(part for part in parts if part)


def spot(id: str) -> str:
    """The place where a figure is drawn on a page's picture."""
    return f"spot-{id.replace('/', '-')}"
