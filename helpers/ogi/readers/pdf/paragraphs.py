"""Lines and grids of all pages → blocks in reading order, without page numbers and running heads."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from ogi.readers.document import Block, Cell, Paragraph, blocks_of
from ogi.readers.pdf.lines import TextLine
from ogi.readers.pdf.marks import Char
from ogi.readers.pdf.settings import PDF


@dataclass(frozen=True)
class PageParts:
    """What one page holds: grids as lists of cells with their top; the characters outside, also as lines."""

    number: int
    height: float
    tables: list[tuple[float, list[Cell]]]
    rest: list[Char]
    lines: list[TextLine]


_WORDLESS = re.compile(r"[-—–－/／\d,，.．\s]*")
_PAGE_NUMBER = re.compile(r"[-—–－\s]*(第?\s*\d{1,3}\s*页?)([\s,，/／共]*\d{1,3}\s*页?)?[-—–－\s]*")


def blocks(pages: list[PageParts]) -> list[Block]:
    """All pages in reading order; a paragraph that runs over a page break is one paragraph."""
    margins_of = {page.number: told for page, told in zip(pages, furniture(pages), strict=True)}
    blocks: list[Block] = []
    pending: list[TextLine] = []
    origin = 0
    margins = (0.0, 0.0)
    for page in pages:
        body = [line for line in page.lines if line not in margins_of[page.number]]
        if len(body) >= PDF.telling_lines or margins == (0.0, 0.0):
            margins = (
                min((line.x0 for line in body), default=0.0),
                max((line.x1 for line in body), default=0.0),
            )
        parts: list[tuple[float, TextLine | list[Cell]]] = [(line.top, line) for line in body]
        for _, part in sorted([*parts, *page.tables], key=lambda part: part[0]):
            if isinstance(part, TextLine):
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


def furniture(pages: list[PageParts]) -> list[list[TextLine]]:
    """Of each page the lines at its edges that are no part of the text: page numbers and running heads."""
    running = _running_heads(pages)
    return [
        [line for at, line in enumerate(page.lines) if _is_furniture(at, line, page, running)]
        for page in pages
    ]


def _starts_paragraph(before: TextLine, line: TextLine, margins: tuple[float, float]) -> bool:
    indented = line.x0 > margins[0] + PDF.indent * line.size
    short = before.x1 < margins[1] - PDF.short_line * line.size
    return indented or short or abs(before.size - line.size) > PDF.level


def _paragraph(lines: list[TextLine]) -> Paragraph:
    text = lines[0].text.strip()
    for line in lines[1:]:
        joint = " " if text[-1:].isascii() and line.text[:1].isascii() else ""
        text += joint + line.text.strip()
    return Paragraph(text, lines[0].page)


def _is_furniture(at: int, line: TextLine, page: PageParts, running: set[str]) -> bool:
    """Is a line a page number or running head?"""
    if line.top <= (1 - PDF.margin) * page.height and line.bottom >= PDF.margin * page.height:
        return False
    beside = [other for other in page.lines[max(at - 1, 0) : at + 2] if other is not line]
    if _may_be_figures(line, beside):
        return False
    return _PAGE_NUMBER.fullmatch(line.text) is not None or _without_digits(line.text) in running


def _may_be_figures(line: TextLine, beside: list[TextLine]) -> bool:
    """Could numbers and dashes alone be figures, as where they are near the text or far from one another?"""
    if _WORDLESS.fullmatch(line.text) is None:
        return False
    is_near = any(abs(other.bottom - line.bottom) < PDF.near_text * line.size for other in beside)
    return is_near or line.x1 - line.x0 > (len(line.text) + PDF.spread) * line.size


def _running_heads(pages: list[PageParts]) -> set[str]:
    """Lines at the edge of at least half of the pages (of three or more) that differ in digits alone.

    On two pages only those that stand off from the text: a table's head may be printed again.
    """
    least = max(3.0, len(pages) / 2)
    counts = (
        Counter(text for page in pages for text in _edges(page, apart)) for apart in (0.0, PDF.off_text)
    )
    anywhere, standing_off = counts
    often = {text for text, times in anywhere.items() if times >= least}
    return often | {text for text, times in standing_off.items() if times == len(pages) == 2}


def _edges(page: PageParts, apart: float) -> set[str]:
    """The first and the last line, without digits, where the next one is `apart` times its size away."""
    ends = [(page.lines[:2], 1), (page.lines[:-3:-1], -1)]
    return {
        _without_digits(lines[0].text)
        for lines, sign in ends
        if lines and (len(lines) == 1 or sign * (lines[1].bottom - lines[0].bottom) >= apart * lines[0].size)
    }


def _without_digits(text: str) -> str:
    return re.sub(r"\d+", "#", text.strip())
