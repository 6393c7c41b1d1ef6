"""What people keep beside the reports: corrections of figures, marks on broken rules, a catalogue."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pandas as pd

from ogi.checks.catalogue import no_rule
from ogi.checks.corrected import doubted
from ogi.checks.marks import on_no_rule, read_marks
from ogi.extract.report import ON_CORRECTIONS
from ogi.said import Said, worded
from ogi.tables.catalogue import read_catalogue
from ogi.tables.corrections import COLUMNS as CORRECTION
from ogi.tables.corrections import apply_corrections, read_corrections
from ogi.tables.frames import records
from ogi.tables.schema import empty, joined
from ogi.tables.store import read

CORRECTIONS_FILE, MARKS_FILE, CATALOGUE_FILE = "corrections.csv", "review_marks.csv", "catalogue.csv"
_FILES = {
    "corrections": (CORRECTIONS_FILE, read_corrections),
    "marks": (MARKS_FILE, read_marks),
    "catalogue": (CATALOGUE_FILE, read_catalogue),
}


@dataclass(frozen=True)
class ByHand:
    """The sound rows of these files, and a line for each that is not sound."""

    corrections: pd.DataFrame = field(default_factory=lambda: empty("corrections")[CORRECTION])
    marks: pd.DataFrame = field(default_factory=lambda: empty("review_marks"))
    catalogue: pd.DataFrame = field(default_factory=lambda: empty("catalogue"))
    faults: list[str] = field(default_factory=list)

    def where(self, is_meant: Callable[[pd.DataFrame], pd.Series[bool]]) -> ByHand:
        """The rows of each file that are meant, and every fault."""
        corrections, marks, catalogue = (
            part[is_meant(part)] for part in (self.corrections, self.marks, self.catalogue)
        )
        return ByHand(corrections, marks, catalogue, self.faults)

    def laid_on(self, tables: Mapping[str, pd.DataFrame]) -> tuple[dict[str, pd.DataFrame], list[Said]]:
        """The tables with the figures corrected and all that is kept by hand beside them.

        A correction that does not fit, or that breaks what holds without it, is one of the findings, and a
        line.
        """
        corrected = apply_corrections(tables["figures"], self.corrections)
        in_doubt = doubted(corrected.applied, corrected.figures)
        is_earlier = tables["findings"]["kind"].isin(ON_CORRECTIONS)
        whole = {
            **tables,
            "figures": corrected.figures,
            "findings": joined("findings", [tables["findings"][~is_earlier], corrected.refused, in_doubt]),
            "corrections": corrected.applied,
            "review_marks": self.marks,
            "catalogue": self.catalogue,
        }
        told = map(Said, in_doubt["message"], in_doubt["message_zh"])
        return whole, [*corrected.failures, *dict.fromkeys(told)]


def by_hand(raw: Path | None, corrections: Path | None = None, marks: Path | None = None) -> ByHand:
    """Read the files; by default corrections.csv, review_marks.csv and catalogue.csv beside RAW, if there.

    Without RAW there are only the files that are named. A file that is named must be there.
    """
    found: dict[str, Any] = {}
    faults: list[str] = []
    named = _named(corrections, marks)
    for part, path in (named if raw is None else places(raw, corrections, marks)).items():
        if part in named or path.exists():
            _, reader = _FILES[part]
            found[part], wrong = reader(path)
            faults += wrong
    return replace(ByHand(faults=faults), **found)


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
    return ByHand(own, marks, catalogue, list(map(_refused, records(on_no_rule(marks)))))


def _refused(mark: dict[str, Any]) -> Said:
    """What is said of a mark on no rule, where the line of its file is not known any more."""
    of = {"agency": mark["agency"], "year": mark["year"], "why": no_rule(mark["rule_id"])}
    return worded("ogi.tables", "mark_refused", **of)


def place_beside(raw: Path) -> Path:
    """Where the catalogue of RAW lies."""
    return above(raw) / CATALOGUE_FILE


def above(folder: Path) -> Path:
    """The folder that it lies in, told as shortly as the folder itself is."""
    return folder.resolve().parent if folder.name in ("", "..") else folder.parent
