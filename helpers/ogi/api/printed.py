"""One figure as it is printed: the picture of its cell."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Any

import pandas as pd
from PIL import Image

from ogi import workers
from ogi.agencies import nearest
from ogi.compare import INDICATORS
from ogi.forms.named import official_name
from ogi.pages.clippings import named_cell
from ogi.panel.named import indicator_of
from ogi.readers import pictures
from ogi.readers.document import Box
from ogi.said import Refused, joined, worded
from ogi.tables import records


def picture_of(path: Path, figures: pd.DataFrame, cell: str) -> Image.Image:
    """The picture of a cell with the label of its row and the head of its column.

    `figures`: those of the report in that file; `cell`: table/item/measure.

    Raises:
        Refused: The report's forms have no such figure; the nearest are named.
        ValueError: The figure has no place on a page.
        UnreadableFile: The page cannot be drawn.
    """
    rows = {f"{row['table']}/{row['item']}/{row['measure']}": row for row in records(figures)}
    refuse_unknown_cell(cell, rows)
    row = rows[cell]
    if row["x0"] is None or not pictures.has_pages(path):
        values = {"file": path.name, "cell": cell, "method": row["method"]}
        raise ValueError(
            worded(__package__, "no_place", state=worded("ogi", f"state.{row['state']}"), **values)
        )
    return workers.run(named_cell, path, *_with_names(row, list(rows.values())))


def _with_names(
    row: dict[str, Any], rows: list[dict[str, Any]]
) -> tuple[Box, list[Box], Box, float, list[float]]:
    """The box of a figure; those of its item beside it, the topmost of its column, above, edges.

    Above: where the nearest figure over the column ends; edges: where the figures of the table begin.
    """
    own = _box(row)
    table = [one for one in rows if one["table"] == row["table"] and one["x0"] is not None]
    item = [one for one in table if one["item"] == row["item"] and one["page"] == row["page"]]
    beside = [box for box in map(_box, item) if box.top <= own.bottom and own.top <= box.bottom]
    # Of a review and of the blocks of form 2019, columns of one measure stand beside each other.
    column = [_box(one) for one in table if one["measure"] == row["measure"]]
    column = [box for box in column if box.x0 <= own.x1 and own.x0 <= box.x1]
    first = min(column, key=lambda box: (box.page, box.top))
    ends = [one["bottom"] for one in rows if one["x0"] is not None and one["page"] == first.page]
    above = max((end for end in ends if end <= first.top + 1), default=0.0)
    return own, beside, first, above, sorted({one["x0"] for one in table if one["page"] == row["page"]})


def _box(row: dict[str, Any]) -> Box:
    return Box(*(row[name] for name in ("page", "x0", "top", "x1", "bottom")))


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
