"""PDF → Document: ruled tables as grids, everything else as paragraphs without page numbers and running heads."""

from __future__ import annotations

import re
import struct
import zlib
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pdfplumber
from pdfminer.pdfexceptions import PDFException
from pdfminer.psexceptions import PSException
from pdfplumber.page import Page
from pdfplumber.table import Table
from pdfplumber.utils import extract_text
from pdfplumber.utils.exceptions import PdfminerException
from pypdfium2 import PdfDocument, PdfiumError

from helpers.readers.document import Block, Box, Cell, Document, Paragraph, UnreadableFile, blocks_of

MAX_PAGES = 300
_SAME_EDGE = 3.0
"""Edges closer than this (points) are one ruling line; cells of a report are at least three times as wide."""
_FAULTS = (PdfminerException, PDFException, PSException, ValueError, KeyError, TypeError, IndexError, struct.error,
           zlib.error, RecursionError, OverflowError, AttributeError, AssertionError)  # fmt: skip
"""What pdfminer raises on damaged files; caught only around its own calls."""

Char = dict[str, Any]
BBox = tuple[float, float, float, float]


@dataclass(frozen=True)
class Line:
    """One line of running text."""

    text: str
    page: int
    x0: float
    top: float
    x1: float
    bottom: float
    size: float


@dataclass(frozen=True)
class PageParts:
    """What one page holds: grids as lists of cells with their top, and the lines outside them."""

    number: int
    height: float
    tables: list[tuple[float, list[Cell]]]
    lines: list[Line]
    has_text: bool


def read(path: Path) -> Document:
    """Read a PDF that has a text layer; UnreadableFile for a scan, a damaged or a locked file."""
    _require_whole(path)
    try:
        with pdfplumber.open(path) as pdf:
            title = (pdf.metadata or {}).get("Title")
            parts = [_page_parts(page) for page in pdf.pages]
    except _FAULTS as fault:
        raise UnreadableFile(path, "a whole PDF", f"a damaged one ({type(fault).__name__})") from fault
    if not any(page.has_text for page in parts):
        raise UnreadableFile(path, "a PDF with a text layer", f"{len(parts)} page(s) of pictures without text")
    notes = [f"page {page.number}: no text layer, its figures were not read" for page in parts if not page.has_text]
    titles = (title,) if isinstance(title, str) and title.isprintable() else ()
    return Document(path, "pdf", tuple(_blocks(parts)), titles, tuple(notes))


def _require_whole(path: Path) -> None:
    data = path.read_bytes()
    if not data.lstrip()[:5].startswith(b"%PDF-"):
        raise UnreadableFile(path, "a PDF", "a file that does not begin with %PDF" if data else "an empty file")
    linearised = re.search(rb"/Linearized.{0,80}?/L (\d+)", data[:1024], re.DOTALL)
    if b"%%EOF" not in data or (linearised is not None and int(linearised[1]) > len(data)):
        raise UnreadableFile(path, "a whole PDF", "a truncated one (its end is missing)")
    try:
        with PdfDocument(data) as document:
            pages = len(document)
    except PdfiumError as fault:
        locked = "password" in str(fault).lower()
        found = "one locked with a password" if locked else f"a damaged one ({fault})"
        raise UnreadableFile(path, "a PDF that opens", found) from fault
    if not 0 < pages <= MAX_PAGES:
        raise UnreadableFile(path, f"a PDF of 1 to {MAX_PAGES} pages", f"{pages} pages")


def _page_parts(page: Page) -> PageParts:
    chars = [char for char in page.chars if char["upright"]]
    tables = []
    for table in page.find_tables():
        tables += [(top, cells) for top, cells in _grids(table, chars, page.page_number) if cells]
    boxes = [cell.box for _, cells in tables for cell in cells if cell.box is not None]
    outside = [char for char in chars if not any(_inside(char, (b.x0, b.top, b.x1, b.bottom)) for b in boxes)]
    page.close()
    return PageParts(page.page_number, float(page.height), tables, _lines(outside, page.page_number), bool(page.chars))


def _inside(char: Char, box: BBox) -> bool:
    x, y = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
    return box[0] <= x < box[2] and box[1] <= y < box[3]


def _grids(table: Table, chars: list[Char], page: int) -> list[tuple[float, list[Cell]]]:
    """The table cut at its full-width one-cell rows, which are left to running text."""
    edges_x = _edges([x for box in table.cells for x in (box[0], box[2])])
    edges_y = _edges([y for box in table.cells for y in (box[1], box[3])])
    placed = sorted((_place(box, edges_x, edges_y), box) for box in table.cells)
    rows = Counter(row for (top, _, bottom, _), _ in placed for row in range(top, bottom))
    full = {
        top for (top, left, bottom, right), _ in placed
        if rows[top] == 1 and bottom == top + 1 and left == 0 and right == len(edges_x) - 1
    }  # fmt: skip
    runs: list[list[Cell]] = [[]]
    previous = None
    for (top, left, bottom, right), box in placed:
        if top in full:
            continue
        if previous is not None and any(row in full for row in range(previous, top)):
            runs.append([])
        text = _cell_text([char for char in chars if _inside(char, box)])
        runs[-1].append(Cell(text, top, left, bottom - top, right - left, Box(page, *box)))
        previous = top
    return [(min(c.box.top for c in run if c.box is not None), run) for run in runs if run]


def _edges(values: list[float]) -> list[float]:
    edges: list[float] = []
    for value in sorted(values):
        if not edges or value - edges[-1] > _SAME_EDGE:
            edges.append(value)
    return edges


def _place(box: BBox, edges_x: list[float], edges_y: list[float]) -> tuple[int, int, int, int]:
    def nearest(edges: list[float], value: float) -> int:
        return min(range(len(edges)), key=lambda i: abs(edges[i] - value))

    left, top = nearest(edges_x, box[0]), nearest(edges_y, box[1])
    return top, left, max(nearest(edges_y, box[3]), top + 1), max(nearest(edges_x, box[2]), left + 1)


def _cell_text(chars: list[Char]) -> str:
    return extract_text(chars, x_tolerance=2, y_tolerance=3) if chars else ""


def _lines(chars: list[Char], page: int) -> list[Line]:
    if not chars:
        return []
    found = pdfplumber.utils.text.chars_to_textmap(chars, x_tolerance=2, y_tolerance=3).extract_text_lines()
    return [
        Line(line["text"], page, line["x0"], line["top"], line["x1"], line["bottom"], line["chars"][0]["size"])
        for line in found
        if line["text"].strip()
    ]


_PAGE_NUMBER = re.compile(r"[-—–－\s]*(第?\s*\d{1,3}\s*页?)([\s,，/／共]*\d{1,3}\s*页?)?[-—–－\s]*")


def _blocks(pages: list[PageParts]) -> list[Block]:
    """All pages in reading order; a paragraph that runs over a page break is one paragraph."""
    running = _running_heads(pages)
    blocks: list[Block] = []
    pending: list[Line] = []
    origin = 0
    for page in pages:
        body = [line for line in page.lines if not _is_furniture(line, page, running)]
        margins = (min((line.x0 for line in body), default=0.0), max((line.x1 for line in body), default=0.0))
        parts: list[tuple[float, Line | list[Cell]]] = [(line.top, line) for line in body]
        for _, part in sorted([*parts, *page.tables], key=lambda part: part[0]):
            if isinstance(part, Line):
                if pending and _starts_paragraph(pending[-1], part, margins):
                    blocks.append(_paragraph(pending))
                    pending = []
                pending.append(part)
                continue
            if pending:
                blocks.append(_paragraph(pending))
                pending = []
            blocks += blocks_of(part, origin=(origin := origin + 1))
    return [*blocks, _paragraph(pending)] if pending else blocks


def _starts_paragraph(before: Line, line: Line, margins: tuple[float, float]) -> bool:
    indented = line.x0 > margins[0] + 0.8 * line.size
    short = before.x1 < margins[1] - 2 * line.size
    return indented or short or abs(before.size - line.size) > 0.5


def _paragraph(lines: list[Line]) -> Paragraph:
    text = lines[0].text.strip()
    for line in lines[1:]:
        joint = " " if text[-1:].isascii() and line.text[:1].isascii() else ""
        text += joint + line.text.strip()
    return Paragraph(text, lines[0].page)


def _is_furniture(line: Line, page: PageParts, running: set[str]) -> bool:
    at_edge = line.top > 0.88 * page.height or line.bottom < 0.12 * page.height
    return at_edge and (_PAGE_NUMBER.fullmatch(line.text) is not None or _without_digits(line.text) in running)


def _running_heads(pages: list[PageParts]) -> set[str]:
    """Lines at the edge of at least half of the pages (of three or more) that differ in digits alone."""
    seen = Counter(
        text
        for page in pages
        for text in {_without_digits(line.text) for line in [*page.lines[:1], *page.lines[-1:]]}
    )
    return {text for text, times in seen.items() if times >= max(3, len(pages) / 2)}


def _without_digits(text: str) -> str:
    return re.sub(r"\d+", "#", text.strip())
