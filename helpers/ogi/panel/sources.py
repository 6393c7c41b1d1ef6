"""Which files the panel was made from, and which reports have no row in it: what is lacking is told, too."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pandas as pd

from ogi.checks.misfiled import doubted, misfiled
from ogi.checks.years import is_named
from ogi.extract.report import FindingKind
from ogi.forms import FIRST_YEAR
from ogi.reported import ELSEWHERE, MISSING, NO_FILE, UNREAD, Filings, of_another, reported
from ogi.said import Said, in_chinese, worded
from ogi.tables import TableFrames, empty, joined, records

OTHER_AGENCY = "other_agency"
"""The status of an agency and year of which the folder holds another agency's report alone."""
SOURCES = ["agency", "year", "report_id", "sha256", "parser_version", "url", "printed_agency", "left_out"]
"""Of each report of an agency and year: its file in the folder of reports, the SHA-256 of its bytes, the
version of the rules that read it, where it was published, as far as the catalogue tells, the agency that its
title names, and OTHER_AGENCY where that is surely another, so that no row is of it."""
LACKING = ["agency", "year", "status", "file", "why", "why_zh"]
"""Of each file or report without a row: whose and on which year, as far as that is known, its status as in
`reported`, the file where one is there (of ELSEWHERE in another's folder), and why it has no row, in both
languages."""


@dataclass
class Files:
    """What of the dataset tells which reports there are, gathered part by part."""

    catalogue: pd.DataFrame
    _reports: list[pd.DataFrame] = field(default_factory=list)
    _unread: list[pd.DataFrame] = field(default_factory=list)
    _doubted: set[str] = field(default_factory=set)

    def see(self, tables: TableFrames) -> None:
        """Take in the reports of a part, and the files not read."""
        findings = tables["findings"]
        self._reports.append(tables["reports"])
        self._unread.append(findings[findings["kind"] == FindingKind.UNREADABLE_FILE])
        self._doubted |= doubted(tables["checks"], tables["review_marks"])

    @property
    def reports(self) -> pd.DataFrame:
        """The reports that could be read."""
        return joined("reports", self._reports)

    @property
    def own(self) -> pd.DataFrame:
        """Those of them that are not surely another agency's."""
        reports = self.reports
        return reports.drop(misfiled(reports).index)

    @property
    def strange(self) -> pd.DataFrame:
        """Those that surely are, as their folder's."""
        rows = misfiled(self.reports)
        return rows.assign(agency=rows["folder"])

    @property
    def unread(self) -> pd.DataFrame:
        """The findings on files that could not be read, one each."""
        return joined("findings", self._unread)

    @property
    def unplaced(self) -> pd.DataFrame:
        """The reports of no known agency or year."""
        reports = self.own
        return reports[reports[["agency", "year"]].isna().any(axis=1)]

    def sources(self) -> pd.DataFrame:
        """A row with SOURCES for each report of a known agency and year, by these."""
        urls = self.catalogue[["agency", "year", "url"]].dropna(subset=["year"])
        urls = urls.drop_duplicates(["agency", "year"])
        told = pd.concat([self.own.assign(left_out=None), self.strange.assign(left_out=OTHER_AGENCY)])
        found = told.dropna(subset=["agency", "year"]).merge(urls, on=["agency", "year"], how="left")
        return found[SOURCES].sort_values(["agency", "year", "report_id"], ignore_index=True)

    def lacking(self) -> pd.DataFrame:
        """A row with LACKING for each file that gave none, and each report expected that is not there."""
        files = pd.DataFrame([*self._files()], columns=LACKING)
        named = set(zip(files["agency"], files["year"], strict=True))
        expected = [row for row in self._expected() if (row["agency"], row["year"]) not in named]
        rows = pd.concat([files, pd.DataFrame(expected, columns=LACKING)], ignore_index=True)
        return rows.astype({"year": "Int64"}).sort_values(["agency", "year", "file"], ignore_index=True)

    def _files(self) -> Iterator[dict[str, Any]]:
        for row in records(self.unread):
            why = Said(row["message"], row["message_zh"])
            yield _row(row["agency"], row["year"], UNREAD, why, row["report_id"])
        for row in records(self.unplaced):
            package, key = ("ogi", "no_year") if row["year"] is None else (__package__, "no_agency")
            why = worded(package, key, file=row["report_id"].rpartition("/")[2])
            yield _row(row["agency"], row["year"], UNREAD, why, row["report_id"])
        own = set(zip(self.own["agency"], self.own["year"], strict=True))
        for row in records(self.strange):
            if (row["agency"], row["year"]) not in own:
                yield _row(row["agency"], row["year"], OTHER_AGENCY, of_another(row), row["report_id"])

    def _expected(self) -> Iterator[dict[str, Any]]:
        """What `reported` misses, of each year from the first to the last that is told of."""
        reports, unread = self.own, self.unread
        years = pd.concat([reports["year"], self.catalogue["year"]]).dropna()
        names = pd.concat([reports["agency"], unread["agency"], self.catalogue["agency"]]).dropna()
        # Kinds would tell deadlines, which nobody asks for here.
        agencies = pd.DataFrame({"agency": sorted(set(names)), "kind": None})
        agencies["in_catalogue"] = agencies["agency"].isin(self.catalogue["agency"])
        strange = self.strange.dropna(subset=["year"])
        unsure = reports[reports["report_id"].isin(self._doubted)].dropna(subset=["year"])
        told = frozenset(strange[["agency", "year", "printed_agency"]].itertuples(index=False, name=None))
        titles = frozenset(unsure[["year", "printed_agency"]].itertuples(index=False, name=None))
        filings = Filings(agencies, reports, self.catalogue, empty("checks"), unread, told, titles)
        titled = pd.concat([strange, unsure])
        for year in _from_first_to_last(years):
            found = reported(filings, year)
            for row in records(found[found["status"].isin([MISSING, ELSEWHERE, UNREAD, NO_FILE])]):
                status, at = row["status"], titled[titled["year"] == year]
                its = [is_named(row["agency"], title) for title in at["printed_agency"]]
                file = "; ".join(at.loc[its, "report_id"]) if status == ELSEWHERE else None
                yield _row(row["agency"], year, status, worded(__package__, f"lacking.{status}"), file)


def _from_first_to_last(years: pd.Series[int]) -> range:
    """A year to come, misread or mistyped, expects nothing of anybody."""
    known = years[(years >= FIRST_YEAR) & (years <= date.today().year)]
    return range(0) if known.empty else range(int(known.min()), int(known.max()) + 1)


def _row(
    agency: str | None, year: int | None, status: str, why: str, file: str | None = None
) -> dict[str, Any]:
    return dict(zip(LACKING, (agency, year, status, file, str(why), in_chinese(why)), strict=True))
