"""Read the cells of ruled tables, or boxes whose places are known: labels once, figures twice."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

import cv2
import numpy as np

from ogi.arrays import Pixels
from ogi.readers.document import Cell, Method
from ogi.readers.lattice import LatticeCell
from ogi.readers.scan.figures import UNREAD, may_be_figure, settled
from ogi.readers.scan.ink import Ink, Print, in_lines, ink_of, line_height, without_ruling
from ogi.readers.scan.recogniser import Glyph, mean_of, read_crops, text_of
from ogi.readers.scan.ruling import RuledTable
from ogi.readers.scan.seals import without_seals
from ogi.readers.scan.settings import SCAN
from ogi.readers.scan.views import Rect, View, levelled

_NUMERALS = re.compile(r"[0-9０-９OoQ〇○.,，．]+")
_STOPS = ".,，．"
"""What stands at the end of a line without filling its place."""


def read_cells(page: Print, table: RuledTable) -> list[Cell]:
    """Read every cell of a table, as yet without its place on the page; blank ones by their lack of ink."""
    rects = [table.rect_of(cell) for cell in table.cells]
    raw = [ink_of(page, rect) for rect in rects]
    height = line_height(raw, page.unit)
    inks = [in_lines(ink, page, height) for ink in raw]
    lines = [(i, line) for i, ink in enumerate(inks) for line in ink.lines]
    readings = read_crops([_alone(page, line, height) for _, line in lines])
    first: dict[int, list[list[Glyph]]] = defaultdict(list)
    for (i, _), reading in zip(lines, readings, strict=True):
        first[i].append(reading)
    figures = [
        (cell.top, i, line)
        for i, cell in enumerate(table.cells)
        if _is_figure(first[i], inks[i], height) or _is_wrapped(first[i], inks[i], rects[i], page.unit)
        for line in inks[i].lines
    ]
    second = _in_rows(page, figures, height)
    texts = [_text(ink, first[i], second[i], page.unit) for i, ink in enumerate(inks)]
    return [
        _cell(cell, *text, doubtful=text[0] == "" and not page.is_bare(rect))
        for cell, text, rect in zip(table.cells, texts, rects, strict=True)
    ]


def _cell(place: LatticeCell, text: str, sure: float, *, doubtful: bool) -> Cell:
    sure = min(sure, SCAN.disputed) if doubtful or not place.certain else sure
    rowspan, colspan = place.bottom - place.top, place.right - place.left
    # Rounded, nearly sure would be certain, and stand beside text that a file itself tells.
    sure = min(round(sure, 3), SCAN.surest) if text else round(sure, 3)
    return Cell(text, place.top, place.left, rowspan, colspan, None, sure, Method.OCR)


def _is_figure(readings: Sequence[Sequence[Glyph]], ink: Ink, height: float) -> bool:
    if len(readings) != 1:
        return False
    left, _, right, _ = ink.lines[0]
    return may_be_figure(readings[0], right - left > SCAN.longest_figure * height)


def _is_wrapped(readings: Sequence[Sequence[Glyph]], ink: Ink, cell: Rect, unit: float) -> bool:
    """Is it one number over several lines? Only where no line had room for the next one's first digit."""
    texts = ["".join(text_of(reading).split()) for reading in readings]
    if len(texts) < 2 or not all(map(_NUMERALS.fullmatch, texts)):
        return False
    widths = [
        (right - left) * len(text) / max(1, len(text.rstrip(_STOPS)))
        for (left, _, right, _), text in zip(ink.lines, texts, strict=True)
    ]
    room = cell[2] - cell[0] - SCAN.cell_padding * unit
    full = (width * (1 + 1 / len(text)) > room for width, text in zip(widths[:-1], texts, strict=False))
    return all(full) and widths[-1] <= 1.15 * widths[0]  # a little, for digits differ in width


def _text(
    ink: Ink, first: Sequence[Sequence[Glyph]], second: Sequence[Sequence[Glyph]], unit: float
) -> tuple[str, float]:
    """The text within a cell and how sure it is: of words by one reading, of figures by two."""
    if not ink.lines:
        return "", 1.0
    if not second:
        text = "\n".join(text for reading in first if (text := text_of(reading).strip()))
        sure = min(map(mean_of, first))
    else:
        parts = [
            settled(one, other, ink.within(line), unit)
            for one, other, line in zip(first, second, ink.lines, strict=True)
        ]
        text = "".join(part for part, _ in parts)
        sure = min([part for _, part in parts] + [SCAN.wrapped] * (len(parts) > 1))
    return text or UNREAD, min(sure, SCAN.disputed) if ink.touches or ink.doubtful else sure


def _alone(page: Print, line: Rect, height: float) -> Pixels:
    """A line on paper of its own, with room around it, and never smaller than print is."""
    bare = _bare(page, line)
    above = max(0.18 * bare.shape[0], (0.8 * height - bare.shape[0]) / 2)
    top, side = round(above), round(0.3 * height)
    padded = cv2.copyMakeBorder(bare, top, top, side, side, cv2.BORDER_CONSTANT, value=(SCAN.paper,))
    return np.asarray(padded, np.uint8)


def _bare(page: Print, line: Rect) -> Pixels:
    x0, y0, x1, y1 = line
    # Two pixels more, for the blurred edge of ink.
    return page.gray[max(0, y0 - 2) : y1 + 2, max(0, x0 - 2) : x1 + 2]


def _in_rows(
    page: Print, figures: Sequence[tuple[int, int, Rect]], height: float
) -> dict[int, list[tuple[Glyph, ...]]]:
    """The figures of each table row once more, as one line of print: another scale, other neighbours.

    `figures`: row, number of the cell, and a line of print in it. Returns the lines of each cell.
    """
    rows: dict[int, list[tuple[int, Rect]]] = defaultdict(list)
    for row, i, line in figures:
        rows[row].append((i, line))
    strips = [_strip([_bare(page, line) for _, line in row], height) for row in rows.values()]
    readings = read_crops([strip for strip, _ in strips])
    found: dict[int, list[tuple[Glyph, ...]]] = defaultdict(list)
    for parts, (strip, spans), reading in zip(rows.values(), strips, readings, strict=True):
        for (i, _), (left, right) in zip(parts, spans, strict=True):
            own = (glyph for glyph in reading if left <= glyph.place * strip.shape[1] < right)
            found[i].append(tuple(glyph for glyph in own if glyph.text.strip()))
    return found


def _strip(parts: Sequence[Pixels], height: float) -> tuple[Pixels, list[tuple[float, float]]]:
    """Crops side by side on one line of paper, and the stretch that belongs to each."""
    gap = round(1.2 * height)  # wider than a blank, so that two cells are never read as one number
    # With room above and below, so that the print is scaled otherwise than alone.
    high = max(round(1.5 * height), *(part.shape[0] for part in parts))
    strip = np.full((high, gap + sum(part.shape[1] + gap for part in parts)), SCAN.paper, np.uint8)
    spans, x = [], gap
    for part in parts:
        top, width = (high - part.shape[0]) // 2, part.shape[1]
        strip[top : top + part.shape[0], x : x + width] = part
        spans.append((x - gap / 2, x + width + gap / 2))
        x += width + gap
    return strip, spans


def read_fields(
    picture: Pixels, boxes: Sequence[tuple[float, float, float, float]], scale: float
) -> list[tuple[str, float]]:
    """What stands in boxes on a picture, and how sure that is.

    Boxes are x0, top, x1, bottom in points; the picture has `scale` pixels to the point. They may hold
    nothing but print, no ruling line. A text is empty where a box holds no print.
    """
    gray = levelled(without_seals(picture).gray)
    height, width = gray.shape
    frames = np.zeros_like(gray)  # print that runs over a frame may go on beyond the cell
    cells, xs, ys = [], [], []
    for i, box in enumerate(boxes):
        x0, y0, x1, y1 = (max(0, round(scale * side)) for side in box)
        x1, y1 = max(min(x1, width), x0 + 1), max(min(y1, height), y0 + 1)
        cells.append(LatticeCell(2 * i, 2 * i, 2 * i + 1, 2 * i + 1))
        xs += [x0, x1]
        ys += [y0, y1]
        cv2.rectangle(frames, (x0, y0), (x1 - 1, y1 - 1), (255,), 1)
    page = without_ruling(View(gray, np.eye(3), scale), frames)
    read = read_cells(page, RuledTable(tuple(cells), tuple(xs), tuple(ys)))
    return [(cell.text, cell.confidence) for cell in read]
