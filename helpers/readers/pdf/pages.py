"""One page through pdfium → its marks: the visible characters and the ruling lines."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2.raw as pdfium
from pypdfium2 import PdfiumError

from helpers.readers.document import UnreadableFile
from helpers.readers.pdf.characters import MAX_CHARS, read_chars
from helpers.readers.pdf.drawing import MAX_OBJECTS, read_drawing
from helpers.readers.pdf.grounds import Rendered
from helpers.readers.pdf.marks import Char, Drawing, PageMarks
from helpers.readers.pdf.plumber import lost_chars
from helpers.readers.pdf.sheet import BBox, Matrix, sheet_matrix

_NO_PAGE = "a damaged one (page {} does not open)"
_OVERLAID = "form fields or notes lie over it and were read with it"
_LAYERS_OFF = "text that does not show, layers being switched off, was not read"
_LAYERS_UNTOLD = "layers are switched off, and text whose font is not in the file was read whatever its layer"
_SHOW_TEXT = {pdfium.FPDF_ANNOT_FREETEXT, pdfium.FPDF_ANNOT_STAMP, pdfium.FPDF_ANNOT_WIDGET}
"""Kinds of annotations that show text of their own on the page."""


def read_page(document: Any, index: int, path: Path, *, has_layers_off: bool = False) -> PageMarks:
    """Read the page at an index from 0; UnreadableFile where pdfium cannot open it."""
    try:
        page, overlaid = _shown(document, index)
    except PdfiumError as fault:
        raise UnreadableFile(path, "a whole PDF", _NO_PAGE.format(index + 1)) from fault
    try:
        with np.errstate(all="ignore"):  # damaged files have places without end; what lies there is dropped
            marks = _marks(document, page, path, index + 1, has_layers_off=has_layers_off)
    finally:
        page.close()
    return replace(marks, notes=(*marks.notes, _OVERLAID)) if overlaid and marks.chars else marks


def _shown(document: Any, index: int) -> tuple[Any, bool]:
    """The page with what form fields and notes show on it made part of it; whether there are any."""
    page = document[index]
    kinds = set()
    for at in range(pdfium.FPDFPage_GetAnnotCount(page.raw)):
        note = pdfium.FPDFPage_GetAnnot(page.raw, at)
        kinds.add(pdfium.FPDFAnnot_GetSubtype(note))
        pdfium.FPDFPage_CloseAnnot(note)
    if kinds.isdisjoint(_SHOW_TEXT):
        return page, False
    pdfium.FPDFPage_Flatten(page.raw, pdfium.FLAT_NORMALDISPLAY)
    page.close()
    return document[index], True


def _marks(document: Any, page: Any, path: Path, number: int, *, has_layers_off: bool) -> PageMarks:
    sheet, visible = _sheet(page.raw, page.get_rotation())
    is_empty = pdfium.FPDFPage_CountObjects(page.raw) == 0
    drawing = read_drawing(document.raw, page.raw, sheet, visible, has_layers_off=has_layers_off)
    lost = lost_chars(path, number, drawing.lost) if drawing.lost else []
    try:
        text = page.get_textpage()
    except PdfiumError as fault:
        raise UnreadableFile(path, "a whole PDF", _NO_PAGE.format(number)) from fault
    try:
        chars, notes, is_crowded = _chars(text.raw, sheet, visible, drawing, lost, Rendered(page))
    finally:
        text.close()
    if has_layers_off:
        notes += [_LAYERS_OFF] * bool(drawing.doubted) + [_LAYERS_UNTOLD] * bool(drawing.foreign)
    if not chars and is_empty:
        notes = []
    if drawing.overfull:
        notes.append(f"more than {MAX_OBJECTS} drawn objects, no ruled table was looked for")
    rules = [] if drawing.overfull else drawing.rules
    width, height = visible[2:]
    return PageMarks(number, width, height, chars, rules, tuple(notes), tuple(drawing.images), is_crowded)


def _sheet(page: Any, turn: int) -> tuple[Matrix, BBox]:
    """The way to displayed points, and the visible box in them."""
    box = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(page, box)
    sheet = sheet_matrix(box.left, box.bottom, box.right, box.top, turn)
    return sheet, sheet.box(box.left, box.bottom, box.right, box.top)


def _chars(
    text: Any, sheet: Matrix, visible: BBox, drawing: Drawing, lost: list[Char], shown: Rendered
) -> tuple[list[Char], list[str], bool]:
    """The characters, what was not read, and whether some may be printed over others."""
    count = pdfium.FPDFText_CountChars(text)
    if count > MAX_CHARS:
        return [], [f"{count} characters, more than {MAX_CHARS}, were not read"], False
    reading = read_chars(text, sheet, visible, drawing, shown)
    chars = [*reading.chars, *lost]
    if any(not char.text.isspace() for char in chars):
        turned = ["most of its text lies on its side and was not read"] * (reading.turned > len(chars))
        return chars, turned, reading.crowded or bool(lost)
    if reading.turned or reading.unseen or drawing.hidden:
        what = "text that lies on its side" if reading.turned else "text that is hidden"
        return [], [f"no text but {what}"], False
    return [], ["no text layer"], False
