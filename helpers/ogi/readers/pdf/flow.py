"""The page flow: lines in segments, cut at wide gaps, those of all pages one below the other.

Used where no ruling lines tell the cells; a table that runs over a page's end is thus one table.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from operator import attrgetter

from ogi.readers.document import Box
from ogi.readers.pdf.lines import text_of
from ogi.readers.pdf.marks import Char
from ogi.readers.pdf.settings import PDF

_DATA = re.compile(
    r"[+＋－−-]?[0-9０-９][0-9０-９,，]*(?:[.．][0-9０-９]+)?\s*[\u4e00-\u9fff]{0,2}\s*(?:[（(].*)?"
    r"|[/／—–－-]{1,4}|[无無]|不涉及|不适用|不適用"
)


@dataclass(frozen=True)
class Segment:
    """Characters of one line without a wide gap; `y` is the baseline, the same for all of a line."""

    chars: tuple[Char, ...]
    x0: float
    x1: float
    y: float
    size: float

    @cached_property
    def text(self) -> str:
        """Put together only when asked for: of most lines it never is."""
        return text_of(self.chars)

    @property
    def is_data(self) -> bool:
        """Could this be what a table says of something: a number with unit or note, or a dash?"""
        return _DATA.fullmatch(self.text) is not None


def segment_lines(chars: Iterable[Char]) -> list[list[Segment]]:
    """The lines of a page from top to bottom, each as its segments from left to right."""
    rows: list[list[Char]] = []
    for char in sorted(chars, key=attrgetter("bottom")):
        if not rows or char.bottom - rows[-1][0].bottom > PDF.same_baseline:
            rows.append([])
        rows[-1].append(char)
    lines = (_segments(sorted(row, key=attrgetter("x0"))) for row in rows)
    return [line for line in lines if line]


def _segments(row: list[Char]) -> list[Segment]:
    groups: list[list[Char]] = []
    end = 0.0
    for char in row:
        if not groups or char.x0 - end > PDF.cell_gap * char.size:
            groups.append([])
        groups[-1].append(char)
        end = max(end, char.x1) if len(groups[-1]) > 1 else char.x1
    return [_segment(group, row[0].bottom) for group in groups if any(not c.text.isspace() for c in group)]


def _segment(chars: list[Char], y: float) -> Segment:
    inked = [i for i, char in enumerate(chars) if not char.text.isspace()]
    own = chars[inked[0] : inked[-1] + 1]
    return Segment(tuple(own), own[0].x0, max(char.x1 for char in own), y, own[0].size)


@dataclass
class PageFlow:
    """Lines of all pages, their places counted from the top of the first one."""

    lines: list[list[Segment]] = field(default_factory=list)
    _starts: list[float] = field(default_factory=list)
    _pages: list[tuple[int, float]] = field(default_factory=list)

    def add(self, number: int, chars: Iterable[Char], margins: Sequence[tuple[float, float]]) -> None:
        """Put a page's lines outside ruled tables below those of the pages before.

        `margins`: top and bottom of each header and footer line, which are left out.
        """
        found = segment_lines(chars)
        found = [line for line in found if not any(a < line[0].y <= b + 1 for a, b in margins)]
        if not found:
            return
        shift = 0.0
        if self.lines:
            last = self.lines[-1][0]
            shift = last.y + PDF.page_step * last.size - found[0][0].y
        self._starts.append(found[0][0].y + shift)
        self._pages.append((number, shift))
        self.lines += [[replace(segment, y=segment.y + shift) for segment in line] for line in found]

    def box(self, y: float, x0: float, top: float, x1: float, bottom: float) -> Box:
        """A box of the flow as one on the page on which the baseline y lies."""
        number, shift = self._pages[max(bisect_right(self._starts, y + 1) - 1, 0)]
        return Box(number, max(x0, 0.0), max(top - shift, 0.0), x1, bottom - shift)
