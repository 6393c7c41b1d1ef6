"""What each agency is asked about, and for which reason: page, workbook and letters take it from here.

A report that has not come in holds no slips, and a file that cannot be read is no fault of its figures: each
reason is told in words of its own, and counted apart.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import pandas as pd

from ogi import reported
from ogi.checks.causes import OFFICIAL
from ogi.checks.years import FOLDER
from ogi.forms import ISSUER, NOTICES, edition_of_year
from ogi.pages.html import number
from ogi.readers.document import found_in
from ogi.review.copies import SAME
from ogi.review.data import Review
from ogi.review.names import SECTION_NAMES, cell_of, form_name, some_of
from ogi.review.settings import SETTINGS
from ogi.review.words import worded
from ogi.review.written import column_label, row_label, table_label
from ogi.said import Said, joined, say
from ogi.tables.marks import CONFIRMED
from ogi.tables.misprints import MISPRINT


class Reason(StrEnum):
    """Why an agency is written to, what asks for something first."""

    MISSING = reported.MISSING
    NO_FILE = reported.NO_FILE
    UNREAD = reported.UNREAD
    CONFIRMED = CONFIRMED
    SLIPS = "slips"
    WARNINGS = "warnings"
    MISPRINTS = "misprints"
    LATE = reported.LATE
    FILES = "files"
    LIKENESS = "likeness"


@dataclass
class Asked:
    """What one agency is asked: the opening of each reason, the lines under it; slips have rows of their own.

    `slips`: how many of them, by reason.
    """

    openings: dict[Reason, Said] = field(default_factory=dict)
    lines: defaultdict[Reason, list[Said]] = field(default_factory=lambda: defaultdict(list))
    slips: dict[Reason, int] = field(default_factory=dict)

    @property
    def counts(self) -> dict[Reason, int]:
        """How many things it is asked about for each reason."""
        return {one: self.slips.get(one, max(1, len(self.lines[one]))) for one in self.reasons}

    @property
    def reasons(self) -> list[Reason]:
        """Its reasons, what asks for something first."""
        return [reason for reason in Reason if reason in self.openings]


def asked(data: Review) -> dict[str, Asked]:
    """Agency → what it is asked about; those with slips first, in the order of the list of slips.

    Nobody is asked about a year of which no agency has a report: its files may not have been put in.
    """
    if data.reported["status"].isin(reported.NOT_HERE).all():
        return {}
    found: defaultdict[str, Asked] = defaultdict(Asked)
    for agency, own in in_rows(data, data.open_slips).groupby("agency", sort=False):
        for reason, n in _slips(own).items():
            if n:
                found[str(agency)].slips[reason] = n
                opening = worded(f"asked.{reason}", n=n, year=data.year, format=_format(data.year))
                found[str(agency)].openings[reason] = opening
    for agency, opening in _late(data):
        found[agency].openings[Reason.LATE] = opening
    for agency, reason, opening in _not_here(data):
        found[agency].openings[reason] = opening
    for lines, reason in (
        (_misprints, Reason.MISPRINTS),
        (_odd_files, Reason.FILES),
        (_copies, Reason.LIKENESS),
    ):
        for agency, line in lines(data):
            found[agency].lines[reason].append(line)
            found[agency].openings[reason] = worded(f"asked.{reason}", year=data.year)
    others = {*astray(data), *unsure(data)}
    return {agency: one for agency, one in found.items() if agency not in others}


def doubt_of_year(data: Review) -> Said | None:
    """Where most of the reports that are due are missing: were the files of the year put in?

    A catalogue's lines without a year make every year due.
    """
    status, year = data.reported["status"], data.year
    if status.isin(reported.NOT_HERE).all():
        return worded("asked.no_report", year=year)
    missing, due = int((status == reported.MISSING).sum()), len(status)
    few = worded("asked.few_reports", year=year, missing=number(missing), due=number(due))
    return few if missing > due / 2 else None


def astray(data: Review) -> dict[str, str]:
    """Agency → its status, where its folder holds another's report alone, or another folder its report."""
    rows = data.reported[data.reported["status"].isin(reported.ASTRAY)]
    return dict(zip(rows["agency"], rows["status"], strict=True))


def unsure(data: Review) -> list[str]:
    """The agencies of whose reports on the year each may be another's, by its title."""
    reports = data.found.reports.dropna(subset=["agency"])
    of_year = reports[reports["year"].eq(data.year).fillna(False)]
    is_unsure = of_year["report_id"].isin(data.found.doubted["report_id"])
    return sorted(set(of_year.loc[is_unsure, "agency"]) - set(of_year.loc[~is_unsure, "agency"]))


def _slips(own: pd.DataFrame) -> dict[Reason, int]:
    """How many slips there are: those that somebody has looked at and confirmed are not asked about again."""
    is_sure, is_error = own["mark"] == CONFIRMED, own["level"] == OFFICIAL
    counts = (is_sure, is_error & ~is_sure, ~is_error & ~is_sure)
    reasons = (Reason.CONFIRMED, Reason.SLIPS, Reason.WARNINGS)
    return {reason: int(which.sum()) for reason, which in zip(reasons, counts, strict=True)}


def _format(year: int) -> Said:
    """The format by which reports on the year are made, as an official letter names one."""
    notice = NOTICES[edition_of_year(year)]
    return worded("asked.format", issuer=Said(*ISSUER), title=notice.title, number=notice.number)


def agencies_of(found: Mapping[str, Asked]) -> dict[Reason, int]:
    """How many agencies are written to for each reason, of those that there are."""
    counts = {reason: sum(reason in one.openings for one in found.values()) for reason in Reason}
    return {reason: n for reason, n in counts.items() if n}


def in_rows(data: Review, slips: pd.DataFrame) -> pd.DataFrame:
    """The slips that have rows in a letter: not lateness, which has no figure, nor where a file was put.

    Nor those of a report that may be another agency's.
    """
    is_unsure = slips["report_id"].isin(data.found.doubted["report_id"])
    return slips[~slips["rule_id"].isin((reported.DATES, FOLDER)) & ~is_unsure]


def _late(data: Review) -> Iterator[tuple[str, Said]]:
    """Who published late, and by how much."""
    own = data.open_slips[data.open_slips["rule_id"] == reported.DATES]
    by_law = {row["agency"]: _by_law(row) for row in data.reported.to_dict("records")}
    for agency, line in zip(own["agency"], own["line"], strict=True):
        days = {name: _day(reported.day(data.year, line[side])) for name, side in _SIDES.items()}
        late = int(line["left"] - line["right"])
        told = {"year": data.year, "late": late, "by_law": by_law[agency]}
        yield agency, worded(f"asked.{Reason.LATE}", **told, **days)


def _by_law(row: dict[Any, Any]) -> Said:
    """What the law asks of the kind, where the deadline is its own; of a local one, room for its document."""
    if row["deadline_by"] == reported.LAW:
        return worded(f"asked.by_law.{row['kind']}")
    return worded("asked.by_catalogue") if row["deadline_by"] == reported.CATALOGUE else Said("", "")


_SIDES = {"published": "left", "deadline": "right"}
"""What the sides of the rule on publication are: days, counted from the end of the year."""


def _day(iso: str) -> Said:
    """A day as a letter tells it."""
    year, month, day = map(int, iso.split("-"))
    return say("{iso}", "{year}年{month}月{day}日", iso=iso, year=year, month=month, day=day)


def _not_here(data: Review) -> Iterator[tuple[str, Reason, Said]]:
    """Who has not reported, whose file we have not, and whose file tells nothing: three things to ask for."""
    rows = data.reported[data.reported["status"].isin((Reason.MISSING, Reason.NO_FILE, Reason.UNREAD))]
    files = reported.unread_files(data.found.findings, data.found.reports, data.year, _unread)
    for row in rows.to_dict("records"):
        reason, due = Reason(row["status"]), Said("", "")
        if isinstance(row["deadline"], str):
            due = worded("asked.due", day=_day(row["deadline"]))
        published = _day(row["published"]) if isinstance(row["published"], str) else Said("", "")
        told = {"year": data.year, "due": due, "by_law": _by_law(row), "published": published}
        named = joined(files.get(row["agency"], []), "; ", "；")
        yield row["agency"], reason, worded(f"asked.{reason}", **told, files=named)


def _unread(row: dict[Any, Any]) -> Said:
    """What is said of a file that cannot be read to the agency that sent it: no folder, no word of ours."""
    file, why = row["report_id"].rpartition("/")[2], found_in(Said(row["message"], row["message_zh"]))
    return worded("asked.unread_file", file=file, why=why) if why else worded("asked.no_cause", file=file)


def several_files(data: Review) -> dict[str, Said]:
    """Agency → which of its several files on the year it is asked about: another may be the correction."""
    reports = data.found.reports
    there = _files(reports[reports["year"].eq(data.year).fillna(False)])
    asked_about = _files(in_rows(data, data.open_slips), _misprinted(data), _blank(data))
    return {
        agency: worded(
            "why.several", **{"files": joined(own, ", ", "、"), "all": joined(there[agency], ", ", "、")}
        )
        for agency, own in asked_about.items()
        if len(there[agency]) > 1
    }


def _files(*found: pd.DataFrame) -> dict[str, list[str]]:
    """Agency → the names of its files in the rows."""
    own = [rows.dropna(subset=["agency"]) for rows in found]  # one that is set apart is of no agency
    pairs = {pair for rows in own for pair in zip(rows["agency"], rows["report_id"], strict=True)}
    files: defaultdict[str, list[str]] = defaultdict(list)
    for agency, report_id in sorted(pairs):
        files[agency].append(report_id.rpartition("/")[2])
    return files


def _misprinted(data: Review) -> pd.DataFrame:
    return _sure(data, data.corrected[data.corrected["ground"] == MISPRINT])


def _blank(data: Review) -> pd.DataFrame:
    return _sure(data, data.found.blank.sort_values(["agency", "table"]))


def _misprints(data: Review) -> Iterator[tuple[str, Said]]:
    for row in _misprinted(data).to_dict("records"):
        cell = cell_of(row)
        place = {"table": table_label(cell), "row": row_label(cell), "column": column_label(cell)}
        blank = worded("blank")
        numbers = {name: row[name] or blank for name in ("printed", "corrected")}
        yield row["agency"], worded("also.misprint", **place, **numbers)


def _sure(data: Review, rows: pd.DataFrame) -> pd.DataFrame:
    """The rows of the reports that are surely not another agency's than their folder."""
    return rows[~rows["report_id"].isin(data.found.doubted["report_id"])]


def _odd_files(data: Review) -> Iterator[tuple[str, Said]]:
    """What to look at besides the figures.

    Whom a title names is none of it: the office put the file into its folder. Nor is that a file is another
    than when we first read it: what it said then is not kept, so that nobody could be told what has changed;
    and that day is known to us alone.
    """
    for row in _blank(data).to_dict("records"):
        yield row["agency"], worded("also.blank", table=_official(form_name(row["table"])))


def _copies(data: Review) -> Iterator[tuple[str, Said]]:
    """A line for each section that other agencies have sentence by sentence, with all whose it is.

    What is only somewhat alike asks for no letter, and joins none: two sentences that the law suggests are
    most of a short section. Nor is anybody asked about words that may be another's than its folder.
    """
    own = data.found.doubted
    not_sure = set(own.loc[own["year"].eq(data.year).fillna(False), "agency"])
    others: defaultdict[tuple[str, Said], list[str]] = defaultdict(list)
    rows = data.copied[data.copied["how"] == SAME]
    pairs = zip(data.names(rows["agency"]), data.names(rows["other"]), rows["section"], strict=True)
    for *both, section in pairs:
        for one, other in (both, both[::-1]) if not_sure.isdisjoint(both) else ():
            others[one, SECTION_NAMES[section]].append(other)
    for (agency, section), names in others.items():
        yield (
            agency,
            worded("also.alike", section=_official(section), agencies=some_of(names, SETTINGS.alike)),
        )


def _official(words: Said) -> Said:
    """Words of the form; in English with the Chinese behind them, which is what the agency knows."""
    return Said(f"{words} ({words.zh})", words.zh)
