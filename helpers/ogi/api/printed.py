"""One figure as it is printed: the picture of its cell, or its row as read where there are no pages."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

import pandas as pd
from PIL import Image

from ogi import workers
from ogi.agencies import nearest
from ogi.compare import INDICATORS
from ogi.extract import explain
from ogi.extract.heads import HeadColumn
from ogi.forms import EDITIONS, TABLES
from ogi.forms.named import official_name
from ogi.pages.clippings import named_cell
from ogi.panel.named import indicator_of
from ogi.readers import pictures, read
from ogi.readers.document import Box
from ogi.said import Refused, Said, joined, told, worded
from ogi.tables import records

_BLANK = worded("ogi", "state.blank")


@dataclass(frozen=True)
class ReadRow:
    """The row of a figure as it was read, where no picture can be drawn; a notebook shows it as a table.

    `label`: as printed; `cells`: right of it, each with the heads above it and whether it is the one asked
    for; `why`: the sentence that says why there is no picture.
    """

    label: str
    cells: tuple[tuple[str, str, bool], ...]
    why: Said

    def __str__(self) -> str:
        cells = (
            f"{'→' if is_meant else ' '} {head}: {text or _BLANK}" for head, text, is_meant in self.cells
        )
        return "\n".join((str(self.why), self.label, *cells))

    def html(self, language: str) -> str:
        """Return the sentence and the row under its heads, the cell asked for in bold."""
        heads = "".join(f"<th>{escape(head)}</th>" for head, _, _ in self.cells)
        blank = told(_BLANK, language)
        cells = "".join(
            f"<td><strong><mark>{escape(text or blank)}</mark></strong></td>"
            if is_meant
            else f"<td>{escape(text)}</td>"
            for _, text, is_meant in self.cells
        )
        table = f"<tr><th></th>{heads}</tr><tr><th>{escape(self.label)}</th>{cells}</tr>"
        return f'<p>{escape(told(self.why, language))}</p><table class="ogi-explore">{table}</table>'

    def _repr_html_(self) -> str:
        return self.html("en")


def printed_cell(path: Path, figures: pd.DataFrame, cell: str) -> Image.Image | ReadRow:
    """The picture of a cell with the label of its row and the head of its column; else its row as read.

    `figures`: those of the report in that file; `cell`: table/item/measure.

    Raises:
        Refused: The report's forms have no such figure, and the nearest are named; or the report does not
            print it.
        UnreadableFile: The page cannot be drawn.
    """
    rows = {f"{row['table']}/{row['item']}/{row['measure']}": row for row in records(figures)}
    refuse_unknown_cell(cell, rows)
    row = rows[cell]
    if row["x0"] is None or not pictures.has_pages(path):
        values = {"file": path.name, "cell": cell, "label": official_name(cell)}
        read_row = workers.run(_row_as_read, path, cell)
        if read_row is None:
            state = worded("ogi", f"state.{row['state']}")
            raise Refused(worded(__package__, "not_printed", state=state, **values))
        method = worded("ogi", f"method.{row['method']}")
        return ReadRow(*read_row, worded(__package__, "no_picture", method=method, **values))
    return workers.run(named_cell, path, *_with_names(row, list(rows.values())))


def _row_as_read(path: Path, cell: str) -> tuple[str, tuple[tuple[str, str, bool], ...]] | None:
    """Label and cells of the row that a figure was read from, as for ReadRow; None where there is none."""
    found = explain(read(path), cell).found
    if found is None:
        return None
    row, cells = found.row, []
    for one in row.cells:
        columns = [row.head.columns[rank] for rank, under in row.under.items() if under is one]
        heads = dict.fromkeys(_head(column, row.head.table) for column in columns)
        cells.append((" · ".join(heads), one.text.strip(), one is found.cell))
    return _in_a_line(row.label), tuple(cells)


def _head(column: HeadColumn, table: str) -> str:
    """What stands over a column; of the columns of a review, the item as well, for their heads are alike."""
    head = _in_a_line(column.cell.text)
    return head if column.item is None else f"{TABLES[table][EDITIONS[-1]].item(column.item).zh} › {head}"


def _in_a_line(text: str) -> str:
    """A text without the ends of its lines: in a report they stand within words."""
    return "".join(text.splitlines()).strip()


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
    labels = [*(official_name(cell).zh for cell in cells), *(i.name.zh for i in INDICATORS.values())]
    names = cells if cell.isascii() else labels
    near = joined(nearest(cell, names), ", ", "、") or "\u2013"
    raise Refused(worded(__package__, "no_cell", cell=cell, near=near))
