"""The cells of a view's ruled tables, read: labels once, figures twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from helpers.readers.scan.figures import DISPUTED, UNREAD, may_be_figure, settled
from helpers.readers.scan.ink import Ink, Print, in_lines, ink_of, line_height
from helpers.readers.scan.recogniser import Glyph, Reading, read_crops
from helpers.readers.scan.ruling import Field, Table
from helpers.readers.scan.views import Gray, Rect

_PAPER = 250
_WIDEST_FIGURE = 7
"""Lines of print longer than this many times their height are words."""


@dataclass(frozen=True)
class Text:
    """What a field of a table says, and how sure that is (0-1)."""

    field: Field
    text: str
    confidence: float


def read_cells(page: Print, table: Table) -> list[Text]:
    """The text of every field of a table; blank ones by their lack of ink."""
    raw = [ink_of(page, cell) for cell in table.fields]
    height = line_height(raw, page.unit)
    inks = [in_lines(ink, page, height) for ink in raw]
    lines = [(i, line) for i, ink in enumerate(inks) for line in ink.lines]
    readings = read_crops([_alone(page, line, height) for _, line in lines])
    first: dict[int, list[Reading]] = defaultdict(list)
    for (i, _), reading in zip(lines, readings, strict=True):
        first[i].append(reading)
    figures = [i for i in first if _is_figure(first[i], inks[i], height)]
    second = _in_rows(page, [(table.fields[i].row, i, inks[i].lines[0]) for i in figures], height)
    return [_text(cell, inks[i], first[i], second.get(i), page.unit) for i, cell in enumerate(table.fields)]


def _is_figure(readings: Sequence[Reading], ink: Ink, height: float) -> bool:
    if len(readings) != 1:
        return False
    left, _, right, _ = ink.lines[0]
    return may_be_figure(readings[0].glyphs, right - left > _WIDEST_FIGURE * height)


def _text(
    cell: Field, ink: Ink, first: Sequence[Reading], second: Sequence[Glyph] | None, unit: float
) -> Text:
    if not ink.lines:
        return Text(cell, "", 1.0 if cell.certain else DISPUTED)
    if second is None:
        text = "\n".join(reading.text.strip() for reading in first if reading.text.strip())
        sure = min(reading.mean for reading in first)
    else:
        text, sure = settled(first[0].glyphs, second, ink.within(ink.lines[0]), unit)
    if ink.touches or ink.doubtful or not cell.certain:
        sure = min(sure, DISPUTED)
    return Text(cell, text or UNREAD, round(sure, 3))


def _alone(page: Print, line: Rect, height: float) -> Gray:
    """A line on paper of its own, with room around it, and never smaller than print is."""
    bare = _bare(page, line)
    above = max(0.18 * bare.shape[0], (0.8 * height - bare.shape[0]) / 2)
    top, side = round(above), round(0.3 * height)
    padded = cv2.copyMakeBorder(bare, top, top, side, side, cv2.BORDER_CONSTANT, value=(_PAPER,))
    return np.asarray(padded, np.uint8)


def _bare(page: Print, line: Rect) -> Gray:
    x0, y0, x1, y1 = line
    return page.gray[max(0, y0 - 2) : y1 + 2, max(0, x0 - 2) : x1 + 2]


def _in_rows(
    page: Print, figures: Sequence[tuple[int, int, Rect]], height: float
) -> dict[int, tuple[Glyph, ...]]:
    """The figures of each table row once more, as one line of print: another scale, other neighbours."""
    rows: dict[int, list[tuple[int, Rect]]] = defaultdict(list)
    for row, i, line in figures:
        rows[row].append((i, line))
    strips = [_strip([_bare(page, line) for _, line in row], height) for row in rows.values()]
    readings = read_crops([strip for strip, _ in strips])
    found: dict[int, tuple[Glyph, ...]] = {}
    for parts, (strip, spans), reading in zip(rows.values(), strips, readings, strict=True):
        for (i, _), (left, right) in zip(parts, spans, strict=True):
            own = (glyph for glyph in reading.glyphs if left <= glyph.place * strip.shape[1] < right)
            found[i] = tuple(glyph for glyph in own if glyph.text.strip())
    return found


def _strip(parts: Sequence[Gray], height: float) -> tuple[Gray, list[tuple[float, float]]]:
    """Crops side by side on one line of paper, and the stretch that belongs to each."""
    gap = round(1.2 * height)
    high = max(round(1.5 * height), *(part.shape[0] for part in parts))
    strip = np.full((high, gap + sum(part.shape[1] + gap for part in parts)), _PAPER, np.uint8)
    spans, x = [], gap
    for part in parts:
        top, width = (high - part.shape[0]) // 2, part.shape[1]
        strip[top : top + part.shape[0], x : x + width] = part
        spans.append((x - gap / 2, x + width + gap / 2))
        x += width + gap
    return strip, spans
