"""Both statutory forms as typed records; what they print is declared once, in forms.yaml.

Reader, checks, charts, pages and the data dictionary are all derived from here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from ogi.said import packaged

EDITIONS = ("2019", "2021")
FIRST_YEAR = 2019
"""The first year reported on these forms; earlier reports have the form of 国办发〔2014〕32号."""

ITEM_COLUMN_HEAD = "信息内容"
BALANCE_NOTE = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
REPORT_TITLE = "政府信息公开工作年度报告"

# Two of them, since a report on the new form may name one where it looks back.
OLD_FORM_MARKS = ("政府信息公开情况统计表", "统计指标", "主动公开政府信息数")
"""Words that only the form of 国办发〔2014〕32号 prints; two of them together identify it."""

_DECLARED = packaged(__package__, "forms.yaml")


@dataclass(frozen=True)
class Notice:
    """What prescribes an edition: the title of the format that `ISSUER` issued, and its number."""

    title: str
    number: str


@dataclass(frozen=True)
class Labelled:
    """What the form prints a label for: a row or a column of a table, or a heading over several."""

    id: str
    zh: str
    en: str
    number: str = ""
    group: Group | None = None
    aliases: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """The label as the form prints it, number included."""
        return self.number + self.zh

    @property
    def groups(self) -> tuple[Group, ...]:
        """The headings above it, outermost first."""
        return self.group.path if self.group is not None else ()

    @property
    def full_label(self) -> str:
        """The label with the headings above it, each with its number, parted by blanks."""
        return " ".join([*(group.label for group in self.groups), self.label])


@dataclass(frozen=True)
class Group(Labelled):
    """A heading over several items or measures, such as （三）不予公开; it holds no figure itself."""

    @property
    def path(self) -> tuple[Group, ...]:
        """This group and those above it, outermost first."""
        return (*self.groups, self)


@dataclass(frozen=True)
class Measure(Labelled):
    """What is counted about an item: a column head of the printed table."""

    unit: str | None = None
    comparable: bool = True
    """Does the figure mean the same in both editions of the form?"""


@dataclass(frozen=True)
class Item(Labelled):
    """What a figure is about: a row of the printed table (in `review`, a block of columns)."""

    outcome: bool = False
    """Is this one of the outcomes that add up to `outcome_total`?"""
    series: str = ""
    """The item of the comparable series this one adds into, where that is not the item itself."""


@dataclass(frozen=True)
class Equation:
    """A sum that must hold: the parts on the left equal the parts on the right.

    Args:
        axis: what the parts are: "items" (the equation then holds for every measure) or "measures" (it holds
            for every item).
        ago: how many years before the report's own year each part is told, left side first; empty where all
            stand in the same report.
    """

    id: str
    axis: str
    left: tuple[str, ...]
    right: tuple[str, ...]
    zh: str
    en: str
    ago: tuple[int, ...] = ()

    @property
    def table(self) -> str:
        """The id of the table that its parts stand in."""
        return self.id.partition(".")[0]


@dataclass(frozen=True)
class Table:
    """One statutory table in one edition: which figures it holds and how they add up."""

    id: str
    edition: str
    zh: str
    en: str
    items: tuple[Item, ...]
    measures: tuple[Measure, ...]
    cells_of: dict[str, tuple[str, ...]] = field(hash=False)
    """Item id → the ids of the measures printed for it, in print order."""
    equations: tuple[Equation, ...] = ()

    def along(self, axis: str) -> dict[str, Labelled]:
        """Id → what the parts of an equation on this axis are: the "items", or the "measures"."""
        parts: tuple[Labelled, ...] = self.items if axis == "items" else self.measures
        return {part.id: part for part in parts}

    def item(self, item_id: str) -> Item:
        """The item of that id; KeyError where the table has none."""
        return {i.id: i for i in self.items}[item_id]

    def measure(self, measure_id: str) -> Measure:
        """The measure of that id; KeyError where the table has none."""
        return {m.id: m for m in self.measures}[measure_id]

    def cells(self) -> Iterator[tuple[Item, Measure]]:
        """Every (item, measure) that the form prints a figure for, in print order."""
        measures = {measure.id: measure for measure in self.measures}
        for item in self.items:
            for measure_id in self.cells_of[item.id]:
                yield item, measures[measure_id]


@dataclass(frozen=True)
class Section(Labelled):
    """One of the six sections of a report, with the statutory table it holds, if any."""

    table: str | None = None

    @property
    def heading(self) -> str:
        """Number and title as the form prints them: 一、总体情况."""
        return f"{self.number}、{self.zh}"


def edition_of_year(year: int) -> str:
    """The edition prescribed for reports on `year`; what a report really prints may be the other one."""
    # The notice on the new form is of 2021, in time for the reports on that year.
    return "2019" if year < 2021 else "2021"


def _groups() -> dict[str, Group]:
    groups: dict[str, Group] = {}
    # A heading is declared below the one that it stands under.
    for group_id, entry in _DECLARED["headings"].items():
        groups[group_id] = Group(group_id, **{**entry, "group": groups.get(entry.get("group", ""))})
    return groups


def _entries(declared: list[dict[str, Any]], edition: str) -> Iterator[dict[str, Any]]:
    """The items or measures of a table that stand in an edition, each as the fields of its record."""
    for entry in declared:
        if entry.get("edition", edition) == edition and edition in entry.get("measures", EDITIONS):
            own = {name: value for name, value in entry.items() if name not in ("edition", "measures")}
            aliases = tuple(entry.get("aliases", ()))
            yield {**own, "group": GROUPS.get(entry.get("group", "")), "aliases": aliases}


def _equation(declared: dict[str, Any], items: tuple[Item, ...]) -> Equation:
    outcomes = [item.id for item in items if item.outcome]
    left = outcomes if declared["left"] == "outcomes" else declared["left"]
    return Equation(**{**declared, "left": tuple(left), "right": tuple(declared["right"])})


def _table(table_id: str, edition: str) -> Table:
    declared = _DECLARED["tables"][table_id]
    items = tuple(Item(**entry) for entry in _entries(declared["items"], edition))
    measures = tuple(Measure(**entry) for entry in _entries(declared["measures"], edition))
    printed = {entry["id"]: entry.get("measures", {}).get(edition) for entry in declared["items"]}
    return Table(
        table_id,
        edition,
        declared["zh"],
        declared["en"],
        items,
        measures,
        {item.id: tuple(printed[item.id] or (measure.id for measure in measures)) for item in items},
        tuple(_equation(equation, items) for equation in declared.get("equations", ())),
    )


NOTICES = {edition: Notice(**notice) for edition, notice in _DECLARED["notices"].items()}
"""Edition → what prescribes it."""
ISSUER = (_DECLARED["issuer"]["en"], _DECLARED["issuer"]["zh"])
"""Who issued them, in English and Chinese."""
GROUPS = _groups()
"""Id → heading over items or measures, such as （三）不予公开."""
OUTCOME_GROUPS = tuple(group for group in GROUPS.values() if group.group == GROUPS["results"])
TABLES = {
    table_id: {edition: _table(table_id, edition) for edition in EDITIONS} for table_id in _DECLARED["tables"]
}
"""Table id → edition → table."""
ALL_TABLES = tuple(table for editions in TABLES.values() for table in editions.values())
SECTIONS = tuple(
    Section(**{**declared, "aliases": tuple(declared.get("aliases", ()))})
    for declared in _DECLARED["sections"]
)
"""The six sections of a report, in the order prescribed."""


def printed_on(cell: str) -> tuple[Table, Item, Measure]:
    """The newest form with the cell, given as table/item/measure, its item and its measure there.

    ValueError where none has it.
    """
    table, item, measure = cell.split("/")
    for form in reversed(TABLES[table].values()):
        if measure in form.cells_of.get(item, ()):
            return form, form.item(item), form.measure(measure)
    raise ValueError(f"no form has {cell}")
