"""Ruling lines of a view → tables as cells with spans.

Lines that hang together are one table; their places give a lattice (see readers.lattice). On a scan lines are
broken, bent and covered, so a line counts by how much of a field's side it covers: gaps decide nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np

from ogi.arrays import BoolArray, IndexArray, Pixels
from ogi.readers.lattice import LatticeCell, cells_of, with_missing_sides
from ogi.readers.scan.settings import SCAN
from ogi.readers.scan.views import Rect, View


@dataclass(frozen=True)
class RuledTable:
    """A ruled table: its cells, and where on a view its lines run down (`xs`) and across (`ys`)."""

    cells: tuple[LatticeCell, ...]
    xs: tuple[int, ...]
    ys: tuple[int, ...]

    def rect_of(self, cell: LatticeCell) -> Rect:
        """Where a cell is."""
        return self.xs[cell.left], self.ys[cell.top], self.xs[cell.right], self.ys[cell.bottom]

    @property
    def rect(self) -> Rect:
        """Where the table is."""
        return self.xs[0], self.ys[0], self.xs[-1], self.ys[-1]


@dataclass(frozen=True)
class RuledPart:
    """Lines that hang together: masks of what runs across and down, and where their window begins (x, y).

    `dark`: a mask of all ink in the window.
    """

    across: Pixels
    down: Pixels
    dark: Pixels
    origin: tuple[int, int]


def find_tables(view: View) -> tuple[list[RuledTable], Pixels]:
    """Return the ruled tables of a view from top to bottom, and a mask of all that is line (255).

    Frames of a single cell are no tables.
    """
    tables: list[RuledTable] = []
    mask = np.zeros_like(view.gray)
    for part in ruled_parts(view):
        found = _table(part, view.unit)
        if found is not None:
            tables.append(found[0])
            x, y = part.origin
            height, width = part.down.shape
            mask[y : y + height, x : x + width] |= found[1]
    return sorted(tables, key=lambda table: table.ys[0]), mask


def ruled_parts(view: View) -> list[RuledPart]:
    """The groups of ruling lines that are large enough for a table."""
    dark = _dark(view.gray)
    across = _lines(dark, round(SCAN.shortest_across * view.unit), upright=False)
    down = _lines(dark, round(SCAN.shortest_down * view.unit), upright=True)
    # Lines that miss one another by a few pixels hang together.
    both = np.asarray(cv2.dilate(across | down, np.ones((5, 5), np.uint8)), np.uint8)
    count, found, stats, _ = cv2.connectedComponentsWithStats(both)
    labels = np.asarray(found, np.intp)
    if view.hidden is not None:
        labels = _mended(labels, np.asarray(stats, np.intp), view.hidden)
    parts: list[RuledPart] = []
    for index, (x, y, width, height, _) in enumerate(stats.tolist()[1:count], 1):
        if width < SCAN.table_size[0] * view.unit or height < SCAN.table_size[1] * view.unit:
            continue
        window = (slice(y, y + height), slice(x, x + width))
        own = np.asarray(labels[window] == index, np.uint8) * 255
        parts.append(RuledPart(across[window] & own, down[window] & own, dark[window], (x, y)))
    return parts


def _mended(labels: IndexArray, stats: IndexArray, hidden: Pixels) -> IndexArray:
    """The numbers of pieces, with those that a seal cut out of the middle of a table given the table's."""
    touched = {index for index in np.unique(labels[hidden > 0]).tolist() if index}
    whole = np.arange(len(stats))
    by_size = sorted(touched, key=lambda index: -stats[index][2] * stats[index][3])
    for rank, inner in enumerate(by_size):
        x, y, width, height, _ = stats[inner]
        for outer in by_size[:rank]:
            left, top, wide, high, _ = stats[outer]
            if x >= left and y >= top and x + width <= left + wide and y + height <= top + high:
                whole[inner] = whole[outer]
    return whole[labels]


def _dark(gray: Pixels) -> Pixels:
    blurred = cv2.boxFilter(gray, -1, (51, 51))  # so wide that its mean is the paper's
    darker = gray.astype(np.int16) < blurred.astype(np.int16) - SCAN.line_contrast
    return np.asarray((darker & (gray < SCAN.line_grey)) * 255, np.uint8)


def _lines(dark: Pixels, length: int, *, upright: bool) -> Pixels:
    """Only the straight runs of at least that length, small gaps closed and slight slopes allowed."""
    along, across = (1, length), (3, 1)
    gap = (1, 3)  # faint lines have gaps of a pixel or two
    if upright:
        along, across, gap = along[::-1], across[::-1], gap[::-1]
    joined = np.asarray(cv2.morphologyEx(dark, cv2.MORPH_CLOSE, np.ones(gap, np.uint8)), np.uint8)
    thick = cv2.dilate(joined, np.ones(across, np.uint8))
    runs = cv2.morphologyEx(thick, cv2.MORPH_OPEN, np.ones(along, np.uint8))
    return np.asarray(runs, np.uint8) & joined


def _table(part: RuledPart, unit: float) -> tuple[RuledTable, Pixels] | None:
    """The table that lines make, and a mask of those lines; None where they make none."""
    down, across = part.down, np.ascontiguousarray(part.across.T)  # both as lines that run down
    xs = _places(down, part.across, SCAN.shortest_down, unit)
    ys = _places(across, np.ascontiguousarray(down.T), SCAN.shortest_across, unit)
    if len(xs) < 2 or len(ys) < 2:
        return None
    right = _without_strokes(_walls(down, ys, xs, unit), part, ys, xs, unit)
    below = _walls(across, xs, ys, unit).T
    xs, right, below = _without_idle(xs, right, below)
    ys, below_t, right_t = _without_idle(ys, below.T, right.T)
    mask = _on_lines(down, xs, unit) | _on_lines(across, ys, unit).T
    cells = cells_of(right_t.T, below_t.T)
    if _strays(down, unit) or _strays(across, unit):
        cells = [cell._replace(certain=False) for cell in cells]
    if len(cells) < 2:
        return None
    x, y = part.origin
    return RuledTable(tuple(cells), tuple(x + at for at in xs), tuple(y + at for at in ys)), mask


def _on_lines(down: Pixels, xs: list[int], unit: float) -> Pixels:
    """The pieces that are part of a line of the table; others are strokes of print that run into one."""
    _, labels, _, centroids = cv2.connectedComponentsWithStats(down)
    off = np.abs(centroids[:, :1] - np.array(xs)).min(axis=1)
    part = off <= SCAN.same_line * unit
    part[0] = False  # what is no line
    return np.asarray(part[labels] * 255, np.uint8)


def _strays(down: Pixels, unit: float) -> bool:
    """Does a long line wander so far aside that its ends may be taken for different lines?"""
    count, labels, stats, _ = cv2.connectedComponentsWithStats(down)
    for index in range(1, count):
        x, y, width, height, _ = stats[index].tolist()
        if height < SCAN.long_line * unit or width <= SCAN.stray * unit:
            continue
        piece = labels[y : y + height, x : x + width] == index
        ends = [
            # An eighth at each end, so that specks do not decide.
            np.nonzero(end.any(axis=0))[0].mean()
            for end in (piece[: height // 8], piece[-height // 8 :])
        ]
        if abs(ends[0] - ends[1]) > SCAN.stray * unit:
            return True
    return False


def _places(down: Pixels, across: Pixels, shortest: float, unit: float) -> list[int]:
    """Where lines run down: pieces nearer than SCAN.same_line are one line.

    The outer line that is missing where three or more lines across stick out over the last one is added.
    """
    _, _, stats, centroids = cv2.connectedComponentsWithStats(down)
    pieces = zip(centroids[1:, 0].tolist(), stats[1:, cv2.CC_STAT_HEIGHT].tolist(), strict=True)
    groups: list[list[tuple[float, int]]] = []
    for piece in sorted(piece for piece in pieces if piece[1] >= 0.8 * shortest * unit):  # ends are frayed
        if groups and piece[0] - _centre(groups[-1]) <= SCAN.same_line * unit:
            groups[-1].append(piece)
        else:
            groups.append([piece])
    _, _, stats, _ = cv2.connectedComponentsWithStats(across)
    ends = [(left, left + width) for left, _, width, *_ in stats[1:].tolist()]
    places = [round(_centre(group)) for group in groups]
    added = with_missing_sides(places, ends, reach=SCAN.open_reach * unit, fewest=SCAN.open_ends)
    return [round(at) for at in added]


def _centre(pieces: list[tuple[float, int]]) -> float:
    places, lengths = zip(*pieces, strict=True)
    return float(np.average(places, weights=lengths))


def _walls(mask: Pixels, along: list[int], at: list[int], unit: float) -> BoolArray:
    """[field, line]: does a line of the mask run at `at` along each field between two of `along`?

    Only of lines that somewhere reach both ends of a field: a stroke of print that runs into the ruling ends
    within it.
    """
    reach = max(2, round(SCAN.wall_reach * unit))
    found, whole = np.zeros((2, len(along) - 1, len(at)), np.bool_)
    for j, x in enumerate(at):
        band = mask[:, max(0, x - reach) : x + reach + 1].max(axis=1) > 0
        for i, (top, bottom) in enumerate(pairwise(along)):
            side = band[top + 2 : bottom - 1]
            if len(side):
                found[i, j] = side.mean() >= SCAN.wall
                end = max(2, round(SCAN.wall_end * len(side)))
                whole[i, j] = found[i, j] and side[:end].any() and side[-end:].any()
    found &= whole.any(axis=0)
    found[:, [0, -1]] = True
    return found


def _without_strokes(
    walls: BoolArray, part: RuledPart, ys: list[int], xs: list[int], unit: float
) -> BoolArray:
    """The walls that run down, without the places at which strokes of print reach from line to line.

    Beside a stroke is the rest of its character; a line has paper on both sides in one row at least.
    """
    kept = walls.copy()
    for j in range(1, len(xs) - 1):
        rows = np.flatnonzero(walls[:, j]).tolist()
        kept[:, j] &= any(_stands_free(part, ys[i], ys[i + 1], xs[j], unit) for i in rows)
    return kept


def _stands_free(part: RuledPart, top: int, bottom: int, x: int, unit: float) -> bool:
    """Is there hardly any ink on both sides of the line at x, from one line across to the next?"""
    reach = max(2, round(SCAN.wall_reach * unit))
    near = max(0, x - reach)
    own = near + np.flatnonzero(part.down[top + 2 : bottom - 1, near : x + reach + 1].any(axis=0))
    left, right = own[0] - 1, own[-1] + 2  # a pixel more, for the blurred edge of ink
    window = slice(top, bottom), slice(max(0, left - reach), right + reach)
    dark = part.dark[window] & ~part.across[window]
    sides = dark[:, : left - window[1].start], dark[:, right - window[1].start :]
    return bool(sum(side.any(axis=1).mean() for side in sides) <= SCAN.beside_wall)


def _without_idle(
    at: list[int], walls: BoolArray, other: BoolArray
) -> tuple[list[int], BoolArray, BoolArray]:
    """Leave out inner lines that part nothing: `walls` has a column a line, `other` a column a field."""
    keep = [j for j in range(len(at)) if j in (0, len(at) - 1) or walls[:, j].any()]
    fields = [range(a, b) for a, b in pairwise(keep)]
    joined = np.stack([other[:, list(field)].any(axis=1) for field in fields], axis=1)
    return [at[j] for j in keep], walls[:, keep], joined
