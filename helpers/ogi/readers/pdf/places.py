"""Cell boxes → where each lies in its table's grid, and which characters lie in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from operator import attrgetter

import numpy as np

from ogi.arrays import BoolArray, FloatArray, IndexArray
from ogi.readers.pdf.lines import rows_of
from ogi.readers.pdf.marks import Char
from ogi.readers.pdf.settings import PDF
from ogi.readers.pdf.sheet import BBox, around, holds

NUMERALS = frozenset("0123456789０１２３４５６７８９.,，．")
_WIDE_BLANK = "\u3000"
_NOBODY = -1
_OwnerOf = Callable[[FloatArray, FloatArray], IndexArray]
"""The numbers of the cells that points lie in, by x and y; _NOBODY outside of all."""


@dataclass
class Place:
    """One cell box, where it lies in the table's grid, and the lines of characters in it.

    `is_cut`: a ruling line runs through a number in or beside it, which may be in the wrong cell.
    """

    box: BBox
    top: int
    left: int
    bottom: int
    right: int
    chars: list[Char] = field(default_factory=list)
    rows: list[list[Char]] = field(default_factory=list)
    is_cut: bool = False


@dataclass(frozen=True)
class FilledTable:
    """The cells of one table but for its full-width one-cell rows, which are running text."""

    places: list[Place]
    full_rows: set[int]

    @property
    def box(self) -> BBox:
        """The box around its cells; turned inside out where it has none."""
        return around([place.box for place in self.places])


def fill_table(boxes: Sequence[BBox], chars: list[Char]) -> tuple[FilledTable, list[Char]]:
    """The table that cell boxes make, its characters in their cells; and the characters in none of them."""
    boxes = [box for box in boxes if _is_cell(box, chars)]
    sides = np.array(boxes).reshape(-1, 4)
    edges_x, edges_y = _edges(sides[:, ::2]), _edges(sides[:, 1::2])
    lefts, rights = _field(edges_x, sides[:, ::2]).T
    tops, bottoms = _field(edges_y, sides[:, 1::2]).T
    ends = np.maximum(bottoms, tops + 1), np.maximum(rights, lefts + 1)
    placed = map(Place, boxes, *(column.tolist() for column in (tops, lefts, *ends)))
    places = sorted(placed, key=attrgetter("top", "left"))
    full = _full_rows(places, len(edges_x) - 1)
    kept = [place for place in places if place.top not in full]
    rest = _share_out(chars, kept, _owner_of(kept, edges_x, edges_y))
    for place in kept:
        place.rows = inked_rows(place.chars)
    return FilledTable(kept, full), rest


def _is_cell(box: BBox, chars: list[Char]) -> bool:
    """Is it more than the room between the two strokes of a double line?"""
    if min(box[2] - box[0], box[3] - box[1]) >= PDF.narrowest_cell:
        return True
    return any(holds(box, (char.x0 + char.x1) / 2, (char.top + char.bottom) / 2) for char in chars)


def _edges(values: FloatArray) -> FloatArray:
    edges: list[float] = []
    for value in np.unique(values).tolist():
        if not edges or value - edges[-1] > PDF.same_edge:
            edges.append(value)
    return np.array(edges)


def _field(edges: FloatArray, values: FloatArray) -> IndexArray:
    """Between which edges places lie: the number of the edge before."""
    return np.searchsorted(edges, values, side="right") - 1


def _full_rows(places: list[Place], width: int) -> set[int]:
    """Rows that hold one cell as wide as the table."""
    filled = Counter(row for place in places for row in range(place.top, place.bottom))
    wide = (place for place in places if place.left == 0 and place.right == width)
    return {place.top for place in wide if place.bottom == place.top + 1 and filled[place.top] == 1}


def _owner_of(places: list[Place], edges_x: FloatArray, edges_y: FloatArray) -> _OwnerOf:
    """A function that tells whose cells points lie in."""
    numbers = np.full((len(edges_y) + 1, len(edges_x) + 1), _NOBODY)  # with what is outside
    for number, place in enumerate(places):
        numbers[place.top : place.bottom, place.left : place.right] = number

    def owner_of(x: FloatArray, y: FloatArray) -> IndexArray:
        found: IndexArray = numbers[_field(edges_y, y), _field(edges_x, x)]
        return found

    return owner_of


def _share_out(chars: list[Char], places: list[Place], owner_of: _OwnerOf) -> list[Char]:
    """Give every character to the cell its middle lies in; those outside are returned.

    A number that runs over a ruling line goes whole to the cell its own middle lies in.
    """
    texts, *columns = zip(*chars, strict=True) if chars else [()] * 6
    sides = np.array(columns, float)
    x0, x1, top, bottom, _ = sides
    owners = owner_of((x0 + x1) / 2, (top + bottom) / 2)
    numerals = np.flatnonzero(list(map(NUMERALS.__contains__, texts)))
    for i in numerals[_reach_out(sides[:, numerals], owners[numerals], places)].tolist():
        start, stop = _number_at(chars, i)
        for holder in _holding(chars[start], chars[stop - 1], owner_of):
            places[holder].is_cut = True
    for start, stop in _cut_numbers(chars, owners, numerals):
        first, last = chars[start], chars[stop - 1]
        at = np.array((first.x0 + last.x1, first.top + first.bottom)) / 2
        middle = owner_of(at[:1], at[1:])
        for own in (*owners[start:stop].tolist(), *middle.tolist()):
            if own != _NOBODY:
                places[own].is_cut = True
        owners[start:stop] = middle
    rest: list[Char] = []
    takers = [*(place.chars for place in places), rest]  # the last is nobody's
    for char, own in zip(chars, owners.tolist(), strict=True):
        takers[own].append(char)
    return rest


def _reach_out(numerals: FloatArray, owners: IndexArray, places: list[Place]) -> BoolArray:
    """Which numerals' ink reaches over a line around their cell? Of each x0, x1, top, bottom and size."""
    boxes = np.array([*(place.box for place in places), (-np.inf, -np.inf, np.inf, np.inf)])
    left, above, right, below = boxes[owners].T
    x0, x1, _, bottom, size = numerals
    high, low = (bottom - share * size for share in PDF.numeral_ink)
    over: BoolArray = (x0 < left) | (x1 > right) | (high < above) | (low > below)
    return over


def _holding(first: Char, last: Char, owner_of: _OwnerOf) -> list[int]:
    """The cells in which the inner half of a number lies, where that is more than one."""
    top, bottom = (first.bottom - share * first.size for share in PDF.numeral_ink)
    right, down = PDF.reaches_over * (last.x1 - first.x0), PDF.reaches_over * (bottom - top)
    x, y = (first.x0 + right, last.x1 - right), (top + down, bottom - down)
    held = set(owner_of(np.repeat(x, 2), np.tile(y, 2)).tolist())
    return sorted(held - {_NOBODY}) if len(held) > 1 else []


def _cut_numbers(chars: list[Char], owners: IndexArray, numerals: IndexArray) -> list[tuple[int, int]]:
    """From where to where the numbers run whose numerals, here by number, lie in several cells."""
    later = numerals[numerals > 0]
    cuts = later[owners[later] != owners[later - 1]].tolist()
    return [_number_at(chars, cut) for cut in cuts if _touches(chars[cut - 1], chars[cut])]


def _number_at(chars: list[Char], at: int) -> tuple[int, int]:
    """From where to where the number runs that holds a numeral."""
    start, stop = at, at + 1
    while start > 0 and chars[start].text in NUMERALS and _touches(chars[start - 1], chars[start]):
        start -= 1
    while stop < len(chars) and chars[stop].text in NUMERALS and _touches(chars[stop - 1], chars[stop]):
        stop += 1
    return start, stop


def _touches(before: Char, char: Char) -> bool:
    near = abs(char.x0 - before.x1) <= PDF.numeral_gap * char.size
    return before.text in NUMERALS and near and abs(before.bottom - char.bottom) < PDF.level


def inked_rows(chars: list[Char]) -> list[list[Char]]:
    """Characters by lines, each line to its last visible character.

    A line begins with its first one, or with the ideographic blank before that: it takes part in wrapping.
    """
    rows = []
    for row in [chars] if len(chars) == 1 else rows_of(chars):
        while row and row[-1].text.isspace():
            row = row[:-1]
        while row and row[0].text.isspace() and row[0].text != _WIDE_BLANK:
            row = row[1:]
        if row:
            rows.append(row)
    return rows
