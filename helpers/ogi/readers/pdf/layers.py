"""Layers of a PDF (optional content): is any of them switched off, so that its text does not show?"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import resolve1

from ogi.readers.pdf.plumber import FAULTS

_KEY, _PACKED = b"/OCProperties", b"/ObjStm"


def has_layers_off(path: Path) -> bool:
    """May a layer be off at first? So too where the file's catalogue cannot be read."""
    data = path.read_bytes()
    if _KEY not in data and _PACKED not in data:
        return False
    try:
        with path.open("rb") as file:
            return _is_any_off(PDFDocument(PDFParser(file)).catalog)
    except FAULTS:
        return _KEY in data


def _is_any_off(catalogue: dict[str, Any]) -> bool:
    layers = resolve1(catalogue.get("OCProperties"))
    if not isinstance(layers, dict):
        return False
    first = resolve1(layers.get("D"))
    if not isinstance(first, dict):
        return True
    base = getattr(resolve1(first.get("BaseState")), "name", "ON")
    return base != "ON" or bool(resolve1(first.get("OFF"))) or bool(resolve1(first.get("AS")))
