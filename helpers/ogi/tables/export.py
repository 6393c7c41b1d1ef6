"""Frames as text for other programs: CSV that is safe in a spreadsheet, and JSON."""

from __future__ import annotations

import csv
import io
import json
import re
from functools import lru_cache
from typing import Any

import pandas as pd

from ogi.tables.frames import records

_FORMULA = re.compile(r"[\t\r]|\s*[=+\-@＝＋－＠]")
"""What makes a spreadsheet take a cell for a formula, full-width signs included."""


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
