"""The one shape behind every format: a Document is text and grids of cells in reading order.

Nothing above `readers/` knows a PDF from a web page.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import NamedTuple
from unicodedata import normalize

from ogi import said
from ogi.said import Said, printable
from ogi.values import visible

_RADICALS = (
    "⺟母⺠民⻁虎⻄西⻅见⻆角⻉贝⻋车⻑長⻓长⻔门⻘青⻚页⻛风⻜飞⻝食"
    "⻢马⻣骨⻤鬼⻥鱼⻦鸟⻨麦⻩黄⻬齐⻮齿⻰龙⻳龟"
)
_COMPATIBLE = (range(0x2F00, 0x2FD6), range(0xF900, 0xFB07), range(0x2F800, 0x2FA20))
FOLDED = {
    **dict(zip(_RADICALS[::2], _RADICALS[1::2], strict=True)),
    **{chr(code): normalize("NFKC", chr(code)) for codes in _COMPATIBLE for code in codes},
}
"""Radicals, compatibility ideographs and ligatures that some producers write for the character itself."""
_FOLDED = str.maketrans(FOLDED)
_FOLDABLE = re.compile(f"[{''.join(FOLDED)}]")

worded = partial(said.worded, "ogi.readers")
"""What readers say, by its key in their wordings.yaml."""


class Method(StrEnum):
    """How a document, or one cell of it, was read."""

    PDF = "pdf"
    HTML = "html"
    WORD = "word"
    TEXT = "text"
    OCR = "ocr"


class UnreadableFile(Exception):
    """A file that cannot be read as a report: one line with the file, what was expected, what was found.

    `told`: that line, which is also told in Chinese. `passing`: may another try succeed, with the same bytes?
    """

    def __init__(self, path: Path | str, expected: Said, found: Said, passing: bool = False) -> None:
        self.path, self.expected, self.found, self.passing = Path(path), expected, found, passing
        self.told = worded("refused", path=printable(str(path)), expected=expected, found=found)
        super().__init__(self.told)

    def __reduce__(self) -> tuple[type[UnreadableFile], tuple[Path, Said, Said, bool]]:
        """The same in another process."""
        return type(self), (self.path, self.expected, self.found, self.passing)


def found_in(refused: Said) -> Said:
    """What a refusal says was found, without what was expected and without details; empty of other words."""
    en, zh = _FOUND.search(str(refused)), _FOUND_ZH.search(refused.zh)
    return Said(en[1], zh[1]) if en is not None and zh is not None else Said("", "")


_FOUND, _FOUND_ZH = re.compile(r": expected .*, found ([^(]*[^( ])"), re.compile("：未能读取：([^（]+)")
"""How the words under `refused` tell it; details stand in parentheses, and are words of programs."""


class Box(NamedTuple):
    """A place on a page: page from 1, PDF points (1/72 inch) from the top left corner."""

    page: int
    x0: float
    top: float
    x1: float
    bottom: float


class Cell(NamedTuple):
    """One printed cell: its text as it stands, its place in the grid (from 0) and on the page."""

    text: str
    row: int
    column: int
    rowspan: int = 1
    colspan: int = 1
    box: Box | None = None
    confidence: float = 1.0
    method: Method | None = None
    """How the cell was read, where that is not how the document was: ocr for a picture within a PDF."""
    is_full: bool | None = None
    """Does its last line end in a number and leave no room for a digit? None where the reader cannot tell."""

    @property
    def columns(self) -> range:
        """The grid columns that the cell covers."""
        return range(self.column, self.column + self.colspan)

    @property
    def is_blank(self) -> bool:
        """Does the cell hold no visible character?"""
        return not visible(self.text)


@dataclass(frozen=True)
class Grid:
    """Cells of one table, or of the part of it that lies between two full-width rows.

    `ragged`: the format tells no column spans (pasted text), so a cell's column is only its rank in the row.
    `origin`: parts of one physical table share it; only there does a column number mean the same.
    """

    cells: tuple[Cell, ...]
    ragged: bool = False
    origin: int = 0

    def rows(self) -> Iterator[list[Cell]]:
        """The cells of each row from left to right, a spanning cell in its first row only."""
        ordered = sorted(self.cells, key=lambda cell: (cell.row, cell.column))
        for _, cells in groupby(ordered, key=lambda cell: cell.row):
            yield list(cells)

    def covering(self, row: int) -> list[Cell]:
        """The cells that cover a row, from left to right, spanning cells from rows above included."""
        return sorted((c for c in self.cells if c.row <= row < c.row + c.rowspan), key=lambda c: c.column)

    @property
    def page(self) -> int | None:
        """The page of the first cell, where the format has pages."""
        return next((cell.box.page for cell in self.cells if cell.box is not None), None)


@dataclass(frozen=True)
class Paragraph:
    """A run of text outside tables, one line or a whole paragraph."""

    text: str
    page: int | None = None


Block = Paragraph | Grid


@dataclass(frozen=True)
class Document:
    """A file as read: its text and grids in reading order.

    `titles`: what the file's own metadata calls it (an HTML title);
    the printed title is among the paragraphs. `notes`: what the reader could not do, one line each.
    """

    path: Path
    method: Method
    blocks: tuple[Block, ...]
    titles: tuple[str, ...] = ()
    notes: tuple[Said, ...] = ()
    is_cut: bool = False
    """Does the source of a text or a web page end with a digit, so that a number may go on?"""
    is_damaged: bool = False
    """Is there a part of the file that cannot be unpacked?"""

    @property
    def paragraphs(self) -> list[Paragraph]:
        """The text blocks, in order."""
        return [block for block in self.blocks if isinstance(block, Paragraph)]

    @property
    def tells_places(self) -> bool:
        """Is it known on which page the text stands, so that lines of text are no cells of a table?"""
        return any(paragraph.page is not None for paragraph in self.paragraphs)

    def texts(self) -> Iterator[str]:
        """Every text of the document, paragraph or cell, in order."""
        for block in self.blocks:
            yield from [block.text] if isinstance(block, Paragraph) else (cell.text for cell in block.cells)


def with_cells(blocks: Iterable[Block], change: Callable[[Cell], Cell]) -> list[Block]:
    """The blocks, each cell of their grids changed."""
    return [
        replace(block, cells=tuple(map(change, block.cells))) if isinstance(block, Grid) else block
        for block in blocks
    ]


def folded(document: Document) -> Document:
    """The document with 人 for ⼈ (a radical), and for each character of the kind what it stands for."""
    if not any(map(_FOLDABLE.search, (*document.titles, *document.texts()))):
        return document
    blocks = (
        replace(block, text=block.text.translate(_FOLDED)) if isinstance(block, Paragraph) else block
        for block in with_cells(document.blocks, lambda c: c._replace(text=c.text.translate(_FOLDED)))
    )
    titles = tuple(title.translate(_FOLDED) for title in document.titles)
    return replace(document, blocks=tuple(blocks), titles=titles)


def blocks_of(cells: Iterable[Cell], *, origin: int = 0, ragged: bool = False) -> list[Block]:
    """A physical table as blocks: rows that hold one full-width cell are text, what lies between is a grid.

    Body text in a ruled box, and block heads such as 第二十条第（一）项, thus become paragraphs.
    """
    whole = Grid(tuple(cells), ragged, origin)
    width = max((cell.column + cell.colspan for cell in whole.cells), default=0)
    blocks: list[Block] = []
    pending: list[Cell] = []
    for row in whole.rows():
        if not _is_text(row, whole, width):
            pending += row
            continue
        if pending:
            blocks.append(replace(whole, cells=tuple(pending)))
            pending = []
        if not row[0].is_blank:
            box = row[0].box
            blocks.append(Paragraph(row[0].text, None if box is None else box.page))
    if pending:
        blocks.append(replace(whole, cells=tuple(pending)))
    return blocks


def _is_text(row: list[Cell], grid: Grid, width: int) -> bool:
    alone = len(row) == 1 and len(grid.covering(row[0].row)) == 1
    return alone and (grid.ragged or row[0].colspan == width)
