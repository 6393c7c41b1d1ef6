"""Web pages saved as a single file (.mht, .mhtml): the page within, as Word, WPS and browsers write it."""

from __future__ import annotations

import binascii
from email import message_from_bytes
from email.message import Message
from itertools import islice

from ogi.readers.limits import LIMITS

_PAGES = ("text/html", "application/xhtml+xml")


def page_within(data: bytes) -> bytes | None:
    """The bytes of the first page in such a file, empty where there is none; None for another file."""
    start = data[:2048].lower()  # where the headers of the whole stand
    if b"mime-version:" not in start or b"multipart/related" not in start:
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
