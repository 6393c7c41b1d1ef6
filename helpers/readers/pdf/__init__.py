"""PDF → Document: tables as grids, everything else as paragraphs without page numbers and running heads.

Characters and lines are read through pdfium, tables found as pdfplumber finds them. Boxes are in points
from the top left corner of the page as displayed.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from helpers.readers.document import Document, UnreadableFile
from helpers.readers.pdf.layout import parts_of
from helpers.readers.pdf.marks import UNKNOWN
from helpers.readers.pdf.opening import MAX_PAGES, opened
from helpers.readers.pdf.pages import read_page
from helpers.readers.pdf.paragraphs import PageParts, blocks
from helpers.readers.pdf.plumber import second_opinion


def read(path: Path) -> Document:
    """Read a PDF that has a text layer; UnreadableFile for a scan, a damaged or a locked file."""
    parts: list[PageParts] = []
    notes: list[str] = []
    has_text = False
    with opened(path) as document:
        title = document.get_metadata_value("Title")
        for index in range(len(document)):
            marks = read_page(document, index, path)
            if any(char.text == UNKNOWN for char in marks.chars):
                marks = replace(marks, chars=second_opinion(path, marks.number, marks.chars))
            page, remarks = parts_of(marks)
            parts.append(page)
            notes += [f"page {marks.number}: {note}" for note in (*marks.notes, *remarks)]
            has_text = has_text or bool(marks.chars)
    if not has_text:
        raise UnreadableFile(
            path, "a PDF with a text layer", f"{len(parts)} page(s) of pictures without text"
        )
    titles = (title,) if title and title.isprintable() else ()
    return Document(path, "pdf", tuple(blocks(parts)), titles, tuple(notes))


__all__ = ["MAX_PAGES", "read"]
