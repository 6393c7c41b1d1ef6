"""What the command `ogi check` does with reports once they are read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from ogi.checks import Verdict, check_tables, told_rule
from ogi.checks.causes import marks_on
from ogi.checks.corrected import grounds
from ogi.checks.marks import told_unmet, unmet_marks
from ogi.checks.misfiled import set_apart
from ogi.checks.years import is_named
from ogi.extract.report import Severity
from ogi.ingest.by_hand import ByHand
from ogi.said import Said, joined, worded
from ogi.tables import MARKS, records
from ogi.tables.marks import ADDED
from ogi.trace import told_cell

SHOWN = (Verdict.BROKEN, Verdict.UNDECIDED)


@dataclass(frozen=True)
class Checked:
    """The checks; beside them the mark on each row or its cause; what is corrected, with its ground.

    `marks`: as `causes.marks_on`, a row each. `failures`: a line for each thing that is wrong with what
    people keep by hand, marks that meet nothing among them; `remarks`: a line for each review mark on a rule
    that holds throughout now.
    """

    checks: pd.DataFrame
    marks: pd.DataFrame
    corrected: pd.DataFrame
    failures: list[str]
    remarks: list[Said]

    @property
    def with_marks(self) -> pd.DataFrame:
        """The checks, followed by the columns of the marks where there is any."""
        marks = self.marks[list(ADDED)]
        return self.checks.join(marks) if marks["mark"].notna().any() else self.checks

    @property
    def of_broken(self) -> Checked:
        """The same with the checks that do not hold alone."""
        is_broken = self.checks["verdict"] == Verdict.BROKEN
        return replace(self, checks=self.checks[is_broken], marks=self.marks[is_broken])

    @property
    def share_causes(self) -> bool:
        """Has a report several rows that are broken or undecided, which may be of one cause?"""
        return bool(self.checks[self.checks["verdict"].isin(SHOWN)]["report_id"].duplicated().any())

    def failing(self, severity: str) -> int:
        """How many rules of that severity or a graver one are broken, and settled by no review mark."""
        graver = list(Severity)[: list(Severity).index(Severity(severity)) + 1]
        is_open = (self.checks["verdict"] == Verdict.BROKEN) & ~self.marks["is_settled"]
        return int((is_open & self.checks["severity"].isin(graver)).sum())


def checked(tables: dict[str, pd.DataFrame], hand: ByHand, language: str, whole: bool) -> Checked:
    """Every rule on the figures as corrected.

    `whole`: are these all reports? If not, what is kept by hand on others is left out without a word, but
    for what calls one of these by another name than its folder's.
    """
    keys = set(zip(tables["reports"]["agency"], tables["reports"]["year"], strict=True))
    own = hand if whole else hand.where(lambda rows: _are_on(keys, rows))
    corrected, refused = own.laid_on(set_apart(tables, own.marks))
    checks = check_tables(corrected, language)
    marks = marks_on(checks, corrected["figures"], corrected["findings"], own.marks, corrected["corrections"])
    unmet = unmet_marks(checks, corrected["reports"], own.marks)
    done = [_remark(mark) for mark, why in unmet if why is None]
    missed = [told_unmet(mark, why) for mark, why in unmet if why is not None]
    by_title = [] if whole else list(_by_title(hand, tables["reports"]))
    failures = [*own.faults, *refused, *missed, *by_title]
    applied = grounds(corrected["corrections"], corrected["figures"])
    return Checked(checks, marks, applied, failures, done)


def _by_title(hand: ByHand, reports: pd.DataFrame) -> Iterator[Said]:
    """A sentence for each report that corrections or marks call by another name than its folder's."""
    for row in records(reports.dropna(subset=["agency", "year"])):
        own = {row["agency"], row["printed_agency"] or row["agency"]}
        for rows in (hand.corrections, hand.marks):
            of_year = rows.loc[rows["year"] == row["year"], "agency"]
            for name, n in of_year[of_year != row["agency"]].value_counts().items():
                if any(is_named(str(name), one) for one in own):
                    yield worded("ogi.cli", "by_title", n=n, called=name, **row)


def _are_on(keys: set[tuple[Any, Any]], rows: pd.DataFrame) -> pd.Series[bool]:
    """Which rows are on one of these reports, given by agency and year; a fault may tell no year."""
    agencies = {agency for agency, _ in keys}
    is_line = "kind" in rows and "message" in rows
    pairs = zip(rows["agency"], rows["year"], strict=True)
    found = [pair in keys or (is_line and pd.isna(pair[1]) and pair[0] in agencies) for pair in pairs]
    return pd.Series(found, index=rows.index, dtype=bool)


def _remark(mark: Mapping[str, Any]) -> Said:
    cells = joined(map(told_cell, mark["cells"]), "; ", "；")
    place = joined([mark["agency"], str(mark["year"]), told_rule(mark["rule_id"]), cells], " ", " ")
    comment = f": {mark['comment']}" if mark["comment"] else ""
    named = Said(mark["mark"], MARKS[mark["mark"]])
    return worded("ogi.cli", "unmet", mark=named, place=place, comment=comment)
