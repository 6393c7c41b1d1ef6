"""Whether the parts of a PDF can be unpacked: libraries pass over those that cannot, without a word."""

from __future__ import annotations

import re
import zlib
from pathlib import Path

_STREAM = re.compile(rb"\bstream\r?\n")
_FILTER = re.compile(rb"/(\w+Decode)\b")
_HEAD = 1000
"""Bytes before a stream in which its own head stands."""
_MOST = 50_000_000
"""Bytes that are unpacked of one: whatever comes later, most of it could be read."""


def is_damaged(path: Path) -> bool:
    """Is there a compressed part that cannot be unpacked to its end? Unknown of an encrypted file: False."""
    data = path.read_bytes()
    return b"/Encrypt" not in data and any(
        _filters(data, match.start()) == [b"FlateDecode"] and not _unpacks(data, match.end())
        for match in _STREAM.finditer(data)
    )


def _filters(data: bytes, start: int) -> list[bytes]:
    _, _, head = data[max(0, start - _HEAD) : start].rpartition(b" obj")
    return _FILTER.findall(head)


def _unpacks(data: bytes, start: int) -> bool:
    end = data.find(b"endstream", start)
    unpacking = zlib.decompressobj()
    try:
        unpacking.decompress(data[start : end if end >= 0 else len(data)], _MOST)
    except zlib.error:
        return False
    return unpacking.eof or bool(unpacking.unconsumed_tail)
