"""The review as a workbook: every list whole, then a sheet for each agency with what it must mend.

A sheet of an agency can be sent as it is: it names the report, the cell, what is printed and what would hold.
"""

from __future__ import annotations

import base64
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import xlsxwriter
from markupsafe import Markup
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from ogi.files import write_whole
from ogi.pages.html import Html
from ogi.pages.workbook import MADE, OPTIONS
from ogi.review import lists
from ogi.review.data import Review
from ogi.review.listing import NUMBERS, ListColumn, Listing, head, is_none
from ogi.review.pictures import Clips, pictures
from ogi.review.sent_back import slips
from ogi.review.settings import SETTINGS
from ogi.review.standing_page import standing
from ogi.review.words import plain, render, title
from ogi.said import told

_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_A4 = 9
"""Excel's number for the size of paper."""
_LONGEST = 31
"""Characters of a sheet's name."""
_NARROW, _WIDE = 12, 30
"""Widths of columns of numbers and of text, in characters."""
_WIDTHS = {
    **{"level_told": 12, "rule": 26, "cell": 24, "printed": 10, "would_hold": 26, "told": 48, "place": 16},
    **{"mark_told": 16, "status": 16, "published": 11, "deadline": 11, "kind": 14, "how": 16, "region": 24},
}
_HIGH = 120
"""Points of a row with a picture."""
LETTER = ("level_told", "rule", "cell", "printed", "would_hold", "told", "place", "mark_told")
"""The columns of an agency's own sheet."""


def save(data: Review, path: str) -> Html:
    """Write the workbook there, whole or not at all, and say what is in it; without a path, nothing."""
    if not path:
        return render("downloads", data.language, name="")
    sheets = agencies_sent(data)
    write_whole(Path(path), workbook(data))
    lists_ = sum(len(one.rows) > 0 for one in lists.every(data))
    left = max(0, len(sheets) - SETTINGS.sheets)
    shown = {"lists": lists_ + 1, "agencies": len(sheets) - left, "left": left}
    return render("downloads", data.language, name=Path(path).name, **shown)


def agencies_sent(data: Review) -> list[str]:
    """The agencies with a slip that no mark has settled, in the order of the list."""
    open_ = data.to_send[~data.to_send["is_settled"].astype(bool)]
    return list(dict.fromkeys(open_["agency"]))


def workbook(data: Review) -> bytes:
    """The bytes of the .xlsx file; what is made again from the same review is the same."""
    written = io.BytesIO()
    # A row at a time goes to a file beside it, so that memory does not grow with the rows.
    book = xlsxwriter.Workbook(written, {**OPTIONS, "in_memory": False, "constant_memory": True})
    book.set_properties({"title": title(data.year, data.language), "created": MADE})
    sheets = _ReviewSheets(book, data.language)
    for listing in (*lists.every(data), standing(data)):
        if len(listing.rows) > 0:
            sheets.listed(listing)
    _letters(sheets, data)
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
                sheet.write_string(row, at, "\u221e", self.text)  # of none: no program knows the number
            else:
                text = value.striptags() if isinstance(value, Markup) else told(value, self.language)
                sheet.write_string(row, at, text, self.text)


def _letters(sheets: _ReviewSheets, data: Review) -> None:
    """A sheet for each agency, ready to be sent."""
    listing = slips(data)
    rows = listing.rows[~listing.rows["is_settled"].astype(bool)]
    columns = [column for column in listing.columns if column.id in LETTER]
    columns.sort(key=lambda column: LETTER.index(column.id))
    sent = agencies_sent(data)[: SETTINGS.sheets]
    clips = pictures(data, rows, SETTINGS.pictures_in_book)
    by_agency = dict(list(rows.groupby("agency", sort=False)))
    also = lists.also_asked(data)
    for agency in sent:
        lines = [told(line, data.language) for line in also.get(agency, ())][: SETTINGS.also]
        _letter(sheets, _Letter(agency, data.year, lines, by_agency[agency]), columns, clips)


@dataclass(frozen=True)
class _Letter:
    """What one agency is sent: its slips, and what else it is asked about."""

    agency: str
    year: int
    lines: Sequence[str]
    slips: pd.DataFrame


def _letter(
    sheets: _ReviewSheets, letter: _Letter, columns: list[ListColumn], clips: dict[int, Clips]
) -> None:
    sheet, language = sheets.add(letter.agency), sheets.language
    sheet.write_string(0, 0, f"{letter.agency}: {title(letter.year, language)}", sheets.title)
    head = plain("letter", language, n=len(letter.slips), year=letter.year)
    for at, line in enumerate([head, *letter.lines], start=1):
        sheet.write_string(at, 0, line)
    first = 3 + len(letter.lines)
    sheets.heads(sheet, columns, first)
    rows = zip(letter.slips.index.tolist(), letter.slips.to_dict("records"), strict=True)
    for row, (at, own) in enumerate(rows, start=first + 1):
        shown = clips.get(at, ())
        if shown:
            sheet.set_row(row, _HIGH)
        sheets.row(sheet, row, columns, [own[column.id] for column in columns])
        for number, (_, picture) in enumerate(shown):
            _insert(sheet, row, len(columns) + number, picture)


def _insert(sheet: Worksheet, row: int, column: int, picture: str) -> None:
    """A picture beside its row, as high as the row at most."""
    content = base64.b64decode(picture.partition(",")[2])
    options = {"image_data": io.BytesIO(content), "x_scale": 0.6, "y_scale": 0.6, "object_position": 1}
    sheet.insert_image(row, column, "figure.png", options)
