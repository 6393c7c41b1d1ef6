"""The words in which a statutory form is declared: groups, items, measures, equations, tables."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field


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
