"""What a person has corrected, why and on what evidence: read from a CSV file, and never written."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pandas as pd

from helpers.forms import TABLES
from helpers.tables.frames import from_rows
from helpers.tables.schema import SCHEMAS

COLUMNS: list[str] = SCHEMAS["corrections"].names
_MAY_BE_EMPTY = {"printed", "corrected"}
_YEAR = re.compile(r"(?:19|20)\d\d")
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?", re.ASCII)


def read_corrections(path: Path) -> tuple[pd.DataFrame, list[str]]:
    """The sound rows of the file, and one line for each row that is not sound, with what was expected.

    Everything is text as typed, but the year. `corrected` is a number, or empty for a cell that is blank.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, strict=True)
            if reader.fieldnames is None or sorted(reader.fieldnames) != sorted(COLUMNS):
                wanted = ", ".join(COLUMNS)
                return _frame([]), [f"{path}: expected the columns {wanted}, found {_names(reader)}"]
            rows = [(reader.line_num, row) for row in reader]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        return _frame([]), [f"{path}: expected a CSV file in UTF-8, found: {error}"]
    faults = {line: list(_faults(row)) for line, row in rows}
    messages = [f"{path}, line {line}: {'; '.join(found)}" for line, found in faults.items() if found]
    return _frame([row for line, row in rows if not faults[line]]), messages


def _names(reader: csv.DictReader[str]) -> str:
    return ", ".join(reader.fieldnames or ()) or "nothing"


def _faults(row: dict[str, str]) -> Iterator[str]:
    if set(row) != set(COLUMNS) or None in row.values():
        yield f"expected {len(COLUMNS)} cells"
        return
    for name in COLUMNS:
        if name not in _MAY_BE_EMPTY and not row[name].strip():
            yield f"expected something under {name}, found nothing"
    if row["year"].strip() and not _YEAR.fullmatch(row["year"]):
        yield f"expected a year, found {row['year']!r}"
    if not _is_cell(row["table"], row["item"], row["measure"]):
        yield f"expected a cell of the form, found {row['table']}/{row['item']}/{row['measure']}"
    if row["corrected"] and not _NUMBER.fullmatch(row["corrected"]):
        yield f"expected a number or nothing under corrected, found {row['corrected']!r}"
    if row["when"].strip() and not _is_date(row["when"]):
        yield f"expected a date such as 2025-03-31 under when, found {row['when']!r}"


def _is_cell(table: str, item: str, measure: str) -> bool:
    return any(measure in form.cells_of.get(item, ()) for form in TABLES.get(table, {}).values())


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _frame(rows: list[dict[str, str]]) -> pd.DataFrame:
    return from_rows("corrections", [tuple(_typed(name, row[name]) for name in COLUMNS) for row in rows])


def _typed(name: str, text: str) -> str | int:
    return int(text) if name == "year" else text
