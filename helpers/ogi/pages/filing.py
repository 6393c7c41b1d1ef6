"""What is said of reports that did not come in, or came late; the review and its letters say the same."""

from __future__ import annotations

from typing import Any

import pandas as pd

from ogi.agencies import Agencies
from ogi.checks.causes import Slip
from ogi.pages.frames import Frames
from ogi.reported import DATES, MISSING, NO_FILE, UNREAD, Filings, reported, unread_files
from ogi.said import Said, joined, say, worded
from ogi.tables import MARKS, records

NOT_HERE = (MISSING, UNREAD, NO_FILE)
"""What there is to say of a report that is expected, and not there."""


def filing(frames: Frames) -> list[Said]:
    """A sentence for each year whose report is not there, or was late, which no review mark has settled."""
    rows = [(year, row) for year in without_report(frames) for row in _expected(frames, year)]
    late = (_late(slip) for slip in _late_reports(frames) if not slip.is_settled)
    return [*late, *(not_here(frames, year, row) for year, row in rows)]


def settled_late(frames: Frames) -> list[Said]:
    """A sentence for each late report that a review mark has settled, with the mark."""
    return [
        worded("ogi.pages", "f.settled", **_mark(slip), told=_late(slip))
        for slip in _late_reports(frames)
        if slip.is_settled
    ]


def _late_reports(frames: Frames) -> list[Slip]:
    return [slip for slip in frames.slips if slip.line["rule_id"] == DATES]


def _late(slip: Slip) -> Said:
    return say("{year}: {told}", "{year}年：{told}", year=slip.year, told=slip.line["message"])


def _mark(slip: Slip) -> dict[str, Any]:
    mark = slip.line["mark"]
    return {**slip.line, "mark": Said(mark, MARKS[mark])}


def not_here(frames: Frames, year: int, row: dict[str, Any]) -> Said:
    """What is said of a row of `reported` on the year that has one of the statuses NOT_HERE."""
    files = unread_files(frames.findings, frames.reports, year).get(frames.agency, [])
    is_known = isinstance(row["deadline"], str)
    due = worded("ogi.pages", "f.due", day=row["deadline"]) if is_known else Said("", "")
    values = {"year": year, "published": row["published"], "due": due, "files": joined(files, "; ", "；")}
    return worded("ogi.pages", f"f.{row['status']}", **values)


def without_report(frames: Frames) -> list[int]:
    """The years without a report: between others, named by the catalogue or a file, and the newest of all."""
    named = {int(year) for year in frames.catalogue["year"].dropna()}
    if frames.newest != 0:
        named.add(frames.newest)
    others = {*frames.missing_years, *frames.unread_years, *frames.strange_years}
    return sorted({*named, *others} - {*frames.years})


def _expected(frames: Frames, year: int) -> list[dict[str, Any]]:
    agency = frames.agency
    kind = Agencies(frames.catalogue).of(agency, year).kind
    agencies = pd.DataFrame(
        [(agency, kind, not frames.catalogue.empty)], columns=["agency", "kind", "in_catalogue"]
    )
    dates = frames.checks.head(0)  # no report, no verdict on its day
    strange = frozenset((agency, of, "") for of in frames.strange_years)
    filings = Filings(agencies, frames.reports, frames.catalogue, dates, frames.findings, strange)
    return [row for row in records(reported(filings, year)) if row["status"] in NOT_HERE]
