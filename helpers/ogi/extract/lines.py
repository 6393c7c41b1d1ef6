"""Statutory tables whose cells stand in plain lines: copied out of a PDF, a cell a line, parted by commas.

Only where a table is nowhere printed as one. A row is a label and as many numbers as its head has columns; a
row of more or fewer is refused by `align`, as any other that tells no places.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import combinations, pairwise

from ogi import forms
from ogi.extract.head_words import head_words
from ogi.extract.heads import Head, read_head
from ogi.extract.labels import item_labels, label
from ogi.extract.rows import is_figure
from ogi.extract.sections import section_of
from ogi.extract.settings import SETTINGS
from ogi.readers.document import Block, Cell, Document, Grid, Paragraph

_BLANKS = re.compile(r"[ \t\u3000\xa0\u2000-\u200a]+")
_FIRST_ORIGIN = 1_000_000
"""These grids are no part of any other."""


def tables_in_lines(document: Document) -> Document:
    """The document with its lines of labels and numbers as grids; all else stays as it is."""
    found = _Lines()
    for block in document.blocks[: SETTINGS.most_blocks]:
        parts: list[Block] = [block]
        if isinstance(block, Paragraph) and section_of(block.text) is None:
            parts = [replace(block, text=line) for line in block.text.splitlines()]
        for part in parts:
            if isinstance(part, Grid) or section_of(part.text) is not None:
                found.end()
                found.blocks.append(part)
            else:
                found.line(part)
    found.end()
    return replace(document, blocks=tuple(found.blocks))


@dataclass
class _Lines:
    """Lines being read: the head they stand under, the row that is not yet whole."""

    blocks: list[Block] = field(default_factory=list)
    head: Head | None = None
    words: list[list[str]] = field(default_factory=list)
    """The lines of a head that is not yet whole."""
    labels: list[str] = field(default_factory=list)
    numbers: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    apart: bool = False
    """Are there rows whose numbers stand in lines of their own?"""
    uneven: bool = False
    """Are there rows of more or fewer numbers than columns?"""

    def line(self, paragraph: Paragraph) -> None:
        """Take in a line: of a head, of a row, or of neither."""
        text = _BLANKS.sub(" ", paragraph.text) if "\t" not in paragraph.text else paragraph.text
        if len(text) > SETTINGS.longest_line or text.rstrip().endswith("。"):
            self.end()
            self.blocks.append(paragraph)
            return
        texts = _cells(text)
        if _is_head(texts):
            self._row()
            self.words.append([part for text in texts for part in text.split(",") if part])
            return
        self._take_head()
        if self.head is None:
            self.blocks.append(paragraph)
        else:
            self._texts(texts, len(self.head.columns))

    def _texts(self, texts: list[str], width: int) -> None:
        """A row's numbers stand all in one line, or each in its own."""
        before = len(self.numbers)
        for text in texts:
            self._cell(text)
        self.apart = self.apart or (0 < before < len(self.numbers))
        # A whole row, or a line that is a row by itself.
        if len(self.numbers) >= width or len(self.numbers) - before > 1:
            self._row()

    def end(self) -> None:
        """What follows belongs to no row above."""
        self._take_head()
        self._row()
        self._grid()
        self.head = None

    def _cell(self, text: str) -> None:
        if not text or is_figure(text):
            self.numbers += [text] if self.labels or self.numbers or text else []
            return
        if self.numbers:
            self._row()
        self.labels = [*self.labels, text][-SETTINGS.most_label_lines :]

    def _row(self) -> None:
        if self.head is not None and (self.numbers or self.labels):
            self.uneven = self.uneven or len(self.numbers) not in (0, len(self.head.columns))
            self.rows.append([*_whole_label(self.labels, self.head), *self.numbers])
        self.labels, self.numbers = [], []

    def _take_head(self) -> None:
        if not self.words:
            return
        rows = _head_rows(self.words)
        if rows is not None:
            self._grid()
            self.head = read_head(_as_cells(rows), 0, True)
            self.rows += rows
        else:
            self.blocks += [Paragraph(" ".join(line)) for line in self.words]
        self.words = []

    def _grid(self) -> None:
        """The rows so far as a grid, doubtful where cells in lines of their own were lost from some row."""
        if self.rows:
            sure = SETTINGS.doubtful if self.apart and self.uneven else 1.0
            cells = tuple(cell for row in _as_cells(self.rows, sure) for cell in row)
            self.blocks.append(Grid(cells, True, _FIRST_ORIGIN + len(self.blocks)))
        self.rows, self.apart, self.uneven = [], False, False


def _cells(text: str) -> list[str]:
    """The cells of a line: between tabs or commas where there are several, blank ones too; else all words."""
    words = [cell for cell in _BLANKS.split(text) if cell]
    if "\t" not in text and words and ((len(words) == 1 and is_figure(text)) or _ends_in_numbers(words)):
        return words
    for divider in ("\t", ",", ";"):
        parted = [cell.strip() for cell in next(csv.reader([text], delimiter=divider))]
        if len(parted) >= SETTINGS.fewest_parted or (len(parted) > 1 and is_figure(parted[-1])):
            return parted
    return words


def _ends_in_numbers(words: list[str]) -> bool:
    """Are these cells between blanks, the last one a number, and not the parts between commas?"""
    return len(words) > 1 and is_figure(words[-1]) and not any(word.endswith((",", ";")) for word in words)


def _is_head(texts: list[str]) -> bool:
    """Do all texts of a line belong to one table's head? A number before a word makes it a row's label."""
    filled = [part for text in texts for part in text.split(",") if part]
    if not filled or len(filled) > SETTINGS.most_head_words or any(label(text).number for text in filled):
        return False
    return any(
        all(head_words(table).token(Cell(text, 0, 0)).kind != "" for text in filled) for table in forms.TABLES
    )


def _head_rows(lines: list[list[str]]) -> list[list[str]] | None:
    """The lines of a head as they stand, or where they are a cell a line as the form has them in rows."""
    if _is_whole(lines):
        return lines
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


def _whole_label(labels: list[str], head: Head) -> list[str]:
    """The labels of a row; its own in one piece where it is broken over lines or blanks."""
    known = item_labels(head.table)
    for pieces in range(1, len(labels) + 1):
        whole = "".join(labels[-pieces:])
        if known.exact(whole, None) is not None:
            return [*labels[:-pieces], whole]
    return labels
