"""Markdown: headings and paragraphs as lines of text, pipe tables and HTML tables as grids."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

from ogi.readers.document import Block, Cell, worded
from ogi.readers.html import blocks_in
from ogi.readers.pasted import Pictures
from ogi.readers.spans import FramedCell, lines_of, table_blocks
from ogi.said import Said

# Indented lines are text in reports, and “[1]: …” is a note.
_MARKDOWN = MarkdownIt("commonmark").enable("table").disable(["code", "reference"])
_PIPE = re.compile(r"(?<!\\)\|")
_FRAME = re.compile(r"^[\s>]*\|?|(?<!\\)\|?\s*$")
# Marks that CommonMark leaves beside Chinese punctuation.
_LEFT_OVER_STRONG = re.compile(r"(?<![*_])(?:\*\*|__)(?![*_])")
_TABLE_BEGINS = re.compile(r"<table\b", re.IGNORECASE)
_TABLE_ENDS = re.compile(r"</table\s*>", re.IGNORECASE)
_LINE_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)


def blocks_and_notes(text: str, path: Path) -> tuple[list[Block], list[Said]]:
    """The blocks of a Markdown text, and notes in words.

    A note tells of each table row whose cells are not as many as its head's, and of pictures not looked at.
    """
    lines = _with_whole_tables(re.sub(r"\r\n?", "\n", text)).split("\n")
    blocks: list[Block] = []
    notes: list[Said] = []
    pictures, prefix = Pictures(count()), ""
    tokens = iter(_MARKDOWN.parse("\n".join(lines)))
    for token in tokens:
        if token.type == "table_open":
            # Split here, for Markdown fills up short rows with blanks, and what is not there is not blank.
            rows = {line + 1: _cells(lines[line]) for line in _rows_until_close(tokens)}
            head, *_ = map(len, rows.values())
            uneven = {line: len(row) for line, row in rows.items() if len(row) not in (1, head)}
            notes += [worded("uneven", line=line, n=n, head=head) for line, n in uneven.items()]
            blocks += table_blocks(_placed(list(rows.values())), next(pictures.origins))
        elif token.type == "list_item_open":
            prefix = f"{token.info}{token.markup}" if token.info else ""
        elif token.type == "inline":
            blocks += lines_of(prefix + _text(token))
            prefix = ""
        elif token.type == "html_block":
            blocks += blocks_in(token.content, path, pictures)
        elif token.type in ("fence", "code_block"):
            blocks += lines_of(token.content)
    return blocks, [*notes, *pictures.notes()]


def _placed(rows: list[list[str]]) -> list[FramedCell]:
    """The cells of a table; one that is alone in its row spans it."""
    width = max(map(len, rows))
    return [
        FramedCell(Cell(text, number, column, 1, width if len(row) == 1 else 1))
        for number, row in enumerate(rows)
        for column, text in enumerate(row)
    ]


def _cells(line: str) -> list[str]:
    parsed = (_MARKDOWN.parseInline(cell.strip()) for cell in _PIPE.split(_FRAME.sub("", line)))
    return ["".join(_text(token) for token in tokens) for tokens in parsed]


def _with_whole_tables(text: str) -> str:
    """The text with each HTML table at the start of a line and without the empty lines that would cut it."""

    parts, at = [], 0
    while (begin := _TABLE_BEGINS.search(text, at)) is not None:
        end = _TABLE_ENDS.search(text, begin.end())
        if end is None:
            break
        lines = (line if line.strip() else "<!-- -->" for line in text[begin.start() : end.end()].split("\n"))
        before = text[at : begin.start()]
        apart = "\n" if before.rpartition("\n")[2].strip() or (at and "\n" not in before) else ""
        parts += [before, apart, "\n".join(lines), "\n"]
        at = end.end()
    return "".join([*parts, text[at:]])


def _rows_until_close(tokens: Iterator[Token]) -> list[int]:
    """The line numbers of a table's rows."""
    rows = []
    for token in tokens:
        if token.type == "table_close":
            break
        if token.type == "tr_open" and token.map is not None:
            rows.append(token.map[0])
    return rows


def _text(inline: Token) -> str:
    """The text without its marks of emphasis, a line break where it is broken."""
    return _LEFT_OVER_STRONG.sub("", "".join(_run(child) for child in inline.children or ()))


def _run(token: Token) -> str:
    if token.type in ("softbreak", "hardbreak"):
        return "\n"
    if token.type == "html_inline":
        return "\n" if _LINE_BREAK.fullmatch(token.content) else ""
    return token.content if token.type != "image" else ""
