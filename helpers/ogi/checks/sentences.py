"""A verdict in one sentence, in Chinese or English, with the official labels and both sides' numbers."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from ogi.forms import Group, Item, Measure, Table


class Verdict(StrEnum):
    """What a rule says of one line of a report."""

    HOLDS = "holds"
    HOLDS_BLANK_AS_ZERO = "holds_blank_as_zero"
    BROKEN = "broken"
    UNDECIDED = "undecided"
    NOT_APPLICABLE = "not_applicable"


SENTENCES = {
    "en": {
        Verdict.HOLDS: "{line}: {lefts} = {rights} = {left}.",
        Verdict.HOLDS_BLANK_AS_ZERO: "{line}: {lefts} = {rights} = {left}, blank cells read as zero.",
        Verdict.BROKEN: "{line}: {lefts} = {left}, but {rights} = {right} (difference {difference}).",
        Verdict.UNDECIDED: (
            "{line}: {lefts} = {left} and {rights} = {right} cannot be compared, because {reason}."
        ),
        Verdict.NOT_APPLICABLE: "{line}: every cell of {lefts} and {rights} is blank.",
    },
    "zh": {
        Verdict.HOLDS: "{line}：{lefts} = {rights} = {left}。",
        Verdict.HOLDS_BLANK_AS_ZERO: "{line}：空白按零计，{lefts} = {rights} = {left}。",
        Verdict.BROKEN: "{line}：{lefts} = {left}，而{rights} = {right}，相差{difference}。",
        Verdict.UNDECIDED: "{line}：{lefts} = {left}，{rights} = {right}，因{reason}无法比较。",
        Verdict.NOT_APPLICABLE: "{line}：{lefts}与{rights}的单元格均为空白。",
    },
}
REASONS = {
    "en": (
        "a cell cannot be read",
        "a cell is not in the document",
        "a total is blank",
        "one side is blank",
        "a figure was read with little confidence",
        "a row or head of the table was not understood",
    ),
    "zh": (
        "有单元格无法识读",
        "文件中缺少单元格",
        "总计栏为空白",
        "其中一边全为空白",
        "有数字识读把握不大",
        "表中有行或表头未能识别",
    ),
}
"""Why a line is undecided: an unreadable cell, an absent one, a total not filled in, a blank side; or, where
the sides differ, that our own reading may be at fault."""

LANGUAGES = tuple(SENTENCES)
Told = tuple[str, str]
"""A sentence in English and in Chinese, with places for what it tells."""
UNKNOWN = "?"
SHOWN_IN_FULL = 4


def say(told: Told, language: str, **values: object) -> str:
    """The sentence in the language, filled in."""
    return told[LANGUAGES.index(language)].format(**values)


def cell_name(table: Table, item: str, measure: str) -> str:
    """The official labels of one cell."""
    return f"{short_label(table.item(item))} / {table.measure(measure).zh}"


def short_label(item: Item) -> str:
    """The label without the explanation that the form prints in brackets behind it."""
    return item.number + item.zh.partition("（")[0]


def line_name(thing: Item | Measure, language: str) -> str:
    """An item or a measure as the head of a sentence; in English beside the official label."""
    zh = " ".join([*(group.number + group.zh for group in _groups(thing)), _label(thing)])
    return zh if language == "zh" else f"{thing.en} ({zh})"


def parts_name(things: Sequence[Item | Measure]) -> str:
    """The official labels of what is added up; of many, the first and the last."""
    labels = [_label(thing) for thing in things]
    return " + ".join(labels if len(labels) <= SHOWN_IN_FULL else [labels[0], "…", labels[-1]])


def of_year(label: str, year: int, language: str) -> str:
    """A label of one year's report."""
    return f"{year}年{label}" if language == "zh" else f"{label} of {year}"


def amount(value: float) -> str:
    """A number as a sentence shows it; one not known is a question mark."""
    return UNKNOWN if value != value else f"{round(value, 6):.15g}"


def _label(thing: Item | Measure) -> str:
    return thing.label if isinstance(thing, Item) else thing.zh


def _groups(thing: Item | Measure) -> tuple[Group, ...]:
    if isinstance(thing, Item):
        return thing.groups
    return thing.group.path if thing.group is not None else ()
