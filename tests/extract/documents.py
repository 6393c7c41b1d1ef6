"""Documents in memory, printed into the statutory form: the reader's shape without any file format."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from ogi import forms
from ogi.extract.figures import traces_of
from ogi.extract.report import Figure, Finding
from ogi.extract.title import ReportIdentity
from ogi.extract.walk import Walk
from ogi.readers.document import Block, Cell, Document, Paragraph, blocks_of
from ogi.values import State
from scripts.samples import grids
from scripts.samples.plan import Plan
from scripts.samples.printed import Printed

Values = dict[str, float | None]
CellRows = list[list[Cell]]


def figure_ids(edition: str, table: str | None = None) -> list[str]:
    """table/item/measure of every figure of an edition, in print order."""
    tables = [forms.TABLES[name][edition] for name in forms.TABLES if table in (None, name)]
    return [f"{t.id}/{item.id}/{measure.id}" for t in tables for item, measure in t.cells()]


def numbered(edition: str) -> Values:
    """Every figure different from all others, so that a shift of any kind shows."""
    return {figure: float(1000 + rank) for rank, figure in enumerate(figure_ids(edition))}


def table_cells(table: str, edition: str, values: Values, plan: Plan | None = None) -> list[Cell]:
    """One statutory table as the form lays it out, merged cells and all."""
    printed = {
        figure: Printed(f"{value:g}", State.REPORTED, value, None)
        if value is not None
        else Printed("", State.BLANK, None, None)
        for figure, value in values.items()
    }
    printed = {
        figure: Printed(_plain(cell.value), cell.state, cell.value, None) for figure, cell in printed.items()
    }
    laid = grids.grid(forms.TABLES[table][edition], printed, plan or Plan("html"))
    return [Cell(c.text, c.row, c.column, c.rowspan, c.colspan) for c in laid.cells]


def _plain(value: float | None) -> str:
    return "" if value is None else str(int(value)) if value == int(value) else str(value)


def document(
    values: Values,
    editions: str | dict[str, str] = "2021",
    *,
    change: dict[str, Callable[[list[Cell]], list[Cell]]] | None = None,
    title: str = "示例市教育局2023年政府信息公开工作年度报告",
    plan: Plan | None = None,
) -> Document:
    """A whole report; `change` alters the cells of a table before they are handed over."""
    editions = dict.fromkeys(forms.TABLES, editions) if isinstance(editions, str) else editions
    blocks: list[Block] = [Paragraph(title)]
    for origin, section in enumerate(forms.SECTIONS):
        blocks.append(Paragraph(f"{section.number}、{section.zh}"))
        if section.table is None:
            blocks.append(Paragraph("本节文字。"))
            continue
        cells = table_cells(section.table, editions[section.table], values, plan)
        cells = (change or {}).get(section.table, list)(cells)
        blocks += blocks_of(cells, origin=origin)
    return Document(Path("report.html"), "html", tuple(blocks))


def of_year(year: int | None, agency: str | None = None) -> ReportIdentity:
    """Whose report it is, as far as reading its figures asks for it."""
    return ReportIdentity(None, agency, agency, year, ())


def rows_of(cells: list[Cell]) -> dict[int, list[Cell]]:
    """Row number → the cells that begin in it."""
    rows: dict[int, list[Cell]] = {}
    for cell in cells:
        rows.setdefault(cell.row, []).append(cell)
    return dict(sorted(rows.items()))


def figures_of(walk: Walk, who: ReportIdentity) -> tuple[list[Figure], dict[str, str | None], list[Finding]]:
    """All figures in the forms' order, the edition of each table, and the findings."""
    traces, editions, findings = traces_of(walk, who)
    return [trace.figure for trace in traces], editions, findings
