"""One page through pdfium → its marks: the visible characters and the ruling lines."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2.raw as pdfium
from pypdfium2 import PdfiumError

from ogi.readers.document import UnreadableFile, worded
from ogi.readers.pdf.characters import read_chars
from ogi.readers.pdf.drawing import read_drawing
from ogi.readers.pdf.grounds import Rendered
from ogi.readers.pdf.marks import Char, Drawing, PageMarks
from ogi.readers.pdf.plumber import lost_chars
from ogi.readers.pdf.settings import PDF
from ogi.readers.pdf.sheet import BBox, Matrix, sheet_matrix
from ogi.said import Said, say

_NO_PAGE = "a damaged one (page {page} does not open)", "已损坏的文件（第{page}页无法打开）"
_OVERLAID = Said("form fields or notes lie over it and were read with it", "有表单或批注覆盖，已一并识读")
_LAYERS_OFF = Said(
    "text that does not show, layers being switched off, was not read",
    "有图层关闭，其中不显示的文字未予识读",
)
_LAYERS_UNTOLD = Said(
    "layers are switched off, and text whose font is not in the file was read whatever its layer",
    "有图层关闭，字体未嵌入文件的文字不论属于何图层均已识读",
)
_OVERFULL = (
    "more than {most} drawn objects, no ruled table was looked for",
    "绘图对象超过{most}个，未查找有线表格",
)
_TOO_MANY_CHARS = (
    "{n} characters, more than {most}, were not read",
    "有{n}个字符，超过{most}个的上限，未予识读",
)
_MOST_TURNED = Said("most of its text lies on its side and was not read", "多数文字侧向排列，未予识读")
_NO_TEXT_BUT = "no text but {what}", "除{what}外无其他文字"
_TURNED = Said("text that lies on its side", "侧向文字")
_HIDDEN = Said("text that is hidden", "隐藏文字")
_NO_TEXT = Said("no text layer", "无文字层")
_SHOW_TEXT = {pdfium.FPDF_ANNOT_FREETEXT, pdfium.FPDF_ANNOT_STAMP, pdfium.FPDF_ANNOT_WIDGET}
"""Kinds of annotations that show text of their own on the page."""


def read_page(document: Any, index: int, path: Path, *, has_layers_off: bool = False) -> PageMarks:
    """Read the page at an index from 0; UnreadableFile where pdfium cannot open it."""
    try:
        page, overlaid = _shown(document, index)
    except PdfiumError as fault:
        raise UnreadableFile(path, worded("pdf.whole"), say(*_NO_PAGE, page=index + 1)) from fault
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
        raise UnreadableFile(path, worded("pdf.whole"), say(*_NO_PAGE, page=number)) from fault
    try:
        chars, notes, is_crowded = _chars(text.raw, sheet, visible, drawing, lost, Rendered(page))
    finally:
        text.close()
    if has_layers_off:
        notes += [_LAYERS_OFF] * bool(drawing.doubted) + [_LAYERS_UNTOLD] * bool(drawing.foreign)
    if not chars and is_empty:
        notes = []
    if drawing.overfull:
        notes.append(say(*_OVERFULL, most=PDF.most_objects))
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
) -> tuple[list[Char], list[Said], bool]:
    """The characters, what was not read, and whether some may be printed over others."""
    count = pdfium.FPDFText_CountChars(text)
    if count > PDF.most_chars:
        return [], [say(*_TOO_MANY_CHARS, n=count, most=PDF.most_chars)], False
    found, turned, unseen, is_crowded = read_chars(text, sheet, visible, drawing, shown)
    chars = [*found, *lost]
    if any(not char.text.isspace() for char in chars):
        return chars, [_MOST_TURNED] * (turned > len(chars)), is_crowded or bool(lost)
    if turned or unseen or drawing.hidden:
        what = _TURNED if turned else _HIDDEN
        return [], [say(*_NO_TEXT_BUT, what=what)], False
    return [], [_NO_TEXT], False
