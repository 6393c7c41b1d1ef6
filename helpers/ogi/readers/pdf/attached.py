"""Files attached to a PDF, as in a portfolio: in the file's own list, or as a paper clip on a page."""

from __future__ import annotations

from collections.abc import Iterator
from ctypes import POINTER, c_ushort, cast, create_string_buffer
from itertools import islice
from pathlib import Path
from typing import Any

import pypdfium2.raw as pdfium

from ogi.readers.attachments import kinds_of
from ogi.readers.limits import LIMITS
from ogi.readers.pdf.pages import opened


def attached(path: Path) -> list[str]:
    """The kind (pdf, docx …) of each attached file that may be a report."""
    with opened(path) as document:
        return kinds_of(islice(_names(document), LIMITS.attachments))


def _names(document: Any) -> Iterator[str]:
    for at in range(pdfium.FPDFDoc_GetAttachmentCount(document.raw)):
        yield _name(pdfium.FPDFDoc_GetAttachment(document.raw, at))
    for index in range(len(document)):
        page = pdfium.FPDF_LoadPage(document.raw, index)
        for at in range(pdfium.FPDFPage_GetAnnotCount(page)) if page else ():
            note = pdfium.FPDFPage_GetAnnot(page, at)
            yield _name(pdfium.FPDFAnnot_GetFileAttachment(note))
            pdfium.FPDFPage_CloseAnnot(note)
        pdfium.FPDF_ClosePage(page)


def _name(attachment: Any) -> str:
    """The name of an attached file, empty where there is none."""
    size = pdfium.FPDFAttachment_GetName(attachment, None, 0) if attachment else 0
    buffer = create_string_buffer(size)
    pdfium.FPDFAttachment_GetName(attachment, cast(buffer, POINTER(c_ushort)), size)
    return buffer.raw.decode("utf-16-le", "replace").rstrip("\0")
