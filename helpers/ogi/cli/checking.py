"""What the command `ogi check` does with reports once they are read."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pandas as pd

from ogi.checks import RULES, Verdict, check_tables, told_rule
from ogi.checks.causes import marks_on
from ogi.extract.report import Severity
from ogi.ingest.by_hand import CATALOGUE_FILE, CORRECTIONS_FILE, MARKS_FILE, ByHand, by_hand, kept
from ogi.ingest.sources import is_of_agency
from ogi.said import Said, joined, worded
from ogi.tables import MARKS, matched
from ogi.tables.marks import ADDED
from ogi.trace import told_cell

SHOWN = (Verdict.BROKEN, Verdict.UNDECIDED)
FILES = (CORRECTIONS_FILE, MARKS_FILE, CATALOGUE_FILE)


@dataclass(frozen=True)
class Checked:
    """The checks; beside them the mark on each row or its cause; what is corrected.

    `marks`: as `causes.marks_on`, a row each. `failures`: a line for each thing that is wrong with what
    people keep by hand; `remarks`: a line for each review mark on what is no longer broken.
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

    def failing(self, severity: str) -> int:
        """How many rules of that severity or a graver one are broken, and settled by no review mark."""
        graver = list(Severity)[: list(Severity).index(Severity(severity)) + 1]
        is_open = (self.checks["verdict"] == Verdict.BROKEN) & ~self.marks["is_settled"]
        return int((is_open & self.checks["severity"].isin(graver)).sum())


def by_hand_of(
    paths: list[Path], dataset: Path | None, corrections: Path | None, marks: Path | None
) -> ByHand:
    """What people keep on the reports: in the dataset or beside their folder, and in files that are named."""
    if dataset is None:
        return beside(paths, corrections, marks)
    own, named = kept(dataset), by_hand(None, corrections, marks)
    return ByHand(
        own.corrections if corrections is None else named.corrections,
        own.marks if marks is None else named.marks,
        own.catalogue,
        [*(own.faults if marks is None else []), *named.faults],
    )


def beside(paths: list[Path], corrections: Path | None, marks: Path | None) -> ByHand:
    """What people keep beside the one folder that is named; of other paths, only the files given.

    Where nothing lies beside an agency's folder, it is what lies beside the folder of all agencies.
    """
    raw = paths[0] if len(paths) == 1 and paths[0].is_dir() else None
    if raw is not None and is_of_agency(raw) and not any((raw.absolute().parent / f).exists() for f in FILES):
        raw = raw.absolute().parent
    return by_hand(raw, corrections, marks)


def is_whole(paths: list[Path]) -> bool:
    """Are these all the reports that what is kept by hand may be about?"""
    return all(path.is_dir() and not is_of_agency(path) for path in paths)


def checked(tables: dict[str, pd.DataFrame], hand: ByHand, language: str, whole: bool) -> Checked:
    """Every rule on the figures as corrected.

    `whole`: are these all reports? If not, what is kept by hand on others is left out without a word.
    """
    keys = set(zip(tables["reports"]["agency"], tables["reports"]["year"], strict=True))
    own = hand if whole else hand.where(lambda rows: rows[["agency", "year"]].apply(tuple, axis=1).isin(keys))
    corrected, refused = own.laid_on(tables)
    checks = check_tables(corrected, language)
    marks = marks_on(checks, corrected["figures"], corrected["findings"], own.marks, corrected["corrections"])
    on_rules = own.marks[own.marks["rule_id"].isin(list(RULES))]
    _, unmet = matched(checks[checks["verdict"].isin(SHOWN)], on_rules)
    remarks = [_remark(row) for row in unmet.to_dict("records")]
    return Checked(checks, marks, corrected["corrections"], [*own.faults, *refused], remarks)


def _remark(mark: dict[Hashable, Any]) -> Said:
    cells = joined(map(told_cell, mark["cells"]), "; ", "；")
    place = joined([mark["agency"], str(mark["year"]), told_rule(mark["rule_id"]), cells], " ", " ")
    comment = f": {mark['comment']}" if mark["comment"] else ""
    named = Said(mark["mark"], MARKS[mark["mark"]])
    return worded("ogi.cli", "unmet", mark=named, place=place, comment=comment)
