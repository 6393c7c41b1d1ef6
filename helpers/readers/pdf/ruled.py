"""Ruling lines → the boxes of each table's cells, as pdfplumber's table finder has them.

Lines are merged and cells grouped by pdfplumber's own functions. Between the two its finder compares every
crossing with every other; here only those along the two lines of a corner are looked at: the same cells.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pdfplumber.table import DEFAULT_JOIN_TOLERANCE, DEFAULT_SNAP_TOLERANCE, cells_to_tables, merge_edges

from helpers.readers.pdf.marks import PageMarks, Rule
from helpers.readers.pdf.sheet import BBox

MAX_RULES = 20_000
MAX_CROSSINGS = 10_000
"""Lines and crossings of lines on one page from which on no table can be meant."""
_NEAR = 3.0
"""Lines that miss each other by no more than this (points) cross: pdfplumber's own measure."""
_SHORTEST = 3.0
_FROM_OUTER_LINE = 8.0
"""How far (points) a line must reach beyond the last line across it for its end to be an open side."""

Point = tuple[float, float]
Crossings = dict[Point, tuple[set[int], set[int]]]
"""Each crossing (x, y), with the numbers of the lines down and across that meet there."""


class TooManyLines(Exception):
    """A page's lines are so many, or cross so often, that no table can be meant."""


def ruled_tables(page: PageMarks) -> list[list[BBox]]:
    """The cell boxes of each ruled table, top to bottom; TooManyLines where there is no telling."""
    if len(page.rules) > MAX_RULES:
        raise TooManyLines
    return [table for band in _bands(page.rules) if _may_hold_table(band) for table in _tables(band)]


def _bands(rules: Sequence[Rule]) -> list[list[Rule]]:
    """Lines by stretches of the page's height, so that one table's lines are not snapped to another's."""
    bands: list[list[Rule]] = []
    low = 0.0
    for top, bottom, rule in sorted((*_height(rule), rule) for rule in rules):
        if not bands or top > low + _NEAR:
            bands.append([])
            low = bottom
        low = max(low, bottom)
        bands[-1].append(rule)
    return bands


def _height(rule: Rule) -> tuple[float, float]:
    return (rule.start, rule.end) if rule.is_vertical else (rule.at, rule.at)


def _tables(rules: Sequence[Rule]) -> list[list[BBox]]:
    across, down = _merged(rules)
    sides = _missing_sides(across, down)
    if sides:
        across, down = _merged([*across, *down, *sides])
    return [table for table in cells_to_tables(_cells(_crossings(across, down))) if len(table) > 1]


def _may_hold_table(rules: Sequence[Rule]) -> bool:
    """The cheap test: a table takes at least two lines across, one down, and four in all."""
    down = sum(rule.is_vertical for rule in rules)
    return down >= 1 and len(rules) - down >= 2 and len(rules) >= 4


def _merged(rules: Sequence[Rule]) -> tuple[list[Rule], list[Rule]]:
    """Lines across and lines down, those snapped to one that lie side by side and those joined that touch."""
    tolerances = (
        DEFAULT_SNAP_TOLERANCE,
        DEFAULT_SNAP_TOLERANCE,
        DEFAULT_JOIN_TOLERANCE,
        DEFAULT_JOIN_TOLERANCE,
    )
    merged: tuple[list[Rule], list[Rule]] = ([], [])
    for edge in merge_edges([_edge(rule) for rule in _joined(rules)], *tolerances):
        is_down = edge["orientation"] == "v"
        at, start, end = ("x0", "top", "bottom") if is_down else ("top", "x0", "x1")
        if edge[end] - edge[start] >= _SHORTEST:
            merged[is_down].append(Rule(is_down, edge[at], edge[start], edge[end]))
    return merged


def _joined(rules: Sequence[Rule]) -> list[Rule]:
    """Pieces of one straight line that touch made one, which spares pdfplumber most of the work."""
    joined: list[Rule] = []
    end = at = float("nan")
    is_vertical = False
    for rule in sorted(rules):
        if rule.is_vertical == is_vertical and rule.at == at and rule.start <= end:
            if rule.end > end:
                end = rule.end
                joined[-1] = Rule(is_vertical, at, joined[-1].start, end)
            continue
        is_vertical, at, _, end = rule
        joined.append(rule)
    return joined


def _edge(rule: Rule) -> dict[str, Any]:
    """A rule as pdfplumber writes it."""
    _, at, start, end = rule
    if rule.is_vertical:
        return {"x0": at, "x1": at, "top": start, "bottom": end, "height": end - start, "orientation": "v"}
    return {"x0": start, "x1": end, "top": at, "bottom": at, "width": end - start, "orientation": "h"}


def _meets(across: list[Rule], down: list[Rule]) -> NDArray[np.bool_]:
    """Which line across (a row) meets which line down (a column)."""
    if not across or not down:
        return np.zeros((len(across), len(down)), bool)
    _, y, left, right = (np.array(values)[:, None] for values in zip(*across, strict=True))
    _, x, top, bottom = (np.array(values)[None, :] for values in zip(*down, strict=True))
    beside = (left - _NEAR <= x) & (x <= right + _NEAR)
    return beside & (top - _NEAR <= y) & (y <= bottom + _NEAR)


def _crossings(across: list[Rule], down: list[Rule]) -> Crossings:
    meets = _meets(across, down)
    if meets.sum() > MAX_CROSSINGS:
        raise TooManyLines
    found: Crossings = {}
    for j, i in np.argwhere(meets).tolist():
        lines = found.setdefault((down[i].at, across[j].at), (set(), set()))
        lines[0].add(i)
        lines[1].add(j)
    return found


def _cells(crossings: Crossings) -> list[BBox]:
    """The smallest closed rectangle right of and below each crossing."""
    rows: defaultdict[float, list[float]] = defaultdict(list)
    columns: defaultdict[float, list[float]] = defaultdict(list)
    for x, y in sorted(crossings):
        rows[y].append(x)
        columns[x].append(y)
    found = (_cell(crossings, x, y, rows[y], columns[x]) for x, y in sorted(crossings))
    return [box for box in found if box is not None]


def _cell(crossings: Crossings, x: float, y: float, row: list[float], column: list[float]) -> BBox | None:
    """The rectangle right of and below (x, y); `row`, `column`: the crossings level with it."""
    down, across = crossings[x, y]
    rights = [right for right in row[bisect_right(row, x) :] if across & crossings[right, y][1]]
    for below in column[bisect_right(column, y) :]:
        if not down & crossings[x, below][0]:
            continue
        for right in rights:
            corner = crossings.get((right, below))
            if corner and corner[0] & crossings[right, y][0] and corner[1] & crossings[x, below][1]:
                return x, y, right, below
    return None


def _missing_sides(across: list[Rule], down: list[Rule]) -> list[Rule]:
    """Outer lines that a table does without, as where a page break cuts a row open."""
    meets = _meets(across, down)
    sides = [
        side
        for lines, others, touching in ((across, down, meets), (down, across, meets.T))
        for ends in ([line.start for line in lines], [line.end for line in lines])
        for side in _open_sides(lines, np.array(ends), np.array([other.at for other in others]), touching)
    ]
    upright = [_to_corners(side, sides, across) for side in sides if side.is_vertical]
    level = [_to_corners(side, sides, down) for side in sides if not side.is_vertical]
    return [*upright, *level]


def _to_corners(side: Rule, sides: list[Rule], crossing: list[Rule]) -> Rule:
    """A missing side drawn on to meet another one where a line of the table leads from one to the other."""
    reaching = [line for line in crossing if line.start - _NEAR <= side.at <= line.end + _NEAR]
    met = [
        other.at
        for other in sides
        if other.is_vertical != side.is_vertical
        and any(min(line.end, other.end) > max(line.start, other.start) for line in reaching)
    ]
    return Rule(side.is_vertical, side.at, min([side.start, *met]), max([side.end, *met]))


def _open_sides(
    lines: list[Rule], ends: NDArray[np.float64], others: NDArray[np.float64], touching: NDArray[np.bool_]
) -> list[Rule]:
    """One line across the free ends of lines that end at the same place, where a common line crosses them."""
    far = np.abs(ends[:, None] - others[None, :]) > _FROM_OUTER_LINE
    free = touching.any(axis=1) & (far | ~touching).all(axis=1)
    sides: list[Rule] = []
    for place in sorted(set(ends[free].tolist())):
        group = np.flatnonzero(touching.any(axis=1) & (np.abs(ends - place) <= _NEAR))
        if (touching[group].sum(axis=0) > 1).any():
            at = [lines[index].at for index in group.tolist()]
            sides.append(Rule(not lines[0].is_vertical, place, min(at), max(at)))
    return sides
