"""Plain text and Markdown: a paragraph a line, and the tables that people paste between them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import count
from pathlib import Path

from ogi.readers.document import Block, Cell, Document, Method, Paragraph, UnreadableFile, blocks_of, worded
from ogi.readers.encoding import decode, stray_note
from ogi.readers.files import text_contents
from ogi.readers.limits import LIMITS
from ogi.readers.markdown import blocks_and_notes
from ogi.readers.settings import SETTINGS
from ogi.readers.spans import lines_of
from ogi.said import Said

_LINE_END = re.compile(r"\r\n|[\r\n\f]")
_BREAK_IN_LINE = re.compile("[\v\u2028\u2029\x85]")
_BAR = re.compile("[|｜│┃]")
_DIVIDER = re.compile("[\t|｜│┃]")
_LIST_NUMBER = re.compile(r"\s*(?:[（(]?[一二三四五六七八九十\d]+[）)、.．]|[•●·\-*])\s*")
_BARE = re.compile(r"[\s\u200b\ufeff\d,.，．/—+-]*")
_SENTENCE_END = "。！？；："


def read(path: Path) -> Document:
    """A .txt or .md file; UnreadableFile where it is no text.

    A pasted table tells no spans, so its grid is ragged. It is known by its tabs, in two manners: a line per
    row with tabs between the cells, or a line per cell with a tab before it and an empty line after the row.
    """
    expected = worded("text")
    text = decode(text_contents(path, expected, LIMITS.text_bytes), path)
    if len(_DIVIDER.findall(text)) > LIMITS.table_places:
        raise UnreadableFile(path, worded("usual_tables"), worded("too_many_cells"))
    notes: list[Said] = []
    if path.suffix.lower() in (".md", ".markdown"):
        blocks, notes = blocks_and_notes(text, path)
    else:
        blocks = list(plain_blocks(text))
    if not blocks:
        raise UnreadableFile(path, expected, worded("no_visible_text"))
    return Document(path, Method.TEXT, tuple(blocks), notes=(*stray_note(text), *notes))


def plain_blocks(text: str) -> Iterator[Block]:
    """The paragraphs and ragged grids of a plain text, in order."""
    lines = [_BREAK_IN_LINE.sub("\n", line) for line in _LINE_END.split(text)]
    origins = count()
    table: list[list[str]] = []
    for part in [*_parts(lines), ""]:
        if isinstance(part, list):
            table.append(part)
            continue
        yield from _grids(table, origins)
        table = []
        yield from lines_of(part)


def _grids(rows: list[list[str]], origins: Iterator[int]) -> Iterator[Block]:
    if rows:
        cells = [
            Cell(text, row, column) for row, texts in enumerate(rows) for column, text in enumerate(texts)
        ]
        for block in blocks_of(cells, origin=next(origins), ragged=True):
            yield from lines_of(block.text) if isinstance(block, Paragraph) else [block]


def _parts(lines: list[str]) -> Iterator[list[str] | str]:
    """Table rows as lists of cells, all else as text; empty lines inside a table are left out."""
    for run in _runs(lines):
        yield from _tabbed(run) if "\t" in run[0] else run


def _runs(lines: list[str]) -> Iterator[list[str]]:
    """Lines that may belong to one table together, every other line alone.

    A tabbed table takes in lines without a tab right after its own, for they may continue a cell.
    """
    run: list[str] = []
    pending: list[str] = []  # empty lines, which belong to the run only if more of it follows
    for line in lines:
        if not line.strip() and "\t" not in line:
            pending.append("")
        elif run and _continues(run, line, apart=bool(pending)):
            run += [*pending, line]
            pending = []
        else:
            if run:
                yield run
            run, pending = [line], []
    if run:
        yield run


def _continues(run: list[str], line: str, *, apart: bool) -> bool:
    return "\t" in run[0] and ("\t" in line or not (apart or _BAR.search(line)))


def _tabbed(run: list[str]) -> Iterator[list[str] | str]:
    tabbed = [line for line in run if "\t" in line]
    # Where most tabs stand behind a text, a line is a row.
    row_a_line = 2 * sum("\t" in line[1:] for line in tabbed) > len(tabbed)
    rows_by_line = (line.split("\t") if "\t" in line else line for line in run if line)
    for row in rows_by_line if row_a_line else _rows_by_cell(run):
        if isinstance(row, list) and _is_prose(row):
            yield "".join(row) if _LIST_NUMBER.fullmatch(row[0]) else "\n".join(row)
        else:
            yield row


def _rows_by_cell(lines: Iterable[str]) -> Iterator[list[str]]:
    """A tab begins a cell, a line without one continues the cell before it, an empty line ends the row."""
    row: list[str] = []
    for line in [*lines, ""]:
        if not line:
            if row:
                yield row
            row = []
            continue
        continued, *begun = line.split("\t")
        if continued.strip() and row:
            row[-1] += f"\n{continued}"
        elif continued.strip():
            row.append(continued)
        row += begun


def _is_prose(row: list[str]) -> bool:
    """Is it indented or numbered running text rather than a row of a table?"""
    if len(row) == 2 and _LIST_NUMBER.fullmatch(row[0]) is not None and _BARE.fullmatch(row[1]) is None:
        return True
    texts = [text.strip() for text in row if text.strip()]
    if any(_BARE.fullmatch(text) for text in row[1:]):
        return False
    return any(
        len(t) > SETTINGS.longest_cell or (len(t) > SETTINGS.cell_length and t.endswith(tuple(_SENTENCE_END)))
        for t in texts
    )
