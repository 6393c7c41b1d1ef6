"""Opening a PDF: whole, unlocked, of a bounded size, or one line that says what is wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pypdfium2 import PdfDocument, PdfiumError

from helpers.readers.document import UnreadableFile
from helpers.readers.files import contents, kind_of

MAX_PAGES = 300
"""A report has some tens of pages at the most."""
_HEAD = 1024


@contextmanager
def opened(path: Path) -> Iterator[Any]:
    """The file as pdfium's document; UnreadableFile where it is no whole PDF of 1 to MAX_PAGES pages."""
    data = _whole(path)
    try:
        document = PdfDocument(data)
    except PdfiumError as fault:
        locked = "password" in str(fault).lower()
        found = "one locked with a password" if locked else f"a damaged one ({fault})"
        raise UnreadableFile(path, "a PDF that opens", found) from fault
    try:
        pages = len(document)
        if not 0 < pages <= MAX_PAGES:
            raise UnreadableFile(path, f"a PDF of 1 to {MAX_PAGES} pages", f"{pages} pages")
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
    data = contents(path, "a PDF")
    if b"%PDF-" not in data[:_HEAD]:
        raise UnreadableFile(path, "a PDF", kind_of(data) or "a file that does not begin with %PDF")
    linearised = re.search(rb"/Linearized.{0,80}?/L (\d+)", data[:_HEAD], re.DOTALL)
    if b"%%EOF" not in data or (linearised is not None and int(linearised[1]) > len(data)):
        raise UnreadableFile(path, "a whole PDF", "a truncated one (its end is missing)")
    return data
