"""Ruling lines of a PDF page → the boxes of each table's cells.

Lines are made clean as pdfplumber's table finder does it, with its measures: those side by side are one, and
those that touch are joined. Lines that cross one another are a table, whose cells its lattice tells.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import isclose

import numpy as np
from pdfplumber.table import DEFAULT_JOIN_TOLERANCE, DEFAULT_SNAP_TOLERANCE, cells_to_tables

from ogi.arrays import BoolArray, FloatArray
from ogi.readers.lattice import cells_of, closed, with_missing_sides, without_dead_ends
from ogi.readers.pdf.marks import PageMarks
from ogi.readers.pdf.settings import PDF
from ogi.readers.pdf.sheet import BBox


def boxes_of(rules: FloatArray) -> list[BBox]:
    """Lines as boxes without width or height: (x0, top, x1, bottom)."""
    is_down, at, start, end = rules.T
    sides = np.where(is_down, (at, start, at, end), (start, at, end, at))
    return [(x0, top, x1, bottom) for x0, top, x1, bottom in sides.T.tolist()]


def ruled_tables(page: PageMarks) -> list[list[BBox]] | None:
    """The cell boxes of each ruled table, top to bottom.

    None where lines are so many, or cross so often, that no table can be meant.
    """
    if len(page.rules) > PDF.most_lines:
        return None
    merged = [_merged(band) for band in _bands(page.rules) if _may_hold_table(band)]
    crossed = [(across, down, _meets(across, down)) for across, down in merged]
    if any(meets.sum() > PDF.most_crossings for *_, meets in crossed):
        return None
    return [table for lines in crossed for table in _tables(*lines)]


def _bands(rules: FloatArray) -> list[FloatArray]:
    """Lines by stretches of the page's height, so that one table's lines are not snapped to another's."""
    is_down, at, start, end = rules.T
    tops, bottoms = np.where(is_down, start, at), np.where(is_down, end, at)
    order = np.argsort(tops)
    low = np.maximum.accumulate(bottoms[order])
    parted = tops[order][1:] > low[:-1] + PDF.crossing_gap
    return np.split(rules[order], np.flatnonzero(parted) + 1)


def _tables(across: FloatArray, down: FloatArray, meets: BoolArray) -> Iterator[list[BBox]]:
    for rows, columns in _connected(meets):
        cells = _cells(across[rows], down[columns])
        tables = [cells] if _is_filled(cells) else cells_to_tables(cells)
        yield from (table for table in tables if len(table) > 1)


def _is_filled(cells: list[BBox]) -> bool:
    """Do cells fill the rectangle around them? Then they hang together, corner by corner."""
    if not cells:
        return True
    lefts, tops, rights, bottoms = zip(*cells, strict=True)
    whole = (max(rights) - min(lefts)) * (max(bottoms) - min(tops))
    own = sum((right - left) * (bottom - top) for left, top, right, bottom in cells)
    return isclose(own, whole)


def _may_hold_table(rules: FloatArray) -> bool:
    """The cheap test: a table takes at least two lines across, one down, and four in all."""
    down = int(rules[:, 0].sum())
    return down >= 1 and len(rules) - down >= 2 and len(rules) >= 4


def _merged(rules: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Lines across and lines down, those drawn as one that lie side by side, and those joined that touch.

    Of each line where it lies, and from where to where it runs.
    """
    is_down, at, start, end = rules[np.lexsort((rules[:, 1], rules[:, 0]))].T
    parted = (np.diff(at, prepend=at[:1]) > DEFAULT_SNAP_TOLERANCE) | (
        np.diff(is_down, prepend=is_down[:1]) > 0
    )
    group = np.cumsum(parted)
    middles = np.bincount(group, at) / np.bincount(group)
    order = np.lexsort((start, group))
    is_down, start, end, group = is_down[order], start[order], end[order], group[order]
    # The groups are laid end to end, so that no piece touches one of another group.
    far = group * (np.ptp((start, end)) + 2 * DEFAULT_JOIN_TOLERANCE)
    high = np.maximum.accumulate(end + far)
    first = np.flatnonzero(np.append(True, (start + far)[1:] > high[:-1] + DEFAULT_JOIN_TOLERANCE))
    joined = np.stack((middles[group[first]], start[first], np.maximum.reduceat(end, first)), axis=1)
    is_long = joined[:, 2] - joined[:, 1] >= PDF.shortest_line
    return joined[is_long & (is_down[first] == 0)], joined[is_long & (is_down[first] == 1)]


def _meets(across: FloatArray, down: FloatArray) -> BoolArray:
    """Which line across (a row) meets which line down (a column)."""
    y, left, right = across.T[:, :, None]
    x, top, bottom = down.T[:, None, :]
    beside = (left - PDF.crossing_gap <= x) & (x <= right + PDF.crossing_gap)
    met: BoolArray = beside & (top - PDF.crossing_gap <= y) & (y <= bottom + PDF.crossing_gap)
    return met


def _connected(meets: BoolArray) -> Iterator[tuple[list[int], list[int]]]:
    """The lines across and down, by number, of each group of lines that cross one another."""
    left: BoolArray = np.array(meets.any(axis=1))
    while left.any():
        rows: BoolArray = np.zeros(len(left), bool)
        rows[int(left.argmax())] = True
        while True:
            columns: BoolArray = np.array(meets[rows].any(axis=0))
            reached: BoolArray = np.array(meets[:, columns].any(axis=1))
            if (reached == rows).all():
                break
            rows = reached
        left &= ~rows
        yield np.flatnonzero(rows).tolist(), np.flatnonzero(columns).tolist()


def _cells(across: FloatArray, down: FloatArray) -> list[BBox]:
    """The cells that a table's lines make, at its open sides too; only rectangles are cells."""
    ys = _with_missing_sides(across, down)
    xs = _with_missing_sides(down, across)
    if len(xs) < 2 or len(ys) < 2:
        return []
    walls_down, walls_across = _walls(down, xs, ys), _walls(across, ys, xs).T
    walls = without_dead_ends(walls_down, closed(walls_down, walls_across))
    cells = cells_of(*walls, may_hold_boxes=True)
    return [(xs[c.left], ys[c.top], xs[c.right], ys[c.bottom]) for c in cells if c.certain]


def _with_missing_sides(lines: FloatArray, crossing: FloatArray) -> list[float]:
    places = np.unique(lines[:, 0]).tolist()
    ends = ((start, end) for start, end in crossing[:, 1:].tolist())
    return with_missing_sides(places, ends, reach=PDF.open_reach, fewest=PDF.open_ends)


def _walls(lines: FloatArray, places: list[float], along: list[float]) -> BoolArray:
    """[field, place]: where lines run between two of `along`; a side that was added is whole."""
    at, start, end = lines.T
    walls = np.zeros((len(along) - 1, len(places)), bool)
    walls[:, [0, -1]] = places[0] < at.min(), places[-1] > at.max()
    first = np.searchsorted(along, start - PDF.crossing_gap)
    stop = np.searchsorted(along, end + PDF.crossing_gap, side="right") - 1
    for above, below, place in zip(first, stop, np.searchsorted(places, at), strict=True):
        walls[above:below, place] = True
    return walls
