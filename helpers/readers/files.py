"""The bytes of a file, bounded, and what kind of file they really are whatever the name says."""

from __future__ import annotations

from pathlib import Path

from helpers.readers.document import UnreadableFile

MAX_BYTES = 64 * 1024 * 1024
"""A report is far smaller, even with all its pictures; more is a mistake or an attack."""
MAX_TEXT_BYTES = 8 * 1024 * 1024
"""Of a file that is text alone: a report has some ten thousand characters."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SIGNATURES = (
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a zip archive (such as .docx or .xlsx)"),
    (b"{\\rtf", "a rich text file (.rtf)"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"II*\x00", "a picture"),
    (b"MM\x00*", "a picture"),
    (b"Rar!", "a RAR archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"\x1f\x8b", "a gzip archive"),
)
_OLE_STREAMS = (
    ("EncryptedPackage", "an Office file locked with a password"),
    ("WordDocument", "an old Word file (.doc or .wps), to be saved as .docx first"),
    ("Workbook", "an old Excel file (.xls)"),
)


def contents(path: Path, expected: str, most: int = MAX_BYTES) -> bytes:
    """The bytes of a file; UnreadableFile where it is missing, locked, empty or over `most` bytes."""
    try:
        size = path.stat().st_size
        if size > most:
            raise UnreadableFile(path, f"{expected} of at most {most // 1024**2} MB", f"{size} bytes")
        data = path.read_bytes()
    except OSError as error:
        raise UnreadableFile(path, expected, (error.strerror or type(error).__name__).lower()) from error
    if not data.strip(b"\x00 \t\r\n"):
        raise UnreadableFile(path, expected, "an empty file")
    return data


def kind_of(data: bytes) -> str | None:
    """What a file is by its first bytes, in words; None where they tell nothing (plain text, a web page)."""
    if data.startswith(_OLE):
        named = (kind for stream, kind in _OLE_STREAMS if stream.encode("utf-16-le") in data)
        return next(named, "an old Office file")
    return next((kind for signature, kind in _SIGNATURES if data.startswith(signature)), None)


def text_contents(path: Path, expected: str, most: int = MAX_BYTES) -> bytes:
    """As `contents`, for formats that are text: UnreadableFile names the kind of a renamed binary file."""
    data = contents(path, expected, most)
    kind = kind_of(data)
    if kind is not None:
        raise UnreadableFile(path, expected, kind)
    return data
