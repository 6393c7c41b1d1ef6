"""The rows of a table → the printed cell that stands for each figure, and the rows that no item fits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from ogi import values
from ogi.extract.heads import HeadColumn
from ogi.extract.labels import ItemLabels, LabelBasis, LabelMatch, item_labels, names_other_year
from ogi.extract.report import Finding, FindingKind, Severity, worded
from ogi.extract.rows import TableRow
from ogi.readers.document import Cell
from ogi.said import Said


@dataclass(frozen=True)
class FoundCell:
    """The place in a table's row that stands for a figure, and why it cannot be trusted, if so."""

    row: TableRow
    column: HeadColumn
    match: LabelMatch
    """The item, and how it is known that the row or the column is the item's."""
    cell: Cell | None
    """None where nothing is printed at that place."""
    problem: Said | None = None


def find_cells(
    table: str, rows: list[TableRow], year: int | None = None
) -> tuple[dict[tuple[str, str], FoundCell], list[Finding]]:
    """(item, measure) → its cell, and a finding for each row that was not simply understood.

    `year`: the report's; no row or column that says it is another year's is taken for it.
    """
    labels = item_labels(table)
    found: dict[tuple[str, str], FoundCell] = {}
    findings: list[Finding] = []
    for row, match in _with_matches(rows, labels, year):
        if match is None and not row.head.names_items:
            findings += _unknown(row, labels, year)
            continue
        if match is not None and match != row.match and not row.head.names_items:
            findings.append(_misspelt(row, labels.items[match.item].label))
        if row.problem is not None:
            message = worded("row_refused", label=values.shown(row.label), problem=row.problem)
            findings.append(_of_row(FindingKind.ROW_REFUSED, Severity.WARNING, message, row))
        for new in _cells_of(row, match):
            is_other = names_other_year(new.column.cell.text, year)
            _enter(found, replace(new, problem=worded("label.other_year")) if is_other else new)
    return found, findings


def _with_matches(
    rows: list[TableRow], labels: ItemLabels, year: int | None
) -> Iterator[tuple[TableRow, LabelMatch | None]]:
    """Each row with the item whose it is, typing errors understood where the item has no other row."""
    matches = [row.match for row in rows]
    for at, row in enumerate(rows):
        if row.match is None and not row.head.names_items and not names_other_year(row.label, year):
            taken = {match.item for match in matches if match is not None}
            free = [item for item in labels.items if item not in taken]
            matches[at] = labels.misspelt(row.label, free)
    for at, (row, match) in enumerate(zip(rows, matches, strict=True)):
        yield row if match is None else _doubted_beside(row, rows[max(0, at - 1) : at + 2]), match


def _doubted_beside(row: TableRow, beside: list[TableRow]) -> TableRow:
    """The row, doubted where it is blank beside figures without a label: the two may be one row."""
    nameless = [r for r in beside if r.is_filled and r.head == row.head and _is_nameless(r)]
    if nameless and not row.is_filled:
        return row.refused(worded("cell.doubted"))
    filled = {rank for other in nameless for rank, cell in other.under.items() if not cell.is_blank}
    blank = {rank for rank, cell in row.under.items() if cell.is_blank}
    return replace(row, doubted=frozenset(filled & blank)) if filled & blank else row


def _is_nameless(row: TableRow) -> bool:
    """Has it no label of its own? What a heading spans over several rows is that of none of them."""
    is_blank_before = len(row.cells) > len(row.head.columns) and row.cells[0].is_blank
    return not row.label.strip() or (row.item is None and is_blank_before)


def _cells_of(row: TableRow, match: LabelMatch | None) -> Iterator[FoundCell]:
    for rank, column in enumerate(row.head.columns):
        if row.head.names_items:
            match = None if column.item is None else LabelMatch(column.item, LabelBasis.COLUMN)
        if match is not None and column.measure is not None:
            yield FoundCell(row, column, match, *_cell_at(row, rank))


def _cell_at(row: TableRow, rank: int) -> tuple[Cell | None, Said | None]:
    """The cell under a column, and why it is no figure of that column alone; a refused row's texts as one."""
    if row.problem is not None:
        return Cell(" | ".join(cell.text for cell in row.cells), 0, 0), row.problem
    cell = row.under.get(rank)
    if rank in row.doubted:
        return cell, worded("cell.doubted")
    if cell is not None and cell.rowspan > 1:
        return cell, worded("cell.merged")
    return cell, worded("cell.merged_across") if row.is_merged_across(rank) else None


def _enter(found: dict[tuple[str, str], FoundCell], new: FoundCell) -> None:
    """Enter a cell; a figure printed twice with two texts is trusted neither time."""
    key = (new.match.item, new.column.measure or "")
    old = found.setdefault(key, new)
    if new.cell is None or (old.cell is not None and old.cell.text.split() == new.cell.text.split()):
        return
    one = values.shown("" if old.cell is None else old.cell.text)
    found[key] = replace(new, problem=worded("cell.twice", one=one, other=values.shown(new.cell.text)))


def _unknown(row: TableRow, labels: ItemLabels, year: int | None) -> Iterator[Finding]:
    """What is said of a row that is no item's; nothing where it is blank."""
    shown = values.shown(row.label)
    if not row.is_filled:
        return
    if not row.label.strip():
        yield _of_row(FindingKind.LABEL_MISSING, Severity.WARNING, worded("label.missing"), row)
    elif names_other_year(row.label, year):
        message = worded("row_refused", label=shown, problem=worded("label.other_year"))
        yield _of_row(FindingKind.ROW_REFUSED, Severity.WARNING, message, row)
    elif labels.group(row.label) is not None:
        yield _of_row(FindingKind.ROW_ADDED, Severity.NOTE, worded("label.heading", label=shown), row)
    else:
        nearest = labels.nearest(row.label)
        message = worded("label.unknown", label=shown, nearest=nearest)
        yield _of_row(FindingKind.LABEL_UNKNOWN, Severity.WARNING, message, row, nearest)


def _misspelt(row: TableRow, read: str) -> Finding:
    message = worded("label.misspelt", label=values.shown(row.label), read=read)
    return _of_row(FindingKind.LABEL_MISSPELT, Severity.NOTE, message, row, read)


def _of_row(
    kind: FindingKind, severity: Severity, message: Said, row: TableRow, resembles: str | None = None
) -> Finding:
    return Finding(kind, severity, message, row.head.table, row.page, values.shown(row.label), resembles)
