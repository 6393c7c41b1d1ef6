"""CSV files that a person keeps: read row by row, each fault told by its line, and never written."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path

from helpers.forms import TABLES

Row = dict[str, str]
_YEAR = re.compile(r"(?:19|20)\d\d", re.ASCII)


def read_rows(
    path: Path, columns: Sequence[str], faults: Callable[[Row], Iterator[str]]
) -> tuple[list[Row], list[str]]:
    """The sound rows of the file, and one line for each row that is not sound, with what was expected.

    A row is sound that has a cell under each of the columns, and no `faults`. A file that cannot be read, or
    has other columns, has no rows and one fault.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, strict=True)
            if reader.fieldnames is None or sorted(reader.fieldnames) != sorted(columns):
                found = ", ".join(reader.fieldnames or ()) or "nothing"
                return [], [f"{path}: expected the columns {', '.join(columns)}, found {found}"]
            rows = [(reader.line_num, row) for row in reader]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        return [], [f"{path}: expected a CSV file in UTF-8, found: {error}"]
    told = [(line, row, list(_whole(row, columns) or faults(row))) for line, row in rows]
    messages = [f"{path}, line {line}: {'; '.join(found)}" for line, _, found in told if found]
    return [row for _, row, found in told if not found], messages


def _whole(row: Row, columns: Sequence[str]) -> list[str]:
    is_whole = set(row) == set(columns) and None not in row.values()
    return [] if is_whole else [f"expected {len(columns)} cells"]


def missing(row: Row, names: Sequence[str]) -> Iterator[str]:
    """A fault for each of the columns under which the row has nothing."""
    return (f"expected something under {name}, found nothing" for name in names if not row[name].strip())


def year_fault(text: str) -> Iterator[str]:
    """A fault where the text is something, and no year."""
    if text.strip() and not _YEAR.fullmatch(text):
        yield f"expected a year, found {text!r}"


def date_fault(text: str, column: str) -> Iterator[str]:
    """A fault where the text is something, and no ISO date."""
    if text.strip() and not _is_date(text):
        yield f"expected a date such as 2025-03-31 under {column}, found {text!r}"


def is_cell(table: str, item: str, measure: str) -> bool:
    """Does any edition of the form have the cell?"""
    return any(measure in form.cells_of.get(item, ()) for form in TABLES.get(table, {}).values())


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
