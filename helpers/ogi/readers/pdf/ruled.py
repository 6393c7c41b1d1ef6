"""Ruling lines of a PDF page → the boxes of each table's cells.

Lines are made clean as pdfplumber's table finder does it, with its measures: those side by side are one, and
those that touch are joined. Lines that cross one another are a table, whose cells its lattice tells.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np
from pdfplumber.table import DEFAULT_JOIN_TOLERANCE, DEFAULT_SNAP_TOLERANCE, cells_to_tables

from ogi.arrays import BoolArray
from ogi.readers.lattice import RulingLine, cells_of, closed, with_missing_sides, without_dead_ends
from ogi.readers.pdf.marks import PageMarks
from ogi.readers.pdf.settings import PDF
from ogi.readers.pdf.sheet import BBox


def box_of(line: RulingLine) -> BBox:
    """A line as a box without width or height: (x0, top, x1, bottom)."""
    if line.is_vertical:
        return line.at, line.start, line.at, line.end
    return line.start, line.at, line.end, line.at


class TooManyLines(Exception):
    """A page's lines are so many, or cross so often, that no table can be meant."""


def ruled_tables(page: PageMarks) -> list[list[BBox]]:
    """The cell boxes of each ruled table, top to bottom; TooManyLines where there is no telling."""
    if len(page.rules) > PDF.most_lines:
        raise TooManyLines
    return [table for band in _bands(page.rules) if _may_hold_table(band) for table in _tables(band)]


def _bands(rules: Sequence[RulingLine]) -> list[list[RulingLine]]:
    """Lines by stretches of the page's height, so that one table's lines are not snapped to another's."""
    bands: list[list[RulingLine]] = []
    low = float("-inf")
    for rule in sorted(rules, key=_top):
        if _top(rule) > low + PDF.crossing_gap:
            bands.append([])
        low = max(low, rule.end if rule.is_vertical else rule.at)
        bands[-1].append(rule)
    return bands


def _top(rule: RulingLine) -> float:
    return rule.start if rule.is_vertical else rule.at


def _tables(lines: Sequence[RulingLine]) -> Iterator[list[BBox]]:
    across, down = _merged(lines)
    meets = _meets(across, down)
    if meets.sum() > PDF.most_crossings:
        raise TooManyLines
    for rows, columns in _connected(meets):
        cells = _cells([across[i] for i in rows], [down[j] for j in columns])
        yield from (table for table in cells_to_tables(cells) if len(table) > 1)


def _may_hold_table(rules: Sequence[RulingLine]) -> bool:
    """The cheap test: a table takes at least two lines across, one down, and four in all."""
    down = sum(rule.is_vertical for rule in rules)
    return down >= 1 and len(rules) - down >= 2 and len(rules) >= 4


def _merged(rules: Sequence[RulingLine]) -> tuple[list[RulingLine], list[RulingLine]]:
    """Lines across and lines down, those drawn as one that lie side by side, and those joined that touch."""
    merged: tuple[list[RulingLine], list[RulingLine]] = ([], [])
    ordered = sorted(rules)
    places = np.array([rule.at for rule in ordered])
    kinds = np.array([rule.is_vertical for rule in ordered], bool)
    parted = (np.diff(places) > DEFAULT_SNAP_TOLERANCE) | np.diff(kinds)
    for start, stop in pairwise([0, *(np.flatnonzero(parted) + 1).tolist(), len(ordered)]):
        group = ordered[start:stop]
        is_down, at = group[0].is_vertical, sum(rule.at for rule in group) / len(group)
        for low, high in _joined([(rule.start, rule.end) for rule in group]):
            if high - low >= PDF.shortest_line:
                merged[is_down].append(RulingLine(is_down, at, low, high))
    return merged


def _joined(spans: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Pieces of one straight line that touch, or nearly do, made one."""
    joined: list[tuple[float, float]] = []
    low, high = float("nan"), float("-inf")
    for start, end in sorted(spans):
        if start <= high + DEFAULT_JOIN_TOLERANCE:
            high = max(high, end)
        else:
            joined.append((low, high))
            low, high = start, end
    return [*joined[1:], (low, high)]


def _meets(across: list[RulingLine], down: list[RulingLine]) -> BoolArray:
    """Which line across (a row) meets which line down (a column)."""
    if not across or not down:
        return np.zeros((len(across), len(down)), bool)
    _, y, left, right = (np.array(values)[:, None] for values in zip(*across, strict=True))
    _, x, top, bottom = (np.array(values)[None, :] for values in zip(*down, strict=True))
    beside = (left - PDF.crossing_gap <= x) & (x <= right + PDF.crossing_gap)
    return beside & (top - PDF.crossing_gap <= y) & (y <= bottom + PDF.crossing_gap)


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


def _cells(across: list[RulingLine], down: list[RulingLine]) -> list[BBox]:
    """The cells that a table's lines make, at its open sides too; only rectangles are cells."""
    ys = _with_missing_sides(across, down)
    xs = _with_missing_sides(down, across)
    if len(xs) < 2 or len(ys) < 2:
        return []
    walls_down, walls_across = _walls(down, xs, ys), _walls(across, ys, xs).T
    walls = without_dead_ends(walls_down, closed(walls_down, walls_across))
    cells = cells_of(*walls, may_hold_boxes=True)
    return [(xs[c.left], ys[c.top], xs[c.right], ys[c.bottom]) for c in cells if c.certain]


def _with_missing_sides(lines: list[RulingLine], crossing: list[RulingLine]) -> list[float]:
    places = sorted({line.at for line in lines})
    ends = ((line.start, line.end) for line in crossing)
    return with_missing_sides(places, ends, reach=PDF.open_reach, fewest=PDF.open_ends)


def _walls(lines: list[RulingLine], places: list[float], along: list[float]) -> BoolArray:
    """[field, place]: where lines run between two of `along`; a side that was added is whole."""
    walls = np.zeros((len(along) - 1, len(places)), bool)
    walls[:, [0, -1]] = places[0] < lines[0].at, places[-1] > lines[-1].at
    for line in lines:
        first = bisect_left(along, line.start - PDF.crossing_gap)
        last = bisect_right(along, line.end + PDF.crossing_gap) - 1
        walls[first:last, bisect_left(places, line.at)] = True
    return walls
