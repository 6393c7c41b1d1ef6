"""A table whose cells hold their characters → grids of cells, cut at the full-width rows."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from ogi.readers.document import Box, Cell
from ogi.readers.pdf.lines import mixes_sizes, text_of
from ogi.readers.pdf.marks import Char
from ogi.readers.pdf.places import NUMERALS, FilledTable, Place
from ogi.readers.pdf.settings import PDF

_BRACKETS = "（("


def grids_of(table: FilledTable, padding: float, page: int) -> list[list[Cell]]:
    """A table's cells, a list for each part between full-width rows."""
    runs: list[list[Cell]] = [[]]
    previous = 0
    own = padding_of([table])
    for place in table.places:
        if not table.full_rows.isdisjoint(range(previous, place.top)):
            runs.append([])
        least = own if own > padding and _wraps_alike(place, table) else padding
        runs[-1].append(_cell(place, page, least))
        previous = place.top
    return [run for run in runs if run]


def padding_of(tables: Iterable[FilledTable]) -> float:
    """The room (points) that the text of a page's tables leaves beside it: the least of any table.

    In one table, what all but a tenth of the lines leave; single ones reach beyond their cells.
    """
    found = [PDF.widest_padding]
    for table in tables:
        gaps = sorted(
            gap
            for place in table.places
            for row in place.rows
            for gap in (row[0].x0 - place.box[0], place.box[2] - row[-1].x1)
        )
        found += gaps[len(gaps) // 10 :][:1]
    return max(0.0, min(found))


def _wraps_alike(place: Place, table: FilledTable) -> bool:
    """Are all numbers in cells of this width broken where the widest line among them leaves no more room?

    A table whose every text is short does not show its padding, but it shows where its lines end.
    """
    if len(place.rows) < 2 or all(row[-1].text not in NUMERALS for row in place.rows):
        return False  # its lines tell all the same, as none of them ends in a number
    wide = place.box[2] - place.box[0]
    alike = [other for other in table.places if abs(other.box[2] - other.box[0] - wide) < PDF.same_width]
    widest = max(_width(row) for other in alike for row in other.rows)
    pairs = [pair for other in alike for pair in pairwise(other.rows)]
    full = [_width(before) + _unbreakable(row) > widest for before, row in pairs]
    cut = [before[-1].text in NUMERALS and row[0].text in NUMERALS for before, row in pairs]
    return all(is_full or not of_number for is_full, of_number in zip(full, cut, strict=True)) and (
        sum(full) >= PDF.wrapped_alike
    )


def _width(row: list[Char]) -> float:
    return row[-1].x1 - row[0].x0


def _cell(place: Place, page: int, padding: float) -> Cell:
    room = place.box[2] - place.box[0] - 2 * padding
    text, is_wrapped = cell_text(place.rows, room)
    is_mixed = any(map(mixes_sizes, place.rows))
    confidence = PDF.cut if place.is_cut else PDF.wrapped if is_wrapped or is_mixed else 1.0
    rows, columns = place.bottom - place.top, place.right - place.left
    box = Box(page, *place.box)
    return Cell(
        text, place.top, place.left, rows, columns, box, confidence, is_full=_is_full(place.rows, room)
    )


def _is_full(rows: list[list[Char]], room: float) -> bool:
    """Would another digit have begun a new line?"""
    if not rows or rows[-1][-1].text not in NUMERALS:
        return False
    return _width(rows[-1]) + rows[-1][-1].x1 - rows[-1][-1].x0 > room


def cell_text(rows: list[list[Char]], room: float) -> tuple[str, bool]:
    """A cell's text, a line each; and whether a number was put together that had been wrapped.

    `room`: the width (points) a line can fill. Digits at a line's end and at the next one's start are one
    number only where the next digit would not have fitted; two numbers one below the other stay two.
    """
    if len(rows) < 2:
        return (text_of(rows[0]) if rows else ""), False
    text, is_wrapped = "", False
    for i, row in enumerate(rows):
        if i and _wraps(rows[i - 1], row, room):
            is_wrapped = True
        elif text:
            text += "\n"
        text += text_of(row)
    return text, is_wrapped


def _wraps(before: list[Char], row: list[Char], room: float) -> bool:
    if before[-1].text not in NUMERALS or row[0].text not in NUMERALS:
        return False
    width, rest = _width(before), _width(row)
    is_number = all(char.text in NUMERALS for char in row)
    if is_number and rest > width + row[0].size / 4:
        return False
    return width + _unbreakable(row) > room


def _unbreakable(row: list[Char]) -> float:
    """The width of what stays together at a line's start: a digit, or a number with a bracket after it."""
    after = next((i for i, char in enumerate(row) if char.text not in NUMERALS), len(row))
    if after < len(row) and row[after].text in _BRACKETS:
        follows = row[after + 1].x1 if after + 1 < len(row) else row[after].x1 + row[after].size
        return follows - row[0].x0
    return row[0].x1 - row[0].x0
