"""All agencies of the index: who they are, and how each has reported on each year."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from ogi.agencies import Agencies, Agency
from ogi.extract.report import FindingKind
from ogi.index.entries import Entry, named
from ogi.index.overview import Overview, Status
from ogi.reported import UNREAD, Filings, reported

_DATES = ["agency", "verdict", "left", "right"]


def overview(entries: Sequence[Entry], catalogue: pd.DataFrame, reviews: Iterable[int] = ()) -> Overview:
    """The index of these agencies, and of those that the catalogue, the table of that name, has besides."""
    there = {entry.agency for entry in entries}
    entries = [*entries, *(named(name) for name in catalogue["agency"].unique() if name not in there)]
    years = sorted({year for entry in entries for year in (*entry.years, *entry.misfiled)})
    agencies, latest = Agencies(catalogue), years[-1] if years else 0
    known = {entry.agency: agencies.of(entry.agency, latest, entry.printed) for entry in entries}
    statuses = {year: _statuses(entries, known, catalogue, year) for year in years}
    return Overview(entries, known, statuses, tuple(reviews))


def _statuses(
    entries: Sequence[Entry], known: Mapping[str, Agency], catalogue: pd.DataFrame, year: int
) -> dict[str, Status]:
    found = reported(_filings(entries, known, catalogue, year), year)
    days = found["days_late"].astype("Int64")
    undated = {one.agency for one in entries if one.is_undated and year not in one.unread}
    return {
        agency: Status(status, None if pd.isna(late) else int(late), status == UNREAD and agency in undated)
        for agency, status, late in zip(found["agency"], found["status"], days, strict=True)
    }


def _filings(
    entries: Sequence[Entry], known: Mapping[str, Agency], catalogue: pd.DataFrame, year: int
) -> Filings:
    """The tables that `reported` asks for, as far as the entries tell."""
    listed = set(catalogue["agency"])
    rows = [(name, one.kind, name in listed) for name, one in known.items()]
    unread = FindingKind.UNREADABLE_FILE
    unsure: list[tuple[str, str, int | None]] = [
        (entry.agency, unread, of) for entry in entries for of in ([None] * entry.is_unsure + entry.unread)
    ]
    years = [(entry.agency, year) for entry in entries for year in entry.years]
    dates: list[tuple[Any, ...]] = [
        (entry.agency, *entry.years[year].published)  # type: ignore[misc]
        for entry in entries
        if year in entry.years and entry.years[year].published is not None
    ]
    return Filings(
        agencies=pd.DataFrame(rows, columns=["agency", "kind", "in_catalogue"]),
        reports=pd.DataFrame(years, columns=["agency", "year"]).astype({"agency": "str", "year": "Int64"}),
        catalogue=catalogue,
        dates=pd.DataFrame(dates, columns=_DATES).astype({"left": "float64", "right": "float64"}),
        findings=pd.DataFrame(unsure, columns=["agency", "kind", "year"]).astype({"year": "Int64"}),
        misfiled=frozenset((one.agency, of, name) for one in entries for of, name in one.misfiled.items()),
        doubted=frozenset((of, name) for one in entries for of, name in one.doubted.items()),
        settled=frozenset(
            one.agency for one in entries if year in one.years and one.years[year].late_settled
        ),
    )
