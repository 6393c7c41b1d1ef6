"""Where a variable of the panel stands in print: on which forms, in which row and column, by their labels."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ogi.columns import CELLS
from ogi.compare import added_into
from ogi.forms import EDITIONS, TABLES, Item, Measure, Table

BOTH, ADDED_UP = "both", "added_up"
"""Beside the editions: printed on both forms; printed on one, and added up from its parts on the other."""
_OF_ONE_ROW = "review"
"""The table whose items are blocks of columns above a single row without a label."""


@dataclass(frozen=True)
class Printed:
    """`form`: an edition, BOTH or ADDED_UP. The rest: labels with the headings above them, in Chinese.

    Where the editions differ each is told, after its name.
    """

    form: str
    printed_row: str
    printed_column: str


def printed(cell: str) -> Printed:
    """Where the cell, given as table/item/measure, is printed."""
    found = _on_forms(cell)
    parts = [_on_forms(part) for part in CELLS if part != cell and added_into(part) == cell]
    form = ADDED_UP if parts else BOTH if len(found) == len(EDITIONS) else next(iter(found))
    rows, columns = _by_edition(found, _row), _by_edition(found, _column)
    for edition in EDITIONS:
        added = [part[edition] for part in parts if edition in part]
        if added:
            # They stand one below the other under one heading.
            rows[edition] = " + ".join([_row(*added[0]), *(item.label for _, item, _ in added[1:])])
            columns[edition] = _column(*added[0])
    return Printed(form, _told(rows), _told(columns))


_OnForm = tuple[Table, Item, Measure]


def _on_forms(cell: str) -> dict[str, _OnForm]:
    table, item, measure = cell.split("/")
    return {
        edition: (form, form.item(item), form.measure(measure))
        for edition, form in TABLES[table].items()
        if measure in form.cells_of.get(item, ())
    }


def _by_edition(found: dict[str, _OnForm], label: Callable[[Table, Item, Measure], str]) -> dict[str, str]:
    return {edition: label(*own) for edition, own in found.items()}


def _row(table: Table, item: Item, _: Measure) -> str:
    return "" if table.id == _OF_ONE_ROW else item.full_label


def _column(table: Table, item: Item, measure: Measure) -> str:
    return f"{item.full_label} {measure.full_label}" if table.id == _OF_ONE_ROW else measure.full_label


def _told(labels: dict[str, str]) -> str:
    if len(set(labels.values())) == 1:
        return next(iter(labels.values()))
    return "; ".join(f"{edition}: {label}" for edition, label in sorted(labels.items()))
