"""What people keep beside the reports: corrections of figures, marks on broken rules, a catalogue."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pandas as pd

from ogi.checks.corrected import to_look_at
from ogi.checks.marks import on_no_rule, read_marks, refusal, told_unmet, unmet_marks
from ogi.extract.report import BY_HAND, Finding, FindingKind, Severity
from ogi.ingest.sources import worded
from ogi.said import Said
from ogi.tables.catalogue import read_catalogue
from ogi.tables.corrections import COLUMNS as CORRECTION
from ogi.tables.corrections import apply_corrections, read_corrections
from ogi.tables.csv_rows import LineFault
from ogi.tables.frames import finding_row, from_rows, records
from ogi.tables.schema import empty, joined
from ogi.tables.store import read

CORRECTIONS_FILE, MARKS_FILE, CATALOGUE_FILE = "corrections.csv", "review_marks.csv", "catalogue.csv"
_FILES = {
    "corrections": (CORRECTIONS_FILE, read_corrections),
    "marks": (MARKS_FILE, read_marks),
    "catalogue": (CATALOGUE_FILE, read_catalogue),
}
_SPREADSHEETS = (".xlsx", ".xls", ".et", ".ods")
"""As which Excel, WPS and LibreOffice keep what a person has forgotten to save as CSV."""
REFUSED = {"corrections": FindingKind.CORRECTION_REFUSED, "marks": FindingKind.MARK_REFUSED}
"""Of which kind a finding is on a line of these that is not understood."""


@dataclass(frozen=True)
class ByHand:
    """The sound rows of these files, and what is said of those that are not sound.

    `refused`: those that say whose they are, as findings on their agencies; `faults`: a line for each other.
    """

    corrections: pd.DataFrame = field(default_factory=lambda: empty("corrections")[CORRECTION])
    marks: pd.DataFrame = field(default_factory=lambda: empty("review_marks"))
    catalogue: pd.DataFrame = field(default_factory=lambda: empty("catalogue"))
    faults: list[str] = field(default_factory=list)
    refused: pd.DataFrame = field(default_factory=lambda: empty("findings"))

    @property
    def not_taken(self) -> list[str]:
        """A line for each row that is not sound."""
        return [*self.faults, *_told(self.refused)]

    def where(self, is_meant: Callable[[pd.DataFrame], pd.Series[bool]]) -> ByHand:
        """The rows of each file that are meant, and every fault that is on nobody's row."""
        corrections, marks, catalogue, refused = (
            part[is_meant(part)] for part in (self.corrections, self.marks, self.catalogue, self.refused)
        )
        return ByHand(corrections, marks, catalogue, self.faults, refused)

    def laid_on(self, tables: Mapping[str, pd.DataFrame]) -> tuple[dict[str, pd.DataFrame], list[Said]]:
        """The tables with the figures corrected and all that is kept by hand beside them.

        A correction that does not fit, or is to be looked at again, is one of the findings, and a line.
        """
        corrected = apply_corrections(tables["figures"], self.corrections)
        in_doubt = to_look_at(corrected.applied, corrected.figures)
        is_earlier = tables["findings"]["kind"].isin(BY_HAND)
        whole = {
            **tables,
            "figures": corrected.figures,
            "findings": joined(
                "findings", [tables["findings"][~is_earlier], self.refused, corrected.refused, in_doubt]
            ),
            "corrections": corrected.applied,
            "review_marks": self.marks,
            "catalogue": self.catalogue,
        }
        return whole, [*_told(self.refused), *corrected.failures, *_told(in_doubt)]

    def unmet(self, checks: pd.DataFrame, reports: pd.DataFrame) -> pd.DataFrame:
        """A finding for each mark that meets nothing though its rule does not hold there throughout."""
        found = [(mark, why) for mark, why in unmet_marks(checks, reports, self.marks) if why is not None]
        told = [(mark, FindingKind.MARK_UNMET, told_unmet(mark, why)) for mark, why in found]
        rows = [
            finding_row((None, mark["agency"], mark["year"]), Finding(kind, Severity.WARNING, said))
            for mark, kind, said in told
        ]
        return from_rows("findings", rows)


def by_hand(raw: Path | None, corrections: Path | None = None, marks: Path | None = None) -> ByHand:
    """Read the files; by default corrections.csv, review_marks.csv and catalogue.csv beside RAW, if there.

    Without RAW there are only the files that are named. A file that is named must be there.
    """
    found: dict[str, Any] = {}
    faults: list[str] = []
    refused: list[pd.DataFrame] = []
    named = _named(corrections, marks)
    for part, path in (named if raw is None else places(raw, corrections, marks)).items():
        if part in named or path.exists():
            _, reader = _FILES[part]
            found[part], wrong = reader(path)
            owned = [one for one in wrong if isinstance(one, LineFault) and not one.is_taken]
            if part in REFUSED:
                refused.append(_findings(owned, REFUSED[part]))
                wrong = [one for one in wrong if one not in owned]
            faults += wrong
        else:
            faults += _unread(path)
    return replace(ByHand(faults=faults, refused=joined("findings", refused)), **found)


def _unread(path: Path) -> list[Said]:
    """A sentence on each spreadsheet that lies where a CSV file is sought, and is not read."""
    there = (path.with_suffix(suffix) for suffix in _SPREADSHEETS)
    return [worded("no_csv", file=file, name=path.name) for file in there if file.is_file()]


def on_nobody(part: str, path: Path) -> list[Said]:
    """What is not understood of a file that is there, and is in no agency's findings; by its name alone."""
    _, wrong = _FILES[part][1](path)
    is_told = [part in REFUSED and isinstance(one, LineFault) for one in wrong]
    return [_in_name(one, path) for one, is_known in zip(wrong, is_told, strict=True) if not is_known]


def _in_name(told: Said, path: Path) -> Said:
    return Said(str(told).replace(str(path), path.name), told.zh.replace(str(path), path.name))


def _findings(faults: Iterable[LineFault], kind: FindingKind) -> pd.DataFrame:
    rows = [
        finding_row((None, one.agency, one.year), Finding(kind, Severity.WARNING, one.in_name))
        for one in faults
    ]
    return from_rows("findings", rows)


def _told(findings: pd.DataFrame) -> list[Said]:
    pairs = zip(findings["message"], findings["message_zh"], strict=True)
    return [Said(message, chinese) for message, chinese in dict.fromkeys(pairs)]


def places(raw: Path, corrections: Path | None = None, marks: Path | None = None) -> dict[str, Path]:
    """Where each of the files is sought: as it is named, else beside RAW."""
    beside = {part: above(raw) / name for part, (name, _) in _FILES.items()}
    return beside | _named(corrections, marks)


def _named(corrections: Path | None, marks: Path | None) -> dict[str, Path]:
    named = {"corrections": corrections, "marks": marks}
    return {part: path for part, path in named.items() if path is not None}


def kept(folder: Path, agency: str | None = None) -> ByHand:
    """What people had written when the dataset was made; MissingTablesError where there is none."""
    corrections, marks, catalogue = (
        read(folder, name, agency) for name in ("corrections", "review_marks", "catalogue")
    )
    own = corrections.drop(columns="report_id").drop_duplicates()
    findings = read(folder, "findings", agency)
    refused = findings[findings["kind"].isin(REFUSED.values())]
    return ByHand(own, marks, catalogue, list(map(refusal, records(on_no_rule(marks)))), refused)


def place_beside(raw: Path) -> Path:
    """Where the catalogue of RAW lies."""
    return above(raw) / CATALOGUE_FILE


def above(folder: Path) -> Path:
    """The folder that it lies in, told as shortly as the folder itself is."""
    return folder.resolve().parent if folder.name in ("", "..") else folder.parent
