"""The words in which a statutory form is declared: groups, items, measures, equations, tables."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Group:
    """A heading over several items or measures, such as （三）不予公开; it holds no figure itself."""

    id: str
    zh: str
    en: str
    number: str = ""
    parent: Group | None = None
    aliases: tuple[str, ...] = ()

    @property
    def path(self) -> tuple[Group, ...]:
        """This group and those above it, outermost first."""
        return (*(self.parent.path if self.parent is not None else ()), self)


@dataclass(frozen=True)
class Measure:
    """What is counted about an item: a column head of the printed table."""

    id: str
    zh: str
    en: str
    unit: str | None = None
    group: Group | None = None
    aliases: tuple[str, ...] = ()
    comparable: bool = True
    """Does the figure mean the same in both editions of the form?"""


@dataclass(frozen=True)
class Item:
    """What a figure is about: a row of the printed table (in `review`, a block of columns)."""

    id: str
    zh: str
    en: str
    number: str = ""
    group: Group | None = None
    aliases: tuple[str, ...] = ()
    outcome: bool = False
    """Is this one of the outcomes that add up to `outcome_total`?"""
    series: str = ""
    """The item of the comparable series this one adds into, where that is not the item itself."""

    @property
    def label(self) -> str:
        """The label as the form prints it, number included."""
        return self.number + self.zh

    @property
    def groups(self) -> tuple[Group, ...]:
        """The headings above the item, outermost first."""
        return self.group.path if self.group is not None else ()

    @property
    def full_label(self) -> str:
        """The label with the headings above it, each with its number, parted by blanks."""
        return " ".join([*(g.number + g.zh for g in self.groups), self.label])


@dataclass(frozen=True)
class Equation:
    """A sum that the form demands: the parts on the left equal the parts on the right.

    `axis` says what the parts are: "items" (the equation then holds for every measure) or
    "measures" (it holds for every item).
    """

    id: str
    axis: str
    left: tuple[str, ...]
    right: tuple[str, ...]
    zh: str
    en: str


@dataclass(frozen=True)
class Carry:
    """A figure of one year that must return as another figure of the next year's report."""

    id: str
    table: str
    last: str
    this: str
    zh: str
    en: str


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

    def item(self, item_id: str) -> Item:
        """The item of that id; KeyError where the table has none."""
        return {i.id: i for i in self.items}[item_id]

    def measure(self, measure_id: str) -> Measure:
        """The measure of that id; KeyError where the table has none."""
        return {m.id: m for m in self.measures}[measure_id]

    def cells(self) -> Iterator[tuple[Item, Measure]]:
        """Every (item, measure) that the form prints a figure for, in print order."""
        for item in self.items:
            for measure_id in self.cells_of[item.id]:
                yield item, self.measure(measure_id)


@dataclass(frozen=True)
class Section:
    """One of the six sections of a report, with the statutory table it holds, if any."""

    id: str
    number: str
    zh: str
    en: str
    table: str | None = None
    aliases: tuple[str, ...] = ()
