"""Frames as text for other programs: CSV that is safe in a spreadsheet, and JSON."""

from __future__ import annotations

import json
import re
from typing import Any

import pandas as pd

_FORMULA = re.compile(r"[\t\r]|\s*[=+\-@＝＋－＠]")
"""What makes a spreadsheet take a cell for a formula, full-width signs included."""


def to_csv(frame: pd.DataFrame, header: bool = True) -> str:
    """The frame as CSV: whole numbers without a point, null as nothing, lists parted by blanks.

    Text that a spreadsheet would take for a formula (=, +, -, @, tab first) gets an apostrophe before it.
    """
    return pd.DataFrame({name: _cells(frame[name]) for name in frame}, columns=frame.columns).to_csv(
        index=False, header=header, lineterminator="\n"
    )


def to_json(frame: pd.DataFrame) -> str:
    """The frame as a JSON array with an object per row; null is null, text is as it stands."""
    names = [str(name) for name in frame.columns]
    columns = [[_plain(value) for value in frame[name]] for name in frame]
    rows = [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]
    return json.dumps(rows, ensure_ascii=False, indent=1)


def number(value: float) -> str:
    """A number as a reader writes it: 550, 7730.28, -8."""
    return str(int(value)) if value.is_integer() else repr(value)


def safe(text: str) -> str:
    """The text, with an apostrophe before it where a spreadsheet would take it for a formula."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")  # a bare \r would end the row for many readers
    return f"'{lines}" if _FORMULA.match(text) else lines


def _cells(column: pd.Series[Any]) -> pd.Series[Any]:
    return pd.Series([_cell(_plain(value)) for value in column], dtype="object")


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return safe(" ".join(value))
    return safe(value) if isinstance(value, str) else str(value)


def _plain(value: Any) -> Any:
    """A cell as None, bool, int, float, str or a list of them."""
    if isinstance(value, list):
        return [_plain(one) for one in value]
    if value is None or value is pd.NA or value != value:
        return None
    if hasattr(value, "item"):
        value = value.item()
    return int(value) if isinstance(value, float) and value.is_integer() else value
