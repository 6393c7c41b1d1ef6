"""Word files that python-docx does not open as they stand, mended as Word mends them: in silence."""

from __future__ import annotations

import posixpath
import re
from io import BytesIO
from zipfile import ZipFile

from lxml import etree

_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/")
"""The names of strict files; the usual ones have a year in them."""
_OTHER_TYPE = re.compile(
    rb"application/vnd\.(?:openxmlformats-officedocument\.wordprocessingml\.template"
    rb"|ms-word\.(?:document\.macroEnabled|template\.macroEnabledTemplate))\.main\+xml"
)
"""The types of templates and of files with macros, whose text is that of any document."""
_TYPE = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_SIDE_PARTS = ("docProps/", "customXml/")
"""What no text depends on: left out where it is broken."""


def mended(data: bytes) -> bytes:
    """Return the file with the usual names and type, without side parts that are broken or links to nothing.

    What is wrong besides stays; zipfile and lxml raise where that keeps the file from being read.
    """
    with ZipFile(BytesIO(data)) as archive:
        parts = {entry.filename: archive.read(entry) for entry in archive.infolist()}
    parts = {
        name: _TYPE.join(_OTHER_TYPE.split(_STRICT.sub(rb"http://schemas.openxmlformats.org/\1/2006/", part)))
        if name.endswith((".xml", ".rels"))
        else part
        for name, part in parts.items()
        if not (name.startswith(_SIDE_PARTS) and _is_broken(part))
    }
    out = BytesIO()
    with ZipFile(out, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, _linked(name, part, parts) if name.endswith(".rels") else part)
    return out.getvalue()


def _is_broken(part: bytes) -> bool:
    try:
        etree.fromstring(part, _parser())
    except etree.XMLSyntaxError:
        return True
    return False


def _linked(name: str, part: bytes, parts: dict[str, bytes]) -> bytes:
    """The relationships of a part, less those to parts that are not there (../NULL)."""
    root = etree.fromstring(part, _parser())
    folder = posixpath.dirname(posixpath.dirname(name))
    for link in list(root):
        target = posixpath.normpath(posixpath.join("/", folder, link.get("Target", "")))
        if link.get("TargetMode") != "External" and target.lstrip("/") not in parts:
            root.remove(link)
    return etree.tostring(root)


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True)
