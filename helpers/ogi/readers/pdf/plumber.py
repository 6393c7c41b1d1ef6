"""What pdfium does not tell of a file: some characters, and whether layers (optional content) are off."""

from __future__ import annotations

import logging
import re
import struct
import zlib
from collections import defaultdict
from pathlib import Path
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfexceptions import PDFException
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import resolve1
from pdfminer.psexceptions import PSException
from pdfplumber.page import Page
from pdfplumber.utils.exceptions import PdfminerException
from pdfplumber.utils.text import dedupe_chars

from ogi.readers.pdf.marks import ASCENT, UNKNOWN, Char, char_at

FAULTS = (
    PdfminerException, PDFException, PSException, struct.error, zlib.error, ValueError, KeyError, TypeError,
    IndexError, RecursionError, OverflowError, AttributeError, AssertionError,
)  # fmt: skip
"""What pdfminer raises on damaged files; caught only around its own calls."""
logging.getLogger("pdfminer").setLevel(
    logging.ERROR
)  # it warns of each fault of a file that it can live with
_KEY, _PACKED = b"/OCProperties", b"/ObjStm"
_UNMAPPED = re.compile(r"\(cid:\d+\)")
_BESIDE = (-1, 0, 1)
_NEAR = 2.0
"""Characters whose middles lie this close (points) are one; the narrowest numeral is twice as wide."""


def second_opinion(path: Path, number: int, chars: list[Char]) -> list[Char]:
    """The characters of a page (from 1), the unknown ones as pdfplumber reads them, if it does."""
    at: defaultdict[tuple[int, int], list[Char]] = defaultdict(list)
    for other in _chars(path, number):
        at[_square(other)].append(other)
    return [_known(char, at) if char.text == UNKNOWN else char for char in chars]


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


def _square(char: Char, right: int = 0, down: int = 0) -> tuple[int, int]:
    x, y = (char.x0 + char.x1) / 2, (char.top + char.bottom) / 2
    return int(x // _NEAR) + right, int(y // _NEAR) + down


def _known(char: Char, others: dict[tuple[int, int], list[Char]]) -> Char:
    """The character with the one meaning found within _NEAR of its middle."""
    squares = [_square(char, right, down) for right in _BESIDE for down in _BESIDE]
    texts = {
        other.text
        for square in squares
        for other in others.get(square, [])
        if abs(other.x0 + other.x1 - char.x0 - char.x1) <= 2 * _NEAR and abs(other.top - char.top) <= _NEAR
    }
    return char._replace(text=texts.pop()) if len(texts) == 1 else char


def _char(char: dict[str, Any], page: Page) -> Char:
    """A character from the visible corner; pdfplumber counts from the MediaBox."""
    left, top = (page.cropbox[0], page.cropbox[1]) if page.rotation == 0 else (0, 0)
    baseline = page.height - char["matrix"][5] + page.mediabox[1] - top
    text = UNKNOWN if _UNMAPPED.fullmatch(char["text"]) else char["text"]
    return char_at(text, char["x0"] - left, char["x1"] - left, baseline, char["size"])


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
