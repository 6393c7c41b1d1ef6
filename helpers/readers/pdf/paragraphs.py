"""Lines and grids of all pages → blocks in reading order, without page numbers and running heads."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from helpers.readers.document import Block, Cell, Paragraph, blocks_of
from helpers.readers.pdf.lines import Line


@dataclass(frozen=True)
class PageParts:
    """What one page holds: grids as lists of cells with their top, and the lines outside them."""

    number: int
    height: float
    tables: list[tuple[float, list[Cell]]]
    lines: list[Line]


_TELLING = 3
"""Lines of running text from which on a page shows its margins; else they are those of the page before."""
_PAGE_NUMBER = re.compile(r"[-—–－\s]*(第?\s*\d{1,3}\s*页?)([\s,，/／共]*\d{1,3}\s*页?)?[-—–－\s]*")


def blocks(pages: list[PageParts]) -> list[Block]:
    """All pages in reading order; a paragraph that runs over a page break is one paragraph."""
    running = _running_heads(pages)
    blocks: list[Block] = []
    pending: list[Line] = []
    origin = 0
    margins = (0.0, 0.0)
    for page in pages:
        body = [line for line in page.lines if not _is_furniture(line, page, running)]
        if len(body) >= _TELLING or margins == (0.0, 0.0):
            margins = (
                min((line.x0 for line in body), default=0.0),
                max((line.x1 for line in body), default=0.0),
            )
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
    return at_edge and (
        _PAGE_NUMBER.fullmatch(line.text) is not None or _without_digits(line.text) in running
    )


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
