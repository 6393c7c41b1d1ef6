"""Characters → lines in segments, cut at wide gaps, where no ruling lines tell the cells."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

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

    @property
    def is_number(self) -> bool:
        """Is it data with a digit? A dash or a 无 alone may be part of a label set from top to bottom."""
        return self.is_data and any(map(str.isdigit, self.text))


def segment_lines(chars: Iterable[Char]) -> list[list[Segment]]:
    """The lines of a page from top to bottom, each as its segments from left to right."""
    rows: list[list[Char]] = []
    for char in sorted(chars, key=lambda char: char.bottom):
        if not rows or char.bottom - rows[-1][0].bottom > PDF.same_baseline:
            rows.append([])
        rows[-1].append(char)
    lines = (_segments(sorted(row, key=lambda char: char.x0)) for row in rows)
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
