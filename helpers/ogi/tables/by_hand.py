"""What people keep beside the reports: corrections of figures, marks on broken rules, a catalogue."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from ogi.tables.catalogue import read_catalogue
from ogi.tables.corrections import COLUMNS as CORRECTION
from ogi.tables.corrections import read_corrections
from ogi.tables.marks import read_marks
from ogi.tables.schema import empty

CORRECTIONS_FILE, MARKS_FILE, CATALOGUE_FILE = "corrections.csv", "review_marks.csv", "catalogue.csv"

Read = tuple[pd.DataFrame, Sequence[str]]


@dataclass(frozen=True)
class ByHand:
    """The sound rows of these files, and a line for each that is not sound."""

    corrections: pd.DataFrame = field(default_factory=lambda: empty("corrections")[CORRECTION])
    marks: pd.DataFrame = field(default_factory=lambda: empty("review_marks"))
    catalogue: pd.DataFrame = field(default_factory=lambda: empty("catalogue"))
    faults: list[str] = field(default_factory=list)

    def of(self, agency: str) -> ByHand:
        """What concerns one agency."""
        whole = self.corrections, self.marks, self.catalogue
        corrections, marks, catalogue = (part[part["agency"] == agency] for part in whole)
        return ByHand(corrections, marks, catalogue, self.faults)


def by_hand(raw: Path | None, corrections: Path | None = None, marks: Path | None = None) -> ByHand:
    """Read the files; by default corrections.csv, review_marks.csv and catalogue.csv beside RAW, if there.

    Without RAW there are only the files that are named.
    """
    nothing = ByHand()
    folder = None if raw is None else _above(raw)
    corrected, wrong = _read(corrections, folder, CORRECTIONS_FILE, read_corrections, nothing.corrections)
    marked, strange = _read(marks, folder, MARKS_FILE, read_marks, nothing.marks)
    catalogue, odd = _read(None, folder, CATALOGUE_FILE, read_catalogue, nothing.catalogue)
    return ByHand(corrected, marked, catalogue, [*wrong, *strange, *odd])


def _above(folder: Path) -> Path:
    """The folder that it lies in, told as shortly as the folder itself is."""
    return folder.absolute().parent if folder.name in ("", "..") else folder.parent


def _read(
    named: Path | None, folder: Path | None, name: str, reader: Callable[[Path], Read], nothing: pd.DataFrame
) -> Read:
    """A file that is named must be there."""
    if named is not None:
        return reader(named)
    if folder is None or not (folder / name).exists():
        return nothing, []
    return reader(folder / name)
