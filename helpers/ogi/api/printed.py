"""One figure as it is printed: the picture of its cell."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import pandas as pd
from PIL import Image

from ogi import workers
from ogi.agencies import nearest
from ogi.compare import INDICATORS
from ogi.forms.named import official_name
from ogi.panel.named import indicator_of
from ogi.readers import pictures
from ogi.readers.document import Box
from ogi.said import Refused, joined, worded
from ogi.tables import records


def picture_of(path: Path, figures: pd.DataFrame, cell: str) -> Image.Image:
    """The picture of a cell, given as table/item/measure. `figures`: those of the report in that file.

    Raises:
        Refused: The report's forms have no such figure; the nearest are named.
        ValueError: The figure has no place on a page.
        UnreadableFile: The page cannot be drawn.
    """
    rows = {f"{row['table']}/{row['item']}/{row['measure']}": row for row in records(figures)}
    refuse_unknown_cell(cell, rows)
    row = rows[cell]
    if row["page"] is None or not pictures.has_pages(path):
        values = {"file": path.name, "cell": cell, "method": row["method"]}
        raise ValueError(
            worded(__package__, "no_place", state=worded("ogi", f"state.{row['state']}"), **values)
        )
    box = Box(row["page"], row["x0"], row["top"], row["x1"], row["bottom"])
    return workers.run(pictures.cell_picture, path, box)


def refuse_unknown_cell(cell: str, cells: Collection[str]) -> None:
    """Refused, with the nearest, for a cell that is not among those; an indicator with its cells."""
    if cell in cells:
        return
    indicator = indicator_of(cell)
    if indicator is not None:
        told = {"name": indicator.name, "formula": indicator.formula, "cells": ", ".join(indicator.cells)}
        raise Refused(worded(__package__, "is_indicator", cell=cell, **told))
    names = (
        cells if cell.isascii() else [*map(official_name, cells), *(i.name.zh for i in INDICATORS.values())]
    )
    near = joined(nearest(cell, names), ", ", "、") or "\u2013"
    raise Refused(worded(__package__, "no_cell", cell=cell, near=near))
