"""Samples laid out by ourselves: lines of text and ruling lines at places on pages, for a PDF or a picture.

A page is measured in points from its top left corner. No browser and no word processor is asked, so that
what they always do alike (order of the text, kind of the lines) is not taken for granted.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import accumulate

from scripts.samples.compose import Part, Sample
from scripts.samples.grids import Cell, Grid, cut

A4 = (595.0, 842.0)
MARGIN, FOOT = 62.0, 60.0
BODY, SMALL = 11.0, 8.5
LEADING = 1.45
PADDING = 3.0
WIDTHS = {"requests": (5.0, 13.0, 28.0, *(7.7,) * 7)}
"""Of a table's columns, in per cent; those of other tables are equal."""


@dataclass(frozen=True)
class Text:
    """One line of text: left end and base line."""

    x: float
    y: float
    size: float
    text: str


@dataclass(frozen=True)
class Frame:
    """The ruled edge of a cell, or the place of a picture (`png`)."""

    x: float
    top: float
    width: float
    height: float
    png: bytes | None = None


@dataclass
class Page:
    width: float
    height: float
    marks: list[Text | Frame] = field(default_factory=list)


def wide(text: str, size: float) -> float:
    """How wide a text is: a Chinese character is a square, a figure or Latin letter about half of one."""
    return sum(size * (0.56 if ord(char) < 0x2000 else 1.0) for char in text)


def wrap(text: str, size: float, room: float) -> list[str]:
    """The lines of a text in a column; numbers are kept whole where they fit a line of their own."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for word in _words(paragraph):
            for piece in [word] if wide(word, size) <= room else list(word):
                if line and wide(line + piece, size) > room:
                    lines.append(line)
                    line = ""
                line += piece
        lines.append(line)
    return lines


def _words(text: str) -> list[str]:
    words: list[str] = []
    for char in text:
        if words and _is_figure(char) and _is_figure(words[-1][-1]):
            words[-1] += char
        else:
            words.append(char)
    return words


def _is_figure(char: str) -> bool:
    return char.isascii() and not char.isspace()


class Pages:
    """The pages of a report being filled from top to bottom."""

    def __init__(self, sample: Sample, height: float | None, ruled: bool, numbered: bool) -> None:
        self.width, self.height = A4[0], height or A4[1]
        self.head = sample.plan.running_head
        self.ruled, self.numbered = ruled, numbered
        self.pages: list[Page] = []
        self.turn()

    @property
    def room(self) -> float:
        return self.width - 2 * MARGIN

    @property
    def left(self) -> float:
        """The height left on this page."""
        return self.height - FOOT - self.y

    def turn(self) -> None:
        """Begin a page; its running head and its number stand where every page has them."""
        self.pages.append(Page(self.width, self.height))
        self.y = MARGIN
        if self.head:
            self.put(self.head, 9, MARGIN / 2, centred=True)
        if self.numbered:
            self.put(f"- {len(self.pages)} -", 9, self.height - FOOT / 2, centred=True)

    def put(self, text: str, size: float, y: float, *, x: float = MARGIN, centred: bool = False) -> None:
        left = (self.width - wide(text, size)) / 2 if centred else x
        if text.strip():
            self.pages[-1].marks.append(Text(left, y, size, text))

    def lines(self, text: str, size: float, *, centred: bool = False, indent: float = 0) -> None:
        """A paragraph, over the page's end where need be."""
        for place, line in enumerate(wrap(" " * round(indent / size / 0.56) + text, size, self.room)):
            if self.left < size * LEADING:
                self.turn()
            shift = indent if place == 0 else 0
            self.put(line.strip(), size, self.y + size, x=MARGIN + shift, centred=centred)
            self.y += size * LEADING

    def boxed(self, texts: tuple[str, ...]) -> None:
        """Paragraphs in a ruled box."""
        height = (
            sum(len(wrap(t, BODY, self.room - 2 * PADDING)) for t in texts) * BODY * LEADING + 2 * PADDING
        )
        if self.left < height:
            self.turn()
        self.pages[-1].marks.append(Frame(MARGIN, self.y, self.room, height))
        y = self.y + PADDING
        for line in (line for text in texts for line in wrap(text, BODY, self.room - 2 * PADDING)):
            self.put(line, BODY, y + BODY, x=MARGIN + PADDING)
            y += BODY * LEADING
        self.y += height + PADDING

    def table(self, grid: Grid) -> None:
        """A table, cut where the page ends or the plan cuts it."""
        tops = [0.0, *accumulate(row_heights(grid, self.widths(grid)))]
        if grid.break_before is not None and tops[grid.break_before] <= self.left:
            self.parts(grid, grid.break_before)
        elif tops[-1] <= self.left:
            self.draw(grid, tops)
        else:
            fitting = sum(bottom <= self.left for bottom in tops[1:])
            self.parts(grid, fitting)

    def parts(self, grid: Grid, row: int) -> None:
        """The rows above `row` here, the others on a new page."""
        head_rows = 1 + max((c.row for c in grid.cells if c.kind == "head" and c.row < 4), default=-1)
        if row <= head_rows and len(self.pages[-1].marks) > 2:
            self.turn()
            self.table(grid)
            return
        above, below = cut(grid, max(1, row))
        self.draw(above, [0.0, *accumulate(row_heights(above, self.widths(above)))])
        self.turn()
        self.table(below)

    def widths(self, grid: Grid) -> list[float]:
        shares = WIDTHS.get(grid.table, (1.0,) * grid.width)
        shares = shares if len(shares) == grid.width else (1.0,) * grid.width
        return [self.room * share / sum(shares) for share in shares]

    def draw(self, grid: Grid, tops: list[float]) -> None:
        """All cells of a table that fits the page."""
        edges = [MARGIN, *(MARGIN + x for x in accumulate(self.widths(grid)))]
        for cell in sorted(grid.cells, key=lambda cell: (cell.row, cell.column)):
            x0, x1 = edges[cell.column], edges[cell.column + cell.colspan]
            top, bottom = self.y + tops[cell.row], self.y + tops[cell.row + cell.rowspan]
            if self.ruled:
                self.pages[-1].marks.append(Frame(x0, top, x1 - x0, bottom - top))
            self.cell(cell, x0, x1, top, bottom)
        self.y += tops[-1] + 6

    def cell(self, cell: Cell, x0: float, x1: float, top: float, bottom: float) -> None:
        lines = wrap(cell.text, SMALL, x1 - x0 - 2 * PADDING)
        y = (top + bottom - len(lines) * SMALL * 1.3) / 2
        for line in lines:
            shift = 0.0 if cell.kind == "label" else (x1 - x0 - 2 * PADDING - wide(line, SMALL)) / 2
            self.put(line, SMALL, y + SMALL, x=x0 + PADDING + shift)
            y += SMALL * 1.3

    def picture(self, png: bytes, ratio: float) -> None:
        height = self.room * ratio
        if self.left < height:
            self.turn()
        height = min(height, self.left)
        self.pages[-1].marks.append(Frame(MARGIN, self.y, height / ratio, height, png))
        self.y += height + 6


def row_heights(grid: Grid, widths: list[float]) -> list[float]:
    """The height of each row, so that every cell's text has room; spanning cells stretch their last row."""
    heights = [SMALL * 1.3 + 2 * PADDING] * grid.height
    for cell in sorted(grid.cells, key=lambda cell: cell.rowspan):
        room = sum(widths[cell.column : cell.column + cell.colspan]) - 2 * PADDING
        needed = len(wrap(cell.text, SMALL, room)) * SMALL * 1.3 + 2 * PADDING
        last = cell.row + cell.rowspan - 1
        heights[last] += max(0.0, needed - sum(heights[cell.row : last + 1]))
    return heights


def lay_out(
    sample: Sample,
    *,
    ruled: bool = True,
    height: float | None = None,
    numbered: bool = True,
    ratio: Callable[[bytes], float] = lambda _: 1.0,
) -> list[Page]:
    """The pages of a report. `height`: of a page, A4 where none is given; `ratio`: a picture's height to its
    width."""
    pages = Pages(sample, height, ruled, numbered)
    for line in sample.title:
        pages.lines(line, 16, centred=True)
    pages.lines(sample.period, BODY, indent=2 * BODY)
    for part in sample.parts:
        _section(pages, part, boxed="boxed_text" in sample.plan.quirks, ratio=ratio)
    return pages.pages


def _section(pages: Pages, part: Part, boxed: bool, ratio: Callable[[bytes], float]) -> None:
    if pages.left < 60:
        pages.turn()
    pages.y += 5
    pages.lines(part.heading, 13)
    if boxed and part.paragraphs:
        pages.boxed(part.paragraphs)
    else:
        for paragraph in part.paragraphs:
            pages.lines(paragraph, BODY, indent=2 * BODY)
    if part.picture is not None:
        pages.picture(part.picture, ratio(part.picture))
    if part.grid is not None:
        pages.table(part.grid)


def table_page(grid: Grid, sample: Sample) -> Page:
    """One table alone on a page of its own size, for a picture of it."""
    pages = Pages(sample, 3000, ruled=True, numbered=False)
    pages.pages[-1].marks.clear()
    pages.y = 4
    pages.draw(grid, [0.0, *accumulate(row_heights(grid, pages.widths(grid)))])
    pages.pages[-1].height = pages.y
    return pages.pages[-1]
