"""What the index tells of one agency, worked out when its page is made and kept in run.json."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

import pandas as pd

from ogi.charts import BROKEN, CORRECTED, UNSURE_TITLE
from ogi.checks import Verdict
from ogi.checks.causes import NOTE, OFFICIAL, WARNING, counted, once
from ogi.columns import COLUMN
from ogi.compare import corrected_in, in_broken_sum, in_doubted_correction, in_unsure
from ogi.extract.report import FindingKind
from ogi.pages.frames import Frames
from ogi.reported import DATES
from ogi.tables import records
from ogi.tables.misprints import MISPRINT, TO_LOOK_AT

_NEW = "requests/new/total"
_LEVELS = (OFFICIAL, WARNING, Verdict.UNDECIDED)
MARKS = {
    "conflict": "",
    "broken_sum": BROKEN,
    "doubted_correction": CORRECTED,
    "corrected": CORRECTED,
    "doubted_title": UNSURE_TITLE,
}
"""What may be known of a number, as series and indicators name it → its sign on pages."""
LONGEST_PINYIN = 400
"""Characters: the name of a folder has at most 255 bytes."""


@dataclass(frozen=True)
class YearEntry:
    """One year of an agency: new requests, and slips by what they are.

    Of new requests None where no number is printed, or where reports on the year differ on it.

    A slip is one cause, however many rules it breaks, that no review mark has settled: of the form's own sums
    (`official`), of soft rules (`warnings`), or left open since something is blank or was not
    read beyond doubt (`undecided`).
    `published`: the verdict on the day of publication, with that day and the last one allowed, in days after
    the end of the year; None where the catalogue tells no day. `misprints`: figures that a person corrected
    since the published report prints them wrongly; `to_look_at`: corrections with a ground of that set, both
    as the reviews count them. `marks`: what is to be known of the number of new requests, as keys of MARKS.
    `settled`: slips that a review mark has settled;
    `late_settled`: is its lateness one of them?
    """

    received: float | None
    official: int
    warnings: int
    undecided: int
    published: tuple[str, float, float | None] | None = None
    misprints: int = 0
    settled: int = 0
    late_settled: bool = False
    to_look_at: int = 0
    marks: str = ""

    @property
    def signs(self) -> str:
        """The signs behind the number of new requests, as the agency's page has them."""
        signs = dict.fromkeys(MARKS[mark] for mark in self.marks.split())
        return "" if self.received is None else "".join(signs)


@dataclass(frozen=True)
class Entry:
    """One agency. `failed`: this run made no page, so that a page there is an earlier run's.

    `is_unsure`: may a report that seems to be missing, on any year, be among files that could not be read, or
    whose year is not known? `is_undated`: among the latter alone? `unread`: the years of files that could
    not be read, by their names. `printed`: what its latest report calls it. `pinyin`: the name as it is
    spoken, a word a character, by which agencies are sorted and found. `misfiled`: year → the agency that
    the title names of a report in the folder that is surely another's; `doubted`: of one that may be.
    """

    agency: str
    has_page: bool = False
    failed: bool = False
    years: dict[int, YearEntry] = field(default_factory=dict)
    is_unsure: bool = False
    printed: str | None = None
    pinyin: str = ""
    unread: list[int] = field(default_factory=list)
    is_undated: bool = False
    misfiled: dict[int, str] = field(default_factory=dict)
    doubted: dict[int, str] = field(default_factory=dict)

    @property
    def href(self) -> str | None:
        """Where its page lies, seen from the index."""
        return f"{quote(self.agency)}/index.html" if self.has_page else None


def entry(frames: Frames, agency: str, has_page: bool, failed: bool) -> Entry:
    """What the index says of an agency; without reports, little more than its name."""
    dates = {row["year"]: row for row in records(frames.checks[frames.checks["rule_id"] == DATES])}
    years = {year: _year(frames, year, dates.get(year)) for year in frames.years}
    unread = frames.findings.loc[frames.findings["kind"] == FindingKind.UNREADABLE_FILE, "year"]
    is_unread, is_undated = bool(unread.isna().any()), bool(frames.reports["year"].isna().any())
    names = frames.reports.sort_values("year")["printed_agency"].dropna()
    printed = None if names.empty else str(names.iloc[-1])
    of_unread = sorted({int(year) for year in unread.dropna()})
    doubted = frames.reports[frames.reports["report_id"].isin(frames.doubted)]
    titles = _titles(frames.strangers), _titles(doubted)
    told = years, is_unread or is_undated, printed, pinyin(agency), of_unread, is_undated and not is_unread
    return Entry(agency, has_page, failed, *told, *titles)


def _titles(reports: pd.DataFrame) -> dict[int, str]:
    """Year → the agency that the title of the report names."""
    return {int(row["year"]): row["printed_agency"] for row in records(reports.dropna(subset=["year"]))}


def named(agency: str) -> Entry:
    """An agency of which nothing is known but its name."""
    return Entry(agency, pinyin=pinyin(agency))


def pinyin(name: str) -> str:
    """The name as it is spoken: 重庆市 is `chong qing shi`; what is not Chinese stays as it is."""
    from pypinyin import lazy_pinyin  # takes a second, which only those need who make pages

    return " ".join(lazy_pinyin(name)).lower()[:LONGEST_PINYIN]


def _marks(frames: Frames, year: int) -> str:
    """What is to be known of the year's number of new requests."""
    years = frames.annual
    sums = in_broken_sum(years), in_doubted_correction(years)
    marks = years.conflict, *sums, corrected_in(years), in_unsure(years)
    rows = [row for row, report in enumerate(years.reports) if report.year == year]
    found = [mark for mark, of in zip(MARKS, marks, strict=True) if of[rows, COLUMN[_NEW]].any()]
    return " ".join(found)


def _year(frames: Frames, year: int, date: dict[str, Any] | None) -> YearEntry:
    column = frames.column_of(year)
    marks = "" if column is None else _marks(frames, year)
    is_told = column is not None and "conflict" not in marks
    received = frames.index.number(column.report_id, _NEW) if column is not None and is_told else None
    published = None if date is None else (str(date["verdict"]), date["left"], date["right"])
    of_year = once(slip for slip in frames.slips if slip.year == year)
    slips = counted(of_year)
    official, warnings, undecided = (slips[level] for level in _LEVELS)
    of_misprints = frames.misprints.loc[frames.misprints["year"] == year, "ground"]
    n, to_look_at = (int(of_misprints.isin(of).sum()) for of in ([MISPRINT], TO_LOOK_AT))
    done = [slip for slip in of_year if slip.is_settled and slip.level != NOTE]
    is_late_settled = any(slip.line["rule_id"] == DATES for slip in done)
    told = published, n, len(done), is_late_settled, to_look_at, marks
    return YearEntry(received, official, warnings, undecided, *told)
