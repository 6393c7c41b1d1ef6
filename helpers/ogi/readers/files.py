"""The bytes of a file, bounded, and what kind of file they really are whatever the name says."""

from __future__ import annotations

import binascii
from email import message_from_bytes
from email.message import Message
from itertools import islice
from pathlib import Path

from ogi.readers.document import UnreadableFile, worded
from ogi.readers.limits import LIMITS
from ogi.said import Said

_KINDS = {
    b"%PDF-": "kind.pdf",
    b"PK\x03\x04": "kind.zip",
    b"{\\rtf": "kind.rtf",
    **dict.fromkeys((b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*"), "kind.picture"),
    b"Rar!": "kind.rar",
    b"7z\xbc\xaf\x27\x1c": "kind.7z",
    b"\x1f\x8b": "kind.gzip",
}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# A locked file may name other streams, too, and so comes first.
_OLE_STREAMS = {
    "EncryptedPackage": "kind.locked",
    "WordDocument": "kind.old_word",
    "Workbook": "kind.old_excel",
}
_PAGES = ("text/html", "application/xhtml+xml")


def require_size(path: Path, expected: Said, most: int = LIMITS.file_bytes) -> None:
    """UnreadableFile where the file has over `most` bytes."""
    size = path.stat().st_size
    if size > most:
        wanted = worded("megabytes_of", expected=expected, most=most // 1024**2)
        raise UnreadableFile(path, wanted, worded("bytes", size=size))


def contents(path: Path, expected: Said, most: int = LIMITS.file_bytes) -> bytes:
    """The bytes of a file; UnreadableFile where it is missing, locked, empty or over `most` bytes."""
    try:
        require_size(path, expected, most)
        data = path.read_bytes()
    except OSError as error:
        fault = (error.strerror or type(error).__name__).lower()
        raise UnreadableFile(path, expected, worded("not_read", fault=fault)) from error
    if not data.strip(b"\x00 \t\r\n"):  # a download that broke off may leave a file of zeros
        raise UnreadableFile(path, expected, worded("empty"))
    return data


def kind_of(data: bytes) -> Said | None:
    """What a file is by its first bytes, in words; None where they tell nothing (plain text, a web page)."""
    key = next((key for mark, key in _KINDS.items() if data.startswith(mark)), None)
    if data.startswith(_OLE):  # all old Office files begin so; their streams tell which
        named = (key for stream, key in _OLE_STREAMS.items() if stream.encode("utf-16-le") in data)
        key = next(named, "kind.old_office")
    return None if key is None else worded(key)


def text_contents(path: Path, expected: Said, most: int = LIMITS.file_bytes) -> bytes:
    """As `contents`, for formats that are text: UnreadableFile names the kind of a renamed binary file."""
    data = contents(path, expected, most)
    kind = kind_of(data)
    if kind is not None:
        raise UnreadableFile(path, expected, kind)
    return data


def is_web_page(data: bytes) -> bool:
    """Do the bytes begin as a web page does, or one that is saved with its pictures?"""
    start = data[:2048].replace(b"\0", b"").lower()  # UTF-16 has a zero beside each letter
    return b"<html" in start or b"<!doctype html" in start or _is_saved_whole(start)


def _is_saved_whole(start: bytes) -> bool:
    return b"mime-version:" in start and b"multipart/related" in start


def page_within(data: bytes) -> bytes | None:
    """The bytes of the first page in such a file, empty where there is none; None for another file."""
    start = data[:2048].lower()  # where the headers of the whole stand
    if not _is_saved_whole(start):
        return None
    try:
        parts = islice(message_from_bytes(data.lstrip()).walk(), LIMITS.mht_parts)
        return next((_decoded(part) for part in parts if part.get_content_type() in _PAGES), b"")
    except RecursionError:  # parts within parts, deeper than any program writes
        return b""


def _decoded(part: Message) -> bytes:
    """A part's bytes as they were before they were written in letters alone."""
    try:
        payload = part.get_payload(decode=True)
    except (binascii.Error, ValueError):
        payload = None
    return payload if isinstance(payload, bytes) else b""
