"""Opening a PDF: whole, unlocked, of a bounded size, or one line that says what is wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pypdfium2 import PdfDocument, PdfiumError

from ogi.readers.document import UnreadableFile, worded
from ogi.readers.files import contents, kind_of
from ogi.readers.pdf.settings import PDF
from ogi.said import Said, say

_HEAD = 1024
_OF_PAGES = say("a PDF of 1 to {most} pages", "1至{most}页的PDF文件", most=PDF.most_pages)
_LOCKED = Said("one locked with a password", "设有密码的文件")
_NO_PDF = Said("a file that does not begin with %PDF", "不以%PDF开头的文件")
_TRUNCATED = Said("a truncated one (its end is missing)", "不完整的文件（缺少结尾）")


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
        document.init_forms()  # gives form fields without a look of their own the one that readers show
        yield document
    finally:
        document.close()


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
