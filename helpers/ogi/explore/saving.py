"""A view as files: its rows as CSV and workbook, its chart as PNG."""

from __future__ import annotations

from itertools import count
from pathlib import Path

import pandas as pd

from ogi.charts import Chart
from ogi.explore.choice import FigureChoice
from ogi.files import write_whole
from ogi.tables import to_csv, to_xlsx

_SUFFIXES = (".csv", ".xlsx", ".png")


def save(folder: Path, rows: pd.DataFrame, drawn: Chart, choice: FigureChoice) -> list[Path]:
    """Write the view into the folder under the name of its figure, numbered where that is taken."""
    folder.mkdir(parents=True, exist_ok=True)
    stem = _free(folder, "-".join(part for part in choice.cell.split("/") if part) + f"-{choice.way}")
    csv, xlsx, png = (folder / f"{stem}{suffix}" for suffix in _SUFFIXES)
    write_whole(csv, to_csv(rows).encode("utf-8-sig"))  # by its mark a spreadsheet knows UTF-8
    write_whole(xlsx, to_xlsx(rows, "figures"))
    if any(seen.years for seen in drawn.panels):
        drawn.save(png)
    return [path for path in (csv, xlsx, png) if path.exists()]


def _free(folder: Path, stem: str) -> str:
    """A name that no earlier view has: what lies there may have been worked on."""
    names = (stem if n == 1 else f"{stem}-{n}" for n in count(1))
    return next(
        name for name in names if not any((folder / f"{name}{suffix}").exists() for suffix in _SUFFIXES)
    )
