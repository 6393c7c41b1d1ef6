"""Opening a PDF through pdfium, and one page of it → its marks: visible characters and ruling lines."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from ctypes import c_float
from dataclasses import replace
from functools import partial
from operator import attrgetter
from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2.raw as pdfium
from pypdfium2 import PdfDocument, PdfiumError

from ogi.arrays import BoolArray, FloatArray
from ogi.readers.document import UnreadableFile, worded
from ogi.readers.files import contents, kind_of
from ogi.readers.pdf.characters import ReadChars, read_chars
from ogi.readers.pdf.drawing import read_drawing
from ogi.readers.pdf.judge import Judge, Judged, Placed
from ogi.readers.pdf.marks import UNKNOWN, Char, Drawing, PageMarks
from ogi.readers.pdf.picture import OtherInk
from ogi.readers.pdf.plumber import lost_chars
from ogi.readers.pdf.settings import PDF
from ogi.readers.pdf.sheet import BBox, Matrix, enlargement, sheet_matrix
from ogi.said import Said, say

_HEAD = 1024
_OF_PAGES = say("a PDF of 1 to {most} pages", "1至{most}页的PDF文件", most=PDF.most_pages)
_LOCKED = Said("one locked with a password", "设有密码的文件")
_NO_PDF = Said(
    "a file that is no PDF, whatever its name says (it does not begin with %PDF)",
    "文件名为PDF、内容却不是PDF的文件，可能已损坏或扩展名有误",
)
_TRUNCATED = Said("a truncated one (its end is missing)", "不完整的文件（缺少结尾）")
_NO_PAGE = "a damaged one (page {page} does not open)", "已损坏的文件（第{page}页无法打开）"
_OVERLAID = Said("form fields or notes lie over it and were read with it", "有表单或批注覆盖，已一并识读")
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
_UNMAPPED = (
    "{n} characters whose font does not say what they mean are shown as {mark}",
    "有{n}个字符的字体未注明其含义，以“{mark}”表示",
)
_UNSEEN = (
    "{n} characters that do not show on the page were not read",
    "有{n}个字符在页面上不显示，未予识读",
)
_FALSE = (
    "{n} digits look different from what their font says, they were read by picture",
    "有{n}个数字的字形与字体所注不符，已按图片识读",
)
_DOUBTED = (
    "{n} digits do not show as the file has them, they were read by picture",
    "有{n}个数字的显示与文件所载不符，已按图片识读",
)
_UNDRAWN = (
    "{n} characters whose font is neither in the file nor on this machine were read without being seen",
    "有{n}个字符的字体既未嵌入文件，本机亦未安装，未经核对显示即予识读",
)
_ASLANT = Said("text that lies aslant", "倾斜的文字")
_USELESS = Said("text whose font does not say what it means", "字体未注明含义的文字")
_SHOW_TEXT = {pdfium.FPDF_ANNOT_FREETEXT, pdfium.FPDF_ANNOT_STAMP, pdfium.FPDF_ANNOT_WIDGET}
"""Kinds of annotations that show text of their own on the page."""
_PRIVATE = frozenset(map(chr, range(0xE000, 0xF900)))
"""Characters that mean what some program wants them to mean."""
_TEXT = attrgetter("text")


@contextmanager
def opened(path: Path) -> Iterator[Any]:
    """The file as pdfium's document; UnreadableFile where it is no whole PDF of 1 to 300 pages."""
    data = _whole(path)
    try:
        document = PdfDocument(data)
    except PdfiumError as fault:
        locked = "password" in str(fault).lower()
        found = _LOCKED if locked else worded("damaged", fault=fault)
        raise UnreadableFile(path, worded("pdf.opens"), found) from fault
    try:
        pages = len(document)
        if not 0 < pages <= PDF.most_pages:
            raise UnreadableFile(path, _OF_PAGES, say("{n} pages", "{n}页的文件", n=pages))
        for index in range(pages):
            _enlarge(document, index)
        document.init_forms()  # gives form fields without a look of their own the one that readers show
        yield document
    finally:
        document.close()


def _enlarge(document: Any, index: int) -> None:
    """Make the page at an index as large as A4 where it is much smaller, and not by what is cropped away."""
    size, media = pdfium.FS_SIZEF(), [c_float() for _ in range(4)]
    pdfium.FPDF_GetPageSizeByIndexF(document.raw, index, size)
    if enlargement(size.width, size.height) == 1:
        return
    page = pdfium.FPDF_LoadPage(document.raw, index)
    if not page:
        return  # which is said when it is read
    if pdfium.FPDFPage_GetMediaBox(page, *media):
        left, bottom, right, top = (side.value for side in media)
        size.width, size.height = right - left, top - bottom
    _scale(page, enlargement(size.width, size.height))
    pdfium.FPDF_ClosePage(page)


def _scale(page: Any, by: float) -> None:
    box = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(page, box)
    left, bottom, right, top = (by * side for side in (box.left, box.bottom, box.right, box.top))
    clip = pdfium.FS_RECTF(left, top, right, bottom)
    pdfium.FPDFPage_TransFormWithClip(page, pdfium.FS_MATRIX(by, 0, 0, by, 0, 0), clip)
    pdfium.FPDFPage_TransformAnnots(page, by, 0, 0, by, 0, 0)
    pdfium.FPDFPage_SetMediaBox(page, left, bottom, right, top)
    pdfium.FPDFPage_SetCropBox(page, left, bottom, right, top)


def title_of(document: Any) -> str:
    """The title in the file's own data, empty where there is none or none that can be read."""
    try:
        return str(document.get_metadata_value("Title"))
    except UnicodeDecodeError:
        return ""


def _whole(path: Path) -> bytes:
    data = contents(path, worded("pdf"))
    if b"%PDF-" not in data[:_HEAD]:
        raise UnreadableFile(path, worded("pdf"), kind_of(data) or _NO_PDF)
    linearised = re.search(rb"/Linearized.{0,80}?/L (\d+)", data[:_HEAD], re.DOTALL)
    if b"%%EOF" not in data or (linearised is not None and int(linearised[1]) > len(data)):
        raise UnreadableFile(path, worded("pdf.whole"), _TRUNCATED)
    return data


def read_pages(document: Any, path: Path) -> Iterator[PageMarks]:
    """Read each page; UnreadableFile where pdfium cannot open one."""
    judge = Judge()
    for index in range(len(document)):
        yield _read_page(document, index, path, judge)


def _read_page(document: Any, index: int, path: Path, judge: Judge) -> PageMarks:
    try:
        page, overlaid = _shown(document, index)
    except PdfiumError as fault:
        raise UnreadableFile(path, worded("pdf.whole"), say(*_NO_PAGE, page=index + 1)) from fault
    try:
        with np.errstate(all="ignore"):  # damaged files have places without end; what lies there is dropped
            marks = _marks(page, path, index + 1, judge)
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


def _marks(page: Any, path: Path, number: int, judge: Judge) -> PageMarks:
    sheet, visible = _sheet(page)
    is_empty = pdfium.FPDFPage_CountObjects(page.raw) == 0
    drawing = read_drawing(page.raw, sheet, visible)
    may_be_scan = _may_be_scan(drawing, visible)
    lost = lost_chars(path, number, drawing.lost) if drawing.lost and not may_be_scan else []
    try:
        text = page.get_textpage()
    except PdfiumError as fault:
        raise UnreadableFile(path, worded("pdf.whole"), say(*_NO_PAGE, page=number)) from fault
    texts = () if drawing.overfull else drawing.texts
    try:
        read, notes = _read(text.raw, sheet, visible, partial(judge.of, page, texts, may_be_scan=may_be_scan))
    finally:
        text.close()
    shown = [*read.chars, *lost]
    chars, notes = _used(shown, read, notes, visible[2])
    if not chars and is_empty:
        notes = []
    if drawing.overfull:
        notes.append(say(*_OVERFULL, most=PDF.most_objects))
    is_read = bool(chars) and not drawing.overfull  # without text it is read as a picture
    rules, drawn = _rules(drawing, read.other_ink) if is_read else (np.zeros((0, 4)), None)
    images = tuple(drawing.images)
    illegible = () if chars or _is_aslant(read, visible[2]) else tuple(shown)
    return PageMarks(
        number, *visible[2:], chars, rules, tuple(notes), images, read.other_ink, illegible, drawn
    )


def _rules(drawing: Drawing, other_ink: OtherInk | None) -> tuple[FloatArray, BoolArray]:
    """The ruling lines that show, and which of them are drawn as such."""
    lines, edges = (np.concatenate([np.zeros((0, 4)), *found]) for found in (drawing.rules, drawing.edges))
    rules, drawn = np.concatenate((lines, edges)), np.arange(len(lines) + len(edges)) < len(lines)
    if other_ink is None:
        return rules, drawn
    rules, shown = other_ink.shown(rules)
    return rules[shown], drawn[shown]


def _sheet(page: Any) -> tuple[Matrix, BBox]:
    """The way to displayed points, and the visible box in them."""
    box, turn = pdfium.FS_RECTF(), page.get_rotation()
    pdfium.FPDF_GetPageBoundingBox(page.raw, box)
    sheet = sheet_matrix(box.left, box.bottom, box.right, box.top, turn)
    return sheet, sheet.box(box.left, box.bottom, box.right, box.top)


def _may_be_scan(drawing: Drawing, visible: BBox) -> bool:
    """Is a picture so large that it may be the page's scan?"""
    sides = [(box[2] - box[0], box[3] - box[1]) for box, _ in drawing.images]
    return any(wide * high > PDF.page_picture * visible[2] * visible[3] for wide, high in sides)


def _read(
    text: Any, sheet: Matrix, visible: BBox, judged: Callable[[Placed], Judged]
) -> tuple[ReadChars, list[Said]]:
    """The characters, and a note where they are too many to be read."""
    count = pdfium.FPDFText_CountChars(text)
    if count > PDF.most_chars:
        return ReadChars(), [say(*_TOO_MANY_CHARS, n=count, most=PDF.most_chars)]
    return read_chars(text, sheet, visible, judged), []


def _used(
    chars: list[Char], read: ReadChars, notes: list[Said], width: float
) -> tuple[list[Char], list[Said]]:
    """The characters where they are of use on a page so wide, and what was not read or not believed."""
    text = "".join("".join(map(_TEXT, chars)).split())
    if not text:
        what = _TURNED if read.turned else _HIDDEN
        return [], notes or [say(*_NO_TEXT_BUT, what=what) if read.turned or read.unseen else _NO_TEXT]
    unknown = text.count(UNKNOWN) - read.false - read.doubted
    private = sum(map(text.count, _PRIVATE.intersection(text)))
    if unknown + private + read.false > PDF.useless_text * len(text):
        return [], [say(*_NO_TEXT_BUT, what=_USELESS)]
    if _is_aslant(read, width):
        return [], [say(*_NO_TEXT_BUT, what=_ASLANT)]
    undrawn = read.undrawn + len(chars) - len(read.chars)
    noted = (read.unseen, _UNSEEN), (read.false, _FALSE), (read.doubted, _DOUBTED), (undrawn, _UNDRAWN)
    told = [say(*words, n=count) for count, words in noted if count]
    told += [say(*_UNMAPPED, n=unknown, mark=UNKNOWN)] if unknown > 0 else []
    return chars, [_MOST_TURNED] * (read.turned > len(chars)) + told


def _is_aslant(read: ReadChars, width: float) -> bool:
    """Do lines across a page so wide end on the place of others?"""
    return abs(read.slope) * width / 2 > PDF.same_line
