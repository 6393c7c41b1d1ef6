"""Zip files of word processors and spreadsheets: refused where they unpack to more than any report needs.

What a file declares of itself is not believed: each part is unpacked once, piece by piece.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import IO
from zipfile import ZIP_STORED, BadZipFile, ZipFile

from lxml import etree

from ogi.readers.document import UnreadableFile, worded
from ogi.readers.limits import LIMITS
from ogi.readers.spans import require_usual_tables

ZIP_FAULTS = (BadZipFile, EOFError, zlib.error, NotImplementedError, RuntimeError)
"""What zipfile raises on damaged and on locked files."""

_PICTURE_NAMES = tuple(".png .jpg .jpeg .gif .bmp .tif .tiff .emf .wmf .bin .odttf .ttf .wdp".split())
_PIECE = 1 << 16
_ODS_ROW = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}table-row"
_ODS_REPEATED = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}number-%s-repeated"
_XLSX_CELL = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}c"
_XLSX_PLACE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")


def require_bounded(path: Path, data: bytes) -> None:
    """UnreadableFile where a zip file has more parts or bytes than LIMITS allow; ZIP_FAULTS where it lies."""
    with ZipFile(BytesIO(data)) as archive:
        entries = archive.infolist()
        if len(entries) > LIMITS.word_parts:
            wanted = worded("word.most_parts", most=LIMITS.word_parts)
            raise UnreadableFile(path, wanted, worded("word.parts", n=len(entries)))
        texts = [entry for entry in entries if not entry.filename.lower().endswith(_PICTURE_NAMES)]
        for key, bounded, most in (
            ("word.unpacked", entries, LIMITS.word_unpacked_bytes),
            ("word.text", texts, LIMITS.word_text_bytes),
        ):
            size = sum(entry.file_size for entry in bounded)
            if size > most:
                raise UnreadableFile(path, worded(key, most=most // 1024**2), worded("bytes", size=size))
        for entry in entries:
            if entry.compress_type != ZIP_STORED:
                with archive.open(entry) as part:
                    while part.read(_PIECE):  # which ends with a fault where more comes than was declared
                        pass


def require_usual_sheets(path: Path, data: bytes) -> None:
    """UnreadableFile where the filled cells of a spreadsheet take more places than those of any report.

    A few bytes repeat a cell a milliard times, or set one in the last corner of the last row.
    """
    with ZipFile(BytesIO(data)) as archive:
        for name in archive.namelist():
            if name == "content.xml" or re.fullmatch(r"xl/worksheets/[^/]+\.xml", name):
                with archive.open(name) as sheet:
                    require_usual_tables(path, places=sum(_places(sheet, is_ods=name == "content.xml")))


def _places(sheet: IO[bytes], *, is_ods: bool) -> Iterator[int]:
    """How many places the cells take, in parts; broken XML is left to the program that converts it."""
    tag = _ODS_ROW if is_ods else _XLSX_CELL
    furthest = 0, 0
    try:
        for _, element in etree.iterparse(sheet, tag=tag, resolve_entities=False, no_network=True):
            if is_ods:
                yield _repeated(element, "rows") * _width(element)
            elif len(element) and (place := _XLSX_PLACE.fullmatch(element.get("r", ""))):
                column = sum(26**power * (ord(c) - 64) for power, c in enumerate(reversed(place[1])))
                furthest = max(furthest[0], int(place[2])), max(furthest[1], column)
            element.clear()
    except etree.XMLSyntaxError:
        pass
    yield furthest[0] * furthest[1]


def _width(row: etree._Element) -> int:
    """The columns of a row up to its last filled cell."""
    width = filled = 0
    for cell in row:
        width += _repeated(cell, "columns")
        filled = width if len(cell) else filled
    return filled


def _repeated(element: etree._Element, what: str) -> int:
    told = element.get(_ODS_REPEATED % what, "1")
    return int(told) if told.isdecimal() and len(told) < 10 else LIMITS.table_places + 1
