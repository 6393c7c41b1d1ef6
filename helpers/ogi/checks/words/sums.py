"""What a count told in words may be: sums over the cells of one report's tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from functools import cache

from ogi.checks.rows import parts_name, short_label
from ogi.columns import CELLS, COLUMN, COLUMNS_OF
from ogi.figures import Figures
from ogi.forms import EDITIONS, TABLES, Table

TOTAL = "total"


@dataclass(frozen=True)
class Meaning:
    """What a word can mean: items of one table whose totals are added up, less those of others.

    `refused.*` stands for all items under that heading. `measures`: what is counted of an item that has no
    total (licences / decisions).
    """

    table: str
    items: tuple[str, ...]
    less: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()

    @classmethod
    @cache
    def parse(cls, told: str) -> Meaning:
        """The meaning that the vocabulary writes as `requests: new + carried_in`."""
        table, _, names = told.partition(": ")
        sums, _, measure = names.partition(" / ")
        plus, _, minus = sums.partition(" - ")
        parts = (tuple(filter(None, told.split(" + "))) for told in (plus, minus, measure))
        return cls(table, *parts)


@dataclass(frozen=True)
class Sum:
    """What a meaning comes to: its value (None where a part is not known), its cells, how it is called."""

    value: float | None
    cells: tuple[str, ...]
    names: str = ""
    has_blank: bool = False


def _added(sums: Sequence[Sum], names: str = "") -> Sum:
    """What some sums come to together; not known where one of them is not, or where there is none."""
    values = [one.value for one in sums if one.value is not None]
    value = sum(values) if values and len(values) == len(sums) else None
    cells = tuple(cell for one in sums for cell in one.cells)
    return Sum(value, cells, names, any(one.has_blank for one in sums))


class ReportFigures:
    """One report's figures by table, item and measure, and the sums over them."""

    def __init__(self, figures: Figures, row: int) -> None:
        """Take one row of the index over figures, each table in the edition that the report prints."""
        self._numbers = figures.blank_as_zero[row].tolist()
        self._is_blank, self._is_reported = figures.blank[row].tolist(), figures.reported[row].tolist()
        editions = {name: int(figures.form[row, columns].max()) for name, columns in COLUMNS_OF.items()}
        self.tables = {name: TABLES[name][EDITIONS[form]] for name, form in editions.items() if form >= 0}

    def sum_of(self, meaning: Meaning, measures: tuple[str, ...] = ()) -> Sum:
        """The total column over the items of a meaning, or these columns of them; blank totals as `total`."""
        if meaning.table not in self.tables:
            return Sum(None, ())
        items = self._items(meaning.table, meaning.items)
        if measures or meaning.measures:
            return self._columns(meaning.table, items, measures or meaning.measures)
        plus = self._totals(meaning.table, items)
        if not meaning.less:
            return plus
        minus = self._totals(meaning.table, self._items(meaning.table, meaning.less))
        less = replace(minus, value=None if minus.value is None else -minus.value)
        return _added([plus, less], f"{plus.names} - {minus.names}")

    def parts(self, meaning: Meaning) -> Sum:
        """What the parts of the items add up to, whatever their totals say."""
        if meaning.table not in self.tables:
            return Sum(None, ())
        table, items = self.tables[meaning.table], self._items(meaning.table, meaning.items)
        cells = [(item, part) for item in items for part in table.cells_of[item] if part != TOTAL]
        measures = [table.measure(measure) for measure in dict.fromkeys(measure for _, measure in cells)]
        names = f"{_names(table, items)} / {parts_name(measures)}"
        return _added([self._cell(table.id, *cell) for cell in cells], names)

    def matching(self, number: float, meaning: Meaning) -> list[Sum]:
        """The parts of a meaning that come to a number: single items or, where none does, single columns."""
        if meaning.table not in self.tables:
            return []
        table, items = self.tables[meaning.table], self._items(meaning.table, meaning.items)
        single = [self._totals(table.id, (item,)) for item in items if len(items) > 1]
        columns = [measure.id for measure in table.measures if measure.id != TOTAL]
        lines = (items, *((item,) for item in items))
        parts = [self._columns(table.id, line, (measure,)) for line in lines for measure in columns]
        found = ([one for one in some if one.value == number] for some in (single, parts))
        return next((some for some in found if some), [])

    def total(self, table: str, item: str) -> Sum | None:
        """A total; a blank one is the sum of its row. None where the report's edition lacks it."""
        printed = self.tables[table].cells_of.get(item, ()) if table in self.tables else ()
        if TOTAL not in printed:
            return None
        column = COLUMN[f"{table}/{item}/{TOTAL}"]
        if self._is_blank[column]:
            return _added([self._cell(table, item, part) for part in printed if part != TOTAL])
        return Sum(self._numbers[column] if self._is_reported[column] else None, (CELLS[column],))

    def _items(self, table: str, names: tuple[str, ...]) -> tuple[str, ...]:
        """The ids that these names mean in the report's edition."""
        ids = [item.id for item in self.tables[table].items]
        return tuple(id for id in ids if any(fnmatchcase(id, name) for name in names))

    def _totals(self, table: str, items: tuple[str, ...]) -> Sum:
        found = [one for one in (self.total(table, item) for item in items) if one is not None]
        return _added(found, _names(self.tables[table], items))

    def _columns(self, table_id: str, items: tuple[str, ...], measures: tuple[str, ...]) -> Sum:
        table = self.tables[table_id]
        printed = [(item, m) for item in items for m in measures if m in table.cells_of[item]]
        heads = " + ".join(table.measure(m).zh for m in dict.fromkeys(m for _, m in printed))
        cells = [self._cell(table_id, *cell) for cell in printed]
        return _added(cells, f"{_names(table, items)} / {heads}")

    def _cell(self, table: str, item: str, measure: str) -> Sum:
        """One cell, zero where it is blank."""
        column = COLUMN[f"{table}/{item}/{measure}"]
        value = self._numbers[column]
        # NaN, where the cell was not read, equals nothing.
        return Sum(value if value == value else None, (CELLS[column],), "", not self._is_reported[column])


def _names(table: Table, items: tuple[str, ...]) -> str:
    """How a sum of items is called: by the heading they fill, else by their labels."""
    groups = {item.group for item in table.items if item.id in items}
    group = groups.pop() if len(items) > 1 and len(groups) == 1 else None
    if group is not None and {item.id for item in table.items if item.group == group} == set(items):
        return group.label
    return " + ".join(short_label(table.item(item)) for item in items)
