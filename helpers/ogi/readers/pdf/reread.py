"""Cells that show other ink than their characters: read as a picture, or said to be unreadable."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from operator import attrgetter
from pathlib import Path
from typing import Any

import numpy as np

from ogi.arrays import FloatArray, Pixels
from ogi.readers.document import Block, Box, Cell, Grid, Method, with_cells
from ogi.readers.pdf.lines import is_set_off
from ogi.readers.pdf.marks import UNKNOWN, Char, PageMarks
from ogi.readers.pdf.pages import opened
from ogi.readers.pdf.paragraphs import PageParts
from ogi.readers.pdf.places import NUMERALS as DIGITS
from ogi.readers.pdf.settings import PDF
from ogi.readers.pdf.sheet import BBox, holds


def reread(path: Path, blocks: Sequence[Block], sheets: Sequence[PageMarks]) -> list[Block]:
    """The blocks with such cells read anew. `sheets`: the pages in their order."""
    blocks = _without_drawn(blocks)
    doubted = [cell for block in blocks for cell in _doubted(block, sheets)]
    held = {id(cell): _cells_within(cell, blocks) for cell in doubted}
    # What stands in a cell may be a table, or the figure of a field whose frame was taken for one.
    framing = [cell for cell in doubted if not cell.text and 0 < len(held[id(cell)]) <= PDF.framed_cells]
    doubted = [cell for cell in doubted if not held[id(cell)]]
    if not doubted and not framing:
        return blocks
    found = dict(_read(path, doubted[: PDF.most_reread], sheets)) if doubted else {}
    found |= {id(cell): cell._replace(text=UNKNOWN) for cell in (*doubted[PDF.most_reread :], *framing)}
    return with_cells(blocks, lambda cell: found.get(id(cell), cell))


def with_lines_reread(path: Path, parts: Sequence[PageParts]) -> list[PageParts]:
    """The pages with those lines of text read as pictures whose characters are not what shows."""
    lines = [line for part in parts for line in part.lines if UNKNOWN in line.text][: PDF.most_reread]
    if not lines:
        return list(parts)
    edge = PDF.cell_edge
    boxes = [
        (line.page, (line.x0 - edge, line.top - edge, line.x1 + edge, line.bottom + edge)) for line in lines
    ]
    read = {
        line: replace(line, text="".join(text.split("\n")))
        for line, (text, sure) in zip(lines, _readings(path, boxes), strict=True)
        if text and sure >= PDF.reread_line
    }
    return [replace(part, lines=[read.get(line, line) for line in part.lines]) for part in parts]


def with_doubt(blocks: Sequence[Block], sheets: Sequence[PageMarks]) -> list[Block]:
    """The blocks of pages read as pictures, without trust in figures whose characters are not all the ink.

    Pages without characters that show, as scans are, have no more to tell.
    """

    def doubted(cell: Cell) -> Cell:
        if cell.box is None or not sheets[cell.box.page - 1].illegible or not _may_be_figure(cell.text):
            return cell
        return cell._replace(confidence=_doubtful(cell.confidence)) if _is_muddled(cell.box, sheets) else cell

    return with_cells(blocks, doubted)


def _doubted(block: Block, sheets: Sequence[PageMarks]) -> Iterator[Cell]:
    for cell in block.cells if isinstance(block, Grid) else ():
        if cell.box is None or cell.method is not None:
            continue
        if UNKNOWN in cell.text or (_may_be_figure(cell.text) and _is_overlaid(cell.box, sheets)):
            yield cell


def _without_drawn(blocks: Sequence[Block]) -> list[Block]:
    """The blocks but for blank tables that stand in blank cells: the strokes of digits that are drawn."""
    blank = [block for block in blocks if isinstance(block, Grid) and not any(c.text for c in block.cells)]
    if not blank:
        return list(blocks)
    cells = [c for block in blocks if isinstance(block, Grid) for c in block.cells if not c.text]
    held = {id(inner) for cell in cells for inner in _cells_within(cell, blank)}
    drawn = {id(block) for block in blank if all(id(cell.box) in held for cell in block.cells)}
    return [block for block in blocks if id(block) not in drawn]


def _cells_within(cell: Cell, blocks: Sequence[Block]) -> list[Box]:
    """The boxes of the cells of other tables that stand in a cell."""
    others = (other for block in blocks if isinstance(block, Grid) for other in block.cells)
    boxes = (other.box for other in others if other is not cell and other.box is not None)
    own = cell.box
    return [
        box
        for box in boxes
        if own is not None
        if box.page == own.page and holds(_inner(own), (box.x0 + box.x1) / 2, (box.top + box.bottom) / 2)
    ]


def _may_be_figure(text: str) -> bool:
    return not text or not DIGITS.isdisjoint(text)


def _is_overlaid(box: Box, sheets: Sequence[PageMarks], *, is_blank: bool = False) -> bool:
    """Is something drawn in a cell besides its text? If it is blank: is something drawn over hidden text?"""
    sheet = sheets[box.page - 1]
    ink = sheet.other_ink
    if ink is None:
        return False
    inner = _inner(box)
    if is_blank:
        return ink.is_doubted(inner)
    return ink.is_within(inner) and any(map(ink.is_within, _between_lines(inner, sheet)))


def _is_muddled(box: Box, sheets: Sequence[PageMarks]) -> bool:
    """Is something drawn in a cell besides its text, or is this of two sizes, as with a note, or narrow?

    The recogniser reads through a line, makes one number of two, and takes a narrow 7 for a 1.
    """
    chars = _chars_in(_inner(box), sheets[box.page - 1])
    main = max(chars, key=attrgetter("size"), default=None)
    is_noted = main is not None and any(is_set_off(char, main) for char in chars)
    is_narrow = all(char.x1 - char.x0 < PDF.narrow * char.size for char in chars)
    return is_noted or (main is not None and is_narrow) or _is_overlaid(box, sheets, is_blank=not chars)


def _chars_in(box: BBox, sheet: PageMarks) -> list[Char]:
    """What shows in a box but blanks, also where it is of no use."""
    chars = sheet.chars or sheet.illegible
    return [
        char
        for char in chars
        if holds(box, (char.x0 + char.x1) / 2, (char.top + char.bottom) / 2)
        if not char.text.isspace()
    ]


def _between_lines(cell: BBox, sheet: PageMarks) -> Iterator[BBox]:
    """The parts of a cell between the ruling lines that run all through it, but not through its characters.

    Such lines stand beside the cells of a table whose columns or rows alignment tells.
    """
    x0, top, x1, bottom = cell
    chars = _chars_in(cell, sheet)
    across = _cuts(sheet.rules[sheet.rules[:, 0] == 0], (top, bottom), (x0, x1), [c[3:5] for c in chars])
    down = _cuts(sheet.rules[sheet.rules[:, 0] == 1], (x0, x1), (top, bottom), [c[1:3] for c in chars])
    for high, low in across:
        for left, right in down:
            yield left, high, right, low


def _cuts(
    lines: FloatArray, side: tuple[float, float], along: tuple[float, float], chars: list[tuple[float, float]]
) -> list[tuple[float, float]]:
    """A side of a cell cut at lines that run `along` all of the other and touch no character."""
    _, at, start, end = lines.T
    inside = (side[0] < at) & (at < side[1]) & (start < along[1]) & (end > along[0])
    cuts = [
        y
        for y in np.unique(at[inside]).tolist()
        if start[inside & (at == y)].min() <= along[0] and end[inside & (at == y)].max() >= along[1]
        if not any(low < y < high for low, high in chars)
    ]
    ends = [side[0], *(y + gap for y in cuts for gap in (-PDF.cell_edge, PDF.cell_edge)), side[1]]
    return [(low, high) for low, high in zip(ends[::2], ends[1::2], strict=True) if low < high]


def _inner(box: Box) -> BBox:
    """The part of a cell in which no ruling line around it lies."""
    edge = PDF.cell_edge
    return box.x0 + edge, box.top + edge, box.x1 - edge, box.bottom - edge


def _read(path: Path, cells: Sequence[Cell], sheets: Sequence[PageMarks]) -> Iterator[tuple[int, Cell]]:
    """Each cell's id and what is read in its place."""
    boxes = [(cell, cell.box) for cell in cells if cell.box is not None]
    readings = _readings(path, [(box.page, _inner(box)) for _, box in boxes])
    for (cell, box), (text, sure) in zip(boxes, readings, strict=True):
        sure = _doubtful(sure) if _is_muddled(box, sheets) else sure
        yield id(cell), cell._replace(text=text or UNKNOWN, confidence=sure, method=Method.OCR)


def _doubtful(sure: float) -> float:
    from ogi.readers.scan import SCAN  # the recogniser is heavy, and most reports need none

    return min(sure, SCAN.disputed)


def _readings(path: Path, boxes: Sequence[tuple[int, BBox]]) -> list[tuple[str, float]]:
    """What stands in boxes on pages, and how sure that is."""
    from ogi.readers import scan

    scale = scan.SCAN.rendered_dpi / 72
    found: dict[tuple[int, BBox], tuple[str, float]] = {}
    with opened(path) as document:
        for number in sorted({number for number, _ in boxes}):
            own = [box for page, box in boxes if page == number]
            readings = scan.read_fields(_drawn(document, number, scale), own, scale)
            found |= {(number, box): reading for box, reading in zip(own, readings, strict=True)}
    return [found[place] for place in boxes]


def _drawn(document: Any, number: int, scale: float) -> Pixels:
    page = document[number - 1]
    pixels = page.render(scale=scale, rev_byteorder=True).to_numpy()
    page.close()
    return np.ascontiguousarray(pixels[:, :, :3])
