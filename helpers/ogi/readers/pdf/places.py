"""Cell boxes → where each lies in its table's grid, and which characters lie in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from operator import attrgetter

import numpy as np

from ogi.arrays import FloatArray, IndexArray
from ogi.readers.pdf.lines import rows_of
from ogi.readers.pdf.marks import Char
from ogi.readers.pdf.settings import PDF
from ogi.readers.pdf.sheet import BBox, around, holds

NUMERALS = frozenset("0123456789０１２３４５６７８９.,，．")
_WIDE_BLANK = "\u3000"
_Owners = Callable[[FloatArray, FloatArray], "list[Place | None]"]


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
    rest = _share_out(chars, _owners(kept, edges_x, edges_y))
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


def _owners(places: list[Place], edges_x: FloatArray, edges_y: FloatArray) -> _Owners:
    """A function that tells whose cells points lie in."""
    numbers = np.full((len(edges_y) + 1, len(edges_x) + 1), -1)  # with what is outside, which is nobody's
    for number, place in enumerate(places):
        numbers[place.top : place.bottom, place.left : place.right] = number

    def owners(x: FloatArray, y: FloatArray) -> list[Place | None]:
        found = numbers[_field(edges_y, y), _field(edges_x, x)].tolist()
        return [None if number < 0 else places[number] for number in found]

    return owners


def _share_out(chars: list[Char], owners_of: _Owners) -> list[Char]:
    """Give every character to the cell its middle lies in; those outside are returned.

    A number that runs over a ruling line goes whole to the cell its own middle lies in.
    """
    x0, x1, top, bottom = np.array(list(zip(*chars, strict=True))[1:5], float).reshape(4, -1)
    owners = owners_of((x0 + x1) / 2, (top + bottom) / 2)
    numerals = [i for i, char in enumerate(chars) if char.text in NUMERALS]
    for i in numerals:
        own = owners[i]
        if own is not None and _reaches_out(chars[i], own.box):
            start, stop = _number_at(chars, i)
            for holder in _holding(chars[start], chars[stop - 1], owners_of):
                holder.is_cut = True
    for start, stop in _cut_numbers(chars, owners, numerals):
        first, last = chars[start], chars[stop - 1]
        at = np.array((first.x0 + last.x1, first.top + first.bottom)) / 2
        (middle,) = owners_of(at[:1], at[1:])
        for place in (*owners[start:stop], middle):
            if place is not None:
                place.is_cut = True
        owners[start:stop] = [middle] * (stop - start)
    rest: list[Char] = []
    for char, own in zip(chars, owners, strict=True):
        (rest if own is None else own.chars).append(char)
    return rest


def _reaches_out(char: Char, box: BBox) -> bool:
    """Does a numeral's ink reach over a line around its cell?"""
    top, bottom = _ink(char)
    return char.x0 < box[0] or char.x1 > box[2] or top < box[1] or bottom > box[3]


def _holding(first: Char, last: Char, owners_of: _Owners) -> list[Place]:
    """The cells in which the inner half of a number lies, where that is more than one."""
    top, bottom = _ink(first)
    right, down = PDF.reaches_over * (last.x1 - first.x0), PDF.reaches_over * (bottom - top)
    x, y = (first.x0 + right, last.x1 - right), (top + down, bottom - down)
    held = {id(place): place for place in owners_of(np.repeat(x, 2), np.tile(y, 2))}
    return [place for place in held.values() if place is not None] if len(held) > 1 else []


def _ink(char: Char) -> tuple[float, float]:
    """Top and bottom of a numeral, which stands on its baseline."""
    return char.bottom - PDF.numeral_ink[0] * char.size, char.bottom - PDF.numeral_ink[1] * char.size


def _cut_numbers(chars: list[Char], owners: list[Place | None], numerals: list[int]) -> list[tuple[int, int]]:
    """From where to where the numbers run whose numerals, here by number, lie in several cells."""
    cuts = [i for i in numerals if i and owners[i] is not owners[i - 1] and _touches(chars[i - 1], chars[i])]
    return [_number_at(chars, cut) for cut in cuts]


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
