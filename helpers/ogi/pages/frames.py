"""What a page shows: the tables of one agency, told apart from those of any other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

import pandas as pd

from ogi.charts import UNSURE_TITLE
from ogi.checks import Verdict
from ogi.checks.causes import OFFICIAL, Slip, slips
from ogi.checks.corrected import grounds
from ogi.checks.marks import settled_by
from ogi.checks.misfiled import doubted
from ogi.checks.unsure import unsure_years
from ogi.compare import annual
from ogi.extract.report import FindingKind
from ogi.figures import Figures
from ogi.forms import TABLES
from ogi.said import Said, joined
from ogi.tables import empty, records
from ogi.tables.misprints import MISREAD

LONGEST_SPAN = 30
"""Years. A span beyond it comes from a misread year, and its gaps would fill the page."""


@dataclass(frozen=True)
class Column:
    """A column of years: a year with its report, a year without one, or a report without a year.

    `key` tells two reports on one year apart; `editions` says which form each table of the report has;
    `file`: the name of its file, where its year has several; `sign`: the one behind its year, if by its title
    it may be another agency's.
    """

    year: int | None
    report_id: str | None
    key: str
    editions: dict[str, str | None]
    file: str = ""
    sign: str = ""

    @property
    def is_gap(self) -> bool:
        """Is there no report on this year?"""
        return self.report_id is None


@dataclass(frozen=True)
class Frames:
    """The tables of one agency, each with the columns of the dataset.

    `figures` are as corrected, `corrections` the cells that are; `marks` are what reviewers say; `catalogue`
    its lines in the catalogue; `strangers`: the rows of the table reports on files in its folder that are
    surely another agency's, of which the other tables have no row;
    `files`: by report id, where the reports lie, as far as they are at hand; `newest`: the newest year of all
    agencies where this one has no report on it, else 0.
    """

    reports: pd.DataFrame
    figures: pd.DataFrame
    checks: pd.DataFrame
    findings: pd.DataFrame
    narratives: pd.DataFrame
    corrections: pd.DataFrame = field(default_factory=lambda: empty("corrections"))
    marks: pd.DataFrame = field(default_factory=lambda: empty("review_marks"))
    catalogue: pd.DataFrame = field(default_factory=lambda: empty("catalogue"))
    strangers: pd.DataFrame = field(default_factory=lambda: empty("reports"))
    files: Mapping[str, Path] = field(default_factory=dict)
    newest: int = 0

    @property
    def agency(self) -> str:
        """The agency in the data itself; ValueError unless it is exactly one."""
        frames = (self.reports, self.figures, self.checks, self.findings, self.narratives)
        found = sorted({str(name) for frame in frames for name in frame["agency"].unique()})
        if len(found) != 1:
            raise ValueError(f"expected the data of one agency, found {', '.join(found) or 'none'}")
        return found[0]

    @cached_property
    def index(self) -> Figures:
        """The figures by report and cell, each with the correction laid on it."""
        return Figures.of(self.figures, corrections=self.corrections)

    @cached_property
    def annual(self) -> Figures:
        """The figures year by year, in the words of the series that both forms have in common."""
        years = annual(self.figures, corrections=self.corrections)
        return replace(years, settled=self.settled, unsure=unsure_years(self.checks, self.marks))

    @cached_property
    def settled(self) -> dict[int, Said]:
        """The years of whose broken sums a mark has settled every one, and by whom."""
        sums = [slip for slip in self.slips if slip.level == OFFICIAL]
        still = {slip.year for slip in sums if not slip.is_settled}
        found: dict[int, list[Said]] = {}
        for slip in sums:
            if slip.year is not None and slip.year not in still:
                found.setdefault(slip.year, []).append(settled_by(slip.line))
        return {year: joined(dict.fromkeys(told), "; ", "；") for year, told in found.items()}

    @cached_property
    def slips(self) -> list[Slip]:
        """What does not hold, a slip for each cause, each line with its review mark."""
        return slips(self.checks, self.figures, self.findings, self.marks, self.corrections)

    @cached_property
    def misprints(self) -> pd.DataFrame:
        """The corrections that leave the published report wrong, or may: not those of our own reading.

        The checks are of the corrected figures and hold: what the report prints has to be told besides.
        """
        found = grounds(self.corrections, self.figures)
        return found[found["ground"] != MISREAD]

    @cached_property
    def doubted(self) -> frozenset[str]:
        """The reports whose titles name an agency that may be another one, and no mark has settled it."""
        return doubted(self.checks, self.marks)

    @property
    def strange_years(self) -> set[int]:
        """The years of `strangers`."""
        return {int(year) for year in self.strangers["year"].dropna()}

    @cached_property
    def by_applicant(self) -> frozenset[str]:
        """The keys of the reports whose requests the page shows by kind of applicant.

        The latest, and those into whose rows a slip or a correction leads. A doubt of an earlier year is no
        reason: mostly the kinds of applicants are left blank, and 150 blank cells would say no more.
        """
        keys = {column.report_id: column.key for column in self.columns}
        found = set() if self.latest is None else {self.latest.key}
        amiss = (slip for slip in self.slips if slip.level != Verdict.UNDECIDED)
        for line in (line for slip in amiss for line in slip.lines):
            for named in line["cells"]:
                year, _, place = named.rpartition(":")
                if place.startswith("requests/") and not place.endswith("/total"):
                    found.add(year or keys.get(line["report_id"], ""))
        return frozenset(found | {keys[id] for id in self.corrections["report_id"] if id in keys})

    @property
    def latest(self) -> Column | None:
        """The column of the last year with a report."""
        years = self.years
        return self.column_of(years[-1]) if years else None

    def column_of(self, year: int) -> Column | None:
        """The column of a year's report; None where there is none.

        Of several the last, and of those one that may be another agency's only where no other is there.
        """
        of_year = [column for column in self.columns if column.year == year and not column.is_gap]
        sure = [column for column in of_year if column.report_id not in self.doubted]
        return next(reversed(sure or of_year), None)

    @property
    def received(self) -> float | None:
        """The new requests of the last year with a report; None where it prints no number."""
        latest = self.latest
        return None if latest is None else self.index.number(latest.report_id, "requests/new/total")

    @property
    def years(self) -> list[int]:
        """The years with a report, in order."""
        return sorted({int(year) for year in self.reports["year"].dropna()})

    @property
    def unread_years(self) -> set[int]:
        """The years that the names of files tell that could not be read."""
        unread = self.findings[self.findings["kind"] == FindingKind.UNREADABLE_FILE]
        return {int(year) for year in unread["year"].dropna()}

    @property
    def missing_years(self) -> list[int]:
        """The years without a report between the first and the last."""
        years = self.years
        span = range(years[0], years[-1] + 1) if years else range(0)
        return [year for year in span if year not in years] if len(span) <= LONGEST_SPAN else []

    @cached_property
    def columns(self) -> list[Column]:
        """A column per year from the first to the last, then the reports whose year is unknown."""
        ordered = self.reports.sort_values(["year", "report_id"], na_position="last")
        is_of_several = ordered["year"].duplicated(keep=False)
        counted: dict[int | None, int] = {}
        columns = [Column(year, None, str(year), {}) for year in self.missing_years]
        for row, is_one_of_several in zip(records(ordered), is_of_several, strict=True):
            year = row["year"]
            counted[year] = counted.get(year, 0) + 1
            key = f"{'unknown' if year is None else year}{'' if counted[year] == 1 else f'-{counted[year]}'}"
            editions = {table: row[f"form_{table}"] for table in TABLES}
            file = row["report_id"].rpartition("/")[2] if is_one_of_several else ""
            sign = UNSURE_TITLE if row["report_id"] in self.doubted else ""
            columns.append(Column(year, row["report_id"], key, editions, file, sign))
        return sorted(columns, key=lambda column: (column.year is None, column.year, column.key))
