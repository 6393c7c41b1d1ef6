"""Word files (.docx): body text and tables in order, as the file prints with all tracked changes accepted."""

from __future__ import annotations

from collections.abc import Iterator, Set
from dataclasses import replace
from itertools import count, islice
from pathlib import Path

from docx.document import Document as WordDocument
from docx.oxml.ns import qn

from ogi.readers.document import Block, Cell, Document, Grid, Method, UnreadableFile
from ogi.readers.limits import LIMITS
from ogi.readers.pasted import Pictures
from ogi.readers.refusals import ABSURD_SPANS, MORE, USUAL_TABLES, nested
from ogi.readers.runs import FALLBACK, Element, Runs, is_on, tags
from ogi.readers.settings import SETTINGS
from ogi.readers.shown import PICTURE
from ogi.readers.spans import Placed, TooWide, lines_of, table_blocks
from ogi.readers.word_file import EXPECTED, opened
from ogi.said import Said, say
from ogi.values import visible

_WITH_TEXT = say("{file} with text", "含文字的{file}", file=EXPECTED)
_NO_TABLE = (
    "no table in the file, but {n} picture(s), in which none was found",
    "文件中无表格，所含{n}张图片中亦未发现表格",
)

_PARAGRAPH, _TABLE, _ROW, _CELL = tags("p"), tags("tbl"), tags("tr"), tags("tc")
_WRAPPERS = tags("sdt sdtContent ins moveTo customXml smartTag")
_BOX, _FRAMES = qn("w:txbxContent"), (qn("wp:inline"), qn("wp:anchor"))
_PICTURES = {qn("a:blip"): qn("r:embed"), "{urn:schemas-microsoft-com:vml}imagedata": qn("r:id")}
"""The tags of pictures, and under which name each tells its part of the file."""


def read(path: Path) -> Document:
    """A .docx file; UnreadableFile where it is none, is locked, is damaged, or unpacks to absurd size."""
    document = opened(path)
    body = document.element.find(qn("w:body"))
    if body is None:
        raise UnreadableFile(path, _WITH_TEXT, Said("no text", "无文字的文件"))
    reading = _Body(path, document)
    try:
        blocks = reading.blocks(body)
    except TooWide as error:
        raise UnreadableFile(path, USUAL_TABLES, ABSURD_SPANS) from error
    pictures = sum(1 for _ in body.iter(*_PICTURES))
    blocks = blocks or reading.pages(body)
    if not blocks:
        found = say("{n} picture(s) and no text", "仅有{n}张图片而无文字的文件", n=pictures)
        raise UnreadableFile(path, _WITH_TEXT, found)
    notes = reading.pictures.notes()
    if pictures and not any(isinstance(block, Grid) for block in blocks):
        notes = (say(*_NO_TABLE, n=pictures), *notes)
    return Document(path, Method.WORD, tuple(blocks), _titles(document), notes)


def _titles(document: WordDocument) -> tuple[str, ...]:
    try:
        title = (document.core_properties.title or "").strip()
    except AttributeError:  # the part is there, but declared as something else
        return ()
    return (title,) if title else ()


class _Body:
    """A document being read: counts its tables, looks at its pictures."""

    def __init__(self, path: Path, document: WordDocument) -> None:
        self.path = path
        self.parts = document.part.related_parts
        self.origins = count()
        self.pictures = Pictures(self.origins)
        self.runs = Runs(document.styles.element)

    def blocks(self, parent: Element, depth: int = 0) -> list[Block]:
        if depth > LIMITS.nested_tables:
            raise UnreadableFile(self.path, nested(LIMITS.nested_tables), MORE)
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
                yield part.blob, int(wide) / 12_700 if wide.isdecimal() else SETTINGS.picture_width

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
            if places > LIMITS.table_places:
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
    return min(int(value), LIMITS.colspan) if value.isdecimal() else default


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
