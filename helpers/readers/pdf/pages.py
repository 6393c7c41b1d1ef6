"""One page through pdfium → its marks: the visible characters and the ruling lines."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2.raw as pdfium
from pypdfium2 import PdfiumError

from helpers.readers.document import UnreadableFile
from helpers.readers.pdf.characters import MAX_CHARS, read_chars
from helpers.readers.pdf.drawing import MAX_OBJECTS, Drawing, read_drawing
from helpers.readers.pdf.marks import Char, PageMarks
from helpers.readers.pdf.plumber import lost_chars
from helpers.readers.pdf.sheet import BBox, Matrix, sheet_matrix


def read_page(document: Any, index: int, path: Path) -> PageMarks:
    """Read the page at an index from 0; UnreadableFile where pdfium cannot open it."""
    try:
        page = document[index]
        text = page.get_textpage()
    except PdfiumError as fault:
        raise UnreadableFile(
            path, "a whole PDF", f"a damaged one (page {index + 1} does not open)"
        ) from fault
    try:
        with np.errstate(all="ignore"):  # damaged files have places without end; what lies there is dropped
            return _marks(page.raw, text.raw, page.get_rotation(), path, index + 1)
    finally:
        text.close()
        page.close()


def _marks(page: Any, text: Any, turn: int, path: Path, number: int) -> PageMarks:
    sheet, visible = _sheet(page, turn)
    drawing = read_drawing(page, sheet, visible)
    lost = lost_chars(path, number, drawing.lost) if drawing.lost else []
    chars, notes = _chars(text, sheet, visible, drawing, lost)
    if not chars and pdfium.FPDFPage_CountObjects(page) == 0:
        notes = []
    if drawing.overfull:
        notes.append(f"more than {MAX_OBJECTS} drawn objects, no ruled table was looked for")
    rules = [] if drawing.overfull else drawing.rules
    return PageMarks(number, visible[2], visible[3], chars, rules, tuple(notes), tuple(drawing.images))


def _sheet(page: Any, turn: int) -> tuple[Matrix, BBox]:
    """The way to displayed points, and the visible box in them."""
    box = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(page, box)
    sheet = sheet_matrix(box.left, box.bottom, box.right, box.top, turn)
    return sheet, sheet.box(box.left, box.bottom, box.right, box.top)


def _chars(
    text: Any, sheet: Matrix, visible: BBox, drawing: Drawing, lost: list[Char]
) -> tuple[list[Char], list[str]]:
    count = pdfium.FPDFText_CountChars(text)
    if count > MAX_CHARS:
        return [], [f"{count} characters, more than {MAX_CHARS}, were not read"]
    reading = read_chars(text, sheet, visible, drawing)
    chars = [*reading.chars, *lost]
    if any(not char.text.isspace() for char in chars):
        turned = reading.turned > len(chars)
        return chars, ["most of its text lies on its side and was not read"] if turned else []
    if reading.turned or reading.unseen:
        what = "text that lies on its side" if reading.turned else "text that is hidden"
        return [], [f"no text but {what}"]
    return [], ["no text layer"]
