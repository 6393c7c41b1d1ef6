"""Scans → Document: pictures of pages, read by a recogniser that runs here, cell by cell along the ruling.

A cell's confidence says how far its text can be trusted: it is at most SCAN.disputed where two
readings of it disagree, or disagree with the ink, or where print runs into the ruling. Such a figure must be
marked wherever it is shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import count
from pathlib import Path

from ogi.readers.document import Block, Document, Method, UnreadableFile, worded
from ogi.readers.scan.cells import read_fields
from ogi.readers.scan.pages import blocks_of_pages, read_pasted, read_picture
from ogi.readers.scan.pictures import (
    PagePicture,
    on_sheet,
    parts_of_pdf,
    pasted_picture,
    pictures_of,
    pictures_of_pdf,
)
from ogi.readers.scan.settings import SCAN


def read(path: Path) -> Document:
    """Read a PNG, JPEG or TIFF file; UnreadableFile where nothing on it is legible.

    Boxes are in points by the picture's own resolution, or by 200 dots an inch where it tells none.
    """
    blocks = read_pages(pictures_of(path))
    if not blocks:
        raise UnreadableFile(path, worded("scan"), worded("scan.illegible"))
    return Document(path, Method.OCR, tuple(blocks))


def read_pdf_pages(path: Path, numbers: Iterable[int], first_origin: int = 0) -> list[Block]:
    """Read pages of a PDF (from 1) as pictures. Grids get origins from `first_origin` on."""
    return read_pages(pictures_of_pdf(path, numbers), count(first_origin))


def read_pages(pictures: Iterable[PagePicture], origins: Iterator[int] | None = None) -> list[Block]:
    """Read pictures of pages in order, one at a time. `origins` numbers the tables, from 0 by default."""
    pages = [page for picture in pictures for page in read_picture(picture)]
    return blocks_of_pages(pages, count() if origins is None else origins)


__all__ = [
    "SCAN",
    "PagePicture",
    "blocks_of_pages",
    "on_sheet",
    "parts_of_pdf",
    "pasted_picture",
    "read",
    "read_fields",
    "read_pages",
    "read_pasted",
    "read_pdf_pages",
]
