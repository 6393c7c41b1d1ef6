"""Which cells of a row are its label and which are its figures, and the item that the label names."""

from __future__ import annotations

from ogi.extract.heads import Head
from ogi.extract.labels import LabelBasis, LabelMatch, item_labels
from ogi.extract.rows import leading_labels
from ogi.forms import Group
from ogi.readers.document import Cell


def label_of(
    cells: list[Cell], head: Head, group: Group | None
) -> tuple[int | None, LabelMatch | None, Group | None]:
    """Which of a row's cells is its label, the item it names where exactly known, and its heading.

    `group` is the heading of the rows above; a heading printed in the row (三、本年度办理结果, over several
    rows) takes its place.
    """
    if head.names_items:
        return None, None, group
    labels = item_labels(head.table)
    candidates = [i for i in range(leading_labels(cells)) if not cells[i].is_blank]
    for i in candidates:
        heading = labels.group(cells[i].text)
        if heading is not None and heading not in (group.path if group is not None else ()):
            group = heading
    # a cell is roomy where enough cells follow it to fill every column
    roomy = [i for i in candidates if len(cells) - i > len(head.columns)]
    for i in reversed(candidates):
        item, heading = labels.exact(cells[i].text, group), labels.group(cells[i].text)
        # 其他处理 is an item of one edition and a heading of the other, left of the labels of its rows
        if item is not None and (heading is None or i >= max(roomy, default=0)):
            return i, LabelMatch(item, LabelBasis.EXACT), heading or labels.items[item].group
    return next(iter([*reversed(roomy), *candidates]), None), None, group


def label_beside_heading(at: int | None, cells: list[Cell], head: Head) -> int | None:
    """The label of a grid's first row: the blank that a cut label leaves, not the heading left of it.

    A heading over several rows is printed again, or goes on, at the top of the next page.
    """
    own = len(cells) - len(head.columns) - 1
    if own < 0 or not cells[own].is_blank:
        return at
    is_heading = at is not None and at < own and cells[at].rowspan > 1
    return own if is_heading or at is None or at > own else at


def first_figure(cells: list[Cell], head: Head) -> int | None:
    """Where the figures of a row begin whose columns name the items: with as many cells as columns, at once.

    None where the row has fewer cells, or no figures.
    """
    if len(cells) <= len(head.columns):
        return 0 if len(cells) == len(head.columns) else None
    return next((i for i, cell in enumerate(cells) if not is_text(cell)), None)


def without_row_number(cells: list[Cell], head: Head) -> list[Cell]:
    """The cells of a row from its label on, without a number that only counts the rows (序号) before it."""
    first = next((i for i, cell in enumerate(cells) if is_text(cell)), 0)
    counted = not head.names_items and first > 0 and len(cells) - first > len(head.columns)
    return cells[first:] if counted else cells


def has_only_figures(cells: list[Cell], head: Head) -> bool:
    """Figures in every column and no label: they belong to a row, but none says to which."""
    return len(cells) == len(head.columns) and leading_labels(cells) == 0


def holds_figures(cells: list[Cell]) -> bool:
    """Is a number or a mark in the row, or nothing at all, as in rows of figures left blank?"""
    return leading_labels(cells) < len(cells) or all(cell.is_blank for cell in cells)


def is_text(cell: Cell) -> bool:
    """Is the cell neither blank nor a number nor a mark?"""
    return not cell.is_blank and leading_labels([cell]) == 1
