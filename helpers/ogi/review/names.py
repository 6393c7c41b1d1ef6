"""What groups, kinds, cells and places of a review are called, in both languages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ogi.agencies import kind_name
from ogi.compare.labels import cell_label
from ogi.forms import EDITIONS, SECTIONS, TABLES, printed_on
from ogi.pages.cells import anchor
from ogi.review.words import worded
from ogi.said import Said, joined, say

SECTION_NAMES = {part.id: Said(part.en, part.zh) for part in SECTIONS}
"""Section → what the form calls it."""


def group_name(kind: str, level: str, scope: str) -> Said:
    """Agencies that are alike: of one kind, at one level, that tell one scope."""
    return worded(
        "group",
        kind=kind_name(kind),
        level=worded(f"level.{level or 'none'}"),
        scope=worded(f"scope.{scope}"),
    )


def form_name(table: str) -> Said:
    """What a statutory table is called."""
    form = TABLES[table][EDITIONS[-1]]
    return Said(form.en, form.zh)


def measure_name(cell: str) -> Said:
    """What the measure of a cell is called."""
    _, _, measure = printed_on(cell)
    return Said(measure.en, measure.zh)


def named_cell(cell: str) -> Said:
    """A cell by its label, after its year where it is named with one."""
    year, _, place = cell.rpartition(":")
    label = cell_label(place)
    return say("{year} {cell}", "{year}年{cell}", year=year, cell=label) if year else label


def some_of(names: Sequence[str], most: int) -> Said:
    """The first of some agencies, and how many more there are."""
    first, left = joined(names[:most], ", ", "、"), len(names) - most
    if left <= 0:
        return first
    return say("{first} {more}", "{first}{more}", first=first, more=worded("and_more", n=left))


def cell_of(row: Mapping[Any, Any]) -> str:
    """The id of the cell that a row with table, item and measure is of."""
    return f"{row['table']}/{row['item']}/{row['measure']}"


def anchor_of(cell: str, year: str) -> str:
    """Where the figure of a year stands on its agency's page."""
    table, item, measure = cell.split("/")
    return anchor(table, item, measure, year)
