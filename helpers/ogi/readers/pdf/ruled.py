"""Ruling lines → the boxes of each table's cells, as pdfplumber's table finder has them.

The steps and measures are the finder's own: lines side by side are one, lines that touch are joined, a cell
is the smallest closed rectangle at a crossing. It takes all lines of a page and compares every crossing with
every other; here each table's lines are taken by themselves, and crossings are followed along their lines.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from pdfplumber.table import DEFAULT_JOIN_TOLERANCE, DEFAULT_SNAP_TOLERANCE, cells_to_tables

from ogi.readers.pdf.marks import PageMarks, Rule
from ogi.readers.pdf.sheet import BBox

MAX_RULES = 20_000
MAX_CROSSINGS = 10_000
"""Lines and crossings of lines on one page from which on no table can be meant."""
_NEAR = 3.0
"""Lines that miss each other by no more than this (points) cross: pdfplumber's own measure."""
_SHORTEST = 3.0
_FROM_OUTER_LINE = 8.0
"""How far (points) a line must reach beyond the last line across it for its end to be an open side."""


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
    low = float("-inf")
    for rule in sorted(rules, key=_top):
        if _top(rule) > low + _NEAR:
            bands.append([])
        low = max(low, rule.end if rule.is_vertical else rule.at)
        bands[-1].append(rule)
    return bands


def _top(rule: Rule) -> float:
    return rule.start if rule.is_vertical else rule.at


def _tables(rules: Sequence[Rule]) -> list[list[BBox]]:
    across, down = _merged(rules)
    sides = _missing_sides(across, down)
    if sides:
        across, down = _merged([*across, *down, *sides])
    return [table for table in cells_to_tables(_cells(across, down)) if len(table) > 1]


def _may_hold_table(rules: Sequence[Rule]) -> bool:
    """The cheap test: a table takes at least two lines across, one down, and four in all."""
    down = sum(rule.is_vertical for rule in rules)
    return down >= 1 and len(rules) - down >= 2 and len(rules) >= 4


def _merged(rules: Sequence[Rule]) -> tuple[list[Rule], list[Rule]]:
    """Lines across and lines down, those drawn as one that lie side by side, and those joined that touch."""
    merged: tuple[list[Rule], list[Rule]] = ([], [])
    ordered = sorted(rules)
    places = np.array([rule.at for rule in ordered])
    kinds = np.array([rule.is_vertical for rule in ordered], bool)
    parted = (np.diff(places) > DEFAULT_SNAP_TOLERANCE) | np.diff(kinds)
    for start, stop in pairwise([0, *(np.flatnonzero(parted) + 1).tolist(), len(ordered)]):
        group = ordered[start:stop]
        is_down, at = group[0].is_vertical, sum(rule.at for rule in group) / len(group)
        for low, high in _joined([(rule.start, rule.end) for rule in group]):
            if high - low >= _SHORTEST:
                merged[is_down].append(Rule(is_down, at, low, high))
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


def _meets(across: list[Rule], down: list[Rule]) -> NDArray[np.bool_]:
    """Which line across (a row) meets which line down (a column)."""
    if not across or not down:
        return np.zeros((len(across), len(down)), bool)
    _, y, left, right = (np.array(values)[:, None] for values in zip(*across, strict=True))
    _, x, top, bottom = (np.array(values)[None, :] for values in zip(*down, strict=True))
    beside = (left - _NEAR <= x) & (x <= right + _NEAR)
    return beside & (top - _NEAR <= y) & (y <= bottom + _NEAR)


def _cells(across: list[Rule], down: list[Rule]) -> list[BBox]:
    """The smallest closed rectangle right of and below each crossing; lines come in order of their places."""
    meets = _meets(across, down)
    if meets.sum() > MAX_CROSSINGS:
        raise TooManyLines
    grid = meets.tolist()
    below = [np.flatnonzero(column).tolist() for column in meets.T]
    cells: list[BBox] = []
    for i, crossed in enumerate(np.flatnonzero(row).tolist() for row in meets):
        for k, j in enumerate(crossed):
            lower = below[j][bisect_right(below[j], i) :]
            corner = next(((i2, j2) for i2 in lower for j2 in crossed[k + 1 :] if grid[i2][j2]), None)
            if corner is not None:
                cells.append((down[j].at, across[i].at, down[corner[1]].at, across[corner[0]].at))
    return cells


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
