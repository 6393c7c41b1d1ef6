"""When each report was published and by when it had to be, as a person keeps it; read, never written."""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pandas as pd

from helpers.tables.frames import from_rows
from helpers.tables.schema import SCHEMAS

DEADLINES = "deadlines.toml"
"""The file beside the catalogue with other deadlines: under [deadlines], month and day per kind of agency."""
COLUMNS = ("agency", "year", "kind", "published", "url")
_YEAR = re.compile(r"20\d\d", re.ASCII)
_DAY = re.compile(r"\d\d-\d\d", re.ASCII)
_COMMON_YEAR = 2001


def read_catalogue(path: Path) -> tuple[pd.DataFrame, list[str]]:
    """The sound rows of the file, each with its deadline where one is set, and a line for each fault.

    A row says when an agency's report on a year was published (an ISO date, or nothing where that is not
    known), where, and of what kind the agency is. The deadlines are those of DEADLINES beside the file, and
    count in the year after the report's; kinds that are not named there have none here.
    """
    deadlines, faults = _deadlines(path.with_name(DEADLINES))
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, strict=True)
            if sorted(reader.fieldnames or ()) != sorted(COLUMNS):
                found = ", ".join(reader.fieldnames or ()) or "nothing"
                return _frame([], {}), [f"{path}: expected the columns {', '.join(COLUMNS)}, found {found}"]
            rows = [(reader.line_num, row) for row in reader]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        return _frame([], {}), [f"{path}: expected a CSV file in UTF-8, found: {error}"]
    sound: dict[tuple[str, str], dict[str, str]] = {}
    for line, row in rows:
        wrong = list(_faults(row, sound))
        if wrong:
            faults.append(f"{path}, line {line}: {'; '.join(wrong)}")
        else:
            sound[row["agency"], row["year"]] = row
    return _frame(list(sound.values()), deadlines), faults


def _deadlines(path: Path) -> tuple[dict[str, str], list[str]]:
    """Kind of agency → month and day."""
    if not path.exists():
        return {}, []
    try:
        told = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        return {}, [f"{path}: expected a TOML file, found: {error}"]
    days = told.get("deadlines")
    if set(told) != {"deadlines"} or not isinstance(days, dict):
        return {}, [f"{path}: expected one table, [deadlines], found {', '.join(told) or 'nothing'}"]
    wrong = {kind: day for kind, day in days.items() if not _is_day(day)}
    faults = [
        f'{path}: expected a month and day such as "01-31" for {k}, found {d!r}' for k, d in wrong.items()
    ]
    return {kind: day for kind, day in days.items() if kind not in wrong}, faults


def _faults(row: dict[str, str], before: dict[tuple[str, str], dict[str, str]]) -> Iterator[str]:
    if set(row) != set(COLUMNS) or None in row.values():
        yield f"expected {len(COLUMNS)} cells"
        return
    for name in ("agency", "kind"):
        if not row[name].strip():
            yield f"expected something under {name}, found nothing"
    if not _YEAR.fullmatch(row["year"]):
        yield f"expected a year, found {row['year']!r}"
    if row["published"] and not _is_date(row["published"]):
        yield f"expected a date such as 2025-01-31, or nothing, under published, found {row['published']!r}"
    if (row["agency"], row["year"]) in before:
        yield f"expected {row['agency']} on {row['year']} once, found it again"


def _is_day(day: object) -> bool:
    return isinstance(day, str) and _DAY.fullmatch(day) is not None and _is_date(f"{_COMMON_YEAR}-{day}")


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return len(text) == len("2025-01-31")


def _frame(rows: list[dict[str, str]], deadlines: dict[str, str]) -> pd.DataFrame:
    told = []
    for row in rows:
        day = deadlines.get(row["kind"])
        deadline = None if day is None else f"{int(row['year']) + 1}-{day}"
        known = {**row, "year": int(row["year"]), "published": row["published"] or None, "deadline": deadline}
        told.append(tuple(known[name] for name in SCHEMAS["catalogue"].names))
    return from_rows("catalogue", told)
