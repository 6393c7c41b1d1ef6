"""Word files (.docx): body text and tables in order, as the file prints with all tracked changes accepted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from itertools import count, islice
from pathlib import Path

import docx
from docx.document import Document as WordDocument
from docx.opc.exceptions import OpcError
from docx.oxml.ns import qn
from lxml import etree
from lxml.etree import _Element as Element

from ogi.readers import html
from ogi.readers.document import Block, Cell, Document, Grid, Method, UnreadableFile, worded
from ogi.readers.files import contents, is_web_page, kind_of
from ogi.readers.looks import PICTURE
from ogi.readers.package import mended
from ogi.readers.pasted import Pictures
from ogi.readers.runs import Runs
from ogi.readers.settings import SETTINGS
from ogi.readers.spans import FramedCell, lines_of, require_usual_tables, table_blocks
from ogi.readers.unpacked import ZIP_FAULTS, require_bounded
from ogi.readers.word_xml import FALLBACK, children, has_flag, merge_of, number_of, property_of, tags
from ogi.said import Said
from ogi.values import visible

_PARAGRAPH, _TABLE, _ROW, _CELL = tags("p"), tags("tbl"), tags("tr"), tags("tc")
_CHUNK = tags("altChunk")
"""A part in another format that Word takes for text of the document when it opens it."""
_BOX, _FRAMES = qn("w:txbxContent"), (qn("wp:inline"), qn("wp:anchor"))
_PICTURES = {qn("a:blip"): qn("r:embed"), "{urn:schemas-microsoft-com:vml}imagedata": qn("r:id")}
"""The tags of pictures, and under which name each tells its part of the file."""


def read(path: Path) -> Document:
    """A .docx file; UnreadableFile where it is none, is locked, is damaged, or unpacks to absurd size."""
    document = _opened(path)
    body = document.element.find(qn("w:body"))
    if body is None:
        raise UnreadableFile(path, worded("word.with_text"), worded("word.no_text"))
    reading = _Body(path, document)
    blocks = reading.blocks(body) or reading.pages(body)
    pictures = sum(1 for _ in body.iter(*_PICTURES))
    if not blocks:
        raise UnreadableFile(path, worded("word.with_text"), worded("word.pictures", n=pictures))
    notes = (*reading.notes, *reading.pictures.notes())
    if pictures and not any(isinstance(block, Grid) for block in blocks):
        notes = (worded("word.no_table", n=pictures), *notes)
    return Document(path, Method.WORD, tuple(blocks), _titles(document), notes)


def _titles(document: WordDocument) -> tuple[str, ...]:
    try:
        title = (document.core_properties.title or "").strip()
    except AttributeError:  # the part is there, but declared as something else
        return ()
    return (title,) if title else ()


def _opened(path: Path) -> WordDocument:
    """The document; UnreadableFile where it is none, is locked, is damaged, or unpacks to absurd size."""
    expected = worded("word")
    data = contents(path, expected)
    if not data.startswith(b"PK"):
        raise UnreadableFile(path, expected, kind_of(data) or worded("word.no_archive"))
    try:
        require_bounded(path, data)
        try:
            return docx.Document(BytesIO(data))
        except (OpcError, KeyError, ValueError, AttributeError, etree.XMLSyntaxError):
            return docx.Document(BytesIO(mended(data)))
    except ZIP_FAULTS as error:
        raise UnreadableFile(path, expected, worded("word.locked")) from error
    except (OpcError, KeyError, ValueError, AttributeError) as error:
        raise UnreadableFile(path, expected, worded("word.other_archive")) from error
    except etree.XMLSyntaxError as error:
        raise UnreadableFile(path, expected, worded("word.broken_xml")) from error


class _Body:
    """A document being read: counts its tables, looks at its pictures."""

    def __init__(self, path: Path, document: WordDocument) -> None:
        self.path = path
        self.parts = document.part.related_parts
        self.origins = count()
        self.pictures = Pictures(self.origins)
        self.notes: list[Said] = []
        self.runs = Runs(document.styles.element)

    def blocks(self, parent: Element, depth: int = 0) -> list[Block]:
        require_usual_tables(self.path, depth=depth)
        found: list[Block] = []
        for element in children(parent, _PARAGRAPH | _TABLE | _CHUNK):
            if element.tag in _CHUNK:
                found += self.chunk(element)
                continue
            if element.tag in _TABLE:
                origin = next(self.origins)
                found += table_blocks(self.table(element, depth), origin)
                continue
            found += lines_of(self.runs.text(element))
            for box in _boxes(element):
                found += self.blocks(box, depth + 1)
            for data, width in self.pasted(element):
                found += self.pictures.blocks(data, width)
        return found

    def chunk(self, element: Element) -> list[Block]:
        """The text of a web page within the file; a note for another format."""
        part = self.parts.get(element.get(qn("r:id"), ""))
        if part is None or not is_web_page(part.blob):
            self.notes.append(worded("word.chunk"))
            return []
        return html.blocks_within(part.blob, self.path, self.pictures)

    def pages(self, body: Element) -> list[Block]:
        """A report that is nothing but pictures of its pages."""
        return self.pictures.pages(data for p in body.iter(*_PARAGRAPH) for data, _ in self.pasted(p))

    def pasted(self, paragraph: Element) -> Iterator[tuple[bytes, float]]:
        """The pictures of a paragraph that are in the file itself, and how wide they are in points."""
        for element in paragraph.iter(*_PICTURES):
            part = self.parts.get(element.get(_PICTURES[str(element.tag)], ""))
            if part is not None and next(element.iterancestors(FALLBACK, *_PARAGRAPH)) is paragraph:
                sizes = (frame.find(qn("wp:extent")) for frame in element.iterancestors(*_FRAMES))
                wide = next((size.get("cx", "") for size in sizes if size is not None), "")
                # Word measures in 12,700ths of a point.
                yield part.blob, int(wide) / 12_700 if wide.isdecimal() else SETTINGS.picture_width

    def table(self, table: Element, depth: int) -> list[FramedCell]:
        """The cells in their grid columns; a vertically merged cell is the one that begins the merge."""
        placed: list[FramedCell] = []
        merges: dict[tuple[int, int], int] = {}
        places = 0
        for row, element in enumerate(_rows(table)):
            column = number_of(element, "trPr", "gridBefore", 0)
            growing: dict[tuple[int, int], int] = {}
            for cell in children(element, _CELL):
                if property_of(cell, "tcPr", "cellDel") is not None:
                    continue
                width = max(1, number_of(cell, "tcPr", "gridSpan", 1))
                index, merge = merges.get((column, width)), merge_of(cell)
                if merge == "continue" and index is not None:
                    above = placed[index].cell
                    placed[index] = replace(placed[index], cell=above._replace(rowspan=above.rowspan + 1))
                else:
                    index = len(placed)
                    text, inner, sure = self.cell(cell, depth)
                    placed.append(FramedCell(Cell(text, row, column, 1, width, confidence=sure), inner))
                if merge is not None:
                    growing[column, width] = index
                column += width
            merges = growing
            places += column
            require_usual_tables(self.path, places=places)
        return placed

    def cell(self, cell: Element, depth: int) -> tuple[str, tuple[Block, ...] | None, float]:
        """The cell's text, or the blocks within it where it frames a table of several cells; how sure."""
        holds_table = any(self.holds_several_cells(table) for table in cell.iter(*_TABLE))
        if holds_table or next(cell.iter(*_PICTURES), None) is not None:
            inner = tuple(self.blocks(cell, depth + 1))
            if holds_table or any(isinstance(block, Grid) for block in inner):
                return "", inner, 1.0
        self.runs.is_mixed = False
        text = self.cell_text(cell)
        return text, None, SETTINGS.doubtful if self.runs.is_mixed else 1.0

    def holds_several_cells(self, table: Element) -> bool:
        """Is it a table of its own? A table of one cell is only a frame around text."""
        cells = (c for c in table.iter(*_CELL) if next(c.iter(*_TABLE), None) is None)
        filled = (cell for cell in cells if self.cell_text(cell).strip())
        return len(list(islice(filled, 2))) == 2  # two are enough to know

    def cell_text(self, cell: Element) -> str:
        """A line per paragraph, blank ones left out unless there is nothing else; a paragraph whose end is
        deleted by a tracked change goes on in the next. PICTURE where what is shown is no text."""
        lines, text = [], ""
        for paragraph in cell.iter(*_PARAGRAPH):
            if next(paragraph.iterancestors(FALLBACK), None) is None:
                text += self.runs.text(paragraph)
                if property_of(paragraph, "pPr", "rPr/del") is None:
                    lines.append(text)
                    text = ""
        lines.append(text)
        shown = "\n".join(line for line in lines if line.strip()) or next(filter(None, lines), "")
        return PICTURE if not visible(shown) and self.shows_no_text(cell) else shown

    def shows_no_text(self, cell: Element) -> bool:
        """Does a cell without text show a picture or an automatic number?"""
        is_numbered = any(map(self.runs.is_numbered, cell.iter(*_PARAGRAPH)))
        return is_numbered or next(cell.iter(*_PICTURES), None) is not None


def _rows(table: Element) -> Iterator[Element]:
    """The rows that are shown: neither hidden nor deleted by a tracked change."""
    for row in children(table, _ROW):
        if property_of(row, "trPr", "del") is None and not has_flag(row, "trPr", "hidden"):
            yield row


def _boxes(paragraph: Element) -> Iterator[Element]:
    """The text boxes anchored in a paragraph, each once."""
    for box in paragraph.iter(_BOX):
        if next(box.iterancestors(FALLBACK, *_PARAGRAPH)) is paragraph:
            yield box
