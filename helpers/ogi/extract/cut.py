"""Texts that end early: a table is read as far as it goes, and its last number may be a part of one."""

from __future__ import annotations

from dataclasses import replace

from ogi import forms
from ogi.extract.report import Finding, FindingKind, Severity, worded
from ogi.extract.rows import TableRow
from ogi.extract.settings import SETTINGS
from ogi.extract.walk import Walk
from ogi.readers.document import Document, Method
from ogi.values import shown


def told_where_cut(found: Walk, document: Document) -> None:
    """Say within which table a document ends, and doubt the number that it ends with.

    Only a plain text, or a page whose source ends with a digit, can end within a number.
    """
    at = next(
        (at for at, row in reversed(list(enumerate(found.rows))) if row.head.table == found.ended_in), None
    )
    if at is None or not _ends_early(found):
        return
    last = found.rows[at]
    if _is_incomplete(last.head.table, found.rows):
        table = forms.TABLES[last.head.table][forms.EDITIONS[-1]].zh
        told = worded("table_cut", table=table, row=shown(last.label))
        found.said.append(Finding(FindingKind.TABLE_CUT, Severity.WARNING, told, last.head.table, last.page))
    if document.method == Method.TEXT or document.is_cut:
        found.rows[at] = _doubted_at_end(last)


def _ends_early(found: Walk) -> bool:
    """Is no section met that the form has behind the table's own?"""
    order = [section.id for section in forms.SECTIONS]
    own = next((section.id for section in forms.SECTIONS if section.table == found.ended_in), order[-1])
    return found.sections.isdisjoint(order[order.index(own) + 1 :])


def _is_incomplete(table: str, rows: list[TableRow]) -> bool:
    """Is the last row of the form missing, or the last row found no whole one?"""
    own = [row for row in rows if row.head.table == table]
    if own[-1].problem is not None or own[-1].head.names_items:
        return own[-1].problem is not None
    return not {row.item for row in own} & {form.items[-1].id for form in forms.TABLES[table].values()}


def _doubted_at_end(row: TableRow) -> TableRow:
    if not row.under:
        return row
    rank = max(row.under)
    cell = row.under[rank]
    doubted = cell._replace(confidence=min(cell.confidence, SETTINGS.doubtful))
    return replace(row, under={**row.under, rank: doubted})
