"""Figures as a page shows them, with text, state and place, and the rows that they stand in."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from markupsafe import Markup

from ogi.figures import FigureRow, Figures
from ogi.forms import TABLES, Item, Measure
from ogi.pages.frames import Column
from ogi.pages.html import label, number
from ogi.values import LEAST_CONFIDENCE, State

NOT_ON_FORM, NO_REPORT = "not_on_form", "no_report"
"""Two states that only a page has: the form does not ask for it; nobody reported on that year."""
FIX = "fix-"
"""What the place of a correction begins with."""
COMPUTED, CORRECTED, DOUBTFUL, BROKEN = "computed", "corrected", "doubtful", "in_broken_sum"
DIFFERING = "differing"
"""A sum that no report prints, shown beside the parts that they do print; a figure that a person corrected;
one that was read with little confidence; one in a sum of the form that does not hold; one on which several
files on its year differ."""
READ = (State.REPORTED, State.BLANK, State.NOT_APPLICABLE)
"""The states of what stands in the report and was read."""
STATES = (State.BLANK, State.NOT_APPLICABLE, State.UNREADABLE, State.ABSENT, NOT_ON_FORM, NO_REPORT, COMPUTED)
MARKS = {State.BLANK: "\u00b7", State.ABSENT: "\u2013"}
"""What stands for a figure that is none; the other states show the printed text."""


@dataclass(frozen=True)
class ShownCell:
    """`text` and `state` as shown; `title`: what it tells besides; `id`: its anchor, if it has one.

    `unit` is given where the form prescribes none, or the report prints another. `fix`: the place of the
    correction that it is from, if it is from one. `is_doubtful`: was it read with little confidence?
    `is_broken`: does it take part in a sum of the form that does not hold?
    `is_differing`: do several files on its year differ on it?
    `standing` and `href`: in the table of one report, how far it can be relied on and where it is drawn.
    `page`, `printed` and `confidence`: where and as what it stands in its report, and how surely it was read;
    `printed` only where it says more than `text`.
    """

    text: str
    state: str
    title: str = ""
    id: str = ""
    unit: str = ""
    fix: str = ""
    is_doubtful: bool = False
    is_broken: bool = False
    is_differing: bool = False
    standing: str = ""
    href: str = ""
    page: int | None = None
    printed: str = ""
    confidence: float = 1.0


@dataclass(frozen=True)
class SheetRow:
    """A row of figures, or, without cells, a heading over the rows below it; `kind`: group, item, sum.

    `change` and `relative`: since the year before, in number and in per cent. `is_zero`: is it nothing but
    zeros as printed, or a heading over such rows alone? `key`: its place on the page, where it has one.
    """

    label: Markup
    depth: int
    cells: tuple[ShownCell, ...] = ()
    change: ShownCell | None = None
    kind: str = ""
    relative: str = ""
    is_zero: bool = False
    key: str = ""

    @property
    def page(self) -> int | None:
        """The page on which all of its figures stand, None where that is not one."""
        pages = {cell.page for cell in self.cells}
        return pages.pop() if len(pages) == 1 else None


def under_headings(
    items: Iterable[tuple[Item, Iterable[SheetRow]]], language: str, summed: Collection[str] = ()
) -> Iterator[SheetRow]:
    """The rows of each item, before them the headings above it, each once.

    `summed`: the groups that have a row of their own, which sums them up.
    """
    given = set(summed)
    for item, rows in items:
        for depth, group in enumerate(item.groups):
            if group.id not in given:
                yield SheetRow(label(group, language), depth, kind="group")
        given |= {group.id for group in item.groups}
        yield from rows


def figure_id(table: str, item: str, measure: str, key: str) -> str:
    """What one figure is called on its page: ids of the form, and the key of the report's column."""
    return f"{table}-{item}-{measure}-{key}"


def anchor(table: str, item: str, measure: str, key: str) -> str:
    """Where one figure stands on its page; of requests only the totals, the others stand in their row."""
    if table == "requests" and measure != "total":
        return row_id(table, item, key)
    return figure_id(table, item, measure, key)


def row_id(table: str, item: str, key: str) -> str:
    """What a row of a table as one report prints it is called on its page."""
    return f"{table}-{item}-{key}"


def cell(figures: Figures, column: Column, table: str, item: str, measure: Measure) -> ShownCell:
    """The figure of a column's report, or what stands in its place."""
    if column.report_id is None:
        return ShownCell("", NO_REPORT)
    place = f"{table}/{item}/{measure.id}"
    figure = figures.cell(column.report_id, place)
    if figure is None and not _asks(column.editions.get(table), table, item, measure.id):
        return ShownCell("", NOT_ON_FORM)
    figure = figure or FigureRow(State.ABSENT)
    unit = figure.unit or "" if figure.unit != measure.unit and figure.state == State.REPORTED else ""
    id = figure_id(table, item, measure.id, column.key)
    fix = "" if figure.correction is None else f"#{FIX}{id}"
    printed = (figure.printed or "").strip()
    return ShownCell(
        text_of(figure),
        figure.state,
        id=id,
        unit=unit,
        fix=fix,
        is_doubtful=is_doubtful(figure),
        page=figure.page,
        printed="" if printed in (text_of(figure), text_of(figure).replace(",", "")) else printed,
        confidence=figure.confidence,
    )


def _asks(edition: str | None, table: str, item: str, measure: str) -> bool:
    """Does the form ask for the figure? Where the table was not found, it is absent, not unasked for."""
    return edition is None or measure in TABLES[table][edition].cells_of.get(item, ())


def cell_label(cell: str, language: str) -> Markup:
    """A cell as a rule names it, table/item/measure, by its official labels; after YEAR: where it has one."""
    year, *names = cell_names(cell, language)
    return Markup(" · ").join([year, *names] if year else names)


def cell_names(cell: str, language: str) -> tuple[str, Markup, Markup]:
    """Year ("" where none is named), item and measure of a cell as a rule names it, by official labels."""
    year, _, place = cell.rpartition(":")
    table, item, measure = place.split("/")
    names = Markup("{}").format(item), Markup("{}").format(measure)
    for edition in TABLES.get(table, {}).values():  # a reviewer may have named a cell that no form has
        if measure in edition.cells_of.get(item, ()):
            names = label(edition.item(item), language), label(edition.measure(measure), language)
    return year, *names


def legend(cells: Iterable[ShownCell]) -> list[str]:
    """The states among the cells that need a word of explanation."""
    shown = list(cells)
    states = {one.state for one in shown} | {CORRECTED for one in shown if one.fix}
    states |= {DOUBTFUL for one in shown if one.is_doubtful} | {BROKEN for one in shown if one.is_broken}
    states |= {DIFFERING for one in shown if one.is_differing}
    return [state for state in (*STATES, CORRECTED, DOUBTFUL, BROKEN, DIFFERING) if state in states]


def is_doubtful(figure: FigureRow) -> bool:
    """A correction was entered by someone who has looked; what is not read at all is more than doubtful."""
    return figure.state in READ and figure.correction is None and figure.confidence < LEAST_CONFIDENCE


def text_of(figure: FigureRow) -> str:
    """What a cell shows of a figure."""
    if figure.state == State.REPORTED and figure.value is not None:
        return number(figure.value)
    mark = MARKS.get(figure.state)
    return (figure.printed or "").strip() if mark is None else mark
