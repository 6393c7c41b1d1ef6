"""Opening a Word file: whole, unlocked, of a bounded size, or one line that says what is wrong."""

from __future__ import annotations

import zlib
from io import BytesIO
from pathlib import Path
from zipfile import BadZipFile, ZipFile

import docx
from docx.document import Document as WordDocument
from docx.opc.exceptions import OpcError
from lxml import etree

from ogi.readers.document import UnreadableFile
from ogi.readers.files import contents, kind_of
from ogi.readers.limits import LIMITS
from ogi.readers.refusals import size_in_bytes
from ogi.said import Said, say

EXPECTED = Said("a Word file (.docx)", "Word文件（.docx）")

_NO_ARCHIVE = Said("a file that is no zip archive", "非ZIP压缩格式的文件")
_CLOSED = Said("a damaged or locked zip archive", "已损坏或加密的ZIP压缩文件")
_NO_WORD = Said("a zip archive without a Word document in it", "不含Word文档的ZIP压缩文件")
_BROKEN_XML = Said("a Word document whose XML is damaged", "XML内容已损坏的Word文档")
_PICTURE_NAMES = tuple(".png .jpg .jpeg .gif .bmp .tif .tiff .emf .wmf .bin .odttf .ttf .wdp".split())


def opened(path: Path) -> WordDocument:
    """The document; UnreadableFile where it is none, is locked, is damaged, or unpacks to absurd size."""
    data = contents(path, EXPECTED)
    if not data.startswith(b"PK"):
        raise UnreadableFile(path, EXPECTED, kind_of(data) or _NO_ARCHIVE)
    try:
        _refuse_bombs(path, data)
        return docx.Document(BytesIO(data))
    except (BadZipFile, EOFError, zlib.error, NotImplementedError, RuntimeError) as error:
        raise UnreadableFile(path, EXPECTED, _CLOSED) from error
    except (OpcError, KeyError, ValueError, AttributeError) as error:
        raise UnreadableFile(path, EXPECTED, _NO_WORD) from error
    except etree.XMLSyntaxError as error:
        raise UnreadableFile(path, EXPECTED, _BROKEN_XML) from error


def _refuse_bombs(path: Path, data: bytes) -> None:
    with ZipFile(BytesIO(data)) as archive:
        entries = archive.infolist()
    if len(entries) > LIMITS.word_parts:
        told = "{file} of at most {most} parts", "不超过{most}个组成部分的{file}"
        parts = say("{n} parts", "{n}个组成部分", n=len(entries))
        raise UnreadableFile(path, say(*told, file=EXPECTED, most=LIMITS.word_parts), parts)
    size = sum(entry.file_size for entry in entries)
    if size > LIMITS.word_unpacked_bytes:
        told = "{file} of at most {most} MB unpacked", "解压后不超过{most} MB的{file}"
        wanted = say(*told, file=EXPECTED, most=LIMITS.word_unpacked_bytes // 1024**2)
        raise UnreadableFile(path, wanted, Said.as_printed(f"{size // 1024**2} MB"))
    text = sum(entry.file_size for entry in entries if not entry.filename.lower().endswith(_PICTURE_NAMES))
    if text > LIMITS.word_text_bytes:
        told = "{file} with at most {most} MB of text", "文字部分不超过{most} MB的{file}"
        wanted = say(*told, file=EXPECTED, most=LIMITS.word_text_bytes // 1024**2)
        raise UnreadableFile(path, wanted, size_in_bytes(text))
