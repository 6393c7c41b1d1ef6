"""A figure or an indicator by whichever of its names a person has at hand."""

from __future__ import annotations

from ogi.columns import CELLS
from ogi.compare import INDICATORS, Indicator
from ogi.forms.named import cell_named, name_key
from ogi.panel.variables import VARIABLES
from ogi.said import Said, joined, worded

_OF_SHORT_NAME = {one.name: one.of for one in VARIABLES if one.role in ("cell", "state", "unit")}
_COLUMNS: dict[str, list[str]] = {}
"""Cell or indicator → its column, then the columns beside it."""
for _one in VARIABLES:
    if _one.of and _one.role not in ("lag", "lag_doubt", "rule"):
        _COLUMNS.setdefault(_one.of, []).append(_one.name)
_INDICATOR_NAMES = {
    **{name_key(name): one for one in INDICATORS.values() for name in (one.id, one.name, one.name.zh)},
    **{name_key(one.name): INDICATORS[one.of] for one in VARIABLES if one.role == "indicator"},
}


def indicator_of(name: str) -> Indicator | None:
    """The indicator named by its id, also as indicators/id, its name, or its variable in the panel."""
    return _INDICATOR_NAMES.get(name_key(name.removeprefix("indicators/")))


def cell_of(figure: str) -> str:
    """The id table/item/measure of a figure named by its id, its labels, or its variable in the panel.

    What is none of these comes back as it is, for whoever knows the figures to refuse.
    """
    return _OF_SHORT_NAME.get(figure) or cell_named(figure) or figure


def told_columns(cell: str, indicator: Indicator | None) -> Said | None:
    """How the panel calls its columns of a cell, by its id, or of an indicator; None where of neither."""
    if cell in CELLS:
        name, state, *_ = _COLUMNS[cell]
        return worded("ogi", "panel_cell", name=name, state=state)
    if indicator is None:
        return None
    name, *marks = _COLUMNS[indicator.id]
    cells = [_COLUMNS[of][0] for of in indicator.cells]
    lists = {"marks": joined(marks, ", ", "、"), "cells": joined(cells, ", ", "、")}
    return worded("ogi", "panel_indicator", name=name, **lists)
