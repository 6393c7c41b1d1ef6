"""Ruling lines → the cells of a table, for PDFs and for scans alike.

Lines that hang together span a lattice: the places `xs` and `ys` at which they run, and the walls, which tell
beside which field of the lattice a line really runs. Fields that no wall parts are one merged cell.

Walls are two arrays of booleans. `down[row, x]`: a line runs down at `xs[x]`, beside that row of fields.
`across[y, column]`: a line runs across at `ys[y]`, above or below that column of fields.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from ogi.arrays import BoolArray


class LatticeCell(NamedTuple):
    """One cell, as the lattice's rows and columns from the first to before the last that it covers.

    `certain` is false for the parts of an area that is no rectangle or has a wall inside: a line was lost.
    """

    top: int
    left: int
    bottom: int
    right: int
    certain: bool = True


def with_missing_sides(
    places: Sequence[float], crossing: Iterable[tuple[float, float]], *, reach: float, fewest: int
) -> list[float]:
    """Add the outer line that a table does without, as where a page break cuts a row open.

    Args:
        places: Where the lines run, in order.
        crossing: From where to where each line runs that may cross them.
        reach: How far a crossing line must stick out beyond the last place to tell of a missing line, and
            run on this side of it; else it may be the stroke of a heading that touches the table.
        fewest: How many of them must do so. The line is put where the middle one ends.
    """
    if not places:
        return []
    ends = list(crossing)
    before = sorted(start for start, end in ends if start < places[0] - reach and end > places[0] + reach)
    after = sorted(end for start, end in ends if end > places[-1] + reach and start < places[-1] - reach)
    # The middle one, for a stroke of print may stick out farther.
    first = [before[len(before) // 2]] if len(before) >= fewest else []
    last = [after[len(after) // 2]] if len(after) >= fewest else []
    return [*first, *places, *last]


def closed(down: BoolArray, across: BoolArray) -> BoolArray:
    """Return the walls across, with those above the first and below the last row that a page break left out.

    They are missing where a merged cell goes on, beside cells that end with a line; the walls on both sides
    of it reach to the break. At the left and right a table is open in every row (see with_missing_sides).
    """
    across = across.copy()
    for outer, reaching in ((across[0], down[0]), (across[-1], down[-1])):
        for start, end in pairwise(np.flatnonzero(reaching).tolist()):
            outer[start:end] = True
    return across


def without_dead_ends(down: BoolArray, across: BoolArray) -> tuple[BoolArray, BoolArray]:
    """Take away walls that lead nowhere, such as an underline that begins at a cell's side."""
    down, across = down.copy(), across.copy()
    while True:
        at_corner = np.zeros((len(across), down.shape[1]), int)  # how many walls meet at each corner
        at_corner[:-1] += down
        at_corner[1:] += down
        at_corner[:, :-1] += across
        at_corner[:, 1:] += across
        dead = at_corner == 1  # a wall that meets no other ends in a field
        if not dead.any():
            return down, across
        down &= ~(dead[:-1] | dead[1:])
        across &= ~(dead[:, :-1] | dead[:, 1:])


def cells_of(down: BoolArray, across: BoolArray, *, may_hold_boxes: bool = False) -> list[LatticeCell]:
    """Return the cells from top to bottom and left to right; what is open to the outside is none.

    Args:
        down: The walls that run down.
        across: The walls that run across.
        may_hold_boxes: Are walls inside a cell a box drawn in it, as round a shaded word? Else a line of the
            table was lost there.
    """
    beside, above = down.tolist(), across.tolist()
    single = down[:, :-1] & down[:, 1:] & across[:-1] & across[1:]  # most cells are one field
    cells = [LatticeCell(y, x, y + 1, x + 1) for y, x in np.argwhere(single).tolist()]
    taken: set[tuple[int, int]] = set()
    for y, x in np.argwhere(~single).tolist():
        start = y, x
        if start in taken:
            continue
        fields = _area(beside, above, start)
        taken |= fields
        around = _around(fields)
        if _is_walled(beside, above, around) and (may_hold_boxes or _is_whole(fields, around, down, across)):
            cells.append(around)
            continue
        area = np.zeros((len(beside), across.shape[1]), np.bool_)
        area[tuple(zip(*fields, strict=True))] = True
        if not _is_open(area, down, across):
            cells += _parts(area, down, across)
    return sorted(cells)


def _is_whole(fields: set[tuple[int, int]], cell: LatticeCell, down: BoolArray, across: BoolArray) -> bool:
    """Are these all fields of a rectangle, with no wall between them?"""
    if len(fields) != (cell.bottom - cell.top) * (cell.right - cell.left):
        return False
    beside = down[cell.top : cell.bottom, cell.left + 1 : cell.right]
    above = across[cell.top + 1 : cell.bottom, cell.left : cell.right]
    return not (beside.any() or above.any())


def _is_walled(beside: list[list[bool]], above: list[list[bool]], cell: LatticeCell) -> bool:
    """Do walls run all around some fields?"""
    ends = all(above[cell.top][cell.left : cell.right]) and all(above[cell.bottom][cell.left : cell.right])
    return ends and all(beside[y][cell.left] and beside[y][cell.right] for y in range(cell.top, cell.bottom))


def _around(fields: set[tuple[int, int]]) -> LatticeCell:
    rows, columns = zip(*fields, strict=True)
    return LatticeCell(min(rows), min(columns), max(rows) + 1, max(columns) + 1)


def _area(beside: list[list[bool]], above: list[list[bool]], start: tuple[int, int]) -> set[tuple[int, int]]:
    """All fields (row, column) that can be reached from one without crossing a wall."""
    area, reached = {start}, [start]
    while reached:
        y, x = reached.pop()
        for to, wall in (
            ((y - 1, x), above[y][x]),
            ((y + 1, x), above[y + 1][x]),
            ((y, x - 1), beside[y][x]),
            ((y, x + 1), beside[y][x + 1]),
        ):
            inside = 0 <= to[0] < len(beside) and 0 <= to[1] < len(above[0])
            if inside and not wall and to not in area:
                area.add(to)
                reached.append(to)
    return area


def _is_open(area: BoolArray, down: BoolArray, across: BoolArray) -> bool:
    """Is a side of the lattice missing where the area touches it?"""
    sides = ((area[:, 0], down[:, 0]), (area[:, -1], down[:, -1]))
    ends = ((area[0], across[0]), (area[-1], across[-1]))
    return any(bool((touched & ~wall).any()) for touched, wall in (*sides, *ends))


def _parts(area: BoolArray, down: BoolArray, across: BoolArray) -> list[LatticeCell]:
    """An area as rectangles: its rows cut at walls, like rows joined where no wall is between."""
    done: list[LatticeCell] = []
    for row in range(len(area)):
        columns = np.flatnonzero(area[row]).tolist()
        for start in (x for x in columns if x - 1 not in columns or down[row, x]):
            end = start + 1
            while end in columns and not down[row, end]:
                end += 1
            upper = next((c for c in done if (c.left, c.bottom, c.right) == (start, row, end)), None)
            if upper is not None and not across[row, start:end].any():
                done.remove(upper)
                done.append(upper._replace(bottom=row + 1))
            else:
                done.append(LatticeCell(row, start, row + 1, end))
    return [cell._replace(certain=len(done) == 1) for cell in done]
