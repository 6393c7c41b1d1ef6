"""Rows that the form names under columns that nothing names: 数据1 … 数据6, 总计, as converters write them.

They are taken in the form's order only where the table itself bears that out: where every row adds up to its
last column, and every column balances. Nothing tells more than that, so all of them stay doubtful.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache

from ogi import forms, values
from ogi.extract.heads import Head, HeadColumn
from ogi.extract.labels import LabelBasis, LabelMatch, item_labels
from ogi.extract.report import Finding, FindingKind, Severity, worded
from ogi.extract.rows import TableRow, leading_labels, page_of, spare_starts
from ogi.extract.settings import SETTINGS
from ogi.forms import Group, Measure
from ogi.readers.document import Cell
from ogi.said import Said

_TABLES = ("proactive", "requests")
"""Those whose rows have labels."""

_NO_NAME = re.compile(
    r"(?:数据|数值|列|栏|字段|值|column|col|field|unnamed:?)\s*[_-]?\s*\d{1,2}", re.IGNORECASE
)
_SUMS = ("applicants", "balance")
"""The equations of the form that bear its order out: across each row, down each column."""


@cache
def _unnamed_head(table: str) -> Head:
    """The columns of a table in the form's order."""
    columns = (HeadColumn(Cell("", 0, at), measure.id) for at, measure in enumerate(_measures(table)))
    return Head(table, tuple(columns), 0, ragged=True, is_named=False)


def _measures(table: str) -> tuple[Measure, ...]:
    return forms.TABLES[table][forms.EDITIONS[-1]].measures


def is_unnamed_head(texts: Iterable[str]) -> bool:
    """Are these the names that a converter gives to columns without any?"""
    return sum(_NO_NAME.fullmatch(text.strip()) is not None for text in texts) >= SETTINGS.fewest_unmerged


def unnamed_row(cells: list[Cell], group: Group | None) -> tuple[TableRow | None, Group | None]:
    """The row, if its label is exactly an item's and cells follow it, and the heading it stands under.

    Which of its cells is under which column is not told yet.
    """
    labels = range(leading_labels(cells))
    headings = (item_labels("requests").group(cells[at].text) for at in labels if not cells[at].is_blank)
    group = next(reversed([heading for heading in headings if heading is not None]), group)
    for at in reversed(labels):
        for table in _TABLES:
            item = item_labels(table).exact(cells[at].text, group)
            if item is not None and at + 1 < len(cells):
                match, own = LabelMatch(item, LabelBasis.EXACT), tuple(cells[at + 1 :])
                head, label = _unnamed_head(table), cells[at].text
                return TableRow(head, label, match, group, own, {}, page=page_of(own)), group
    return None, group


def taken_in_order(
    rows: Iterable[TableRow], found: Collection[str], part: int, fewest: int
) -> tuple[list[TableRow], list[Finding]]:
    """The rows of tables not `found` under a head, as far as their sums hold, and what is said of them.

    `part`: a number that no reading of a head has; `fewest`: the rows of a table from which on it is one.
    """
    taken: list[TableRow] = []
    findings: list[Finding] = []
    for table in (table for table in _TABLES if table not in found):
        own = [row for row in rows if row.head.table == table]
        if len({row.item for row in own}) < fewest:
            continue
        fitting = [replace(row, cells=_fitting(row.cells, len(_measures(table)))) for row in own]
        doubt = _doubt(table, fitting)
        taken += [] if doubt is not None else [_in_order(row, part) for row in fitting]
        findings.append(_finding(table, own[0], doubt))
    return taken, findings


def _fitting(cells: tuple[Cell, ...], width: int) -> tuple[Cell, ...]:
    """The cells without blanks that a merged label leaves beside them."""
    starts = spare_starts(cells, width)
    return cells[starts[0] : starts[0] + width] if len(starts) == 1 else cells


def _in_order(row: TableRow, part: int) -> TableRow:
    """The row with its cells in the form's order, all in doubt."""
    cells = tuple(c._replace(confidence=min(c.confidence, SETTINGS.doubtful)) for c in row.cells)
    return replace(row, cells=cells, under=dict(enumerate(cells)), part=part)


def _finding(table: str, first: TableRow, doubt: Said | None) -> Finding:
    name = forms.TABLES[table][forms.EDITIONS[-1]].zh
    key = "unnamed.taken" if doubt is None else "unnamed.left"
    told = worded(key, table=name, row=values.shown(first.label), why=doubt or "")
    return Finding(FindingKind.COLUMNS_UNNAMED, Severity.WARNING, told, table, first.page)


def _doubt(table: str, rows: list[TableRow]) -> Said | None:
    """Why the form's order is not borne out; None where it is."""
    if table != "requests":
        return worded("unnamed.no_sums")
    figures: dict[str, list[float]] = {}
    for row in rows:
        item, shown = str(row.item), values.shown(row.label)
        read = [values.parse(cell.text) for cell in row.cells]
        if len(read) != len(_measures(table)):
            return worded("unnamed.misfit", row=shown, expected=len(_measures(table)), found=len(read))
        if item in figures or any(value.state == values.State.UNREADABLE for value in read):
            return worded("unnamed.unsure", row=shown)
        figures[item] = [value.value or 0.0 for value in read]
    return next(_broken(table, figures), None)


def _broken(table: str, figures: Mapping[str, list[float]]) -> Iterator[Said]:
    """The first row or column that does not add up, or the row without which that cannot be told."""
    form = forms.TABLES[table][forms.EDITIONS[-1]]
    across, balance = (next(e for e in form.equations if e.id == f"{table}.{name}") for name in _SUMS)
    rank = {measure.id: at for at, measure in enumerate(form.measures)}
    for item, row in figures.items():
        left, right = (sum(row[rank[part]] for part in side) for side in (across.left, across.right))
        if left != right:
            yield worded("unnamed.row", row=item_labels(table).items[item].label)
    parts = (*balance.left, *balance.right)
    yield from (worded("unnamed.gone", row=form.item(part).label) for part in parts if part not in figures)
    for at in range(len(form.measures)):
        left, right = (sum(figures[part][at] for part in side) for side in (balance.left, balance.right))
        if left != right:
            yield worded("unnamed.column", column=at + 1)
    if not any(map(any, figures.values())):
        yield worded("unnamed.zeros")
