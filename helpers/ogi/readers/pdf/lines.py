"""Characters → lines of text, by baseline and gap."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import attrgetter

from ogi.readers.looks import lowered, raised
from ogi.readers.pdf.marks import ASCENT, Char
from ogi.readers.pdf.settings import PDF

_IDEOGRAPHS = "\u2e80"
_BY_BOTTOM, _BY_X0 = attrgetter("bottom"), attrgetter("x0")


@dataclass(frozen=True)
class TextLine:
    """One line of running text."""

    text: str
    page: int
    x0: float
    top: float
    x1: float
    bottom: float
    size: float


def rows_of(chars: Iterable[Char]) -> list[list[Char]]:
    """Characters by lines from top to bottom, each line from left to right, blanks included."""
    rows: list[list[Char]] = []
    below = 0.0
    ordered = sorted(chars, key=_BY_BOTTOM)
    if ordered and ordered[-1].bottom - ordered[0].bottom < PDF.level:
        ordered.sort(key=_BY_X0)
        return [ordered]
    for char in ordered:
        if rows and char.bottom == below:  # as most do
            rows[-1].append(char)
            continue
        size = max(char.size, rows[-1][-1].size) if rows else char.size
        if not rows or char.bottom - below > min(PDF.same_line, PDF.same_line_share * size):
            rows.append([])
        below = char.bottom
        rows[-1].append(char)
    for row in rows:
        row.sort(key=_BY_X0)
    return rows


def text_of(row: Sequence[Char]) -> str:
    """The text of one line, a blank where a gap is; small digits above or below it are such characters."""
    if len(row) == 1:
        return row[0].text.strip()
    if len({char.size for char in row}) > 1:
        row = _set_off(row)
    parts: list[str] = []
    before: Char | None = None
    for char in row:
        if char.text.isspace():
            parts.append(" ")
            continue
        if before is not None:
            gap = char.x0 - before.x1
            if gap > PDF.level and gap > _gap(before, char):
                parts.append(" ")
        parts.append(char.text)
        before = char
    text = "".join(parts)
    return " ".join(text.split()) if " " in text else text


def _set_off(row: Sequence[Char]) -> list[Char]:
    """A line with its small raised or lowered digits as characters that are so by themselves: notes."""
    main = max((char for char in row if char.text.isdecimal()), key=attrgetter("size"), default=row[0])
    return [
        char._replace(text=(raised if _baseline(char) < _baseline(main) else lowered)(char.text))
        if char.text.isdecimal() and is_set_off(char, main)
        else char
        for char in row
    ]


def mixes_sizes(row: Sequence[Char]) -> bool:
    """Does a digit stand beside a smaller one on the same line, as a number beside the sign of a note?"""
    return len({char.size for char in row}) > 1 and any(
        one.text.isdecimal()
        and other.text.isdecimal()
        and min(one.size, other.size) < (1 - PDF.same_size) * max(one.size, other.size)
        and abs(_baseline(one) - _baseline(other)) <= PDF.level
        for one, other in pairwise(row)
    )


def is_set_off(char: Char, main: Char) -> bool:
    """Is a character smaller than another one, and above or below its line?"""
    is_small = char.size < (1 - PDF.same_size) * main.size
    return is_small and abs(_baseline(char) - _baseline(main)) > PDF.level


def _baseline(char: Char) -> float:
    return char.top + ASCENT * char.size


def _gap(before: Char, char: Char) -> float:
    size = min(before.size, char.size)
    if before.text > _IDEOGRAPHS and char.text > _IDEOGRAPHS:
        return PDF.ideograph_gap * size
    return min(PDF.word_gap, PDF.word_gap_share * size)


def lines_of(chars: Iterable[Char], page: int) -> list[TextLine]:
    """Every line that shows something, top to bottom."""
    lines: list[TextLine] = []
    for row in rows_of(chars):
        if inked := [char for char in row if not char.text.isspace()]:
            _, lefts, rights, tops, bottoms, sizes = zip(*inked, strict=True)
            box = min(lefts), min(tops), max(rights), max(bottoms)
            lines.append(TextLine(text_of(row), page, *box, sizes[0]))
    return lines
