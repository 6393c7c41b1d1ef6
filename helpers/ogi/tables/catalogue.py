"""When each report was published and by when it had to be, as a person keeps it; read, never written."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from ogi.said import Said, worded
from ogi.tables.csv_rows import NOTHING, fault, in_file, is_date, ordinary, read_rows
from ogi.tables.frames import from_rows
from ogi.tables.schema import SCHEMAS

DEADLINES = "deadlines.toml"
"""The file beside the catalogue with other deadlines: under [deadlines], month and day per kind of agency."""
COLUMNS = ("agency", "year", "kind", "published", "url")
_DAY = re.compile(r"\d\d-\d\d", re.ASCII)
_COMMON_YEAR = 2001


def read_catalogue(path: Path) -> tuple[pd.DataFrame, list[Said]]:
    """The sound rows of the file, each with its deadline where one is set, and a line for each fault.

    A row says when an agency's report on a year was published (an ISO date, or nothing where that is not
    known), where, and of what kind the agency is. The deadlines are those of DEADLINES beside the file, and
    count in the year after the report's; kinds that are not named there have none here.
    """
    deadlines, faults = _deadlines(path.with_name(DEADLINES))
    seen: set[tuple[str, str]] = set()
    rows, wrong = read_rows(path, COLUMNS, ("agency", "year", "kind"), lambda row: _repeated(row, seen))
    return _frame(rows, deadlines), [*faults, *wrong]


def _deadlines(path: Path) -> tuple[dict[str, str], list[Said]]:
    """Kind of agency → month and day."""
    if not path.exists():
        return {}, []
    try:
        told = tomllib.loads(ordinary(path).decode("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        return {}, [in_file(path, fault(worded("ogi.tables", "toml"), str(error)))]
    days = told.get("deadlines")
    if set(told) != {"deadlines"} or not isinstance(days, dict):
        found = ", ".join(told) or NOTHING
        return {}, [in_file(path, fault(worded("ogi.tables", "deadlines"), found))]
    wrong = {kind: day for kind, day in days.items() if not _is_day(day)}
    faults = [
        in_file(path, fault(worded("ogi.tables", "day", kind=kind), repr(day))) for kind, day in wrong.items()
    ]
    return {kind: day for kind, day in days.items() if kind not in wrong}, faults


def _repeated(row: dict[str, str], seen: set[tuple[str, str]]) -> Iterator[Said]:
    """A fault where the agency and year of the row are among those told so far."""
    key = row["agency"], row["year"]
    if key in seen:
        yield worded("ogi.tables", "again", agency=row["agency"], year=row["year"])
    seen.add(key)


def _is_day(day: object) -> bool:
    return isinstance(day, str) and _DAY.fullmatch(day) is not None and is_date(f"{_COMMON_YEAR}-{day}")


def _frame(rows: list[dict[str, str]], deadlines: dict[str, str]) -> pd.DataFrame:
    told = []
    for row in rows:
        day = deadlines.get(row["kind"])
        deadline = None if day is None else f"{int(row['year']) + 1}-{day}"
        known = {**row, "year": int(row["year"]), "published": row["published"] or None, "deadline": deadline}
        told.append(tuple(known[name] for name in SCHEMAS["catalogue"].names))
    return from_rows("catalogue", told)
