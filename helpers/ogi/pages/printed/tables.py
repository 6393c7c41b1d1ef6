"""The statutory tables of one report in the shape they are printed in, whole or as far as a page goes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from markupsafe import Markup

from ogi.extract import Figure
from ogi.forms import TABLES, Item, Measure, Table
from ogi.pages.cells import NOT_ON_FORM, ShownCell, cell, legend
from ogi.pages.html import Html
from ogi.pages.printed.report import OneReport
from ogi.pages.printed.standing import STANDINGS, Standing, standings
from ogi.pages.printed.styled import fragment
from ogi.pages.words import label, say

ELSEWHERE = "elsewhere"
"""The state of a figure that stands on another page than the one shown."""


@dataclass(frozen=True)
class Shown:
    """A figure in its table: the cell, its standing ("" where it has none), the place where it is drawn."""

    cell: ShownCell
    standing: str = ""
    href: str = ""


@dataclass(frozen=True)
class PrintedRow:
    """An item with its figures, or, without figures, a heading over the rows below it."""

    label: Markup
    depth: int
    shown: tuple[Shown, ...] = ()


@dataclass(frozen=True)
class PrintedTable:
    """A table of the form, as edited in the report: heads with their groups, and rows."""

    form: Table
    groups: tuple[tuple[tuple[Markup, int], ...], ...]
    """Rows of heads above the heads, each head with the number of columns below it."""
    heads: tuple[Markup, ...]
    rows: tuple[PrintedRow, ...]

    @property
    def cells(self) -> list[Shown]:
        """All figures."""
        return [one for row in self.rows for one in row.shown]


class Desk:
    """What every table of one report is made from."""

    def __init__(self, report: OneReport) -> None:
        self.report = report
        self.standings: dict[str, Standing] = standings(report)
        self.drawn = {figure.id: figure.box for figure in report.read.figures if figure.box is not None}

    def on_page(self, page: int) -> list[Figure]:
        """The figures that stand on a page."""
        boxed = ((figure, figure.box) for figure in self.report.read.figures)
        return [figure for figure, box in boxed if box is not None and box.page == page]

    def page_of(self, table: str, item: str, measure: str) -> int | None:
        """The page on which a figure stands, None where it has no place."""
        box = self.drawn.get(f"{table}/{item}/{measure}")
        return None if box is None else box.page

    def forms(self) -> Iterator[tuple[Table, bool]]:
        """Each statutory table in the edition that the report prints, and whether it prints it at all."""
        for table, editions in TABLES.items():
            edition = self.report.column.editions[table]
            yield editions[edition or max(editions)], edition is not None


def tables(report: OneReport) -> Html:
    """The three statutory tables with the state and the standing of each figure."""
    desk = Desk(report)
    found = [(form, matrix(desk, form) if there else None) for form, there in desk.forms()]
    shown = [one for _, whole in found if whole is not None for one in whole.cells]
    return fragment(
        "printed_tables",
        report,
        found=found,
        legend=legend(one.cell for one in shown),
        standings=[kind for kind in STANDINGS if any(one.standing == kind for one in shown)],
    )


def matrix(desk: Desk, form: Table, page: int | None = None) -> PrintedTable:
    """A table of the report; with a page, only the rows and columns that have a figure there."""
    on_page = [
        (item.id, measure.id)
        for item, measure in form.cells()
        if page is None or desk.page_of(form.id, item.id, measure.id) == page
    ]
    measures = [m for m in form.measures if m.id in {measure for _, measure in on_page}]
    items = [i for i in form.items if i.id in {item for item, _ in on_page}]
    language = desk.report.language
    return PrintedTable(
        form,
        tuple(_groups(measures, language)),
        tuple(label(measure, language) for measure in measures),
        tuple(_rows(desk, form, items, measures, page)),
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


def _rows(
    desk: Desk, form: Table, items: list[Item], measures: list[Measure], page: int | None
) -> Iterator[PrintedRow]:
    above: tuple[object, ...] = ()
    for item in items:
        for depth, group in enumerate(item.groups):
            if group not in above:
                yield PrintedRow(label(group, desk.report.language), depth)
        above = item.groups
        shown = tuple(_shown(desk, form, item, measure, page) for measure in measures)
        yield PrintedRow(label(item, desk.report.language), len(item.groups), shown)


def _shown(desk: Desk, form: Table, item: Item, measure: Measure, page: int | None) -> Shown:
    found = cell(
        desk.report.frames.index, desk.report.column, form.id, item.id, measure, desk.report.language
    )
    if found.state == NOT_ON_FORM:
        return Shown(found)
    here = desk.page_of(form.id, item.id, measure.id)
    href = "" if here is None else "#" + spot(form.id, item.id, measure.id)
    standing = desk.standings[f"{form.id}/{item.id}/{measure.id}"].kind
    if page is None:
        return Shown(found, standing, href)
    if here != page:
        text = "" if here is None else say(ELSEWHERE, desk.report.language, page=here)
        return Shown(ShownCell(str(text), ELSEWHERE, found.title))
    return Shown(replace(found, id=""), standing, href)


def spot(table: str, item: str, measure: str) -> str:
    """The place where a figure is drawn on a page's picture."""
    return f"spot-{table}-{item}-{measure}"
