"""The review as a workbook: every list whole, then a sheet for each agency with what it must mend.

A sheet of an agency can be sent as it is: it names the report, the cell, what is printed and what would hold.
Each of these sheets is a workbook of its own, too, and a Word document, in an archive beside it.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from pathlib import Path

import xlsxwriter

from ogi.files import write_whole
from ogi.pages.html import Html
from ogi.pages.workbook import MADE, OPTIONS
from ogi.review import lists
from ogi.review.asked import doubt_of_year
from ogi.review.data import Review
from ogi.review.letter_document import letter_document
from ogi.review.letter_sheet import letter_sheet
from ogi.review.letters import Letter, letters
from ogi.review.settings import SETTINGS
from ogi.review.sheets import ReviewSheets
from ogi.review.standing import standing
from ogi.review.words import render, title, worded
from ogi.said import told

_FORBIDDEN_IN_FILES = re.compile(r'[<>:"|*?/\\\x00-\x1f]')
ARCHIVE = ".zip"
"""The ending of the archive with the letters, which lies beside the workbook of all."""
_OPENED = (1980, 1, 1, 0, 0, 0)
"""The day that each of its files tells, so that the same letters are the same bytes."""


def save(data: Review, path: str) -> Html:
    """Write workbook and archive, each whole or not at all, and say what is in them; without a path, none.

    Where nobody is written to there is no archive.
    """
    if not path:
        return render("downloads", data.language, name="")
    sent, archive = letters(data), Path(path).with_suffix(ARCHIVE)
    write_whole(Path(path), workbook(data, sent))
    if sent:  # an archive of nothing could not be opened
        write_whole(archive, archived(data, sent))
    else:
        archive.unlink(missing_ok=True)
    lists_ = sum(len(one.rows) > 0 for one in lists.every(data))
    left = max(0, len(sent) - SETTINGS.sheets)
    shown = {"lists": lists_ + 1, "agencies": len(sent) - left, "left": left, "letters": len(sent)}
    doubt = doubt_of_year(data)
    doubted = "" if doubt is None else told(doubt, data.language)
    names = {"name": Path(path).name, "archive": archive.name}
    return render("downloads", data.language, **names, **shown, doubted=doubted)


def workbook(data: Review, sent: Sequence[Letter]) -> bytes:
    """The bytes of the .xlsx file; what is made again from the same review is the same."""
    written = io.BytesIO()
    # A row at a time goes to a file beside it, so that memory does not grow with the rows.
    book = xlsxwriter.Workbook(written, {**OPTIONS, "in_memory": False, "constant_memory": True})
    book.set_properties({"title": title(data.year, data.language), "created": MADE})
    sheets = ReviewSheets(book, data.language)
    for listing in (*lists.every(data), standing(data)):
        if len(listing.rows) > 0:
            sheets.listed(listing)
    for letter in sent[: SETTINGS.sheets]:
        letter_sheet(sheets, letter, data.year)
    book.close()
    return written.getvalue()


def archived(data: Review, sent: Sequence[Letter]) -> bytes:
    """The bytes of the .zip file: for each agency its letter alone, as a workbook and as a Word document.

    Where most reports that are due are missing, a note before them says what the page says.
    """
    written, names = io.BytesIO(), set[str]()
    doubt = doubt_of_year(data)
    with zipfile.ZipFile(written, "w") as archive:
        if doubt is not None:
            name, note = told(worded("letters.note"), data.language), told(doubt, data.language)
            archive.writestr(zipfile.ZipInfo(name, _OPENED), f"{note}\r\n".encode("utf-8-sig"))
        for letter in sent:
            # Only the catalogue may name an agency as no file can be called; its folder has a name that can.
            name = _FORBIDDEN_IN_FILES.sub("_", letter.agency)
            while name in names:
                name += "_"
            names.add(name)
            document = letter_document(letter, data.year, data.language)
            for ending, content in ((".xlsx", _alone(data, letter)), (".docx", document)):
                archive.writestr(zipfile.ZipInfo(name + ending, _OPENED), content)
    return written.getvalue()


def _alone(data: Review, letter: Letter) -> bytes:
    written = io.BytesIO()
    book = xlsxwriter.Workbook(written, OPTIONS)
    book.set_properties({"title": title(data.year, data.language), "created": MADE})
    letter_sheet(ReviewSheets(book, data.language), letter, data.year)
    book.close()
    return written.getvalue()
