"""The text of all pages on one roll, page under page, so that a table is one table whatever ends a page."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from ogi.readers.document import Box
from ogi.readers.pdf.marks import Char
from ogi.readers.pdf.pieces import Line, segment_lines

_TURN = 2.0
"""Share of the type's size from a page's last line to the next page's first: more than within a cell."""
_APART = 100.0
"""The same where what stands between them is no text."""
_ON_LINE = 1.0


@dataclass(frozen=True)
class Body:
    """The text of a page without what stands on every page.

    `opens`, `ends`: does it begin, and end, the page, or does a ruled table?
    """

    number: int
    width: float
    chars: list[Char]
    furniture: list[tuple[float, float]]
    """Top and bottom of each line at the page's edges that is no part of the text."""
    opens: bool = True
    ends: bool = True


@dataclass
class Roll:
    """Lines of all pages, their places counted from the roll's top; and the way back to the pages."""

    lines: list[Line] = field(default_factory=list)
    _starts: list[float] = field(default_factory=list)
    _pages: list[tuple[Body, float]] = field(default_factory=list)

    def add(self, body: Body) -> None:
        """Put a page's lines below those of the pages before."""
        found = [line for line in segment_lines(body.chars) if not _is_furniture(line, body)]
        if not found:
            return
        shift = 0.0
        if self.lines:
            before = self._pages[-1][0]
            follows = before.number + 1 == body.number and before.ends and body.opens
            step = (_TURN if follows else _APART) * max(found[0][0].size, self.lines[-1][0].size)
            shift = self.lines[-1][0].y + step - found[0][0].y
        self._starts.append(found[0][0].y + shift - _ON_LINE)
        self._pages.append((body, shift))
        self.lines += [[replace(segment, y=segment.y + shift) for segment in line] for line in found]

    def page_of(self, y: float) -> int:
        """The page on which a baseline lies."""
        return self._page(y)[0].number

    def width_at(self, y: float) -> float:
        """The width (points) of that page."""
        return self._page(y)[0].width

    def box(self, y: float, x0: float, top: float, x1: float, bottom: float) -> Box:
        """A box of the roll as one on the page on which the baseline y lies."""
        body, shift = self._page(y)
        return Box(body.number, max(x0, 0.0), max(top - shift, 0.0), x1, bottom - shift)

    def _page(self, y: float) -> tuple[Body, float]:
        return self._pages[max(bisect_right(self._starts, y) - 1, 0)]


def rolled(bodies: Sequence[Body]) -> Roll:
    """All pages on one roll."""
    roll = Roll()
    for body in bodies:
        roll.add(body)
    return roll


def _is_furniture(line: Line, body: Body) -> bool:
    return any(top < line[0].y <= bottom + _ON_LINE for top, bottom in body.furniture)
