"""The sums of a slip with every number, by the labels of the form, so that the agency can add up again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache

from ogi.checks import RULES
from ogi.checks.causes import CheckRow
from ogi.forms import SECTIONS, Labelled, printed_on
from ogi.review.words import worded
from ogi.said import Said, joined, say
from ogi.tables import number

_ITEMS = "items"
"""What an equation adds up where its parts stand below each other."""


def written(line: CheckRow, value_of: Callable[[str], float | None]) -> Said:
    """The sum of a line as it can be repeated; of what is no sum, the sentence that tells it.

    `value_of`: the number in a cell that the line names. On the left, zeros and blanks are left out.
    """
    equation = RULES[line["rule_id"]].equation
    if equation is None or line["left"] is None or line["right"] is None:
        return Said(line["message"], line["message_zh"])
    values = [(cell, value_of(cell)) for cell in line["cells"]]
    first_right = len(values) - len(equation.right)
    on_left = [(cell, value) for cell, value in values[:first_right] if value is not None and value != 0]
    left_out = first_right - len(on_left)
    if equation.axis == _ITEMS:
        head, label = worded("sum.column", name=column_label(line["cells"][-1])), _dated(row_label)
    else:
        head, label = worded("sum.row", name=row_label(line["cells"][-1])), _dated(column_label)
    return say(
        "{head}: {left}; {right}{rest}",
        "{head}：{left}；{right}{rest}",
        head=head,
        left=_side(on_left, float(line["left"]), label),
        right=_side(values[first_right:], float(line["right"]), label),
        rest=worded("sum.left_out", n=left_out) if left_out else Said("", ""),
    )


def _side(parts: Sequence[tuple[str, float | None]], total: float, label: Callable[[str], Said]) -> Said:
    """Cells with their numbers, added up to the total."""
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
