"""Characters that pdfium passes over: those of a font that is neither in the file nor on the machine."""

from __future__ import annotations

import logging
import re
import struct
import zlib
from pathlib import Path
from typing import Any

import pdfplumber
from pdfminer.pdfexceptions import PDFException
from pdfminer.psexceptions import PSException
from pdfplumber.page import Page
from pdfplumber.utils.exceptions import PdfminerException
from pdfplumber.utils.text import dedupe_chars

from ogi.readers.pdf.marks import ASCENT, UNKNOWN, Char, char_at
from ogi.readers.pdf.sheet import enlargement

FAULTS = (
    PdfminerException, PDFException, PSException, struct.error, zlib.error, ValueError, KeyError, TypeError,
    IndexError, RecursionError, OverflowError, AttributeError, AssertionError,
)  # fmt: skip
"""What pdfminer raises on damaged files; caught only around its own calls."""
logging.getLogger("pdfminer").setLevel(
    logging.ERROR
)  # it warns of each fault of a file that it can live with
_UNMAPPED = re.compile(r"\(cid:\d+\)")
_BESIDE = (-1, 0, 1)


def lost_chars(path: Path, number: int, places: list[tuple[float, float]]) -> list[Char]:
    """The upright characters that pdfplumber finds to begin at places on a page that pdfium passes over."""
    wanted = {(round(x) + right, round(y) + down) for x, y in places for right in _BESIDE for down in _BESIDE}
    found = _chars(path, number)
    return [char for char in found if (round(char.x0), round(char.top + ASCENT * char.size)) in wanted]


def _chars(path: Path, number: int) -> list[Char]:
    try:
        with pdfplumber.open(path, pages=[number]) as pdf:
            page = pdf.pages[0]
            return [_char(char, page) for char in dedupe_chars(page.chars) if _is_upright(char)]
    except FAULTS:
        return []


def _is_upright(char: dict[str, Any]) -> bool:
    a, b, _, d, _, _ = char["matrix"]
    return bool(char["upright"]) and a > 0 and d > 0 and abs(b) <= 0.1 * a


def _char(char: dict[str, Any], page: Page) -> Char:
    """A character from the visible corner; pdfplumber counts from the MediaBox."""
    left, top = (page.cropbox[0], page.cropbox[1]) if page.rotation == 0 else (0, 0)
    baseline = page.height - char["matrix"][5] + page.mediabox[1] - top
    text = UNKNOWN if _UNMAPPED.fullmatch(char["text"]) else char["text"]
    places = char["x0"] - left, char["x1"] - left, baseline, char["size"]
    larger = enlargement(page.width, page.height)
    return char_at(text, *(larger * place for place in places))
