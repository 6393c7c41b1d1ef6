"""The review as a workbook: every list whole, then a sheet for each agency with what it must mend.

A sheet of an agency can be sent as it is: it names the report, the cell, what is printed and what would hold.
Each of these sheets is a workbook of its own, too, in an archive beside it.
"""

from __future__ import annotations

import base64
import io
import re
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import xlsxwriter
from markupsafe import Markup
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from ogi.files import write_whole
from ogi.pages.html import Html
from ogi.pages.workbook import MADE, OPTIONS
from ogi.review import lists
from ogi.review.data import Review
from ogi.review.letters import LETTER, Letter, letters, lines_of, title_of
from ogi.review.listing import NUMBERS, ListColumn, Listing, head, is_none, official
from ogi.review.settings import SETTINGS
from ogi.review.standing_page import standing
from ogi.review.words import plain, render, title
from ogi.said import told

_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_FORBIDDEN_IN_FILES = re.compile(r'[<>:"|*?/\\\x00-\x1f]')
_A4 = 9
"""Excel's number for the size of paper."""
_LONGEST = 31
"""Characters of a sheet's name."""
_NARROW, _WIDE = 12, 30
"""Widths of columns of numbers and of text, in characters."""
_WIDTHS = {
    **{"level_told": 12, "rule": 26, "cell": 24, "printed": 10, "would_hold": 26, "told": 48, "place": 16},
    **{
        "table_told": 22,
        "row_told": 26,
        "column_told": 14,
        "should_be": 12,
        "off": 8,
        "sum_told": 48,
        "reply": 24,
    },
    **{"mark_told": 16, "status": 16, "published": 11, "deadline": 11, "kind": 14, "how": 16, "region": 24},
}
_LINE, _ACROSS = 16, 80
"""Points of a line of text, and Chinese characters that stand beside each other across a letter."""
_HIGH = 120
"""Points of a row with a picture."""
ARCHIVE = ".zip"
"""The ending of the archive with a workbook for each agency, which lies beside the workbook of all."""
_OPENED = (1980, 1, 1, 0, 0, 0)
"""The day that each of its files tells, so that the same letters are the same bytes."""


def save(data: Review, path: str) -> Html:
    """Write workbook and archive, each whole or not at all, and say what is in them; without a path, none."""
    if not path:
        return render("downloads", data.language, name="")
    sent, archive = letters(data), Path(path).with_suffix(ARCHIVE)
    write_whole(Path(path), workbook(data, sent))
    write_whole(archive, archived(data, sent))
    lists_ = sum(len(one.rows) > 0 for one in lists.every(data))
    left = max(0, len(sent) - SETTINGS.sheets)
    shown = {"lists": lists_ + 1, "agencies": len(sent) - left, "left": left, "letters": len(sent)}
    return render("downloads", data.language, name=Path(path).name, archive=archive.name, **shown)


def workbook(data: Review, sent: Sequence[Letter]) -> bytes:
    """The bytes of the .xlsx file; what is made again from the same review is the same."""
    written = io.BytesIO()
    # A row at a time goes to a file beside it, so that memory does not grow with the rows.
    book = xlsxwriter.Workbook(written, {**OPTIONS, "in_memory": False, "constant_memory": True})
    book.set_properties({"title": title(data.year, data.language), "created": MADE})
    sheets = _ReviewSheets(book, data.language)
    for listing in (*lists.every(data), standing(data)):
        if len(listing.rows) > 0:
            sheets.listed(listing)
    for letter in sent[: SETTINGS.sheets]:
        _letter(sheets, letter, data.year)
    book.close()
    return written.getvalue()


def archived(data: Review, sent: Sequence[Letter]) -> bytes:
    """The bytes of the .zip file: a workbook for each agency, which is its letter alone."""
    written, names = io.BytesIO(), set[str]()
    with zipfile.ZipFile(written, "w") as archive:
        for letter in sent:
            # Only the catalogue may name an agency as no file can be called; its folder has a name that can.
            name = _FORBIDDEN_IN_FILES.sub("_", letter.agency)
            while name in names:
                name += "_"
            names.add(name)
            archive.writestr(zipfile.ZipInfo(f"{name}.xlsx", _OPENED), _alone(data, letter))
    return written.getvalue()


def _alone(data: Review, letter: Letter) -> bytes:
    written = io.BytesIO()
    book = xlsxwriter.Workbook(written, OPTIONS)
    book.set_properties({"title": title(data.year, data.language), "created": MADE})
    _letter(_ReviewSheets(book, data.language), letter, data.year)
    book.close()
    return written.getvalue()


class _ReviewSheets:
    """A workbook, its formats, and the names that its sheets have."""

    def __init__(self, book: Workbook, language: str) -> None:
        self.book, self.language = book, language
        self.names: set[str] = set()
        self.head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "vcenter"})
        self.text = book.add_format({"text_wrap": True, "valign": "top"})
        self.title = book.add_format({"bold": True, "font_size": 13})
        counts = {"number": "#,##0.######", "change": "+#,##0.######;-#,##0.######;0", "times": "0.00"}
        shares = {"share": "0.0%", "points": "0.0%"}
        self.kinds = {
            kind: book.add_format({"num_format": to, "valign": "top"})
            for kind, to in {**counts, **shares}.items()
        }

    def listed(self, listing: Listing) -> None:
        """A sheet with all rows of a list."""
        sheet = self.add(plain(f"l.{listing.id}", self.language))
        columns = [column for column in listing.columns if column.kind != "html"]
        self.heads(sheet, columns, 0)
        values = zip(*(listing.rows[column.id].tolist() for column in columns), strict=True)
        for row, own in enumerate(values, start=1):
            self.row(sheet, row, columns, own)

    def add(self, name: str) -> Worksheet:
        """A sheet under the name, or one like it: at most 31 characters, allowed signs only, once."""
        plain = _FORBIDDEN.sub("_", name).strip("'")[:_LONGEST] or "_"
        chosen, n = plain, 1
        while chosen.lower() in self.names or chosen.lower() == "history":
            n += 1
            chosen = f"{plain[: _LONGEST - len(str(n)) - 1]}~{n}"
        self.names.add(chosen.lower())
        sheet = self.book.add_worksheet(chosen)
        sheet.set_paper(_A4)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)  # as wide as a page, as long as it is
        return sheet

    def heads(self, sheet: Worksheet, columns: Sequence[ListColumn], row: int) -> None:
        """A row of heads, which stays in sight, and the widths of the columns."""
        for at, column in enumerate(columns):
            width = _WIDTHS.get(column.id, _NARROW if column.kind in NUMBERS else _WIDE)
            sheet.set_column(at, at, width)
            sheet.write_string(row, at, str(head(column.id, self.language).unescape()), self.head)
        sheet.freeze_panes(row + 1, 1)

    def row(self, sheet: Worksheet, row: int, columns: Sequence[ListColumn], values: Sequence[Any]) -> None:
        """One row: numbers as numbers, everything else as text that no program takes for a formula."""
        for at, (column, value) in enumerate(zip(columns, values, strict=True)):
            if is_none(value):
                continue
            if column.kind in NUMBERS and abs(float(value)) != float("inf"):
                sheet.write_number(row, at, float(value), self.kinds[column.kind])
            elif column.kind in NUMBERS:
                sheet.write_string(row, at, plain("from_zero", self.language), self.text)
            else:
                text = official(value, self.language) if column.kind == "official" else value
                plain_text = text.striptags() if isinstance(text, Markup) else told(text, self.language)
                sheet.write_string(row, at, plain_text, self.text)


def _letter(sheets: _ReviewSheets, letter: Letter, year: int) -> None:
    """A sheet for one agency, ready to be sent."""
    sheet, language = sheets.add(letter.agency), sheets.language
    sheet.write_string(0, 0, told(title_of(letter.agency, year), language), sheets.title)
    row = 1
    for opening, lines in lines_of(letter):
        for line in (told(opening, language), *(f"　{told(line, language)}" for line in lines)):
            sheet.merge_range(row, 0, row, len(LETTER) - 1, line, sheets.text)
            sheet.set_row(row, _LINE * (1 + len(line) // _ACROSS))
            row += 1
    if len(letter.rows):
        row = _table(sheets, sheet, letter, row + 1)
    ends = (
        ["letter.reply", "letter.issuer", "letter.signed"]
        if len(letter.rows)
        else ["letter.reply_plain", "letter.issuer"]
    )
    for key in ends:
        row += 1
        sheet.merge_range(row, 0, row, len(LETTER) - 1, plain(key, language), sheets.text)


def _table(sheets: _ReviewSheets, sheet: Worksheet, letter: Letter, first: int) -> int:
    """The slips below each other, and the row behind the last."""
    sheets.heads(sheet, LETTER, first)
    for at, own in enumerate(letter.rows.to_dict("records")):
        row, shown = first + 1 + at, letter.clips.get(at, ())
        if shown:
            sheet.set_row(row, _HIGH)
        sheets.row(sheet, row, LETTER, [own[column.id] for column in LETTER])
        for place, (_, picture) in enumerate(shown):
            _insert(sheet, row, len(LETTER) + place, picture)
    return first + 1 + len(letter.rows)


def _insert(sheet: Worksheet, row: int, column: int, picture: str) -> None:
    """A picture beside its row, as high as the row at most."""
    content = base64.b64decode(picture.partition(",")[2])
    options = {"image_data": io.BytesIO(content), "x_scale": 0.6, "y_scale": 0.6, "object_position": 1}
    sheet.insert_image(row, column, "figure.png", options)
