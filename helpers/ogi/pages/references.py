"""Which figures a rule speaks of: how they are called, what they are, where they stand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from ogi.forms import TABLES
from ogi.pages.cells import anchor
from ogi.pages.frames import Frames
from ogi.pages.words import label


@dataclass(frozen=True)
class Reference:
    """A figure that a rule speaks of: its label, and its place on this page."""

    label: Markup
    href: str


def references(row: dict[str, Any], frames: Frames, language: str) -> Iterator[Reference]:
    """The figures of one row of checks, in its order."""
    own = next((column.key for column in frames.columns if column.report_id == row["report_id"]), "")
    for cell in row["cells"]:
        year, _, place = cell.rpartition(":")
        table, item, measure = place.split("/")
        yield Reference(place_label(cell, language), "#" + anchor(table, item, measure, year or own))


def place_label(cell: str, language: str) -> Markup:
    """A cell as a rule names it: table/item/measure, after YEAR: where the rule is of two years."""
    year, _, place = cell.rpartition(":")
    parts = place.split("/")
    if len(parts) != 3:
        return Markup("{}").format(cell)
    name = cell_label(parts[0], parts[1], parts[2], language)
    return Markup("{} · {}").format(year, name) if year else name


def cell_label(table: str, item: str, measure: str, language: str) -> Markup:
    """Item and measure by their official labels."""
    for edition in reversed(TABLES.get(table, {}).values()):
        if measure in edition.cells_of.get(item, ()):
            names = label(edition.item(item), language), label(edition.measure(measure), language)
            return Markup("{} · {}").format(*names)
    return Markup("{}/{}").format(item, measure)
