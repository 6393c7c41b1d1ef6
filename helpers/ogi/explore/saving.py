"""A view as files: its rows as CSV and workbook, its chart as PNG; each tells what it is made from."""

from __future__ import annotations

from datetime import date
from itertools import count
from pathlib import Path

import pandas as pd

from ogi.api import Dataset
from ogi.charts import Chart
from ogi.explore.choice import FigureChoice, worded
from ogi.files import write_whole
from ogi.said import told
from ogi.tables import to_csv, to_xlsx

_SUFFIXES = (".csv", ".xlsx", ".png")


def save(
    folder: Path, rows: pd.DataFrame, drawn: Chart, choice: FigureChoice, data: Dataset, day: date
) -> list[Path]:
    """Write the view into the folder under the name of its figure, numbered where that is taken.

    `day`: on which it is saved.
    """
    source = told(worded("source", version=data.version, day=day.isoformat()), choice.language)
    rows = with_source(rows, choice, data.reports, source)
    folder.mkdir(parents=True, exist_ok=True)
    stem = _free(folder, "-".join(part for part in choice.cell.split("/") if part) + f"-{choice.way}")
    csv, xlsx, png = (folder / f"{stem}{suffix}" for suffix in _SUFFIXES)
    write_whole(csv, to_csv(rows).encode("utf-8-sig"))  # by its mark a spreadsheet knows UTF-8
    write_whole(xlsx, to_xlsx(rows, "figures"))
    if any(seen.years for seen in drawn.panels):
        drawn.save(png, source)
    return [path for path in (csv, xlsx, png) if path.exists()]


def with_source(rows: pd.DataFrame, choice: FigureChoice, reports: pd.DataFrame, source: str) -> pd.DataFrame:
    """The rows with each value as table and chart tell it, and last the reports it is from and the source.

    `shown_value` is in `shown_unit`: a share of 0.392 is 39.2 in %.
    """
    unit = str(choice.unit)
    shown = rows["value"].map(choice.as_told, na_action="ignore")
    units = rows["unit"] if unit == "" else rows["unit"].mask(rows["value"].notna(), unit)
    files = reports.groupby(["agency", "year"])["report_id"].agg(list)
    keys = zip(rows["agency"], rows["year"], strict=True)
    found = rows.assign(reports=[" ".join(files.get(key, [])) for key in keys], source=source)
    at = list(found.columns).index("unit") + 1
    found.insert(at, "shown_value", shown)
    found.insert(at + 1, "shown_unit", units)
    return found


def _free(folder: Path, stem: str) -> str:
    """A name that no earlier view has: what lies there may have been worked on."""
    names = (stem if n == 1 else f"{stem}-{n}" for n in count(1))
    return next(
        name for name in names if not any((folder / f"{name}{suffix}").exists() for suffix in _SUFFIXES)
    )
