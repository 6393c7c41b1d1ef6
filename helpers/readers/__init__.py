"""Any file → Document. The only rooms that know file formats."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from helpers.readers.document import Document, UnreadableFile

_READER_OF = {
    ".pdf": "pdf",
    **dict.fromkeys((".html", ".htm", ".shtml", ".xhtml", ".mht", ".mhtml"), "html"),
    ".docx": "word",
    ".txt": "text",
    ".md": "text",
    **dict.fromkeys((".png", ".jpg", ".jpeg", ".tif", ".tiff"), "scan"),
    **dict.fromkeys((".doc", ".wps", ".rtf", ".odt", ".xls", ".xlsx", ".et", ".ods"), "office"),
}
SUFFIXES = frozenset(_READER_OF)
"""File name endings that have a reader."""


def read(path: Path) -> Document:
    """Read a file by its ending; UnreadableFile, one line, where there is no reader or it finds no way in."""
    reader = _READER_OF.get(path.suffix.lower())
    if reader is None:
        found = f"“{path.suffix}”" if path.suffix else "a name without an ending"
        raise UnreadableFile(path, f"one of {' '.join(sorted(SUFFIXES))}", found)
    if not path.is_file():
        raise UnreadableFile(path, "a file", "a folder" if path.is_dir() else "nothing there")
    if path.stat().st_size == 0:
        raise UnreadableFile(path, "a report", "an empty file")
    module: Callable[[Path], Document] = import_module(f"helpers.readers.{reader}").read
    return module(path)
