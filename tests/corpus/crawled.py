"""Reports as text archives hold them: every table as lines of text, in each manner that crawlers leave.

A crawler prints the cells that begin in a row; one that fills rows up puts a blank cell for each place
that a merged cell covers. A figure that is blank in print is blank here, where blanks are kept at all.
"""

from __future__ import annotations

import html
import io
import random
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby

import docx

from scripts.samples.compose import Sample
from scripts.samples.grids import Grid
from tests.corpus.mix import sample_of

Row = list[str]


@dataclass(frozen=True)
class Manner:
    """How the rows of a table become lines."""

    name: str
    lines: Callable[[Row], Iterable[str]]
    fills: bool = True
    """Does a blank cell stand for what a merged cell covers?"""
    keeps_blanks: bool = True
    """Is a blank cell seen at all?"""


def _by_cell(row: Row) -> Iterator[str]:
    """A cell a line with its bar, runs of blank cells in one line."""
    for is_filled, cells in groupby(row, bool):
        texts = list(cells)
        yield from (f"{text} |" for text in texts) if is_filled else ("|" * len(texts),)


def _by_row(row: Row) -> Iterator[str]:
    """A bar behind each cell, runs of bars for blank ones: 规章 | 5 | ||."""
    yield " ".join(_by_cell(row))


def _alone(row: Row) -> Iterator[str]:
    for text in row:
        yield from (text, "|") if text else ("|",)


def _in_front(row: Row) -> Iterator[str]:
    yield "| " + " | ".join(row)


def _cell_in_front(row: Row) -> Iterator[str]:
    yield from (f"| {text}".strip() for text in row)


def _framed(row: Row) -> Iterator[str]:
    yield "| " + " | ".join(row) + " |"


def _ruled(row: Row) -> Iterator[str]:
    yield "│" + "│".join(row) + "│"
    yield "├" + "┼".join("──" for _ in row) + "┤"


def _between(row: Row) -> Iterator[str]:
    yield " | ".join(row)


def _apart(row: Row) -> Iterator[str]:
    for line in _framed(row):
        yield from (line, "")


def _bare(row: Row) -> Iterator[str]:
    yield from filter(None, row)


MANNERS = {
    manner.name: manner
    for manner in (
        Manner("row_bars", _by_row),
        Manner("row_bars_unfilled", _by_row, fills=False),
        Manner("cell_bar", _by_cell),
        Manner("lone_bar", _alone, fills=False),
        Manner("bars_in_front", _in_front),
        Manner("cell_bar_in_front", _cell_in_front, fills=False),
        Manner("framed", _framed),
        Manner("ruled", _ruled),
        Manner("bars_between", _between, fills=False),
        Manner("rows_apart", _apart),
        Manner("bare_cells", _bare, fills=False, keeps_blanks=False),
    )
}


def lines_of(grid: Grid, manner: Manner) -> list[str]:
    """A table's lines in a manner; a break within a cell stays a line's end."""
    rows = []
    for number in range(grid.height):
        row = [cell.text for cell in grid.row(number)]
        rows.append([*row, *[""] * (grid.width - len(row))] if manner.fills else row)
    return [line for row in rows for text in manner.lines(row) for line in text.split("\n")]


def blank(grid: Grid) -> Grid:
    """The table as the form has it, no figure in it."""
    cells = (replace(cell, text="") if cell.kind == "figure" else cell for cell in grid.cells)
    return replace(grid, cells=tuple(cells))


def text_of(sample: Sample, manner: Manner) -> list[str]:
    """The lines of a whole report."""
    lines = [sample.title_line, sample.period]
    for part in sample.parts:
        lines += [part.heading, *part.paragraphs, *(lines_of(part.grid, manner) if part.grid else ())]
    return lines


def as_txt(lines: list[str]) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode()


def as_page(lines: list[str]) -> bytes:
    """Pasted into a web page, a paragraph a line."""
    body = "".join(f"<p>{html.escape(line)}</p>" for line in lines)
    return f"<!DOCTYPE html><html><head><meta charset='utf-8'></head><body>{body}</body></html>".encode()


def as_broken_page(lines: list[str]) -> bytes:
    """Pasted into one paragraph of a web page, broken at each line's end."""
    body = "<br>".join(map(html.escape, lines))
    return (
        f"<!DOCTYPE html><html><head><meta charset='utf-8'></head><body><p>{body}</p></body></html>".encode()
    )


def as_word(lines: list[str]) -> bytes:
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


FILES: dict[str, tuple[str, Callable[[list[str]], bytes]]] = {
    "txt": ("txt", as_txt),
    "md": ("md", as_txt),
    "page": ("html", as_page),
    "broken_page": ("html", as_broken_page),
    "word": ("docx", as_word),
}
"""How it is kept → the file's extension, and its bytes."""
QUIRKS = (
    *("none", "blank_zeros", "totals_only", "notes_and_units", "full_width", "thousands", "not_applicable"),
    *("signed_change", "amount_unit", "padding", "numbering", "label_quotes", "label_short", "label_errors"),
    *("missing_rows", "added_row", "added_outcome", "other_rows", "hybrid", "misprints", "wrapped_heads"),
    *("foreign_table", "traditional", "traditional_words", "label_blanks", "sections_restarted"),
)


def sample(quirk: str, seed: str) -> Sample:
    """A report of random figures with a quirk."""
    return sample_of("txt_cells", (quirk,), random.Random(seed))
