"""Running text of a view: lines outside the tables, put together to paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from ogi.arrays import Pixels
from ogi.readers.document import Box
from ogi.readers.scan.recogniser import Glyph, mean_of, read_crops, text_of
from ogi.readers.scan.settings import SCAN
from ogi.readers.scan.views import Rect, View
from ogi.readers.settings import SETTINGS

_PAGE_NUMBER = re.compile(r"[-—–－一\s]*(第?\s*\d{1,3}\s*页?)?([,，/／共\s]*\d{1,3}\s*页?)?[-—–－一\s]*")
_NUMBERED = re.compile(r"[一二三四五六七八九十]{1,2}、|[（(][一二三四五六七八九十]{1,2}[)）]")


@dataclass(frozen=True)
class ScannedLine:
    """One line of running text, placed in pixels of its view, and in points on the picture of the page."""

    text: str
    rect: Rect
    box: Box | None = None

    @property
    def height(self) -> int:
        """Height in pixels, nearly the size of the print."""
        return self.rect[3] - self.rect[1]


def read_boxes(gray: Pixels, boxes: Sequence[Rect]) -> list[list[Glyph]]:
    """What stands in each box."""
    return read_crops([gray[max(0, y0) : y1, max(0, x0) : x1] for x0, y0, x1, y1 in boxes])


def read_lines(view: View, boxes: Iterable[Rect], tables: Sequence[Rect]) -> list[ScannedLine]:
    """The legible lines outside the tables from top to bottom, page numbers left out."""
    outside = [box for box in boxes if not any(_inside(box, table) for table in tables)]
    outside = outside[: SCAN.most_text_lines]
    pieces = [
        (box, text_of(reading).strip())
        for box, reading in zip(outside, read_boxes(view.gray, outside), strict=True)
        if mean_of(reading) >= SCAN.legible and text_of(reading).strip()
    ]
    lines = [_joined(group) for group in _groups(pieces)]
    return [line for line in lines if not _is_page_number(line, view)]


def _inside(box: Rect, table: Rect) -> bool:
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return table[0] <= x < table[2] and table[1] <= y < table[3]


def _groups(pieces: list[tuple[Rect, str]]) -> list[list[tuple[Rect, str]]]:
    """Pieces that stand on one line."""
    groups: list[list[tuple[Rect, str]]] = []
    for piece in sorted(pieces, key=lambda piece: piece[0][1] + piece[0][3]):
        box = piece[0]
        if groups:
            other = groups[-1][0][0]
            shared = min(box[3], other[3]) - max(box[1], other[1])
            # Half the height: a line aslant drops by less.
            if shared > 0.5 * min(box[3] - box[1], other[3] - other[1]):
                groups[-1].append(piece)
                continue
        groups.append([piece])
    return groups


def _joined(group: list[tuple[Rect, str]]) -> ScannedLine:
    group = sorted(group, key=lambda piece: piece[0][0])
    boxes = np.array([box for box, _ in group])
    text = group[0][1]
    for (before, _), (box, more) in pairwise(group):
        text += (" " if box[0] - before[2] > box[3] - box[1] else "") + more
    (x0, y0), (x1, y1) = boxes[:, :2].min(axis=0), boxes[:, 2:].max(axis=0)
    return ScannedLine(text, (int(x0), int(y0), int(x1), int(y1)))


def _is_page_number(line: ScannedLine, view: View) -> bool:
    height, edge = view.gray.shape[0], SCAN.page_edge * SETTINGS.page_size[1] * view.unit
    at_edge = line.rect[1] > height - edge or line.rect[3] < edge
    return at_edge and _PAGE_NUMBER.fullmatch(line.text) is not None


def paragraphs(lines: Sequence[ScannedLine], margins: tuple[int, int]) -> list[str]:
    """Lines put together; a new one begins indented, numbered, after a short line, or in other print."""
    found: list[list[ScannedLine]] = []
    for line in lines:
        if found and not _begins(found[-1][-1], line, margins):
            found[-1].append(line)
        else:
            found.append([line])
    return [_text(group) for group in found]


def _begins(before: ScannedLine, line: ScannedLine, margins: tuple[int, int]) -> bool:
    size = min(before.height, line.height)
    indented = line.rect[0] > margins[0] + 0.8 * size  # two signs is usual; a scan aslant takes some of it
    # Full lines end within a sign or two of the margin, for punctuation may not begin one.
    short = before.rect[2] < margins[1] - 2 * size
    # More than the widest spacing of lines in official papers.
    far = line.rect[1] - before.rect[3] > 1.4 * size
    other = abs(before.height - line.height) > 0.35 * size  # the same print is high by its signs
    return indented or short or far or other or _NUMBERED.match(line.text) is not None


def _text(lines: Sequence[ScannedLine]) -> str:
    text = lines[0].text
    for line in lines[1:]:
        joint = " " if text[-1:].isascii() and line.text[:1].isascii() else ""
        text += joint + line.text
    return text
