"""Word files (.docx): body text and tables in order, as the file prints with all tracked changes accepted."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Set
from dataclasses import replace
from io import BytesIO
from itertools import count, islice
from pathlib import Path
from zipfile import BadZipFile, ZipFile

import docx
from docx.document import Document as WordDocument
from docx.opc.exceptions import OpcError
from docx.oxml.ns import qn
from lxml import etree

from helpers.readers.document import Block, Cell, Document, Grid, UnreadableFile
from helpers.readers.files import contents, kind_of
from helpers.readers.pasted import USUAL_WIDTH, Pictures
from helpers.readers.runs import FALLBACK, Element, Runs, is_on, tags
from helpers.readers.shown import PICTURE
from helpers.readers.spans import MAX_COLSPAN, MAX_PLACES, Placed, TooWide, lines_of, table_blocks
from helpers.values import visible

EXPECTED = "a Word file (.docx)"
MAX_ENTRIES = 5_000
MAX_UNPACKED = 256 * 1024 * 1024
MAX_XML = 32 * 1024 * 1024
"""All text of the file, its pictures left out; a report has less than two."""
MAX_NESTED_TABLES = 40

_PARAGRAPH, _TABLE, _ROW, _CELL = tags("p"), tags("tbl"), tags("tr"), tags("tc")
_WRAPPERS = tags("sdt sdtContent ins moveTo customXml smartTag")
_BOX, _FRAMES = qn("w:txbxContent"), (qn("wp:inline"), qn("wp:anchor"))
_PICTURE_NAMES = tuple(".png .jpg .jpeg .gif .bmp .tif .tiff .emf .wmf .bin .odttf .ttf .wdp".split())
_PICTURES = {qn("a:blip"): qn("r:embed"), "{urn:schemas-microsoft-com:vml}imagedata": qn("r:id")}
"""The tags of pictures, and under which name each tells its part of the file."""
_EMU = 12_700  # to a point


def read(path: Path) -> Document:
    """A .docx file; UnreadableFile where it is none, is locked, is damaged, or unpacks to absurd size."""
    document = _open(path)
    body = document.element.find(qn("w:body"))
    if body is None:
        raise UnreadableFile(path, f"{EXPECTED} with text", "no text")
    reading = _Body(path, document)
    try:
        blocks = reading.blocks(body)
    except TooWide as error:
        raise UnreadableFile(path, "tables of a report's size", "a table with absurd spans") from error
    pictures = sum(1 for _ in body.iter(*_PICTURES))
    blocks = blocks or reading.pages(body)
    if not blocks:
        raise UnreadableFile(path, f"{EXPECTED} with text", f"{pictures} picture(s) and no text")
    notes = reading.pictures.notes()
    if pictures and not any(isinstance(block, Grid) for block in blocks):
        notes = (f"no table in the file, but {pictures} picture(s), in which none was found", *notes)
    return Document(path, "word", tuple(blocks), _titles(document), notes)


def _titles(document: WordDocument) -> tuple[str, ...]:
    try:
        title = (document.core_properties.title or "").strip()
    except AttributeError:  # the part is there, but declared as something else
        return ()
    return (title,) if title else ()


def _open(path: Path) -> WordDocument:
    data = contents(path, EXPECTED)
    if not data.startswith(b"PK"):
        raise UnreadableFile(path, EXPECTED, kind_of(data) or "a file that is no zip archive")
    try:
        _refuse_bombs(path, data)
        return docx.Document(BytesIO(data))
    except (BadZipFile, EOFError, zlib.error, NotImplementedError, RuntimeError) as error:
        raise UnreadableFile(path, EXPECTED, "a damaged or locked zip archive") from error
    except (OpcError, KeyError, ValueError, AttributeError) as error:
        raise UnreadableFile(path, EXPECTED, "a zip archive without a Word document in it") from error
    except etree.XMLSyntaxError as error:
        raise UnreadableFile(path, EXPECTED, "a Word document whose XML is damaged") from error


def _refuse_bombs(path: Path, data: bytes) -> None:
    with ZipFile(BytesIO(data)) as archive:
        entries = archive.infolist()
    if len(entries) > MAX_ENTRIES:
        raise UnreadableFile(path, f"{EXPECTED} of at most {MAX_ENTRIES} parts", f"{len(entries)} parts")
    size = sum(entry.file_size for entry in entries)
    if size > MAX_UNPACKED:
        limit = f"at most {MAX_UNPACKED // 1024**2} MB unpacked"
        raise UnreadableFile(path, f"{EXPECTED} of {limit}", f"{size // 1024**2} MB")
    text = sum(entry.file_size for entry in entries if not entry.filename.lower().endswith(_PICTURE_NAMES))
    if text > MAX_XML:
        raise UnreadableFile(
            path, f"{EXPECTED} with at most {MAX_XML // 1024**2} MB of text", f"{text} bytes"
        )


class _Body:
    """A document being read: counts its tables, looks at its pictures."""

    def __init__(self, path: Path, document: WordDocument) -> None:
        self.path = path
        self.parts = document.part.related_parts
        self.origins = count()
        self.pictures = Pictures(self.origins)
        self.runs = Runs(document.styles.element)

    def blocks(self, parent: Element, depth: int = 0) -> list[Block]:
        if depth > MAX_NESTED_TABLES:
            raise UnreadableFile(self.path, f"at most {MAX_NESTED_TABLES} tables within one another", "more")
        found: list[Block] = []
        for element in _children(parent, _PARAGRAPH | _TABLE):
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
                yield part.blob, int(wide) / _EMU if wide.isdecimal() else USUAL_WIDTH

    def table(self, table: Element, depth: int) -> list[Placed]:
        """The cells in their grid columns; a vertically merged cell is the one that begins the merge."""
        placed: list[Placed] = []
        merges: dict[tuple[int, int], int] = {}
        places = 0
        for row, element in enumerate(_rows(table)):
            column = _number(element, "trPr", "gridBefore", 0)
            growing: dict[tuple[int, int], int] = {}
            for cell in _children(element, _CELL):
                if _property(cell, "tcPr", "cellDel") is not None:
                    continue
                width = max(1, _number(cell, "tcPr", "gridSpan", 1))
                index, merge = merges.get((column, width)), _merge(cell)
                if merge == "continue" and index is not None:
                    above = placed[index].cell
                    placed[index] = replace(placed[index], cell=replace(above, rowspan=above.rowspan + 1))
                else:
                    index = len(placed)
                    text, inner = self.cell(cell, depth)
                    placed.append(Placed(Cell(text, row, column, 1, width), inner))
                if merge is not None:
                    growing[column, width] = index
                column += width
            merges = growing
            places += column
            if places > MAX_PLACES:
                raise TooWide
        return placed

    def cell(self, cell: Element, depth: int) -> tuple[str, tuple[Block, ...] | None]:
        """The cell's text, or the blocks within it where it frames a table of several cells."""
        holds_table = any(self.holds_several_cells(table) for table in cell.iter(*_TABLE))
        if holds_table or next(cell.iter(*_PICTURES), None) is not None:
            inner = tuple(self.blocks(cell, depth + 1))
            if holds_table or any(isinstance(block, Grid) for block in inner):
                return "", inner
        return self.cell_text(cell), None

    def holds_several_cells(self, table: Element) -> bool:
        """Is it a table of its own? A table of one cell is only a frame around text."""
        cells = (c for c in table.iter(*_CELL) if next(c.iter(*_TABLE), None) is None)
        filled = (cell for cell in cells if self.cell_text(cell).strip())
        return len(list(islice(filled, 2))) == 2

    def cell_text(self, cell: Element) -> str:
        """A line per paragraph, blank ones left out unless there is nothing else; a paragraph whose end is
        deleted by a tracked change goes on in the next. PICTURE where what is shown is no text."""
        lines, text = [], ""
        for paragraph in cell.iter(*_PARAGRAPH):
            if next(paragraph.iterancestors(FALLBACK), None) is None:
                text += self.runs.text(paragraph)
                if _property(paragraph, "pPr", "rPr/del") is None:
                    lines.append(text)
                    text = ""
        lines.append(text)
        shown = "\n".join(line for line in lines if line.strip()) or next(filter(None, lines), "")
        return PICTURE if not visible(shown) and _shows_no_text(cell) else shown


def _children(parent: Element, wanted: Set[str]) -> Iterator[Element]:
    """The children of those tags, also where content controls or tracked insertions wrap them."""
    for child in parent:
        if child.tag in wanted:
            yield child
        elif child.tag in _WRAPPERS:
            yield from _children(child, wanted)


def _rows(table: Element) -> Iterator[Element]:
    """The rows that are shown: neither hidden nor deleted by a tracked change."""
    for row in _children(table, _ROW):
        if _property(row, "trPr", "del") is None and not _flag(row, "trPr", "hidden"):
            yield row


def _property(element: Element, properties: str, name: str) -> Element | None:
    """A property by the group that holds it; `name` may be a path below."""
    return element.find("/".join(qn(f"w:{step}") for step in (properties, *name.split("/"))))


def _flag(element: Element, properties: str, name: str) -> bool:
    found = _property(element, properties, name)
    return found is not None and is_on(found)


def _number(element: Element, properties: str, name: str, default: int) -> int:
    found = _property(element, properties, name)
    value = "" if found is None else found.get(qn("w:val"), "")
    return min(int(value), MAX_COLSPAN) if value.isdecimal() else default


def _merge(cell: Element) -> str | None:
    """restart, continue, or None for a cell that is not merged vertically."""
    found = _property(cell, "tcPr", "vMerge")
    return None if found is None else found.get(qn("w:val"), "continue")


def _shows_no_text(cell: Element) -> bool:
    """Does a cell without text show a picture or an automatic number?"""
    numbers = (_property(p, "pPr", "numPr/numId") for p in cell.iter(*_PARAGRAPH))
    numbered = any(number is not None and number.get(qn("w:val")) != "0" for number in numbers)
    return numbered or next(cell.iter(*_PICTURES), None) is not None


def _boxes(paragraph: Element) -> Iterator[Element]:
    """The text boxes anchored in a paragraph, each once."""
    for box in paragraph.iter(_BOX):
        if next(box.iterancestors(FALLBACK, *_PARAGRAPH)) is paragraph:
            yield box
