"""A letter as a sheet that can be printed and sent as it is, in the form of an official one.

Every row is made as high as its text needs: no program does so by itself where cells are joined.
"""

from __future__ import annotations

import base64
import io
from collections.abc import Sequence
from math import ceil
from typing import Any

from PIL import Image
from xlsxwriter.format import Format

from ogi.review.letters import LETTER, Letter, heads_of, in_lines, parts_of
from ogi.review.listing import NUMBERS, is_none
from ogi.review.sheets import HIGHEST, ReviewSheets, height_of
from ogi.said import told

_WIDTHS = {
    **{"level_told": 9, "cell_told": 32, "as_printed": 9, "should_be": 13, "off": 8},
    **{"sum_told": 37, "place_told": 14, "reply": 26},
}
"""The columns of a letter with a table, in characters: together as wide as a page of A4 on its side."""
_UPRIGHT = (30, 30, 30)
"""Those of a letter without one: as wide as a page of A4."""
_MARGINS = {"left": 0.5, "right": 0.5, "top": 0.7, "bottom": 0.7}
"""Inches."""
_SIZES = {
    **{"title": 18, "number": 12, "to": 12, "text": 12, "signed": 12, "annex": 12, "annex_title": 14},
    **{"head": 11, "box": 12, "cell": 11, "change": 11},
}
"""Format → points of its type."""
_BOXED = {"border": 1, "text_wrap": True, "valign": "top"}
_LOOKS: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "align": "center", "valign": "vcenter", "text_wrap": True},
    "number": {"align": "right", "valign": "vcenter"},
    "to": {"text_wrap": True, "valign": "vcenter"},
    "text": {"text_wrap": True, "valign": "top"},
    "signed": {"align": "right", "valign": "vcenter"},
    "annex": {"bold": True, "valign": "vcenter"},
    "annex_title": {"bold": True, "align": "center", "valign": "vcenter"},
    "head": {**_BOXED, "bold": True, "align": "center", "valign": "vcenter"},
    "box": _BOXED,
    "cell": _BOXED,
    "change": {**_BOXED, "align": "left", "num_format": "+#,##0.######;-#,##0.######;0"},
}
_GAP = 12
"""Points of an empty row."""
_ANSWER = 300
"""Points of the box for an answer where there is no column for it."""
_PIXEL = 0.75
"""Points of a pixel."""
_INDENT = "\u3000\u3000"


def letter_sheet(sheets: ReviewSheets, letter: Letter, year: int) -> None:
    """A sheet for one agency, ready to be sent."""
    page = _LetterSheet(sheets, letter.agency, len(letter.rows) > 0)
    for look, text in parts_of(letter, year, sheets.language):
        match look:
            case "title":
                page.title(text)
            case "gap":
                page.gap()
            case "table":
                page.table(letter)
            case "text" | "closing":
                page.text("text", _INDENT + text)
            case "annex":
                page.annex(text)
            case "caption":
                page.text("text", text)
            case "answer":
                page.text("box", text, least=_ANSWER)
            case "box":
                page.text("box", text, least=30)
            case "picture":
                page.picture(text)
            case _:
                page.text(look, text)


class _LetterSheet:
    """The sheet of a letter, filled from the top; `row`: the next one."""

    def __init__(self, sheets: ReviewSheets, agency: str, has_table: bool) -> None:
        self.language, self.sheet, self.row = sheets.language, sheets.add(agency), 0
        self.formats = _formats(sheets)
        self.widths = tuple(_WIDTHS[column.id] for column in LETTER) if has_table else _UPRIGHT
        for at, width in enumerate(self.widths):
            self.sheet.set_column(at, at, width)
        if not has_table:
            self.sheet.set_portrait()
        self.sheet.set_margins(**_MARGINS)
        self.sheet.hide_gridlines(2)  # on the screen neither

    def gap(self) -> None:
        """An empty row."""
        self._end_row(_GAP)

    def _end_row(self, high: int) -> None:
        self.sheet.set_row(self.row, high)
        self.row += 1

    @property
    def across(self) -> int:
        """Pixels of all columns."""
        return sum(7 * wide + 5 for wide in self.widths)

    def title(self, text: str) -> None:
        """The title, in as many lines as it needs."""
        across, high = sum(self.widths), _height("", 1, "title")
        self.text("title", in_lines(text, lambda line: _height(line, across, "title") == high))

    def annex(self, text: str) -> None:
        """Begin the annex, on a page of its own."""
        self.sheet.set_h_pagebreaks([self.row])
        self.text("annex", text)

    def text(self, look: str, text: str, least: int = 0) -> None:
        """The text over the whole width; one that is longer than a row can be goes on in the next."""
        high = _height(text, sum(self.widths), look)
        if high > HIGHEST:
            self.text(look, text[: len(text) // 2])
            self.text(look, text[len(text) // 2 :])
            return
        self.sheet.merge_range(self.row, 0, self.row, len(self.widths) - 1, text, self.formats[look])
        self._end_row(max(high, least))

    def table(self, letter: Letter) -> None:
        """The slips below each other."""
        self.sheet.repeat_rows(self.row)
        self._cells(heads_of(self.language), "head")
        for own in letter.rows.to_dict("records"):
            self._cells([own[column.id] for column in LETTER], "cell")

    def _cells(self, values: Sequence[Any], look: str) -> None:
        texts = ["" if is_none(value) else told(value, self.language) for value in values]
        heights = [_height(text, width, look) for text, width in zip(texts, self.widths, strict=True)]
        for at, (column, value, text) in enumerate(zip(LETTER, values, texts, strict=True)):
            if column.kind in NUMBERS and not isinstance(value, str) and text:
                self.sheet.write_number(self.row, at, float(value), self.formats["change"])
            elif text:
                self.sheet.write_string(self.row, at, text, self.formats[look])
            else:
                self.sheet.write_blank(self.row, at, None, self.formats[look])
        self._end_row(min(HIGHEST, max(heights)))

    def picture(self, uri: str) -> None:
        """A picture in a row of its own, no wider than the page."""
        content = base64.b64decode(uri.partition(",")[2])
        with Image.open(io.BytesIO(content)) as drawn:
            width, height = drawn.size
        scale = min(0.6, self.across / width, (HIGHEST - 4) / (height * _PIXEL))
        options = {"image_data": io.BytesIO(content), "x_scale": scale, "y_scale": scale}
        self.sheet.insert_image(self.row, 0, "figure.png", {**options, "object_position": 1})
        self._end_row(ceil(height * _PIXEL * scale) + 4)


def _formats(sheets: ReviewSheets) -> dict[str, Format]:
    return {look: sheets.book.add_format({**how, "font_size": _SIZES[look]}) for look, how in _LOOKS.items()}


def _height(text: str, across: float, look: str) -> int:
    """Points that a text takes in a cell so many characters wide."""
    return height_of(text, across, _SIZES[look])
