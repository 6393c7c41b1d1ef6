"""A letter as a Word document, as an office writes, amends and seals one: the words of its sheet."""

from __future__ import annotations

import base64
import io
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Cm, Pt
from PIL import Image

from ogi.review.letters import LETTER, Letter, heads_of, in_lines, parts_of, title_of
from ogi.review.listing import is_none
from ogi.review.sheets import width_of
from ogi.said import told

_TEXT, _LINE = 16, 28
"""Points of the text, and from line to line of it: those of official letters (GB/T 9704)."""
_SIZES = {"title": 22, "annex_title": 18, "box": 12, "cell": 10, "column": 10}
"""Points of the type, where it is not that of the text."""
_FONT, _FONTS = "仿宋", {"title": "宋体", "annex": "黑体"}
_CENTRE, _LEFT, _RIGHT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.RIGHT
_LOOKS = {
    **{"number": _RIGHT, "title": _CENTRE, "to": _LEFT, "text": _LEFT, "closing": _LEFT, "signed": _RIGHT},
    **{"annex": _LEFT, "annex_title": _CENTRE, "column": _CENTRE, "cell": _LEFT, "box": _LEFT},
    **{"gap": _LEFT, "caption": _LEFT},
}
"""How the parts of a letter stand on their lines."""
_BOLD = ("title", "annex_title", "column")
_MARGINS = {"top_margin": 3.0, "bottom_margin": 2.5, "left_margin": 2.6, "right_margin": 2.6}
"""Centimetres; of an annex that lies on its side for its table, `_NARROW` of them."""
_NARROW = 0.5
_A4 = (21.0, 29.7)
_SHARES = {
    **{"level_told": 9, "cell_told": 27, "as_printed": 8, "should_be": 13, "off": 10},
    **{"sum_told": 46, "place_told": 19, "reply": 22},
}
"""How wide the columns of the table are beside each other."""
_ANSWER, _ANSWER_BELOW = 12.0, 4.0
"""Centimetres of the box for an answer where there is no column for it."""
_MADE = datetime(2000, 1, 1)
_PACKED = (1980, 1, 1, 0, 0, 0)
"""Days that the file tells, so that the same letter is the same bytes."""
_NEEDLESS = ("thumbnail", "stylesWithEffects", "customXml", "webSettings", "theme")
"""Kinds of files that a letter does without: each has one of its own in the archive of thousands."""
_STYLES = ("Normal", "Default Paragraph Font", "Normal Table", "No List", "Table Grid")
"""Of the library's hundreds of styles, those that the ones of a letter are based on."""
_DPI = 130
"""Dots of an inch at which pictures of cells are drawn."""


def letter_document(letter: Letter, year: int, language: str) -> bytes:
    """The bytes of a .docx file; the same letter gives the same."""
    page = _Document(told(title_of(letter, year), language))
    for look, text in parts_of(letter, year, language):
        match look:
            case "title":
                page.title(text)
            case "annex":
                page.annex(text, lies=len(letter.rows) > 0)
            case "table":
                page.table(letter, language)
            case "answer":
                page.box(text, _ANSWER_BELOW if len(letter.rows) > 0 else _ANSWER)
            case "box":
                page.box(text)
            case "picture":
                page.picture(text)
            case _:
                page.text(look, text)
    return page.packed()


class _Document:
    """The document of a letter, filled from the top."""

    def __init__(self, title: str) -> None:
        self.document = Document(io.BytesIO(_template()))
        self.document.core_properties.title = title
        self.across = self._laid(self.document.sections[0], lies=False)

    @staticmethod
    def _laid(section: Section, lies: bool) -> float:
        """Give the section its paper; return how many centimetres are between its margins."""
        wide, high = reversed(_A4) if lies else _A4
        section.orientation = WD_ORIENT.LANDSCAPE if lies else WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = Cm(wide), Cm(high)
        margins = {name: margin * _NARROW if lies else margin for name, margin in _MARGINS.items()}
        for name, margin in margins.items():
            setattr(section, name, Cm(margin))
        return wide - margins["left_margin"] - margins["right_margin"]

    def title(self, text: str) -> None:
        """The title, in as many lines as it needs."""
        size = Pt(_SIZES["title"]).cm
        self.text("title", in_lines(text, lambda line: width_of(line) / 2 * size <= self.across))

    def annex(self, text: str, lies: bool) -> None:
        """Begin the annex, on a page of its own."""
        self.across = self._laid(self.document.add_section(WD_SECTION.NEW_PAGE), lies)
        self.text("annex", text)

    def text(self, look: str, text: str) -> None:
        """A paragraph."""
        self.document.add_paragraph(text, _style(look))

    def table(self, letter: Letter, language: str) -> None:
        """The slips below each other; the heads stand on each page."""
        slips = letter.rows.to_dict("records")
        rows = [[_in_words(own[column.id], language) for column in LETTER] for own in slips]
        table = self._grid([heads_of(language), *rows], [_SHARES[column.id] for column in LETTER])
        for cell in table.rows[0].cells:
            cell.paragraphs[0].style = _style("column")
        table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))

    def _grid(self, rows: Sequence[Sequence[str]], shares: Sequence[float]) -> Any:
        table = self.document.add_table(len(rows), len(shares), "Table Grid")
        table.autofit = False
        # Word goes by the cells, LibreOffice by the columns.
        for column, share in zip(table.columns, shares, strict=True):
            column.width = Cm(self.across * share / sum(shares))
        for row, texts in zip(table.rows, rows, strict=True):
            row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))  # a sum is read on one page
            for cell, text, share in zip(row.cells, texts, shares, strict=True):
                cell.width = Cm(self.across * share / sum(shares))
                cell.paragraphs[0].style = _style("cell")
                cell.paragraphs[0].add_run(text)
        return table

    def box(self, text: str, least: float = 0) -> None:
        """A box over the whole width."""
        (row,) = self._grid([[text]], [1]).rows
        row.cells[0].paragraphs[0].style = _style("box")
        if least:
            row.height = Cm(least)

    def picture(self, uri: str) -> None:
        """A picture, no wider than the page, and no larger than it was drawn."""
        content = base64.b64decode(uri.partition(",")[2])
        with Image.open(io.BytesIO(content)) as drawn:
            width = min(self.across, drawn.width / _DPI * 2.54)
        self.document.add_picture(io.BytesIO(content), width=Cm(width))

    def packed(self) -> bytes:
        """The bytes, each file in it of one day."""
        made, written = io.BytesIO(), io.BytesIO()
        self.document.save(made)
        with ZipFile(made) as given, ZipFile(written, "w", ZIP_DEFLATED) as packed:
            for name in given.namelist():
                packed.writestr(ZipInfo(name, _PACKED), given.read(name), ZIP_DEFLATED)
        return written.getvalue()


def _in_words(value: Any, language: str) -> str:
    """What a cell of the table holds; a number is how far off a figure is, and has its sign."""
    if is_none(value):
        return ""
    if isinstance(value, str):
        return told(value, language)
    return f"{value:+,.15g}" if value else "0"


def _style(look: str) -> str:
    return f"Letter {look}"


@cache
def _template() -> bytes:
    """An empty document with the looks of a letter, without what the library's own has for other purposes."""
    document, written = Document(), io.BytesIO()
    properties = document.core_properties
    properties.author = properties.comments = ""
    properties.created = properties.modified = _MADE
    for style in [one for one in document.styles if one.name not in _STYLES]:
        style.delete()
    for look in _LOOKS:
        _add_style(document, look)
    for rels in (document.part.package.rels, document.part.rels):
        for key in [key for key, one in rels.items() if one.reltype.rpartition("/")[2] in _NEEDLESS]:
            del rels[key]
    document.save(written)
    return written.getvalue()


def _add_style(document: WordDocument, look: str) -> None:
    size = _SIZES.get(look, _TEXT)
    style: Any = document.styles.add_style(_style(look), WD_STYLE_TYPE.PARAGRAPH)
    style.font.size, style.font.bold, style.font.name = Pt(size), look in _BOLD, "Times New Roman"
    style.element.rPr.rFonts.set(qn("w:eastAsia"), _FONTS.get(look, _FONT))
    how = style.paragraph_format
    how.space_before = how.space_after = Pt(0)
    how.line_spacing = Pt(_LINE if size == _TEXT else 1.4 * size)
    how.alignment = _LOOKS[look]
    # With the box, picture or date below: no seal and date stand on a page of their own.
    how.keep_with_next = look in ("caption", "closing", "gap", "signed", "annex", "annex_title")
    if look in ("text", "closing"):
        how.first_line_indent = Pt(2 * _TEXT)  # two characters
