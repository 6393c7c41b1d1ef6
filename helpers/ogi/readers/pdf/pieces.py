"""Text without ruling lines taken apart: lines into segments at gaps, segments into pieces (cells to be)."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ogi.readers.pdf.lines import text_of
from ogi.readers.pdf.marks import Char

_SAME_LINE = 1.5
_GAP = 0.7
"""Share of the type's size from which a gap without any blank in it parts two cells."""
_ALIGNED = 0.75
"""Share of the type's size that left ends or middles of the lines of one cell may differ.

A blank at the end of a line, or at the start of the next one, moves a line by half of its width or by all.
"""
_DATA = re.compile(
    r"[+＋−－-]?[0-9０-９][0-9０-９,，]*(?:[.．][0-9０-９]+)?\s*[\u4e00-\u9fff]{0,2}\s*(?:[（(].*)?"
    r"|[/／—–－-]{1,4}|[无無]|不涉及|不适用|不適用"
)


@dataclass(frozen=True)
class Segment:
    """Characters of one line without a wide gap. `y` is the baseline's place, the same for all of a line."""

    chars: tuple[Char, ...]
    x0: float
    x1: float
    y: float
    size: float
    text: str

    @property
    def is_data(self) -> bool:
        """Could this be what a table says of something: a number with unit or note, or a dash?"""
        return _DATA.fullmatch(self.text) is not None


Line = list[Segment]


def segment_lines(chars: Iterable[Char]) -> list[Line]:
    """The lines of a page from top to bottom, each as its segments from left to right."""
    rows: list[list[Char]] = []
    for char in sorted(chars, key=lambda char: char.bottom):
        if not rows or char.bottom - rows[-1][0].bottom > _SAME_LINE:
            rows.append([])
        rows[-1].append(char)
    lines = (_segments(sorted(row, key=lambda char: char.x0)) for row in rows)
    return [line for line in lines if line]


def _segments(row: Sequence[Char]) -> Line:
    groups: list[list[Char]] = []
    end = 0.0
    for char in row:
        if not groups or char.x0 - end > _GAP * char.size:
            groups.append([])
        groups[-1].append(char)
        end = max(end, char.x1) if len(groups[-1]) > 1 else char.x1
    y = row[0].bottom
    return [_segment(inked, y) for group in groups if (inked := _trimmed(group))]


def _trimmed(chars: list[Char]) -> list[Char]:
    inked = [i for i, char in enumerate(chars) if not char.text.isspace()]
    return chars[inked[0] : inked[-1] + 1] if inked else []


def _segment(chars: list[Char], y: float) -> Segment:
    return Segment(tuple(chars), chars[0].x0, max(c.x1 for c in chars), y, chars[0].size, text_of(chars))


@dataclass(frozen=True)
class Piece:
    """Segments one below the other that make one cell."""

    segments: tuple[Segment, ...]

    @property
    def x0(self) -> float:
        """Left end."""
        return min(segment.x0 for segment in self.segments)

    @property
    def x1(self) -> float:
        """Right end."""
        return max(segment.x1 for segment in self.segments)

    @property
    def x(self) -> float:
        """Middle."""
        return (self.x0 + self.x1) / 2

    @property
    def first(self) -> float:
        """The first line's baseline."""
        return self.segments[0].y

    @property
    def last(self) -> float:
        """The last line's baseline."""
        return self.segments[-1].y

    @property
    def y(self) -> float:
        """Middle of the baselines."""
        return (self.first + self.last) / 2

    @property
    def text(self) -> str:
        """The text, a line each."""
        return "\n".join(segment.text for segment in self.segments)

    @property
    def is_data(self) -> bool:
        """Does it begin with what is data?"""
        return self.segments[0].is_data

    def meets(self, other: Piece) -> bool:
        """Do the two stand one above the other?"""
        return min(self.x1, other.x1) > max(self.x0, other.x0)


def pieces_of(lines: Iterable[Line], leading: float, bounds: Sequence[float] = ()) -> list[Piece]:
    """Segments joined to pieces where one stands within `leading` points below the other, aligned with it.

    `bounds`: the places between columns; two segments within one column need not be aligned.
    """
    open_: list[list[Segment]] = []
    done: list[list[Segment]] = []
    for line in lines:
        y = line[0].y
        done += [piece for piece in open_ if y - piece[-1].y > leading]
        open_ = [piece for piece in open_ if y - piece[-1].y <= leading]
        for segment in line:
            above = next((p for p in open_ if p[-1].y < y and _continues(p, segment, bounds)), None)
            if above is None:
                open_.append([segment])
            else:
                above.append(segment)
    return [Piece(tuple(segments)) for segments in [*done, *open_]]


def _continues(piece: list[Segment], segment: Segment, bounds: Sequence[float]) -> bool:
    before = piece[-1]
    if abs(before.size - segment.size) > 0.12 * segment.size:
        return False
    column = _column(segment, bounds)
    if column is not None and all(_column(line, bounds) == column for line in piece):
        return True
    overlap = min(before.x1, segment.x1) - max(before.x0, segment.x0)
    if overlap < 0.3 * min(before.x1 - before.x0, segment.x1 - segment.x0):
        return False
    aligned = _ALIGNED * segment.size
    left = abs(piece[0].x0 - segment.x0) <= aligned or abs(before.x0 - segment.x0) <= aligned
    middle = abs(before.x0 + before.x1 - segment.x0 - segment.x1) <= 2 * aligned
    return left or middle


def _column(segment: Segment, bounds: Sequence[float]) -> int | None:
    """The column that holds all of a segment; None where it reaches over a bound, or past the outer ones."""
    first, last = bisect_right(bounds, segment.x0), bisect_right(bounds, segment.x1)
    return first if first == last and 0 < first < len(bounds) else None
