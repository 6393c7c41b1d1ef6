"""The sums of a slip with every number, by the labels of the form, so that the agency can add up again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import NamedTuple

from ogi.checks import RULES
from ogi.forms import SECTIONS, Labelled, printed_on
from ogi.pages.causes import CheckRow
from ogi.review.words import worded
from ogi.said import Said, joined, say
from ogi.tables import number

Valued = tuple[str, float | None]
"""A cell as a line of checks names it, and its number."""
_ITEMS = "items"
"""What an equation adds up where its parts stand below each other."""


class LineTold(NamedTuple):
    """A line of checks that does not hold: its sentence, and of a sum its parts with their numbers.

    Parts that are zero or blank are left out; `left` and `right` are the sums of both sides.
    """

    message: Said
    rule_id: str = ""
    lefts: tuple[Valued, ...] = ()
    rights: tuple[Valued, ...] = ()
    left: float | None = None
    right: float | None = None
    left_out: int = 0


def line_told(line: CheckRow, value_of: Callable[[str], float | None]) -> LineTold:
    """The line with its numbers; `value_of` a cell that it names. No sum has none."""
    message, equation = Said(line["message"], line["message_zh"]), RULES[line["rule_id"]].equation
    if equation is None or line["left"] is None or line["right"] is None:
        return LineTold(message)
    cells = [(cell, value_of(cell)) for cell in line["cells"]]
    first_right = len(cells) - len(equation.right)
    told = [(cell, value) for cell, value in cells[:first_right] if value is not None and value != 0]
    return LineTold(
        message,
        line["rule_id"],
        tuple(told),
        tuple(cells[first_right:]),
        float(line["left"]),
        float(line["right"]),
        first_right - len(told),
    )


def written(line: LineTold) -> Said:
    """The sum as it can be repeated; of what is no sum, the sentence that tells it."""
    equation = RULES[line.rule_id].equation if line.rule_id else None
    if equation is None or line.left is None or line.right is None:
        return line.message
    goes_down = equation.axis == _ITEMS
    about = line.rights[0][0]
    head = worded("sum.column", name=column_label(about)) if goes_down else _row_of(about)
    label = _dated(row_label if goes_down else column_label)
    left, right = (
        _side(parts, total, label) for parts, total in ((line.lefts, line.left), (line.rights, line.right))
    )
    rest = worded("sum.left_out", n=line.left_out) if line.left_out else Said("", "")
    return say(
        "{head}: {left}; {right}{rest}",
        "{head}：{left}；{right}{rest}",
        head=head,
        left=left,
        right=right,
        rest=rest,
    )


def _row_of(cell: str) -> Said:
    return worded("sum.row", name=row_label(cell))


def _side(parts: Sequence[Valued], total: float, label: Callable[[str], Said]) -> Said:
    named = [
        say("{name} {n}", "{name}{n}", name=label(cell), n="" if n is None else number(n))
        for cell, n in parts
    ]
    told = number(total)
    if len(parts) == 1:
        return say("{name} = {n}", "{name} = {n}", name=label(parts[0][0]), n=told)
    return say("{sum} = {n}", "{sum} = {n}", sum=joined(named, " + ", " + ") or Said("0", "0"), n=told)


def _dated(label: Callable[[str], Said]) -> Callable[[str], Said]:
    """The label after its year, where the cell is named with one."""

    def dated(cell: str) -> Said:
        year = cell.rpartition(":")[0]
        return say("{year} {name}", "{year}年{name}", year=year, name=label(cell)) if year else label(cell)

    return dated


def table_label(cell: str) -> Said:
    """The section of the report in which the cell stands, by its number and title."""
    table = cell.rpartition(":")[2].split("/")[0]
    section = next(section for section in SECTIONS if section.table == table)
    printed = f"{section.number}、{section.zh}"
    return Said(f"{section.en} ({printed})", printed)


@cache
def row_label(cell: str) -> Said:
    """The row as the form prints it, with its number and the heading above it."""
    return _labelled(printed_on(cell.rpartition(":")[2])[1])


@cache
def column_label(cell: str) -> Said:
    """The column as the form prints it, with the heading above it."""
    return _labelled(printed_on(cell.rpartition(":")[2])[2])


def dated_row(cell: str) -> Said:
    """The row, after its year where the cell is named with one."""
    return _dated(row_label)(cell)


def _labelled(thing: Labelled) -> Said:
    """Its own label, and the heading above it where that stands under another one."""
    above = [group.label for group in thing.groups if group.group is not None][-1:]
    printed = " ".join([*above, thing.number + thing.zh.partition("（")[0]])
    return Said(f"{thing.en} ({printed})", printed)
