"""The review of one year for a notebook: what was gathered, and each question's answer once."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import pandas as pd

from ogi import reported
from ogi import tables as dataset
from ogi.checks import Verdict
from ogi.checks.years import TWO_FILES
from ogi.compare import Sentence, sentences_of
from ogi.ingest.sources import of_agencies
from ogi.notebook import held_in, place
from ogi.review import copies, outliers, rules, totals
from ogi.review.gather import YearGathered, gathered
from ogi.review.settings import SETTINGS
from ogi.review.slips import SENT_BACK
from ogi.said import known
from ogi.tables.misprints import DISPUTED, DOUBTED, MISPRINT, MISREAD, UNCONFIRMED, UNSURE


@dataclass(frozen=True)
class Review:
    """All agencies in one year. `reports`: the folder with a folder of reports per agency."""

    year: int
    language: str
    reports: Path
    tables: Path
    found: YearGathered = field(repr=False)

    def __repr__(self) -> str:
        return f"<Review of {self.year}: {len(self.found.agencies)} agencies>"

    @property
    def years(self) -> list[int]:
        """The years that are shown beside each agency, the one reviewed the last."""
        there = self.found.reports["year"].dropna()
        first = int(there.min()) if len(there) > 0 else self.year
        return list(range(max(first, self.year - SETTINGS.years + 1), self.year + 1))

    @cached_property
    def with_page(self) -> frozenset[str]:
        """The agencies that have a page of their own."""
        agencies = self.found.agencies
        return frozenset(agencies.loc[agencies["has_page"].astype(bool), "agency"])

    @cached_property
    def reported(self) -> pd.DataFrame:
        """Who has reported, and when."""
        return reported.reported(self.found.filings, self.year)

    @cached_property
    def totals(self) -> pd.DataFrame:
        """The sums of both years, like with like."""
        return totals.totals(self.found, self.year)

    @cached_property
    def far(self) -> pd.DataFrame:
        """Rates that are far from the median of their kind."""
        return outliers.far(self.found, self.year)

    @cached_property
    def copied(self) -> pd.DataFrame:
        """Sections that are alike between agencies, by the agencies' numbers."""
        return copies.of_others(self.found.texts, len(self.with_page), self._plain)

    @cached_property
    def repeated(self) -> pd.DataFrame:
        """Sections that are the agency's own of last year, by the agencies' numbers."""
        return copies.own_last_year(self.found.texts)

    @cached_property
    def rules(self) -> pd.DataFrame:
        """The rules, those that break most first."""
        return rules.by_rule(self.found)

    @cached_property
    def counted(self) -> pd.DataFrame:
        """The slips as page and index count them: those to be sent back, and where two files differ."""
        slips = self.found.slips[self.found.slips["level"].isin(SENT_BACK)]
        return slips.drop_duplicates(["agency", "rule_id", "cells", "message"])

    @cached_property
    def to_send(self) -> pd.DataFrame:
        """The slips that agencies are asked about, those with a settled mark last.

        What two files on the year have alike is one slip: that we hold both makes none of the agency's two.
        """
        slips = self.counted[self.counted["rule_id"] != TWO_FILES]
        # Official sums first, as on the agencies' pages; of each the agency with the most.
        n = slips.groupby("agency")["agency"].transform("size") if len(slips) > 0 else 0
        order = slips.assign(n=n, is_soft=slips["level"] != "official")
        keys = ["is_settled", "is_soft", "n", "agency", "rule_id"]
        return order.sort_values(keys, ascending=[True, True, False, True, True], kind="stable")

    @property
    def open_slips(self) -> pd.DataFrame:
        """Those of `to_send` that no mark has settled."""
        return self.to_send[~self.to_send["is_settled"].astype(bool)]

    @cached_property
    def corrected(self) -> pd.DataFrame:
        """What people corrected in reports on the year: misprints first, misreadings last."""
        rows = self.found.corrected[self.found.corrected["year"] == self.year]
        grounds = (MISPRINT, DOUBTED, UNCONFIRMED, UNSURE, DISPUTED, MISREAD)
        order = {ground: place for place, ground in enumerate(grounds)}
        keys = ["ground", "agency", "table", "item", "measure"]
        return rows.sort_values(
            keys, key=lambda column: column.map(order) if column.name == "ground" else column, kind="stable"
        ).reset_index(drop=True)

    @cached_property
    def undecided(self) -> pd.DataFrame:
        """What could not be decided, agency by agency."""
        slips = self.found.slips[self.found.slips["level"] == Verdict.UNDECIDED]
        return slips.sort_values(["agency", "rule_id"], kind="stable")

    def names(self, numbers: pd.Series[int]) -> pd.Series[str]:
        """The names of agencies told by their numbers."""
        names = self.found.agencies["agency"].to_numpy()
        return pd.Series(names[numbers.to_numpy(dtype="int64")], index=numbers.index, dtype="str")

    def sentences(self, sections: pd.DataFrame) -> dict[tuple[str, str], list[Sentence]]:
        """The sentences of the year in some sections; a row each with `name`, the agency's, and section.

        Of several files on the year those of one, as `compare.one_a_year` takes it.
        """
        wanted = sections[["name", "section"]].drop_duplicates()
        with dataset.connect(self.tables) as connection:
            connection.register("wanted", wanted)
            left_out = pd.DataFrame({"report_id": sorted(self.found.equal)}, dtype="str")
            connection.register("left_out", left_out)
            rows = connection.execute(
                "SELECT n.agency, n.section, n.text FROM narratives n JOIN wanted w ON n.agency = w.name "
                "AND n.section = w.section WHERE n.year = ? AND n.text <> '' "
                "AND n.report_id NOT IN (SELECT report_id FROM left_out) "
                "QUALIFY n.report_id = max(n.report_id) OVER (PARTITION BY n.agency, n.section) "
                "ORDER BY n.agency",
                [self.year],
            ).fetchall()
        found: dict[tuple[str, str], list[Sentence]] = {
            (name, section): [] for name, section in wanted.itertuples(index=False, name=None)
        }
        for name, section, text in rows:
            found[name, section] += sentences_of(section, text)
        return found

    def _plain(self, units: pd.DataFrame) -> dict[tuple[int, str], str]:
        """The words of sections as compared, without what is usual to say; by agency's number and section."""
        usual = set(copies.usual(self.found.texts, len(self.with_page)))
        units = units.assign(name=self.names(units["agency"]), section=units["section"].astype("str"))
        told = self.sentences(units) if len(units) > 0 else {}
        numbers = dict(zip(units["name"], units["agency"], strict=True))
        return {
            (numbers[name], section): "".join(one.plain for one in own if one.hash not in usual)
            for (name, section), own in told.items()
        }


def of_year(year: int, reports: str, tables: str, language: str = "en") -> Review:
    """The review of a year. `reports`: a folder with a folder per agency; `tables`: where the dataset lies.

    `year`: 0 for the last one that there is. Relative folders are sought where the notebook runs, then at the
    top of the project. A dataset of other agencies is left as it is: these reports are then read into a
    folder inside it. ValueError where no report is of that year.
    """
    known(language)
    raw, folder = place(reports), place(tables)
    held = held_in(folder, raw, lambda where: _holds(where, raw), lambda where: _names(where) is None)
    years = years_of(held)
    if not years or (year and year not in years):
        raise ValueError(f"{reports}: expected reports on {year or 'any year'}, found {years or 'none'}")
    chosen = year or years[-1]
    return Review(chosen, language, raw, held, gathered(held, chosen))


def years_of(tables: Path) -> list[int]:
    """The years on which the dataset has reports."""
    with dataset.connect(tables) as connection:
        rows = connection.execute(
            "SELECT DISTINCT year FROM reports WHERE year IS NOT NULL ORDER BY 1"
        ).fetchall()
    return [int(year) for (year,) in rows]


def _holds(folder: Path, raw: Path) -> bool:
    """Has the dataset every agency that has a folder in RAW?"""
    names = _names(folder)
    return names is not None and {str(source.agency) for source in of_agencies(raw).sources} <= names


def _names(folder: Path) -> set[str] | None:
    """The agencies of a dataset, also those of which no file could be read; None where there is none."""
    try:
        return set(dataset.keys(folder))
    except dataset.MissingTablesError:
        return None
