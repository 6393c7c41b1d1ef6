"""What a count told in words may be: sums over the cells of one report's tables."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from math import isnan

from ogi.checks.sentences import parts_name, short_label
from ogi.figures import CELLS, COLUMN, COLUMNS_OF, Figures
from ogi.forms import EDITIONS, TABLES, Table

TOTAL = "total"


@dataclass(frozen=True)
class Meaning:
    """What a word can mean: items of one table whose totals are added up, less those of others.

    `refused.*` stands for all items under that heading.
    """

    table: str
    items: tuple[str, ...]
    less: tuple[str, ...] = ()

    @classmethod
    @cache
    def parse(cls, told: str) -> Meaning:
        """The meaning that the vocabulary writes as `requests: new + carried_in`."""
        table, _, names = told.partition(": ")
        plus, _, minus = names.partition(" - ")
        return cls(table, tuple(plus.split(" + ")), tuple(filter(None, minus.split(" + "))))


@dataclass(frozen=True)
class Sum:
    """What a meaning comes to: its value (None where a part is not known), its cells, how it is called."""

    value: float | None
    cells: tuple[str, ...]
    names: str = ""
    has_blank: bool = False


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
        items = self._items(meaning.table, meaning.items)
        if measures:
            return self._columns(meaning.table, items, measures)
        plus = self._totals(meaning.table, items)
        if not meaning.less:
            return plus
        minus = self._totals(meaning.table, self._items(meaning.table, meaning.less))
        value = None if plus.value is None or minus.value is None else plus.value - minus.value
        names, has_blank = f"{plus.names} - {minus.names}", plus.has_blank or minus.has_blank
        return Sum(value, (*plus.cells, *minus.cells), names, has_blank)

    def parts(self, meaning: Meaning) -> Sum:
        """What the parts of the items add up to, whatever their totals say."""
        table, items = self.tables[meaning.table], self._items(meaning.table, meaning.items)
        cells = [(item, measure) for item in items for measure in _parts(table, item)]
        measures = [table.measure(measure) for measure in dict.fromkeys(measure for _, measure in cells)]
        return replace(self._sum(table, cells), names=f"{_names(table, items)} / {parts_name(measures)}")

    def matching(self, number: float, meaning: Meaning) -> list[Sum]:
        """The sums akin to a meaning that come to a number: of single items; if none, of single columns."""
        table, items = self.tables[meaning.table], self._items(meaning.table, meaning.items)
        single = [self._totals(table.id, (item,)) for item in items if len(items) > 1]
        columns = [measure.id for measure in table.measures if measure.id != TOTAL]
        lines = (items, *((item,) for item in items))
        parts = [self._columns(table.id, line, (measure,)) for line in lines for measure in columns]
        found = ([one for one in some if one.value == number] for some in (single, parts))
        return next((some for some in found if some), [])

    def total(self, table: str, item: str, measure: str = TOTAL) -> Sum | None:
        """One cell; a blank total is the sum of its row. None where the report's edition lacks the cell."""
        known = self.tables.get(table)
        if known is None or measure not in known.cells_of.get(item, ()):
            return None
        column = COLUMN[f"{table}/{item}/{measure}"]
        if self._is_blank[column] and measure == TOTAL:
            return self._sum(known, [(item, part) for part in _parts(known, item)])
        value = self._numbers[column] if self._is_reported[column] else None
        return Sum(value, (CELLS[column],))

    def _items(self, table: str, names: tuple[str, ...]) -> tuple[str, ...]:
        """The ids that these names mean in the report's edition."""
        ids = [item.id for item in self.tables[table].items]
        stems = [name.removesuffix("*") for name in names]
        return tuple(i for i in ids if any(i == s or (s.endswith(".") and i.startswith(s)) for s in stems))

    def _totals(self, table: str, items: tuple[str, ...]) -> Sum:
        found = [one for one in (self.total(table, item) for item in items) if one is not None]
        values = [one.value for one in found if one.value is not None]
        value = sum(values) if found and len(values) == len(found) else None
        cells = tuple(cell for one in found for cell in one.cells)
        return Sum(value, cells, _names(self.tables[table], items), any(one.has_blank for one in found))

    def _columns(self, table_id: str, items: tuple[str, ...], measures: tuple[str, ...]) -> Sum:
        table = self.tables[table_id]
        heads = " + ".join(table.measure(measure).zh for measure in measures)
        found = self._sum(table, [(item, measure) for item in items for measure in measures])
        return replace(found, names=f"{_names(table, items)} / {heads}")

    def _sum(self, table: Table, cells: list[tuple[str, str]]) -> Sum:
        columns = [COLUMN[f"{table.id}/{item}/{measure}"] for item, measure in cells]
        total = sum(self._numbers[column] for column in columns)
        has_blank = any(not self._is_reported[column] for column in columns)
        ids = tuple(CELLS[column] for column in columns)
        return Sum(None if isnan(total) else total, ids, has_blank=has_blank)


def _parts(table: Table, item: str) -> list[str]:
    return [measure for measure in table.cells_of[item] if measure != TOTAL]


def _names(table: Table, items: tuple[str, ...]) -> str:
    """How a sum of items is called: by the heading they fill, else by their labels."""
    groups = {item.group for item in table.items if item.id in items}
    group = groups.pop() if len(items) > 1 and len(groups) == 1 else None
    if group is not None and {item.id for item in table.items if item.group == group} == set(items):
        return group.number + group.zh
    return " + ".join(short_label(table.item(item)) for item in items)
