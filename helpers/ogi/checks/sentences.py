"""How messages name cells, lines and tables, and write numbers."""

from __future__ import annotations

from collections.abc import Sequence

from ogi.forms import Item, Labelled, Table
from ogi.said import Said

UNKNOWN = "?"
# The four results of a review are all named; the six kinds of applicants would fill the line.
_IN_FULL = 4


def cell_name(table: Table, cell: str) -> str:
    """The official labels of one cell, given as table/item/measure."""
    _, item, measure = cell.split("/")
    return f"{short_label(table.item(item))} / {table.measure(measure).zh}"


def short_label(item: Item) -> str:
    """The label without the explanation that the form prints in brackets behind it."""
    return item.number + item.zh.partition("（")[0]


def line_name(line: Labelled) -> Said:
    """An item or a measure as the head of a sentence; in English beside the official label."""
    return Said(f"{line.en} ({line.full_label})", line.full_label)


def table_name(table: Table) -> Said:
    """The table's official title; in English beside its name there."""
    return Said(f"{table.en} ({table.zh})", table.zh)


def parts_name(parts: Sequence[Labelled]) -> str:
    """The official labels of what is added up; of many, the first and the last."""
    labels = [part.label for part in parts]
    return " + ".join(labels if len(labels) <= _IN_FULL else [labels[0], "…", labels[-1]])


def amount(value: float | None) -> str:
    """A number as a sentence shows it; one not known (None or NaN) is a question mark."""
    # Six decimals are the most that reports print; fifteen digits are what a float holds exactly.
    return UNKNOWN if value is None or value != value else f"{round(value, 6):.15g}"
