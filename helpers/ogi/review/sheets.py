"""Sheets of a workbook of the review: their names, formats, heads and rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from math import ceil
from typing import Any
from unicodedata import east_asian_width

from markupsafe import Markup
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from ogi.review.listing import NUMBERS, ListColumn, Listing, head, is_none, official
from ogi.review.words import plain
from ogi.said import told

_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_A4 = 9
"""Excel's number for the size of paper."""
HIGHEST = 409
"""Points that a row may have in Excel."""
_OF_DEFAULT = 11
"""Points of the type whose digit is a character of a column's width."""
_LONGEST = 31
"""Characters of a sheet's name."""
_NARROW, _WIDE = 12, 30
"""Widths of columns of numbers and of text, in characters."""
_WIDTHS = {
    "level_told": 12, "rule": 26, "cell": 24, "printed": 10, "would_hold": 26, "told": 48, "place": 16,
    "table_told": 22, "mark_told": 16, "status": 16, "published": 11, "deadline": 11, "kind": 14, "how": 16,
    "region": 24, "year": 8, "rule_id": 24, "mark_cells": 40, "mark_is": 12, "mark_who": 12, "mark_when": 12,
}  # fmt: skip


def column_width(column: ListColumn) -> int:
    """The width of a column, in characters."""
    return _WIDTHS.get(column.id, _NARROW if column.kind in NUMBERS else _WIDE)


def width_of(text: str) -> int:
    """The width of a text in characters of a column: a Chinese one takes the room of two."""
    return sum(2 if east_asian_width(one) in "WFA" else 1 for one in text)


def height_of(text: str, across: float, size: int = _OF_DEFAULT) -> int:
    """Points that a text of that size takes in a cell so many characters wide."""
    # A line does not always end where the cell does, and not every font is as narrow as the usual one.
    wide = 1.15 * size / _OF_DEFAULT
    lines = sum(max(1, ceil(wide * width_of(line) / across)) for line in text.split("\n"))
    return ceil(1.5 * size * lines) + 2


class ReviewSheets:
    """A workbook, its formats, and the names that its sheets have."""

    def __init__(self, book: Workbook, language: str) -> None:
        self.book, self.language = book, language
        self.names: set[str] = set()
        self.head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "vcenter"})
        self.text = book.add_format({"text_wrap": True, "valign": "top"})
        self.title = book.add_format({"bold": True, "font_size": 13})
        counts = {"number": "#,##0.######", "change": "+#,##0.######;-#,##0.######;0"}
        shares = {"share": "0.0%", "likeness": '[<0.9995]0.0%;[<1]"99.9%";0.0%'}
        numbers = {**counts, "times": "0.00", **shares}
        self.kinds = {
            kind: book.add_format({"num_format": to, "valign": "top"}) for kind, to in numbers.items()
        }

    def listed(self, listing: Listing) -> None:
        """A sheet with all rows of a list."""
        sheet = self.add(plain(f"l.{listing.id}", self.language))
        columns = [column for column in listing.columns if column.kind != "html"]
        self.heads(sheet, columns, 0)
        values = zip(*(listing.rows[column.id].tolist() for column in columns), strict=True)
        for row, own in enumerate(values, start=1):
            self.row(sheet, row, columns, own)

    def add(self, name: str) -> Worksheet:
        """A sheet under the name, or one like it: at most 31 characters, allowed signs only, once."""
        plain = _FORBIDDEN.sub("_", name).strip("'")[:_LONGEST] or "_"
        chosen, n = plain, 1
        while chosen.lower() in self.names or chosen.lower() == "history":
            n += 1
            chosen = f"{plain[: _LONGEST - len(str(n)) - 1]}~{n}"
        self.names.add(chosen.lower())
        sheet = self.book.add_worksheet(chosen)
        sheet.set_paper(_A4)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)  # as wide as a page, as long as it is
        return sheet

    def heads(self, sheet: Worksheet, columns: Sequence[ListColumn], row: int) -> None:
        """A row of heads, which stays in sight, and the widths of the columns."""
        told_heads = [str(head(column.id, self.language).unescape()) for column in columns]
        _heighten(sheet, row, columns, told_heads)
        for at, (column, text) in enumerate(zip(columns, told_heads, strict=True)):
            sheet.set_column(at, at, column_width(column))
            sheet.write_string(row, at, text, self.head)
        sheet.freeze_panes(row + 1, 1)
        sheet.repeat_rows(row)  # the heads on every printed page

    def row(self, sheet: Worksheet, row: int, columns: Sequence[ListColumn], values: Sequence[Any]) -> None:
        """One row: numbers as numbers, everything else as text that no program takes for a formula."""
        texts = [self._text(column, value) for column, value in zip(columns, values, strict=True)]
        _heighten(sheet, row, columns, texts)
        for at, (column, value, text) in enumerate(zip(columns, values, texts, strict=True)):
            if text is not None:
                sheet.write_string(row, at, text, self.text)
            elif not is_none(value):
                sheet.write_number(row, at, float(value), self.kinds[column.kind])

    def _text(self, column: ListColumn, value: Any) -> str | None:
        """What a cell says; None where it is a number, or nothing."""
        if is_none(value):
            return None
        if column.kind in NUMBERS:
            return plain("from_zero", self.language) if abs(float(value)) == float("inf") else None
        text = official(value, self.language) if column.kind == "official" else value
        return text.striptags() if isinstance(text, Markup) else told(text, self.language)


def _heighten(sheet: Worksheet, row: int, columns: Sequence[ListColumn], texts: Sequence[str | None]) -> None:
    """Make the row as high as its texts need: who prints the sheet would see them cut."""
    sides = zip(columns, texts, strict=True)
    heights = [height_of(text, column_width(column)) for column, text in sides if text is not None]
    sheet.set_row(row, min(HIGHEST, max(heights, default=height_of("", 1))))
