"""Rows found → the figures of each statutory table, edition decided by the rows, and what did not fit."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass

from ogi import forms, values
from ogi.extract.copies import one_copy
from ogi.extract.found_cells import FoundCell, find_cells
from ogi.extract.labels import item_labels
from ogi.extract.report import Figure, Finding, FindingKind, Severity, worded
from ogi.extract.rows import signed
from ogi.extract.title import ReportIdentity
from ogi.extract.walk import Walk
from ogi.forms import Item, Measure, Table

_LOG = logging.getLogger(__name__)
_AMOUNTS = ("amount",)
"""Measures whose unit the form leaves to the head or the cell: 元 and 万元 are both printed."""
_CHANGES = ("change",)
"""Measures that are told with a sign, or in words: 增72."""


@dataclass(frozen=True)
class Trace:
    """How one figure was read: the objects that decided it, from the page to the value.

    `figure`: the outcome, with the page and box (`figure.box`), the printed text, state, value, unit, method
    and confidence. The rest is None where the figure is `absent`, its row or column not in the document:

    - `found.cell`: the cell with its row and column in the grid; None where the row has none there.
    - `found.row`: the row: `label` as printed, `cells` right of it, `group` (the heading it stands under),
      `captions` above the table, `problem` (why its cells could not be told apart), `rest` (the row on the
      next page that was joined to it), `head` (the whole head: `table`, `columns`).
    - `found.match`: the item and how it is known: `basis` (exact, part, misspelt, heading, column)
      and `distance`, 0 but for a misspelt label.
    - `found.column`: the column: `cell` of the head, `measure`, `unit` printed in the head.
    - `found.problem`: why the cell was not trusted.
    - `value`: what `values.parse` made of the printed text: state, value, unit, note, problem.
    """

    figure: Figure
    found: FoundCell | None = None
    value: values.CellValue | None = None


def traces_of(walk: Walk, who: ReportIdentity) -> tuple[list[Trace], dict[str, str | None], list[Finding]]:
    """All figures in the forms' order, each with what it was read from, each table's edition, the findings.

    A table that is not in the document gives `absent` figures of the edition prescribed for the year.
    """
    traces: list[Trace] = []
    editions: dict[str, str | None] = {}
    findings = walk.findings()
    prescribed = forms.EDITIONS[-1] if who.year is None else forms.edition_of_year(who.year)
    for table in forms.TABLES:
        own = [row for row in walk.rows if row.head.table == table]
        rows, repeated = one_copy(table, own, who)
        found, unknown = find_cells(table, rows, who.year)
        editions[table] = edition = _edition(table, found, prescribed)
        form = forms.TABLES[table][edition or prescribed]
        read = [
            _trace(found.get((item.id, measure.id)), form, item, measure) for item, measure in form.cells()
        ]
        traces += read
        findings += [*unknown, *repeated]
        findings += [
            finding
            for trace, cell in zip(read, form.cells(), strict=True)
            for finding in _doubts(trace, *cell)
        ]
        findings += [*_missing(form, read), *_surplus(form, found)] if found else [_table_missing(form)]
    return traces, editions, findings


def _edition(table: str, found: dict[tuple[str, str], FoundCell], prescribed: str) -> str | None:
    """The edition that holds most of what was found; the one prescribed for the year breaks a tie."""
    if not found:
        return None
    held = {
        edition: sum((item.id, measure.id) in found for item, measure in form.cells())
        for edition, form in forms.TABLES[table].items()
    }
    # What is printed decides, not the year: an agency may have used the form of another one.
    edition = max(held, key=lambda edition: (held[edition], edition == prescribed))
    _LOG.debug("%s: edition %s; of each are found %s, prescribed is %s", table, edition, held, prescribed)
    return edition


def read_cell(printed: str, measure: str) -> values.CellValue:
    """What a cell under that measure says; a change may be told in words (增72)."""
    return values.parse(signed(printed) if measure in _CHANGES else printed)


def _trace(found: FoundCell | None, form: Table, item: Item, measure: Measure) -> Trace:
    """The figure that a cell holds: a number only where the cell is trusted and says nothing else."""
    unit = found.column.unit if found is not None and found.column.unit is not None else measure.unit
    if found is None or found.cell is None:
        state = values.State.ABSENT
        return Trace(Figure(form.edition, form.id, item.id, measure.id, None, unit, state), found)
    cell = found.cell
    read = read_cell(cell.text, measure.id)
    state = values.State.UNREADABLE if found.problem is not None else read.state
    figure = Figure(
        form.edition, form.id, item.id, measure.id,
        read.value if state == values.State.REPORTED else None,
        read.unit if read.unit is not None else unit,
        state, cell.text, read.note, cell.box, cell.confidence, cell.method,
    )  # fmt: skip
    return Trace(figure, found, read)


def _doubts(trace: Trace, item: Item, measure: Measure) -> Iterator[Finding]:
    """What is said of a printed figure: that it is no number, is doubtful, has no unit."""
    figure, found, read = trace.figure, trace.found, trace.value
    if found is None or found.cell is None or read is None:
        return
    where = f"{item.full_label} / {measure.zh}"
    problem = found.problem if found.problem is not None else read.problem
    page = found.row.page if figure.box is None else figure.box.page
    printed = values.shown(found.cell.text)
    if problem is not None:
        message = worded("cell", where=where, what=problem)
        yield Finding(FindingKind.CELL_UNREADABLE, Severity.WARNING, message, figure.table, page, printed)
    elif figure.confidence < values.LEAST_CONFIDENCE and found.row.head.is_named:
        doubt = worded("cell.doubtful", printed=printed, sure=f"{figure.confidence:.2f}")
        message = worded("cell", where=where, what=doubt)
        yield Finding(FindingKind.CELL_DOUBTFUL, Severity.WARNING, message, figure.table, page, printed)
    if read.value and measure.id in _AMOUNTS and read.unit is None and found.column.unit is None:
        what = (
            worded("cell.no_unit") if figure.unit is None else worded("cell.unit_of_form", unit=figure.unit)
        )
        message = worded("cell", where=where, what=what)
        yield Finding(FindingKind.UNIT_MISSING, Severity.NOTE, message, figure.table)


def _table_missing(form: Table) -> Finding:
    message = worded("table_missing", table=form.zh)
    return Finding(FindingKind.TABLE_MISSING, Severity.ERROR, message, form.id)


def _missing(form: Table, traces: list[Trace]) -> Iterator[Finding]:
    """A finding for each row of the form that was not found, or not in all its columns."""
    absent = [trace.figure for trace in traces if trace.figure.state == values.State.ABSENT]
    for item in form.items:
        gone = [figure.measure for figure in absent if figure.item == item.id]
        if gone:
            key = "row_missing" if len(gone) == len(form.cells_of[item.id]) else "cells_missing"
            columns = "、".join(form.measure(measure).zh for measure in gone)
            message = worded(key, row=item.full_label, columns=columns)
            yield Finding(FindingKind.ROW_MISSING, Severity.WARNING, message, form.id)


def _surplus(form: Table, found: dict[tuple[str, str], FoundCell]) -> Iterator[Finding]:
    """A finding for each row of the other edition that has figures, which this edition cannot take."""
    taken = {(item.id, measure.id) for item, measure in form.cells()}
    texts: dict[str, list[str]] = {}
    for (item, measure), hit in found.items():
        if (item, measure) not in taken and hit.cell is not None and not hit.cell.is_blank:
            texts.setdefault(item_labels(form.id).items[item].full_label, []).append(hit.cell.text)
    for name, printed in texts.items():
        message = worded("other_edition", row=name, figures="、".join(printed))
        yield Finding(FindingKind.ROW_OF_OTHER_EDITION, Severity.WARNING, message, form.id)
