"""A letter as a sheet that can be sent as it is, with room to answer."""

from __future__ import annotations

import base64
import io
from collections.abc import Sequence
from math import ceil
from typing import Any

from xlsxwriter.worksheet import Worksheet

from ogi.review.letters import LETTER, Letter, lines_of, title_of
from ogi.review.sheets import ReviewSheets, column_width, width_of
from ogi.review.words import plain
from ogi.said import told

_LINE, _HIGH = 15, 120
"""Points of a line of text, and of a row with a picture at the least."""
_HIGHEST = 409
"""Points that a row may have in Excel."""
_ACROSS = sum(map(column_width, LETTER))
"""Characters that stand beside each other across a letter."""


def letter_sheet(sheets: ReviewSheets, letter: Letter, year: int) -> None:
    """A sheet for one agency, ready to be sent."""
    sheet, language = sheets.add(letter.agency), sheets.language
    sheet.write_string(0, 0, told(title_of(letter.agency, year), language), sheets.title)
    row = 1
    for opening, lines in lines_of(letter):
        row = _across(sheets, sheet, row, told(opening, language))
        for line in lines:
            row = _across(sheets, sheet, row, f"\u3000{told(line, language)}")
    has_table = len(letter.rows) > 0
    if has_table:
        row = _table(sheets, sheet, letter, row + 1)
    row += 1
    for key in ("letter.reply" if has_table else "letter.reply_plain", "letter.issuer", "letter.signed"):
        row = _across(sheets, sheet, row, plain(key, language))


def _across(sheets: ReviewSheets, sheet: Worksheet, row: int, text: str) -> int:
    """The text over the whole width, in a row as high as it needs; and the row behind it."""
    # No program makes the row of joined cells higher by itself.
    sheet.set_row(row, _LINE * ceil(width_of(text) / _ACROSS))
    sheet.merge_range(row, 0, row, len(LETTER) - 1, text, sheets.text)
    return row + 1


def _table(sheets: ReviewSheets, sheet: Worksheet, letter: Letter, first: int) -> int:
    """The slips below each other, and the row behind the last."""
    sheets.heads(sheet, LETTER, first)
    for at, own in enumerate(letter.rows.to_dict("records")):
        row, shown = first + 1 + at, letter.clips.get(at, ())
        values = [own[column.id] for column in LETTER]
        sheet.set_row(row, min(_HIGHEST, max(_LINE * _lines(values, sheets.language), _HIGH if shown else 0)))
        sheets.row(sheet, row, LETTER, values)
        for place, (_, picture) in enumerate(shown):
            _insert(sheet, row, len(LETTER) + place, picture)
    return first + 1 + len(letter.rows)


def _lines(values: Sequence[Any], language: str) -> int:
    """How many lines the longest text of a row takes."""
    texts = [(told(text, language), column) for text, column in zip(values, LETTER, strict=True) if text]
    # A word that does not end with the line takes the next one: a tenth more than the bare width.
    return max(ceil(1.1 * width_of(text) / column_width(column)) for text, column in texts)


def _insert(sheet: Worksheet, row: int, column: int, picture: str) -> None:
    """A picture beside its row, as high as the row at most."""
    content = base64.b64decode(picture.partition(",")[2])
    options = {"image_data": io.BytesIO(content), "x_scale": 0.6, "y_scale": 0.6, "object_position": 1}
    sheet.insert_image(row, column, "figure.png", options)
