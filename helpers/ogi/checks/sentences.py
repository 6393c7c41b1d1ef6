"""A verdict in one sentence, in Chinese or English, with the official labels and both sides' numbers."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from ogi.forms import Group, Item, Measure, Table
from ogi.said import Said


class Verdict(StrEnum):
    """What a rule says of one line of a report."""

    HOLDS = "holds"
    HOLDS_BLANK_AS_ZERO = "holds_blank_as_zero"
    BROKEN = "broken"
    UNDECIDED = "undecided"
    NOT_APPLICABLE = "not_applicable"


SENTENCES = {
    Verdict.HOLDS: ("{line}: {lefts} = {rights} = {left}.", "{line}：{lefts} = {rights} = {left}。"),
    Verdict.HOLDS_BLANK_AS_ZERO: (
        "{line}: {lefts} = {rights} = {left}, blank cells read as zero.",
        "{line}：空白按零计，{lefts} = {rights} = {left}。",
    ),
    Verdict.BROKEN: (
        "{line}: {lefts} = {left}, but {rights} = {right} (difference {difference}).",
        "{line}：{lefts} = {left}，而{rights} = {right}，相差{difference}。",
    ),
    Verdict.UNDECIDED: (
        "{line}: {lefts} = {left} and {rights} = {right} cannot be compared, because {reason}.",
        "{line}：{lefts} = {left}，{rights} = {right}，因{reason}无法比较。",
    ),
    Verdict.NOT_APPLICABLE: (
        "{line}: every cell of {lefts} and {rights} is blank.",
        "{line}：{lefts}与{rights}的单元格均为空白。",
    ),
}
REASONS = (
    Said("a cell cannot be read", "有单元格无法识读"),
    Said("a cell is not in the document", "文件中缺少单元格"),
    Said("a total is blank", "总计栏为空白"),
    Said("one side is blank", "其中一边全为空白"),
    Said("a figure was read with little confidence", "有数字识读把握不大"),
    Said("a row or head of the table was not understood", "表中有行或表头未能识别"),
)
"""Why a line is undecided: an unreadable cell, an absent one, a total not filled in, a blank side; or, where
the sides differ, that our own reading may be at fault."""

LANGUAGES = ("en", "zh")
UNKNOWN = "?"
SHOWN_IN_FULL = 4


def cell_name(table: Table, item: str, measure: str) -> str:
    """The official labels of one cell."""
    return f"{short_label(table.item(item))} / {table.measure(measure).zh}"


def short_label(item: Item) -> str:
    """The label without the explanation that the form prints in brackets behind it."""
    return item.number + item.zh.partition("（")[0]


def line_name(thing: Item | Measure) -> Said:
    """An item or a measure as the head of a sentence; in English beside the official label."""
    zh = " ".join([*(group.number + group.zh for group in _groups(thing)), _label(thing)])
    return Said(f"{thing.en} ({zh})", zh)


def table_name(table: Table) -> Said:
    """The table's official title; in English beside its name there."""
    return Said(f"{table.en} ({table.zh})", table.zh)


def parts_name(things: Sequence[Item | Measure]) -> str:
    """The official labels of what is added up; of many, the first and the last."""
    labels = [_label(thing) for thing in things]
    return " + ".join(labels if len(labels) <= SHOWN_IN_FULL else [labels[0], "…", labels[-1]])


def of_year(label: str, year: int) -> Said:
    """A label of one year's report."""
    return Said(f"{label} of {year}", f"{year}年{label}")


def amount(value: float | None) -> str:
    """A number as a sentence shows it; one not known (None or NaN) is a question mark."""
    return UNKNOWN if value is None or value != value else f"{round(value, 6):.15g}"


def _label(thing: Item | Measure) -> str:
    return thing.label if isinstance(thing, Item) else thing.zh


def _groups(thing: Item | Measure) -> tuple[Group, ...]:
    if isinstance(thing, Item):
        return thing.groups
    return thing.group.path if thing.group is not None else ()
