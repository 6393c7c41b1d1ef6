"""Which agencies there are, and when each report was published and had to be, as a person keeps it.

The file is read, never written: helpers/ogi/ingest/by_hand.py says where it lies.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pandas as pd

from ogi.agencies import KINDS, Resolved, by_code, is_code, kind_of, last_year, resolve
from ogi.said import Said, worded
from ogi.tables.csv_rows import NOTHING, fault, in_file, is_date, ordinary, read_rows
from ogi.tables.csv_rows import column as head
from ogi.tables.frames import from_rows
from ogi.tables.schema import SCHEMAS

DEADLINES = "deadlines.toml"
"""The file beside the catalogue with other deadlines: under [deadlines], month and day per kind of agency."""
COLUMNS = ("agency",)
OPTIONAL = ("year", "code", "region", "kind", "parent", "deadline", "published", "url")
_OF_THE_AGENCY = ("code", "region", "kind", "parent", "deadline", "url")
"""What a row without a year may say; a row with one that says nothing there means the same."""
_OF_A_YEAR = ("published",)
_DAY = re.compile(r"\d\d-\d\d", re.ASCII)
_COMMON_YEAR = 2001
_KIND_IN_CHINESE = {kind.label.zh: kind.id for kind in KINDS.values()}


def read_catalogue(path: Path) -> tuple[pd.DataFrame, list[Said]]:
    """The sound rows of the file, each with its kind and deadline, and a line for each fault.

    A row without a year says what an agency is: the code and name of its region, its kind, the agency above
    it, its deadline as month and day. One with a year says it as of that year, and when the report on it was
    published (an ISO date, or nothing where that is not known), and where; what it leaves empty is taken from
    the row without. Where no kind is told it is that of the name. Deadlines that no row tells are those of
    DEADLINES beside the file, and count in the year after the report's; kinds that are not named there have
    none here.
    """
    deadlines, faults = _deadlines(path.with_name(DEADLINES))
    told = set[tuple[str, str]]()
    rows, wrong = read_rows(path, COLUMNS, COLUMNS, partial(_faults, told), OPTIONAL)
    rows, circles = _without_circles(path, rows)
    return _frame(rows, deadlines), [*faults, *wrong, *circles]


def _faults(told: set[tuple[str, str]], row: dict[str, str]) -> Iterator[Said]:
    """What is wrong with the row by itself, and where its agency and year are among those told before."""
    key = row["agency"], row["year"]
    if key in told:
        word = "again" if row["year"] else "again_undated"
        yield worded("ogi.tables", word, agency=row["agency"], year=row["year"])
    told.add(key)
    if row["parent"] == row["agency"]:
        yield worded("ogi.tables", "own_parent", agency=row["agency"])
    yield from _faults_of_dates(row)
    yield from _faults_of_place(row)


def _faults_of_dates(row: dict[str, str]) -> Iterator[Said]:
    if not row["year"]:
        for column in _OF_A_YEAR:
            if row[column]:
                yield worded("ogi.tables", "of_a_year", column=head(column))
    due = row["deadline"]
    if due and not (_is_day(due) or (row["year"] and is_date(due))):
        yield fault(worded("ogi.tables", "deadline"), repr(due))


def _faults_of_place(row: dict[str, str]) -> Iterator[Said]:
    code, region = row["code"], row["region"]
    if code and not is_code(code):
        yield fault(worded("ogi.tables", "code"), repr(code))
    elif region:
        year = int(row["year"]) if row["year"].isdigit() else last_year()
        of_code = by_code(code, year) if code else None
        found = resolve(region, year)
        if of_code is not None and (found.region != of_code or found.rest):
            yield fault(worded("ogi.tables", "same_region", code=code, name=of_code.name), repr(region))
        elif not code and not _is_whole(found):
            yield fault(worded("ogi.tables", "region"), _told(region, found))


def _is_whole(found: Resolved) -> bool:
    """Is the text a region, and nothing else?"""
    return found.region is not None and found.rest == ""


def _told(region: str, found: Resolved) -> Said:
    quoted = Said.as_printed(repr(region))
    if found.why is None:
        return quoted
    return worded("ogi.tables", "region_why", found=quoted, why=found.why)


def _without_circles(path: Path, rows: list[dict[str, str]]) -> tuple[list[dict[str, str]], list[Said]]:
    """The rows, those without a parent whose parents lead back to them, and a line for each such circle."""
    parents = {row["agency"]: row["parent"] for row in rows if row["parent"]}
    circles = dict.fromkeys(frozenset(circle) for name in parents if (circle := _circle(name, parents)))
    lost = {name for circle in circles for name in circle}
    kept = [{**row, "parent": ""} if row["agency"] in lost else row for row in rows]
    told = [" → ".join([*sorted(circle), min(circle)]) for circle in circles]
    return kept, [in_file(path, worded("ogi.tables", "circle", chain=chain)) for chain in told]


def _circle(name: str, parents: dict[str, str]) -> list[str]:
    """The agency and those above it, where they lead back to it; else nothing."""
    above = [name]
    while (parent := parents.get(above[-1])) is not None and parent not in above:
        above.append(parent)
    return above if parent == name else []


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


def _is_day(day: object) -> bool:
    return isinstance(day, str) and _DAY.fullmatch(day) is not None and is_date(f"{_COMMON_YEAR}-{day}")


def _frame(rows: list[dict[str, str]], deadlines: dict[str, str]) -> pd.DataFrame:
    of_agencies = {row["agency"]: row for row in rows if not row["year"]}
    told = []
    for row in rows:
        filled = _filled(row, of_agencies.get(row["agency"], row), deadlines)
        year = int(row["year"]) if row["year"] else None
        known: dict[str, int | str | None] = {name: text or None for name, text in filled.items()}
        known["year"] = year
        told.append(tuple(known[name] for name in SCHEMAS["catalogue"].names))
    return from_rows("catalogue", told)


def _filled(row: dict[str, str], of_agency: dict[str, str], deadlines: dict[str, str]) -> dict[str, str]:
    """The row with what it leaves empty: from the agency's row without a year, its name, or the deadlines."""
    filled = {**row, **{name: row[name] or of_agency[name] for name in _OF_THE_AGENCY}}
    kind = filled["kind"] or kind_of(row["agency"])
    filled["kind"] = _KIND_IN_CHINESE.get(kind, kind)
    due = filled["deadline"] or deadlines.get(filled["kind"], "")
    is_dated = row["year"] and _is_day(due)
    return {**filled, "deadline": f"{int(row['year']) + 1}-{due}" if is_dated else due}
