"""Frames for other programs: CSV that is safe in a spreadsheet, JSON, a workbook."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import datetime
from functools import lru_cache
from typing import Any

import pandas as pd

from ogi.tables.frames import records

_FORMULA = re.compile(r"[\t\r]|\s*[=+\-@＝＋－＠]")
"""What makes a spreadsheet take a cell for a formula, full-width signs included."""

_ROWS, _CHARACTERS = 1_048_575, 32_767
"""What a sheet holds below its heads, and a cell: a writer leaves out without a word what is beyond."""


def to_csv(frame: pd.DataFrame, header: bool = True) -> str:
    """The frame as CSV: whole numbers without a point, null as nothing, lists parted by blanks.

    Text that a spreadsheet would take for a formula (=, +, -, @, tab first) gets an apostrophe before it.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    if header:
        writer.writerow(frame.columns)
    writer.writerows(zip(*(_texts(frame[name]) for name in frame), strict=True))
    return text.getvalue()


def to_json(frame: pd.DataFrame) -> str:
    """The frame as a JSON array with an object per row; null is null, text is as it stands."""
    rows = [{name: _whole(value) for name, value in row.items()} for row in records(frame)]
    return json.dumps(rows, ensure_ascii=False, indent=1)


def to_xlsx(frame: pd.DataFrame, name: str) -> bytes:
    """The frame as a workbook of one sheet: numbers are numbers, and no text becomes a formula or a link."""
    if len(frame) > _ROWS:
        raise ValueError(
            f"{name}: expected at most {_ROWS} rows, as a workbook has, found {len(frame)}: use CSV"
        )
    import xlsxwriter  # a tenth of what the command would take to start

    written = io.BytesIO()
    plain = {f"strings_to_{what}": False for what in ("formulas", "urls", "numbers")}
    book = xlsxwriter.Workbook(written, {"in_memory": True, **plain})
    book.set_properties({"created": datetime(2000, 1, 1)})  # of the same rows the same file
    sheet = book.add_worksheet(name)
    sheet.write_row(0, 0, frame.columns, book.add_format({"bold": True}))
    for column, header in enumerate(frame):
        for row, value in enumerate(records(frame[[header]]), 1):
            sheet.write(row, column, _in_a_cell(value[str(header)]))
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)  # the heads on every printed page
    sheet.autofilter(0, 0, max(len(frame), 1), len(frame.columns) - 1)
    book.close()
    return written.getvalue()


def _in_a_cell(value: Any) -> Any:
    text = " ".join(value) if isinstance(value, list) else value
    is_long = isinstance(text, str) and len(text) > _CHARACTERS
    return f"{text[: _CHARACTERS - 1]}…" if is_long else text


def number(value: float) -> str:
    """A number as a reader writes it: 550, 7730.28, -8."""
    return str(int(value)) if value.is_integer() else repr(value)


def safe(text: str) -> str:
    """The text, with an apostrophe before it where a spreadsheet would take it for a formula."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")  # a bare \r would end the row for many readers
    return f"'{lines}" if _FORMULA.match(text) else lines


def restored(text: str) -> str:
    """The text that `safe` made safe: without the apostrophe that it put before a formula."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text[1:]) else text


def _texts(column: pd.Series) -> list[str]:
    """The cells of a column as text."""
    values = (" ".join(value) if isinstance(value, list) else value for value in column)
    return ["" if is_null else _text(value) for value, is_null in zip(values, column.isna(), strict=True)]


@lru_cache(4096, typed=True)  # most cells are one of few: ids, names, small numbers
def _text(value: Any) -> str:
    return safe(value) if isinstance(value, str) else str(_whole(value))


def _whole(value: Any) -> Any:
    """A whole number as such; any other value as it is."""
    return int(value) if isinstance(value, float) and value.is_integer() else value
