"""Web pages: text in lines as a browser breaks them, tables as the grids that a browser lays out."""

from __future__ import annotations

import base64
import binascii
import logging
import re
from collections.abc import Callable, Iterator
from itertools import chain, count, groupby, islice
from pathlib import Path

from lxml import etree
from lxml import html as lxml_html
from lxml.html import HtmlElement

from ogi.readers.attachments import attachment_notes, figures_in, kinds_of, lacks_tables
from ogi.readers.document import Block, Cell, Document, Grid, Method, UnreadableFile, worded
from ogi.readers.doubts import DOUBTED
from ogi.readers.encoding import decode, stray_note
from ogi.readers.files import page_within, text_contents
from ogi.readers.joints import is_spacer
from ogi.readers.looks import BLOCK_TAGS, PICTURE
from ogi.readers.pasted import Pictures
from ogi.readers.settings import SETTINGS
from ogi.readers.shown import show
from ogi.readers.spans import FramedCell, lay_out, lines_of, require_usual_tables, table_blocks
from ogi.values import visible

_log = logging.getLogger(__name__)
# What content management systems of agencies call the title of an article.
_TITLE_NAMES = frozenset(("articletitle", "title", "dc.title", "og:title", "contenttitle"))
_BREAK_IN_CHINESE = re.compile(r"(?<=[\u2e80-\uffef])[ \t\f]*[\r\n][ \t\f\r\n]*(?=[\u2e80-\uffef])")
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_PICTURE = re.compile(r"\s*data:image/[\w.+-]+;base64,", re.IGNORECASE)
_SPAN = re.compile(r"\s*\+?(\d{1,9})")
_WIDTH = re.compile(r"\s*(\d{1,4})(?:px)?\s*$")
_STYLED_WIDTH = re.compile(r"(?:^|[;\s])width\s*:\s*(\d{1,4})(?:\.\d+)?px", re.IGNORECASE)


def read(path: Path) -> Document:
    """A web page, saved in whatever charset; UnreadableFile where it is no page or says nothing."""
    text = page_text(path)
    root = parse(text, path)
    titles, attachments, pictures = _titles(root), _attached(root), Pictures(count())
    some_hidden = show(root)
    blocks = _WebPage(path, pictures).blocks(root)
    notes = (*stray_note(text), *pictures.notes())
    if some_hidden:
        root = parse(text, path)
        show(root, by_rules=False)
        whole = _WebPage(path, pictures).blocks(root)
        _log.debug("%s: %d of %d figures not hidden by rules", path, figures_in(blocks), figures_in(whole))
        if 2 * figures_in(blocks) < figures_in(whole):  # half of them is one of two prints, for two screens
            blocks, notes = whole, (worded("page.hidden"), *notes)
    if not blocks and not attachments:
        raise UnreadableFile(path, worded("page"), worded("no_visible_text"))
    notes = (*(attachment_notes(attachments) if lacks_tables(blocks) else ()), *notes)
    return Document(path, Method.HTML, tuple(blocks), titles, notes, is_cut=text[-1:].isdigit())


def page_text(path: Path) -> str:
    """The source of the page in a file, also of one saved with its pictures (.mht); faults as for `read`."""
    data = text_contents(path, worded("page"))
    within = page_within(data)
    if within == b"":
        raise UnreadableFile(path, worded("page"), worded("page.none"))
    return decode(data if within is None else within, path)


def blocks_within(data: bytes, path: Path, pictures: Pictures) -> list[Block]:
    """The blocks of a page that lies within another file; `pictures` looks at those of both."""
    page = page_within(data)
    return blocks_in(decode(data if page is None else page, path), path, pictures)


def blocks_in(text: str, path: Path, pictures: Pictures) -> list[Block]:
    """The visible text and tables of a page, or of a part of one, in reading order.

    `pictures` numbers the tables and looks at pictures that are in the page itself.
    """
    root = parse(text, path)
    show(root)
    return _WebPage(path, pictures).blocks(root)


def parse(text: str, path: Path) -> HtmlElement:
    """The tree of a page or of a part of one, as tolerant as a browser; nothing is fetched."""
    # Huge, for a page may hold its pictures, each as one text of megabytes.
    parser = lxml_html.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    data = text.replace("\x00", "\ufffd").encode("utf-8", "replace")
    try:
        root = lxml_html.document_fromstring(data, parser=parser)
    except etree.ParserError as error:
        raise UnreadableFile(path, worded("page"), worded("no_visible_text")) from error
    if any(entry.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for entry in parser.error_log):
        raise UnreadableFile(path, worded("page"), worded("page.too_deep"))
    return root


class _WebPage:
    """A page being read: which tables it holds, how deep they are nested."""

    def __init__(self, path: Path, pictures: Pictures) -> None:
        self.path = path
        self.pictures = pictures

    def blocks(self, element: HtmlElement, depth: int = 0) -> list[Block]:
        require_usual_tables(self.path, depth=depth)
        found: list[Block] = []
        for part in _lines(element, lambda e: e.tag == "table" or _is_picture(e)):
            if isinstance(part, str):
                found += lines_of(part)
            elif part.tag == "table":
                found += self.table(part, depth)
            else:
                found += self.pictures.blocks(_picture_data(part), _picture_width(part))
        return found

    def table(self, table: HtmlElement, depth: int) -> list[Block]:
        """Caption and stray text first, as a browser shows them, then the cells."""
        origin = next(self.pictures.origins)
        groups = [[_cells(row) for row in group] for group in _row_groups(table)]
        cells = {cell for group in groups for row in group for cell in row}
        outside = [
            p for line in _lines(table, cells.__contains__) if isinstance(line, str) for p in lines_of(line)
        ]
        printed = [[[self.cell(cell, depth) for cell in row] for row in group] for group in groups]
        return [*outside, *table_blocks(lay_out(printed, self.path), origin)]

    def cell(self, cell: HtmlElement, depth: int) -> FramedCell:
        if len(cell) == 0:
            return FramedCell(_as_cell(cell, _line(cell.text or "")))
        if next(cell.iterdescendants("table", "img"), None) is None:
            return FramedCell(_as_cell(cell, _cell_text(cell)))
        holds_table = any(_holds_several_cells(table) for table in cell.iterdescendants("table"))
        if holds_table or any(map(_is_picture, cell.iterdescendants("img"))):
            inner = tuple(self.blocks(cell, depth + 1))
            if holds_table or any(isinstance(block, Grid) for block in inner):
                return FramedCell(_as_cell(cell, ""), inner)
        text = _cell_text(cell)
        text = PICTURE if not visible(text) and _shows_picture(cell) else text
        return FramedCell(_as_cell(cell, text))


def _shows_picture(cell: HtmlElement) -> bool:
    """Does a cell hold a picture that may be a printed figure?"""
    return not all(map(is_spacer, cell.iterdescendants("img")))


def _as_cell(cell: HtmlElement, text: str) -> Cell:
    sure = SETTINGS.doubtful if DOUBTED in cell.attrib else 1.0
    return Cell(text, 0, 0, _span(cell, "rowspan"), _span(cell, "colspan"), confidence=sure)


def _row_groups(table: HtmlElement) -> Iterator[list[HtmlElement]]:
    """The rows of a table, not those of tables within it, by the part (head, body, foot) that holds them."""
    rows = [row for row in table.iterdescendants("tr") if next(row.iterancestors("table", "tr")) is table]
    for _, group in groupby(rows, lambda row: next(row.iterancestors("thead", "tbody", "tfoot", "table"))):
        yield list(group)


def _cells(row: HtmlElement) -> list[HtmlElement]:
    cells = row.iterdescendants("td", "th")
    return [cell for cell in cells if next(cell.iterancestors("tr", "table", "td", "th")) is row]


def _span(cell: HtmlElement, name: str) -> int:
    """A span as HTML reads it: 1 where it is missing or no number."""
    told = cell.get(name)
    found = None if told is None else _SPAN.match(told)
    return 1 if found is None else int(found[1])


def _holds_several_cells(table: HtmlElement) -> bool:
    """Is it a table of its own? A table of one cell is only a frame around text."""
    cells = (c for c in table.iterdescendants("td", "th") if next(c.iterdescendants("table"), None) is None)
    filled = (cell for cell in cells if "".join(cell.itertext()).strip())
    return len(list(islice(filled, 2))) == 2  # two are enough to know


def _cell_text(cell: HtmlElement) -> str:
    lines = [line for line in _lines(cell, lambda _: False) if isinstance(line, str)]
    return "\n".join(line for line in lines if line.strip()) or next(iter(lines), "")


def _is_picture(element: HtmlElement) -> bool:
    """Is it a picture that is in the page itself? No other is ever opened."""
    return element.tag == "img" and _PICTURE.match(element.get("src", "")) is not None


def _picture_data(element: HtmlElement) -> bytes:
    try:
        return base64.b64decode("".join(element.get("src", "").partition(",")[2].split()))
    except binascii.Error:
        return b""


def _picture_width(element: HtmlElement) -> float:
    """As wide as the page tells, in points."""
    told = _WIDTH.match(element.get("width", "")) or _STYLED_WIDTH.search(element.get("style", ""))
    # 96 pixels of CSS are an inch, and 72 points.
    return SETTINGS.picture_width if told is None else 0.75 * int(told[1])


def _lines(root: HtmlElement, stop: Callable[[HtmlElement], bool]) -> Iterator[str | HtmlElement]:
    """The lines of text under an element, and in their place the elements where `stop` says not to go in."""
    texts: list[str] = []
    for piece in chain(_pieces(root, stop), [None]):
        if isinstance(piece, str):
            texts.append(piece)
            continue
        if texts and (line := _line("".join(texts))):
            yield line
        texts = []
        if piece is not None:
            yield piece


def _line(text: str) -> str:
    """A text with its blanks as a browser shows them."""
    return _BLANKS.sub(" ", _BREAK_IN_CHINESE.sub("", text)).strip(" ")


def _pieces(root: HtmlElement, stop: Callable[[HtmlElement], bool]) -> Iterator[str | HtmlElement | None]:
    """Runs of text, None where the line ends, and the elements where `stop` says not to go in."""
    verbatim = 0
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        inside = event == "start"
        if inside and element is not root and stop(element):
            walk.skip_subtree()  # its end still comes, and with it the text behind it
            yield element
            continue
        if element.tag in BLOCK_TAGS:
            verbatim += (1 if inside else -1) * (element.tag == "pre")
            yield None
        text = element.text if inside else None if element is root else element.tail
        if text and verbatim:
            yield from chain.from_iterable((line, None) for line in text.split("\n"))
        elif text:
            yield text


def _titles(root: HtmlElement) -> tuple[str, ...]:
    """What the page calls itself, the article's own name before the window's."""
    metas = [
        m for m in root.iter("meta") if (m.get("name") or m.get("property") or "").lower() in _TITLE_NAMES
    ]
    texts = [m.get("content", "") for m in metas] + [t.text or "" for t in root.iter("title")]
    return tuple(dict.fromkeys(title for text in texts if (title := _BLANKS.sub(" ", text).strip())))


def _attached(root: HtmlElement) -> list[str]:
    """The kind (pdf, docx …) of each file that the page links or frames: often the report itself."""
    framed = root.iter("a", "iframe", "embed", "object")
    return kinds_of(e.get(name, "") for e in framed for name in ("href", "src", "data"))
