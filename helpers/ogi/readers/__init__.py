"""Any file → Document. The only rooms that know file formats."""

from __future__ import annotations

import logging
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from time import perf_counter

from ogi.readers.document import Box, Document, UnreadableFile, folded, worded
from ogi.readers.files import contents, is_web_page
from ogi.said import Said

_log = logging.getLogger(__name__)
_READER_OF = {
    ".pdf": "pdf",
    **dict.fromkeys((".html", ".htm", ".shtml", ".xhtml", ".mht", ".mhtml"), "html"),
    **dict.fromkeys((".docx", ".docm", ".dotx", ".dotm"), "word"),
    ".txt": "text",
    ".md": "text",
    **dict.fromkeys((".png", ".jpg", ".jpeg", ".tif", ".tiff"), "scan"),
    **dict.fromkeys((".doc", ".wps", ".rtf", ".odt", ".xls", ".xlsx", ".et", ".ods"), "office"),
}
SUFFIXES = frozenset(_READER_OF)
"""File name endings that have a reader."""

WEB_SUFFIXES = frozenset(suffix for suffix, reader in _READER_OF.items() if reader == "html")
"""Those of web pages: what runs and fetches in a browser."""


def read(path: Path) -> Document:
    """Read a file with the reader for its name's ending.

    Raises UnreadableFile, whose message is one line, where there is no reader or it cannot open the file.
    """
    named = _READER_OF.get(path.suffix.lower())
    if named is None:
        found = Said.as_printed(f"“{path.suffix}”") if path.suffix else worded("no_ending")
        raise UnreadableFile(path, worded("known_ending", endings=" ".join(sorted(SUFFIXES))), found)
    if not path.is_file():
        raise UnreadableFile(path, worded("file"), worded("folder" if path.is_dir() else "nothing_there"))
    if path.stat().st_size == 0:
        raise UnreadableFile(path, worded("report"), worded("empty"))
    reader = _real_reader(path, named)
    module: Callable[[Path], Document] = import_module(f"ogi.readers.{reader}").read
    began = perf_counter()
    _log.debug("%s: %d bytes, reader %s", path, path.stat().st_size, reader)
    document = folded(module(path))
    seconds = perf_counter() - began
    _log.debug("%s: %s, %d blocks, %.2f s", path, document.method, len(document.blocks), seconds)
    return document


def _real_reader(path: Path, named: str) -> str:
    """The reader of what a file is: many a web page or new Word file is called .doc, .wps or .xls."""
    if named not in ("office", "word"):
        return named
    data = contents(path, worded("office"))
    if is_web_page(data):
        return "html"
    is_zip = data.startswith(b"PK")
    if is_zip and b"word/document.xml" in data:  # as the parts of a zip file are named, never packed
        return "word"
    return named if is_zip else "office"


def characters_in(path: Path, box: Box) -> list[str] | None:
    """Return the characters that a page has in a box, as yet unjoined; None where the format tells none."""
    if _READER_OF.get(path.suffix.lower()) != "pdf":
        return None
    from ogi.readers import pdf

    return pdf.characters_in(path, box)
