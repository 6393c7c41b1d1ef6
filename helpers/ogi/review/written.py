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
_ROW, _COLUMN = "row", "column"
"""What a cell is named by where one sum adds up many."""


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
        head, at = worded("sum.column", name=column_label(line["cells"][-1])), _ROW
    else:
        head, at = worded("sum.row", name=row_label(line["cells"][-1])), _COLUMN
    return say(
        "{head}: {left}; {right}{rest}",
        "{head}：{left}；{right}{rest}",
        head=head,
        left=_side(on_left, float(line["left"]), at),
        right=_side(values[first_right:], float(line["right"]), at),
        rest=worded("sum.left_out", n=left_out) if left_out else Said("", ""),
    )


def _side(parts: Sequence[tuple[str, float | None]], total: float, at: str) -> Said:
    """Cells with their numbers, added up to the total."""
    names = _names([cell for cell, _ in parts], at)
    told = number(total)
    if len(parts) == 1:
        return say("{name} = {n}", "{name} = {n}", name=names[0], n=told)
    named = [
        say("{name} {n}", "{name}{n}", name=name, n="" if n is None else number(n))
        for name, (_, n) in zip(names, parts, strict=True)
    ]
    return say("{sum} = {n}", "{sum} = {n}", sum=joined(named, " + ", " + ") or Said("0", "0"), n=told)


def _names(cells: Sequence[str], at: str) -> list[Said]:
    """The rows or columns of the cells; the heading over several stands before the first of them alone."""
    found, before = [], ""
    for cell in cells:
        thing = _printed(cell, at)
        above = _above(thing)
        found.append(_dated(cell, _labelled(thing, "" if above == before else above)))
        before = above
    return found


def _dated(cell: str, name: Said) -> Said:
    """The name after the cell's year, where it is named with one."""
    year = cell.rpartition(":")[0]
    return say("{year} {name}", "{year}年{name}", year=year, name=name) if year else name


def table_label(cell: str) -> Said:
    """The section of the report in which the cell stands, by its number and title."""
    table = cell.rpartition(":")[2].split("/")[0]
    section = next(section for section in SECTIONS if section.table == table)
    printed = f"{section.number}、{section.zh}"
    return Said(f"{section.en} ({printed})", printed)


def row_label(cell: str) -> Said:
    """The row as the form prints it, with its number and the heading above it."""
    return _whole(_printed(cell, _ROW))


def column_label(cell: str) -> Said:
    """The column as the form prints it, with the heading above it."""
    return _whole(_printed(cell, _COLUMN))


def dated_row(cell: str) -> Said:
    """The row, after its year where the cell is named with one."""
    return _dated(cell, row_label(cell))


@cache
def _printed(cell: str, at: str) -> Labelled:
    _, item, measure = printed_on(cell.rpartition(":")[2])
    return item if at == _ROW else measure


def _whole(thing: Labelled) -> Said:
    return _labelled(thing, _above(thing))


def _above(thing: Labelled) -> str:
    """The heading over it and others, where that stands under another one; "" for none."""
    return next((group.label for group in reversed(thing.groups) if group.group is not None), "")


def _labelled(thing: Labelled, above: str) -> Said:
    """Its own label, behind the heading above it."""
    printed = f"{above} {thing.number}{thing.zh.partition('（')[0]}".strip()
    return Said(f"{thing.en} ({printed})", printed)
