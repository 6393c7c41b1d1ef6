"""CSV files that a person keeps: read row by row, each fault told by its line, and never written."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path

from helpers.forms import TABLES

Row = dict[str, str]
ENCODINGS = ("utf-8-sig", "gb18030")
"""Excel writes the second where it is not told otherwise; UTF-16 is known by its first two bytes."""
SEPARATORS = ",;\t，"
DAYS = ("when", "published")
AS_WRITTEN = ("agency", "printed", "reason", "evidence", "comment", "who", "url")
"""The columns of free words; in all others a full-width sign means the same as the plain one."""
LONGEST_SHOWN, _LONGEST_FAULT = 80, 200
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_YEAR = re.compile(r"(?:19|20)\d\d", re.ASCII)
_SPREADSHEET_YEAR = re.compile(r"(\d{4})(?:\.0+|年度?)", re.ASCII)
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?: 0?0:00(?::00)?)?", re.ASCII)


def read_rows(
    path: Path, columns: Sequence[str], faults: Callable[[Row], Iterator[str]]
) -> tuple[list[Row], list[str]]:
    """The sound rows of the file, and one line for each row that is not sound, with what was expected.

    A row is sound that has a cell under each of the columns, and no `faults`; empty rows are none. Cells are
    told without blanks around them, days as 2024-03-05 also where a spreadsheet wrote 2024/3/5, and years
    without its .0. A file that cannot be read, or has other columns, has no rows and one fault.
    """
    try:
        lines = _lines(path)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        return [], [f"{path}: expected a CSV file in UTF-8 or GB18030, found: {error}"]
    head = [name.strip().lower() for name in lines[0][1]] if lines else []
    while head and not head[-1]:
        head.pop()
    if sorted(head) != sorted(columns):
        return [], [f"{path}: expected the columns {', '.join(columns)}, {_difference(head, columns)}"]
    rows, messages = [], []
    for line, cells in lines[1:]:
        row, found = _row(head, cells)
        found = found or list(faults(row))
        if found:
            messages.append(f"{path}, line {line}: {'; '.join(one[:_LONGEST_FAULT] for one in found)}")
        else:
            rows.append(row)
    return rows, messages


def _lines(path: Path) -> list[tuple[int, list[str]]]:
    """The number and the cells of each line that has something in any cell."""
    text = _decoded(path.read_bytes())
    counts = {separator: text.partition("\n")[0].count(separator) for separator in SEPARATORS}
    reader = csv.reader(
        io.StringIO(text, newline=""), delimiter=max(counts, key=lambda s: counts[s]), strict=True
    )
    return [(reader.line_num, cells) for cells in reader if any(cell.strip() for cell in cells)]


def _decoded(raw: bytes) -> str:
    if raw.startswith(_UTF16):
        return raw.decode("utf-16")
    try:
        return raw.decode(ENCODINGS[0])
    except UnicodeDecodeError:
        return raw.decode(ENCODINGS[1])


def _difference(head: Sequence[str], columns: Sequence[str]) -> str:
    """What is wrong with the head: what it lacks, and what it has besides."""
    lacking = [name for name in columns if name not in head]
    strange = [name for name in head if name not in columns or head.count(name) > 1]
    if len(lacking) == len(columns):
        return f"found {', '.join(filter(None, head))[:LONGEST_SHOWN] or 'nothing'}"
    told = (("there is no", lacking), ("found also", list(dict.fromkeys(strange))))
    return "; ".join(f"{words} {', '.join(map(repr, names))}" for words, names in told if names)


def _row(head: Sequence[str], cells: Sequence[str]) -> tuple[Row, list[str]]:
    """The row by column, and what is wrong with its number of cells."""
    beyond = any(cell.strip() for cell in cells[len(head) :])
    if len(cells) < len(head) or beyond:
        return {}, [f"expected {len(head)} cells"]
    return {name: _plain(name, cell.strip()) for name, cell in zip(head, cells, strict=False)}, []


def _plain(name: str, cell: str) -> str:
    told = cell if name in AS_WRITTEN else unicodedata.normalize("NFKC", cell)
    if name == "year":
        return _SPREADSHEET_YEAR.sub(r"\1", told)
    day = _DAY.fullmatch(told) if name in DAYS else None
    return told if day is None else f"{day[1]}-{int(day[2]):02}-{int(day[3]):02}"


def missing(row: Row, names: Sequence[str]) -> Iterator[str]:
    """A fault for each of the columns under which the row has nothing."""
    return (f"expected something under {name}, found nothing" for name in names if not row[name])


def year_fault(text: str) -> Iterator[str]:
    """A fault where the text is something, and no year."""
    if text and not _YEAR.fullmatch(text):
        yield f"expected a year, found {text!r}"


def date_fault(text: str, column: str) -> Iterator[str]:
    """A fault where the text is something, and no ISO date."""
    if text and not is_date(text):
        yield f"expected a date such as 2025-03-31 under {column}, found {text!r}"


def is_cell(table: str, item: str, measure: str) -> bool:
    """Does any edition of the form have the cell?"""
    return any(measure in form.cells_of.get(item, ()) for form in TABLES.get(table, {}).values())


def is_date(text: str) -> bool:
    """Is it a day such as 2025-03-31?"""
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return _DAY.fullmatch(text) is not None
