"""Statutory tables whose cells stand in lines of text: copied from a PDF, or as crawlers leave web pages.

Only where a table is nowhere printed as one. The pieces of the lines (`pieces.py`) are put under the last
head of a form above them: a row is one line, or a label and all cells up to the next one. A row of more or
fewer than its head has columns is refused by `align`, as any other that tells no places.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import combinations, pairwise

from ogi import forms
from ogi.extract.head_words import head_words
from ogi.extract.heads import Head, read_head, with_halves_joined
from ogi.extract.labels import item_labels, label
from ogi.extract.pieces import by_line, is_barred, is_word, pieces_of
from ogi.extract.rows import is_figure
from ogi.extract.sections import section_of
from ogi.extract.settings import SETTINGS
from ogi.extract.unnamed import is_unnamed_head
from ogi.readers.document import Block, Cell, Document, Grid, Paragraph, with_cells
from ogi.values import visible

_WIDEST = sum(1 for _ in forms.TABLES["review"][forms.EDITIONS[-1]].cells())
"""Columns of the widest table: so many blank cells are a row of it, fewer fill up a row of its head."""
_FIRST_ORIGIN = 1_000_000
"""These grids are no part of any other."""


def tables_in_lines(document: Document) -> Document:
    """The document with its lines of labels and numbers as grids; all else stays as it is."""
    blocks: list[Block] = []
    lines: list[Paragraph] = []
    for block in _in_lines(document.blocks[: SETTINGS.most_blocks]):
        if isinstance(block, Paragraph) and _may_be_of_table(block.text):
            lines.append(block)
            continue
        blocks += [*_tables(lines, len(blocks)), block]
        lines = []
    blocks += _tables(lines, len(blocks), ends=True)
    return replace(document, blocks=tuple(blocks))


def _in_lines(blocks: tuple[Block, ...]) -> Iterator[Block]:
    """The blocks, each line of a paragraph by itself but for those of a section's title."""
    for block in blocks:
        if isinstance(block, Grid) or section_of(block.text) is not None:
            yield block
        else:
            yield from (replace(block, text=line) for line in block.text.splitlines())


def _may_be_of_table(line: str) -> bool:
    text = line if "\t" in line else " ".join(line.split())
    is_running = len(text) > SETTINGS.longest_line or text.endswith("。")
    return bool(visible(text)) and not is_running and section_of(line) is None


def _tables(lines: list[Paragraph], number: int, *, ends: bool = False) -> list[Block]:
    """Consecutive lines as grids and the paragraphs between them; themselves where there is no head.

    `ends`: the document does, perhaps within a row.
    """
    texts = [line.text for line in lines]
    barred = is_barred(texts)
    found = _Lines(barred, _FIRST_ORIGIN + number)
    for pieces in by_line(pieces_of(texts)):
        found.line([piece.text for piece in pieces], is_open=pieces[-1].may_go_on)
    found.end(cut=ends)
    return found.blocks if any(isinstance(block, Grid) for block in found.blocks) else list(lines)


@dataclass
class _Lines:
    """Lines being read: the head they stand under, the row that is not yet whole."""

    barred: bool
    """Do bars part the cells? Then a blank one is seen."""
    origin: int
    blocks: list[Block] = field(default_factory=list)
    head: Head | None = None
    words: list[list[str]] = field(default_factory=list)
    """The lines of a head that is not yet whole."""
    labels: list[str] = field(default_factory=list)
    figures: list[str] = field(default_factory=list)
    """The cells behind the labels, blank ones too."""
    rows: list[list[str]] = field(default_factory=list)
    apart: bool = False
    """Are there rows whose numbers stand in lines of their own?"""
    uneven: bool = False
    """Are there rows of more or fewer numbers than columns?"""

    def line(self, texts: list[str], *, is_open: bool) -> None:
        """Take in a line: of a head, of a row, or of neither. `is_open`: may it go on in the next one?"""
        is_blank_row = not any(texts) and len(texts) >= _WIDEST
        if _is_head(texts) or (self.words and _may_be_head(texts) and not is_blank_row):
            self._row()
            self.words.append(_words(texts))
            return
        self._take_head()
        if is_unnamed_head(texts):
            self._row()
            self._grid()
            self.head = None
        elif self.head is not None:
            self._cells(texts, is_open=is_open)
        elif self.barred and sum(map(bool, texts)) > 1 and any(map(is_figure, texts)):
            self.rows.append(texts)  # of columns without names, perhaps
        else:
            self._grid()
            self.blocks.append(Paragraph(" ".join(texts)))

    def end(self, *, cut: bool) -> None:
        """What follows belongs to no row above."""
        self._take_head()
        self._row(cut=cut)
        self._grid()
        self.blocks = _odd_rows_doubted(self.blocks) if self.barred else self.blocks

    def _cells(self, texts: list[str], *, is_open: bool) -> None:
        """A row's cells stand all in one line, or each in its own."""
        filled = [text for text in texts if text]
        is_ended = self.barred and (not is_open or len(filled) < len(texts) or any(map(is_figure, texts)))
        if len(filled) > 1 and (is_ended or sum(map(is_figure, texts)) > 1):
            self._whole_row(texts)
            return
        for text in texts:
            self._cell(text)

    def _whole_row(self, texts: list[str]) -> None:
        """A line that is a row, the first parts of its label perhaps in lines above."""
        first = next(text for text in texts if text)
        if self.figures or (self.barred and not is_figure(first)):
            self._row()
        self.figures = texts
        self._row()

    def _cell(self, text: str) -> None:
        if not text or is_figure(text):
            self.apart = self.apart or bool(self.figures)
            is_begun = bool(text or self.labels or self.figures)
            self.figures += [text] if is_begun or (self.head is not None and self.head.names_items) else []
            return
        if any(self.figures) or len(self.figures) >= self._width():
            self._row()
        self.figures = []
        self.labels = [*self.labels, text][-SETTINGS.most_label_lines :]

    def _width(self) -> int:
        return 0 if self.head is None else len(self.head.columns)

    def _row(self, *, cut: bool = False) -> None:
        if self.head is not None and (self.figures or self.labels):
            count = sum(not text or is_figure(text) for text in self.figures)
            self.uneven = self.uneven or (count not in (0, self._width()) and not cut)
            self.rows.append([*self.labels, *self.figures])
        self.labels, self.figures = [], []

    def _take_head(self) -> None:
        """Begin the rows under a head; texts behind it that are no words of it are labels."""
        words, self.words = [line for line in self.words if line], []
        last = next((end for end in range(len(words), 0, -1) if _is_head(words[end - 1])), 0)
        for end in dict.fromkeys((len(words), last)):
            rows = _head_rows(words[:end])
            if rows is not None:
                self._grid()
                self.head = read_head(_as_cells(rows), 0, True)
                self.rows += rows
                self.labels = [text for line in words[end:] for text in line]
                return
        self.blocks += [Paragraph(" ".join(line)) for line in words]

    def _grid(self) -> None:
        """The rows so far as a grid, doubtful where cells in lines of their own were lost from some row."""
        if self.rows:
            lost = self.apart and self.uneven and not self.barred
            cells = _as_cells(self.rows, SETTINGS.doubtful if lost else 1.0)
            origin = self.origin + len(self.blocks)
            self.blocks.append(Grid(tuple(cell for row in cells for cell in row), True, origin))
        self.rows, self.apart, self.uneven = [], False, False


def _odd_rows_doubted(blocks: list[Block]) -> list[Block]:
    """The blocks; where rows are filled up to one width, a row of another lost a cell, or has one too many.

    One without blanks is counted by its figures.
    """
    rows = [row for block in blocks if isinstance(block, Grid) for row in block.rows()]
    widths = Counter(len(row) for row in rows if any(cell.is_blank or is_figure(cell.text) for cell in row))
    usual, count = max(widths.items(), key=lambda width: width[1], default=(0, 0))
    if count == widths.total() or count < SETTINGS.filled_share * widths.total():
        return blocks
    odd = {id(cell) for row in rows if len(row) != usual and any(c.is_blank for c in row) for cell in row}
    doubtful = SETTINGS.doubtful
    return with_cells(blocks, lambda cell: cell._replace(confidence=doubtful) if id(cell) in odd else cell)


def _is_head(texts: list[str]) -> bool:
    """Do all texts of a line belong to one table's head, or most of several?

    A number before a word makes it a row's label.
    """
    filled = _words(texts)
    if not filled or len(filled) > SETTINGS.most_head_words or any(label(text).number for text in filled):
        return False
    known = max(
        sum(head_words(table).token(Cell(text, 0, 0)).kind != "" for text in filled) for table in forms.TABLES
    )
    return known == len(filled) or known >= max(2, len(filled) - known)


def _words(texts: list[str]) -> list[str]:
    """The filled texts of a line, those of two words with a comma between them as two."""
    return [part for text in texts for part in ([text] if is_word(text) else text.split(",")) if part]


def _may_be_head(texts: list[str]) -> bool:
    """Are these perhaps parts of words of a head, such as 商业 of 商业企业?"""
    return all(len(text) <= SETTINGS.longest_half and not _is_of_row(text) for text in texts if text)


def _is_of_row(text: str) -> bool:
    """Is it a figure or the label of a row or a heading?"""
    is_label = (item_labels(table).exact(text, None) is not None for table in ("proactive", "requests"))
    return is_figure(text) or label(text).number != "" or any(is_label)


def _head_rows(lines: list[list[str]]) -> list[list[str]] | None:
    """The lines of a head as they stand, or where they are a cell a line as the form has them in rows."""
    joined = with_halves_joined(_as_cells(lines))
    lines = [[cell.text for cell in row] for row in joined if row]
    if not lines or _is_whole(lines):
        return lines or None
    words = [word for line in lines for word in line]
    if len(words) > SETTINGS.most_head_words:
        return None
    # One row first: the fewest rows that fit the form are meant.
    divided = (rows for cuts in range(SETTINGS.deepest_head_in_lines) for rows in _divided(words, cuts))
    return next(filter(_is_whole, divided), None)


def _is_whole(rows: list[list[str]]) -> bool:
    """Are these the columns of the form in its own order? Where no place tells it, no other is sure."""
    head = read_head(_as_cells(rows), 0, True)
    if head is None:
        return False
    names = [(column.item, column.measure) for column in head.columns]
    table = forms.TABLES[head.table][forms.EDITIONS[-1]]
    if head.table == "review":
        return names == [(item.id, measure.id) for item, measure in table.cells()]
    order = [(None, measure.id) for measure in table.measures]
    return all(measure for _, measure in names) if head.table == "proactive" else names == order


def _divided(words: list[str], cuts: int) -> Iterator[list[list[str]]]:
    for places in combinations(range(1, len(words)), cuts):
        edges = (0, *places, len(words))
        yield [words[a:b] for a, b in pairwise(edges)]


def _as_cells(rows: list[list[str]], confidence: float = 1.0) -> list[list[Cell]]:
    return [
        [Cell(text, row, column, confidence=confidence) for column, text in enumerate(texts)]
        for row, texts in enumerate(rows)
    ]
