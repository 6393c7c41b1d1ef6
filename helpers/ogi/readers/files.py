"""The bytes of a file, bounded, and what kind of file they really are whatever the name says."""

from __future__ import annotations

from pathlib import Path

from ogi.readers.document import UnreadableFile
from ogi.readers.limits import LIMITS
from ogi.readers.refusals import EMPTY, megabytes_of, not_read, size_in_bytes
from ogi.said import Said

_PICTURE = Said("a picture", "图片")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SIGNATURES = (
    (b"%PDF-", Said("a PDF file", "PDF文件")),
    (b"PK\x03\x04", Said("a zip archive (such as .docx or .xlsx)", "ZIP压缩文件（如.docx或.xlsx）")),
    (b"{\\rtf", Said("a rich text file (.rtf)", "RTF文件（.rtf）")),
    (b"\x89PNG", _PICTURE),
    (b"\xff\xd8\xff", _PICTURE),
    (b"GIF8", _PICTURE),
    (b"II*\x00", _PICTURE),
    (b"MM\x00*", _PICTURE),
    (b"Rar!", Said("a RAR archive", "RAR压缩文件")),
    (b"7z\xbc\xaf\x27\x1c", Said("a 7z archive", "7z压缩文件")),
    (b"\x1f\x8b", Said("a gzip archive", "gzip压缩文件")),
)
_OLE_STREAMS = (
    ("EncryptedPackage", Said("an Office file locked with a password", "设有密码的Office文件")),
    (
        "WordDocument",
        Said(
            "an old Word file (.doc or .wps), to be saved as .docx first",
            "旧版Word文件（.doc或.wps），须先另存为.docx",
        ),
    ),
    ("Workbook", Said("an old Excel file (.xls)", "旧版Excel文件（.xls）")),
)
_OLD_OFFICE = Said("an old Office file", "旧版Office文件")


def contents(path: Path, expected: Said, most: int = LIMITS.file_bytes) -> bytes:
    """The bytes of a file; UnreadableFile where it is missing, locked, empty or over `most` bytes."""
    try:
        size = path.stat().st_size
        if size > most:
            raise UnreadableFile(path, megabytes_of(expected, most), size_in_bytes(size))
        data = path.read_bytes()
    except OSError as error:
        fault = (error.strerror or type(error).__name__).lower()
        raise UnreadableFile(path, expected, not_read(fault)) from error
    if not data.strip(b"\x00 \t\r\n"):
        raise UnreadableFile(path, expected, EMPTY)
    return data


def kind_of(data: bytes) -> Said | None:
    """What a file is by its first bytes, in words; None where they tell nothing (plain text, a web page)."""
    if data.startswith(_OLE):
        named = (kind for stream, kind in _OLE_STREAMS if stream.encode("utf-16-le") in data)
        return next(named, _OLD_OFFICE)
    return next((kind for signature, kind in _SIGNATURES if data.startswith(signature)), None)


def text_contents(path: Path, expected: Said, most: int = LIMITS.file_bytes) -> bytes:
    """As `contents`, for formats that are text: UnreadableFile names the kind of a renamed binary file."""
    data = contents(path, expected, most)
    kind = kind_of(data)
    if kind is not None:
        raise UnreadableFile(path, expected, kind)
    return data
