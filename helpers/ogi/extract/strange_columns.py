"""Columns and heads that are not quite those of a form, and what is said of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ogi import values
from ogi.extract.head_words import head_words
from ogi.extract.report import Finding, FindingKind, Severity, worded
from ogi.extract.rows import TableRow


def head_strange(text: str, page: int | None) -> Finding:
    """A head that fits no table of the forms."""
    message = worded("head_strange", head=values.shown(text))
    return Finding(FindingKind.HEAD_STRANGE, Severity.WARNING, message, page=page)


def column_findings(rows: Sequence[TableRow]) -> Iterator[Finding]:
    """Columns of no measure with something printed in them, and those whose names are read without a note."""
    for (table, text), page in _strange(rows).items():
        message = worded("column_strange", head=values.shown(text))
        yield Finding(FindingKind.HEAD_STRANGE, Severity.WARNING, message, table, page)
    heads = {row.head: row.page for row in reversed(rows)}
    cells = {(head.table, c.cell.text): page for head, page in heads.items() for c in head.columns}
    for (table, text), page in cells.items():
        if (name := head_words(table).without_note(text)) is not None:
            message = worded("label.misspelt", label=values.shown(text), read=name)
            yield Finding(FindingKind.LABEL_MISSPELT, Severity.NOTE, message, table, page, text, name)


def _strange(rows: Sequence[TableRow]) -> dict[tuple[str, str], int | None]:
    """Each column of no measure with something printed in it: table and head, the page of the first."""
    found: dict[tuple[str, str], int | None] = {}
    for row in rows:
        for rank, cell in row.under.items():
            column = row.head.columns[rank]
            if column.measure is None and not column.cell.is_blank and not cell.is_blank:
                found.setdefault((row.head.table, column.cell.text.strip()), row.page)
    return found
