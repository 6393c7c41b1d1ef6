"""The cells of the forms as columns of arrays: where each stands, and which of them an equation adds up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from ogi.arrays import IndexArray
from ogi.forms import ALL_TABLES, EDITIONS, TABLES, Equation, Labelled, Table


def _cells() -> Iterator[str]:
    """Every cell of both editions in print order, the new edition first, an item's measures together."""
    for name, editions in TABLES.items():
        # The edition in use comes first: what only the old one has follows behind.
        tables = [editions[edition] for edition in reversed(EDITIONS)]
        items = (id for table in tables for item in table.items for id in (item.id, item.series) if id != "")
        for item in dict.fromkeys(items):
            measures = (measure for table in tables for measure in table.cells_of.get(item, ()))
            yield from (f"{name}/{item}/{measure}" for measure in dict.fromkeys(measures))


CELLS = tuple(_cells())
"""The ids, table/item/measure, of the cells of both forms: the columns of the arrays."""
COLUMN = {cell: number for number, cell in enumerate(CELLS)}
COLUMN_ON_FORM = {
    (table.edition, table.id, item.id, measure.id): COLUMN[f"{table.id}/{item.id}/{measure.id}"]
    for table in ALL_TABLES
    for item, measure in table.cells()
}
"""Edition, table, item and measure → the column."""


@dataclass(frozen=True)
class Lines:
    """The lines of one equation in a table: columns of CELLS as lines × parts; what each line is of."""

    table: Table
    equation: Equation
    about: tuple[Labelled, ...]
    left: IndexArray
    right: IndexArray

    @property
    def sides(self) -> tuple[list[Labelled], list[Labelled]]:
        """What is added up on the left and on the right."""
        parts = self.table.along(self.equation.axis)
        return [parts[id] for id in self.equation.left], [parts[id] for id in self.equation.right]


def lines_of(table: Table, equation: Equation) -> Lines:
    """Where the cells of an equation stand, line by line, as far as the form prints all parts of the line."""
    across = equation.axis == "measures"
    about = table.along("items" if across else "measures").values()

    def cells(line: Labelled, side: tuple[str, ...]) -> list[int | None]:
        pairs = [(line.id, part) if across else (part, line.id) for part in side]
        return [COLUMN_ON_FORM.get((table.edition, table.id, *pair)) for pair in pairs]

    whole = [line for line in about if None not in cells(line, (*equation.left, *equation.right))]
    left, right = (
        np.array([cells(line, side) for line in whole], dtype=np.intp).reshape(len(whole), len(side))
        for side in (equation.left, equation.right)
    )
    return Lines(table, equation, tuple(whole), left, right)


LINES = {
    (table.id, table.edition): [lines_of(table, equation) for equation in table.equations]
    for table in ALL_TABLES
}
"""Table and edition → its equations, line by line."""
COLUMNS_OF = {name: [COLUMN[cell] for cell in CELLS if cell.startswith(f"{name}/")] for name in TABLES}
"""Table → the columns of its cells in both editions."""
COLUMNS_ON = {
    (table.id, table.edition): [
        COLUMN_ON_FORM[(table.edition, table.id, item.id, measure.id)] for item, measure in table.cells()
    ]
    for table in ALL_TABLES
}
"""Table and edition → the columns of its cells in print order."""
