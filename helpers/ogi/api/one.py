"""One report, read in a process of its own, as frames with the columns of the dataset."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import pandas as pd
from PIL import Image

from ogi import workers
from ogi.api.printed import ReadRow, printed_cell
from ogi.checks import check_tables
from ogi.extract import read_report
from ogi.panel.named import cell_of
from ogi.tables import alone, frames


@dataclass(frozen=True)
class ReadReport:
    """What one file says. `agency` and `year` are those of its title, None where it tells neither."""

    path: Path
    agency: str | None
    year: int | None
    tables: Mapping[str, pd.DataFrame] = field(repr=False)

    @property
    def figures(self) -> pd.DataFrame:
        """A row for each cell of the statutory tables: the columns of the table figures, as printed."""
        return self.tables["figures"]

    @property
    def findings(self) -> pd.DataFrame:
        """What was read but not understood, and what was expected but not found."""
        return self.tables["findings"]

    @property
    def narratives(self) -> pd.DataFrame:
        """A row for each section, with its text."""
        return self.tables["narratives"]

    @cached_property
    def verdicts(self) -> pd.DataFrame:
        """Every rule on the report, a row for each line: the columns of the table checks."""
        return check_tables(self.tables)

    def where(self, cell: str) -> Image.Image | ReadRow:
        """The picture of a printed cell with its row's label and its column's head, named as for a dataset.

        Its row as read where there is no picture; faults as for `printed_cell`.
        """
        return printed_cell(self.path, self.figures, cell_of(cell))


def read(path: str | Path) -> ReadReport:
    """Read one report of any format; UnreadableFile, one line, where the file is none."""
    file = Path(path)
    report = workers.run(read_report, file)
    return ReadReport(file, report.agency, report.year, frames([alone(report)]))
