"""What a view shows: which agencies, years and figure, and how it is told."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

from ogi import said
from ogi.agencies import nearest
from ogi.columns import CELLS
from ogi.compare import INDICATORS, cell_label
from ogi.compare.indicators import COUNT, PER_HUNDRED, PERCENT
from ogi.forms import EDITIONS, TABLES, printed_on
from ogi.panel.named import cell_of, indicator_of
from ogi.said import Refused, Said, joined
from ogi.values import one_decimal

worded = partial(said.worded, "ogi.explore")
"""What the views say, by its key in wordings.yaml."""
ABSOLUTE, SHARE, INDEX = "absolute", "share", "index"
WAYS = (ABSOLUTE, SHARE, INDEX)
"""As printed; as a share of the printed total; with the first year that has a number as 100."""
INDICATOR = "indicators"
"""Takes the place of a table where an indicator is chosen."""


@dataclass(frozen=True)
class FigureChoice:
    """What is shown. `years`: none for all. `table`: of the forms, or INDICATOR and then no `measure`."""

    agencies: tuple[str, ...]
    years: tuple[int, ...]
    table: str
    item: str
    measure: str
    way: str = ABSOLUTE
    language: str = "en"

    @property
    def cell(self) -> str:
        """The figure as table/item/measure."""
        return f"{self.table}/{self.item}/{self.measure}"

    @property
    def whole(self) -> str | None:
        """The printed total that the figure is a part of, None where the form adds it into none."""
        return whole_of(self.table, self.item, self.measure)

    @property
    def label(self) -> Said:
        """What the figure is called, and how it is told."""
        if self.way == ABSOLUTE:
            return self._named
        total = "" if self.whole is None else cell_label(self.whole)
        return worded(f"told.{self.way}", label=self._named, total=total)

    @property
    def _named(self) -> Said:
        if (self.table, self.measure) != ("requests", "total"):
            return self.told_label
        measure = printed_on(self.cell)[2]
        named = Said(measure.en.lower(), measure.zh)
        return said.say("{item}: {measure}", "{item}·{measure}", item=self.told_label, measure=named)

    @property
    def heading(self) -> Said:
        """The label with the unit that values are told in, where that is per cent."""
        return said.say("{label} (%)", "{label}（%）", label=self.label) if self.is_percent else self.label

    @property
    def formula(self) -> Said:
        """What an indicator is computed of."""
        return worded("formula", label=self.told_label, formula=INDICATORS[self.item].formula)

    @property
    def is_percent(self) -> bool:
        """Is the value a share from 0 to 1, which is told in per cent? An index of shares is none."""
        return self.way == SHARE or (self.way == ABSOLUTE and self._unit == PERCENT)

    @property
    def unit(self) -> Said:
        """What the numbers of the chart are in; in English nothing for counts, whose heading says it."""
        if self.is_percent:
            return Said("%", "%")
        if self.way == INDEX or self._unit == PER_HUNDRED:
            return worded(f"unit.{INDEX if self.way == INDEX else PER_HUNDRED}")
        cell = INDICATORS[self.item].cells[0] if self.table == INDICATOR else self.cell
        return Said("", printed_on(cell)[2].unit or "")

    @property
    def is_count(self) -> bool:
        """Is the value a number as printed, or a sum of such?"""
        return self.way == ABSOLUTE and self._unit in (None, COUNT)

    def as_told(self, value: float) -> float:
        """The number that a reader is told: a share in per cent; what is computed to one decimal."""
        if self.is_count:
            return value
        return float(one_decimal(100 * value if self.is_percent else value))

    @property
    def _unit(self) -> str | None:
        """The unit of an indicator."""
        return INDICATORS[self.item].unit if self.table == INDICATOR else None

    def require(self) -> None:
        """Refused for a figure that no form has, or one that cannot be told in that way."""
        if self.way not in WAYS:
            self._refuse("way", way=self.way, ways=", ".join(WAYS))
        known = [f"{INDICATOR}/{name}/" for name in INDICATORS] + [*CELLS]
        if self.cell not in known:
            near = joined(nearest(self.cell, known), ", ", "、")
            self._refuse("no_figure", cell=self.cell, near=near)
        if self.way == SHARE and self.whole is None:
            self._refuse("no_whole", label=self.told_label)

    @property
    def told_label(self) -> Said:
        """The name of the figure alone."""
        return INDICATORS[self.item].name if self.table == INDICATOR else cell_label(self.cell)

    def _refuse(self, key: str, **values: Any) -> None:
        raise Refused(worded(key, **values), self.language)


def parts_of(figure: str) -> tuple[str, str, str]:
    """Table, item and measure of a figure, each empty where it is not told; of an indicator table and item.

    Named by its ids, its label, or its variable in the panel.
    """
    cell, indicator = cell_of(figure), indicator_of(figure)
    if cell not in CELLS and indicator is not None:
        return INDICATOR, indicator.id, ""
    table, _, rest = cell.partition("/")
    item, _, measure = rest.partition("/")
    return table, item, measure


def whole_of(table: str, item: str, measure: str) -> str | None:
    """The cell that a figure adds into: the total of its row, for an outcome the total of all outcomes."""
    forms = TABLES.get(table, {}).values()
    if measure != "total" and any("total" in form.cells_of.get(item, ()) for form in forms):
        return f"{table}/{item}/total"
    is_outcome = any(one.outcome and item in (one.id, one.series) for form in forms for one in form.items)
    return f"{table}/outcome_total/total" if is_outcome else None


def items_of(table: str) -> dict[str, Said]:
    """The items that can be chosen: id → its name with the number of the form."""
    if table == INDICATOR:
        return {one.id: one.name for one in INDICATORS.values()}
    items = (printed_on(cell)[1] for cell in CELLS if cell.startswith(f"{table}/"))
    return {item.id: Said(item.en, item.label) for item in items}


def measures_of(table: str, item: str) -> dict[str, Said]:
    """The measures of an item: id → its name; of an indicator none."""
    measures = (printed_on(cell)[2] for cell in CELLS if cell.startswith(f"{table}/{item}/"))
    return {measure.id: Said(measure.en, measure.zh) for measure in measures}


def tables() -> dict[str, Said]:
    """The tables that can be chosen, and the indicators."""
    named = {id: editions[EDITIONS[-1]] for id, editions in TABLES.items()}
    return {**{id: Said(t.en, t.zh) for id, t in named.items()}, INDICATOR: worded("indicators")}
