"""A figure by whichever of its names a person has at hand."""

from __future__ import annotations

from ogi.forms.named import cell_named
from ogi.panel.variables import VARIABLES

_OF_SHORT_NAME = {one.name: one.of for one in VARIABLES if one.role in ("cell", "state", "unit")}


def cell_of(figure: str) -> str:
    """The id table/item/measure of a figure named by its id, its labels, or its variable in the panel.

    What is none of these comes back as it is, for whoever knows the figures to refuse.
    """
    return _OF_SHORT_NAME.get(figure) or cell_named(figure) or figure
