"""CSV files that a person keeps: read row by row, each fault told by its line, and never written."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from ogi.agencies.near import nearest
from ogi.forms.named import name_key, unknown_part
from ogi.said import Said, joined, worded
from ogi.tables.export import restored
from ogi.tables.schema import HEADS

ENCODINGS = ("utf-8-sig", "gb18030")
"""Excel writes the second where it is not told otherwise; UTF-16 is known by its first two bytes."""
SEPARATORS = ",;\t，"
DAYS = ("when", "published")
AS_WRITTEN = ("agency", "region", "parent", "printed", "reason", "evidence", "comment", "who", "url")
"""The columns of free words; in all others a full-width sign means the same as the plain one."""
LONGEST_SHOWN, _LONGEST_FAULT = 80, 200
NOTHING = worded("ogi.tables", "nothing")
_IN_CHINESE = {**{chinese: name for name, chinese in HEADS.items()}, "核查标记": "mark"}
"""Heads as they are told now, and as files have them that were begun when a mark was called otherwise."""
_MOST_BYTES = 64 * 1024**2
"""A million rows: more than anybody keeps by hand."""
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_YEAR = re.compile(r"(?:19|20)\d\d", re.ASCII)
_SPREADSHEET_YEAR = re.compile(r"(\d{4})(?:\.0+|年度?)", re.ASCII)
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?: 0?0:00(?::00)?)?", re.ASCII)


class LineFault(Said):
    """What is wrong with a line that says whose it is. `agency`, `year`: as typed, None where it is no year.

    `in_name`: the same with the file's name alone, without the folder of this machine; `is_taken`: is the row
    sound, and a remark on it all that is told?
    """

    agency: str
    year: int | None
    in_name: Said
    is_taken: bool

    @classmethod
    def of(
        cls, path: Path, line: int, row: Mapping[str, str], told: Said, *, is_taken: bool = False
    ) -> LineFault:
        """The fault of a row that has a cell under each of the columns."""
        whole = _in_line(path, line, told)
        fault = cls(str(whole), whole.zh)
        fault.agency, fault.in_name, fault.is_taken = row["agency"], _in_line(path.name, line, told), is_taken
        fault.year = int(row["year"]) if _YEAR.fullmatch(row["year"]) else None
        return fault


def read_rows(
    path: Path,
    columns: Sequence[str],
    required: Collection[str],
    faults: Callable[[dict[str, str]], Iterator[Said]],
    optional: Sequence[str] = (),
    remarks: Callable[[dict[str, str]], Iterator[Said]] = lambda _: iter(()),
) -> tuple[list[dict[str, str]], list[Said]]:
    """The sound rows of the file, and one line for each row that is not sound, with what was expected.

    The head has the names of the columns or their Chinese HEADS; rows are told by the names. A row is sound
    that has a cell under each of the columns, something under those `required`, a year and a date where
    these are due, and no `faults`; empty rows are none. What `remarks` say of a sound row is a line, too. A
    file may lack the columns that are `optional`: they are empty then. Cells are told without blanks around
    them, days as 2024-03-05 also where a spreadsheet wrote 2024/3/5, and years without its .0. A file that
    cannot be read, or has other columns, has no rows and one fault. What is said of a line that tells whose
    it is, is a LineFault.
    """
    try:
        lines = _lines(path)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        return [], [worded("ogi.tables", "no_csv", path=path, error=error)]
    own = [name.strip().lower() for name in lines[0][1]] if lines else []
    head = [_IN_CHINESE.get(name, name) for name in own]
    while head and not head[-1]:
        head.pop()
    if sorted({*head, *optional}) != sorted({*columns, *optional}) or len(head) > len(set(head)):
        found = _difference(head, columns, optional)
        others = worded("ogi.tables", "optional", names=_list(optional)) if optional else ""
        wanted = _list(columns) + others
        return [], [in_file(path, worded("ogi.tables", "columns", columns=wanted, found=found))]
    rows: list[dict[str, str]] = []
    messages: list[Said] = []
    for line, cells in lines[1:]:
        row, wrong = _row(head, cells)
        if not wrong:
            row = {**dict.fromkeys(optional, ""), **row}
            wrong = [*_missing(row, required), *_ill_typed(row), *faults(row)]
        if wrong:
            told = _together(wrong)
            is_owned = row.get("agency", "") != ""
            messages.append(LineFault.of(path, line, row, told) if is_owned else _in_line(path, line, told))
            continue
        rows.append(row)
        beside = list(remarks(row))
        if beside:
            messages.append(LineFault.of(path, line, row, _together(beside), is_taken=True))
    return rows, messages


def _together(faults: Iterable[Said]) -> Said:
    return joined((_shortened(one) for one in faults), "; ", "；")


def _in_line(path: Path | str, line: int, told: Said) -> Said:
    return worded("ogi.tables", "in_line", path=path, line=line, told=told)


def _list(names: Sequence[str]) -> Said:
    return joined(map(column, names), ", ", "、")


def heads_of(path: Path) -> dict[str, str]:
    """The heads of a file that could be read, as they stand, each with the name of its column."""
    own = [name.strip() for name in _lines(path)[0][1] if name.strip()]
    return {name: _IN_CHINESE.get(name.lower(), name.lower()) for name in own}


def column(name: str) -> Said:
    """What a column is called: a file may have either head."""
    return Said(name, f"{HEADS[name]}（{name}）")


def _shortened(fault: Said) -> Said:
    return Said(str(fault)[:_LONGEST_FAULT], fault.zh[:_LONGEST_FAULT])


def in_file(path: Path, told: Said) -> Said:
    """What is wrong with the whole of a file."""
    return worded("ogi.tables", "in_file", path=path, told=told)


def fault(wanted: Said, found: str | Said) -> Said:
    """What was expected, and what was found."""
    return worded("ogi.tables", "fault", wanted=wanted, found=found)


def no_cell(table: str, item: str, measure: str) -> Said:
    """What is said where these were expected to name a cell: which of them does not, and what it may be."""
    unknown = unknown_part(table, item, measure)
    if unknown is None:
        return fault(worded("ogi.tables", "one_cell"), f"{table}/{item}/{measure}")
    typed = {"table": table, "item": item, "measure": measure}[unknown.part]
    # Labels are compared as they are understood: a blank or a comma more makes none less alike.
    near = next(iter(nearest(name_key(typed), unknown.labels)), next(iter(unknown.labels)))
    told = {"column": column(unknown.part), "near": unknown.labels[near]}
    return fault(worded("ogi.tables", f"no.{unknown.part}", **told), repr(typed[:LONGEST_SHOWN]))


def ordinary(path: Path) -> bytes:
    """Return the bytes of a file; OSError for what is none: a pipe or a device might never end."""
    if path.exists() and not path.is_file():
        raise OSError("no ordinary file")
    if path.stat().st_size > _MOST_BYTES:
        raise OSError(f"more than {_MOST_BYTES:,} bytes")
    return path.read_bytes()


def _lines(path: Path) -> list[tuple[int, list[str]]]:
    """The number and the cells of each line that has something in any cell."""
    text = _decoded(ordinary(path))
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


def _difference(head: Sequence[str], columns: Sequence[str], optional: Sequence[str]) -> Said:
    """What is wrong with the head: what it lacks, and what it has besides."""
    lacking = [name for name in columns if name not in head]
    strange = [name for name in head if name not in (*columns, *optional) or head.count(name) > 1]
    if len(lacking) == len(columns):
        own = ", ".join(filter(None, head))[:LONGEST_SHOWN]
        return worded("ogi.tables", "found_columns", own=own or NOTHING)
    both = {"lacking": lacking, "besides": list(dict.fromkeys(strange))}
    quoted = {key: ", ".join(map(repr, names)) for key, names in both.items() if names}
    return joined((worded("ogi.tables", key, names=names) for key, names in quoted.items()), "; ", "；")


def _row(head: Sequence[str], cells: Sequence[str]) -> tuple[dict[str, str], list[Said]]:
    """The row by column, and what is wrong with its number of cells."""
    beyond = any(cell.strip() for cell in cells[len(head) :])
    if len(cells) < len(head) or beyond:
        return {}, [worded("ogi.tables", "cells", n=len(head), found=len(cells))]
    return {name: _plain(name, cell.strip()) for name, cell in zip(head, cells, strict=False)}, []


def _plain(name: str, cell: str) -> str:
    told = restored(cell) if name in AS_WRITTEN else unicodedata.normalize("NFKC", cell)
    if name == "year":
        return _SPREADSHEET_YEAR.sub(r"\1", told)
    day = _DAY.fullmatch(told) if name in DAYS else None
    return told if day is None else f"{day[1]}-{int(day[2]):02}-{int(day[3]):02}"


def _missing(row: dict[str, str], names: Collection[str]) -> Iterator[Said]:
    return (
        worded("ogi.tables", "missing", name=column(name)) for name in row if name in names and not row[name]
    )


def _ill_typed(row: dict[str, str]) -> Iterator[Said]:
    """A fault where something stands under year that is no year, or under a column of days that is no day."""
    if row["year"] and not _YEAR.fullmatch(row["year"]):
        yield fault(worded("ogi.tables", "year"), repr(row["year"]))
    for day in DAYS:
        if row.get(day) and not is_date(row[day]):
            yield fault(worded("ogi.tables", "date", column=column(day)), repr(row[day]))


def is_date(text: str) -> bool:
    """Is it a day such as 2025-03-31?"""
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return _DAY.fullmatch(text) is not None
