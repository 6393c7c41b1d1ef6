"""The page flow: the lines of all pages one below the other, and the way back to the pages.

A table that runs over a page's end is thus one table. Used where no ruling lines tell the cells.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field, replace

from ogi.readers.document import Box
from ogi.readers.pdf.marks import Char
from ogi.readers.pdf.segments import Segment, segment_lines
from ogi.readers.pdf.settings import PDF


@dataclass(frozen=True)
class PageBody:
    """The text of a page outside its ruled tables. `margins`: top and bottom of each header and footer line.

    `opens`, `ends`: does the text begin, and end, the page? Else a ruled table does.
    """

    number: int
    chars: list[Char]
    margins: list[tuple[float, float]]
    opens: bool = True
    ends: bool = True


@dataclass
class PageFlow:
    """Lines of all pages, their places counted from the top of the first one."""

    lines: list[list[Segment]] = field(default_factory=list)
    _starts: list[float] = field(default_factory=list)
    _pages: list[tuple[PageBody, float]] = field(default_factory=list)

    def add(self, body: PageBody) -> None:
        """Put a page's lines, without header and footer, below those of the pages before."""
        found = segment_lines(body.chars)
        found = [line for line in found if not any(a < line[0].y <= b + 1 for a, b in body.margins)]
        if not found:
            return
        shift = 0.0
        if self.lines:
            before = self._pages[-1][0]
            follows = before.number + 1 == body.number and before.ends and body.opens
            step = PDF.page_step if follows else 2 * PDF.longest_step
            shift = self.lines[-1][0].y + step * self.lines[-1][0].size - found[0][0].y
        self._starts.append(found[0][0].y + shift)
        self._pages.append((body, shift))
        self.lines += [[replace(segment, y=segment.y + shift) for segment in line] for line in found]

    def box(self, y: float, x0: float, top: float, x1: float, bottom: float) -> Box:
        """A box of the flow as one on the page on which the baseline y lies."""
        body, shift = self._pages[max(bisect_right(self._starts, y + 1) - 1, 0)]
        return Box(body.number, max(x0, 0.0), max(top - shift, 0.0), x1, bottom - shift)
