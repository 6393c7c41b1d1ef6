"""What a count told in words may be: sums over the cells of one report's tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

import pandas as pd

from ogi import forms
from ogi.checks.sentences import parts_name, short_label
from ogi.forms import Table
from ogi.values import State

TOTAL = "total"
_SILENT = (State.BLANK, State.NOT_APPLICABLE)


@dataclass(frozen=True)
class Meaning:
    """What a word can mean: items of one table whose totals are added up, less those of others.

    `refused.*` stands for all items under that heading.
    """

    table: str
    items: tuple[str, ...]
    less: tuple[str, ...] = ()

    @classmethod
    @lru_cache(64)
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

    def __init__(self, rows: dict[str, tuple[str, float]], tables: dict[str, Table]) -> None:
        """`rows`: table/item/measure → state and value; `tables`: the edition of each table."""
        self._rows, self.tables = rows, tables

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
        state, value = self._cell(known, item, measure)
        if state in _SILENT and measure == TOTAL:
            return self._sum(known, [(item, part) for part in _parts(known, item)])
        return Sum(value if state == State.REPORTED else None, (f"{table}/{item}/{measure}",))

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
        found = [self._cell(table, *cell) for cell in cells]
        is_known = all(state == State.REPORTED or state in _SILENT for state, _ in found)
        value = sum(value for state, value in found if state == State.REPORTED) if is_known else None
        ids = tuple(f"{table.id}/{item}/{measure}" for item, measure in cells)
        return Sum(value, ids, has_blank=any(state != State.REPORTED for state, _ in found))

    def _cell(self, table: Table, item: str, measure: str) -> tuple[str, float]:
        return self._rows.get(f"{table.id}/{item}/{measure}", (State.ABSENT, 0.0))


def figures_of(figures: pd.DataFrame, reports: Iterable[str]) -> Iterator[tuple[str, ReportFigures]]:
    """The figures of each of these reports."""
    rows = figures[figures["report_id"].isin(set(reports))]
    ids = (rows["table"] + "/" + rows["item"] + "/" + rows["measure"]).to_numpy()
    columns = {name: rows[name].to_numpy() for name in ("table", "form", "state", "value")}
    for report_id, at in rows.groupby("report_id", sort=False).indices.items():
        table, form, state, value = (columns[name][at] for name in ("table", "form", "state", "value"))
        cells = dict(zip(ids[at], zip(state, value, strict=True), strict=True))
        editions = dict(zip(table, form, strict=True))
        tables = {name: forms.TABLES[name][edition] for name, edition in editions.items()}
        yield str(report_id), ReportFigures(cells, tables)


def _parts(table: Table, item: str) -> list[str]:
    return [measure for measure in table.cells_of[item] if measure != TOTAL]


def _names(table: Table, items: tuple[str, ...]) -> str:
    """How a sum of items is called: by the heading they fill, else by their labels."""
    groups = {item.group for item in table.items if item.id in items}
    group = groups.pop() if len(items) > 1 and len(groups) == 1 else None
    if group is not None and {item.id for item in table.items if item.group == group} == set(items):
        return group.number + group.zh
    return " + ".join(short_label(table.item(item)) for item in items)
