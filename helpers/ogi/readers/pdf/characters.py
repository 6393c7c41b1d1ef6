"""The characters of a page through pdfium: each by its baseline and its loose box, unseen ones left out."""

from __future__ import annotations

import sys
from collections.abc import Callable
from ctypes import c_double, c_ushort
from dataclasses import dataclass, field
from itertools import count, repeat
from typing import Any

import numpy as np
import pypdfium2.raw as pdfium

from ogi.arrays import BoolArray, FloatArray, IndexArray
from ogi.readers.pdf.judge import Judged, Placed
from ogi.readers.pdf.marks import ASCENT, FOLDED, UNKNOWN, Char
from ogi.readers.pdf.picture import OtherInk
from ogi.readers.pdf.quick import address, bare, tuples
from ogi.readers.pdf.settings import PDF
from ogi.readers.pdf.sheet import BBox, Matrix

_BLANKS = (0x20, 0x0D, 0x0A, 0x09)
_HIGH, _LOW, _HALVES = 0xD800, 0xDC00, 0x400
"""Where the first and the second halves of ideographs begin, and how many there are of each."""
_SECOND_HALF = -1
_FOLDED = str.maketrans(FOLDED)
"""Each to one character, so that all keep their places."""

_unicode, _size = bare(pdfium.FPDFText_GetUnicode), bare(pdfium.FPDFText_GetFontSize)
_is_unmapped, _is_generated = bare(pdfium.FPDFText_HasUnicodeMapError), bare(pdfium.FPDFText_IsGenerated)
_matrix, _loose_box = bare(pdfium.FPDFText_GetMatrix), bare(pdfium.FPDFText_GetLooseCharBox)
_run = bare(pdfium.FPDFText_GetTextObject)


@dataclass(frozen=True)
class ReadChars:
    """The visible upright characters of a page in the file's order, and what the page shows besides.

    How many others are turned or unseen; how many of these are doubted, show another digit, or are undrawn.
    `slope`: the tangent by which most of their lines fall to the right.
    """

    chars: list[Char] = field(default_factory=list)
    turned: int = 0
    unseen: int = 0
    doubted: int = 0
    false: int = 0
    undrawn: int = 0
    other_ink: OtherInk | None = None
    slope: float = 0.0


def read_chars(text: Any, sheet: Matrix, visible: BBox, judged: Callable[[Placed], Judged]) -> ReadChars:
    """Read a page's text.

    Args:
        text: pdfium's handle of it.
        sheet: The way to displayed points.
        visible: The visible part of the page.
        judged: Tells which of it shows.
    """
    at = address(text)
    codes = _codes(text, at)
    _join_pairs(codes)
    is_kept = codes != _SECOND_HALF
    blanks = [i for i in np.flatnonzero(codes <= max(_BLANKS)).tolist() if codes[i] in _BLANKS]
    is_kept[blanks] = [not _is_generated(at, i) for i in blanks]
    kept = np.flatnonzero(is_kept).tolist()
    runs = np.array([run or 0 for run in map(_run, repeat(at), kept)], np.int64)
    sizes, widths, slopes, baselines = _type(at, kept, runs, sheet)
    upright = np.abs(slopes) <= PDF.upright_slope
    x0, x1, baselines = _places(text, kept, sheet, sizes, baselines)
    tops, bottoms = baselines - ASCENT * sizes, baselines + (1 - ASCENT) * sizes
    texts = _meanings(at, kept, codes[kept].tolist())
    middle_x, middle_y = (x0 + x1) / 2, (tops + bottoms) / 2
    left, top, right, bottom = visible
    on_page = (middle_x >= left) & (middle_x < right) & (middle_y >= top) & (middle_y < bottom)
    inked = ~np.array(list(map(str.isspace, texts)), bool)
    for place in _cut_off(inked & on_page, inked & ~on_page, x0, x1, baselines, sizes):
        texts[place] = UNKNOWN if texts[place].isdecimal() else texts[place]
    verdict = judged(Placed(runs, texts, inked, x0, x1, baselines, sizes, widths, on_page, upright))
    turned = on_page & verdict.shows & ~upright & inked
    columns = (column.tolist() for column in (x0, x1, tops, bottoms, sizes))
    chars = tuples(Char, verdict.texts, *columns)
    read = on_page & upright & verdict.shows
    return ReadChars(
        chars if read.all() else [chars[i] for i in np.flatnonzero(read).tolist()],
        int(turned.sum()),
        int(verdict.unseen.sum()),
        int((read & verdict.doubted).sum()),
        int((read & verdict.false).sum()),
        verdict.undrawn,
        verdict.other_ink,
        _middle(slopes[read]),
    )


def _cut_off(
    seen: BoolArray, off: BoolArray, x0: FloatArray, x1: FloatArray, baselines: FloatArray, sizes: FloatArray
) -> list[int]:
    """The places of characters that go on beyond the page's edge: no number there is the whole one."""
    gap, step = np.abs(x0[1:] - x1[:-1]), np.abs(baselines[1:] - baselines[:-1])
    goes_on = np.maximum(gap, step) < PDF.cut_gap * sizes[1:]
    right, left = goes_on & seen[:-1] & off[1:], goes_on & off[:-1] & seen[1:]
    return [*np.flatnonzero(right).tolist(), *(np.flatnonzero(left) + 1).tolist()]


def _middle(slopes: FloatArray) -> float:
    """The one in the middle of them in order, for which numpy's median takes five times as long."""
    return float(np.sort(slopes)[len(slopes) // 2]) if len(slopes) else 0.0


def _codes(text: Any, at: int) -> IndexArray:
    """What each character means, from the page's whole text where that has one unit for each."""
    chars = pdfium.FPDFText_CountChars(text)
    whole = (c_ushort * (chars + 1))()
    if pdfium.FPDFText_GetText(text, 0, chars, whole) == chars + 1:
        return np.frombuffer(whole, np.uint16)[:chars].astype(np.intp)
    codes = np.array([_unicode(at, index) for index in range(chars)], np.intp)
    codes[codes > sys.maxunicode] = 0
    return codes


def _join_pairs(codes: IndexArray) -> None:
    """Rare ideographs, which pdfium gives in two halves, made whole; _SECOND_HALF stands for the second."""
    high, low = codes[:-1] - _HIGH, codes[1:] - _LOW
    first = np.flatnonzero((high >= 0) & (high < _HALVES) & (low >= 0) & (low < _HALVES))
    codes[first] = 0x10000 + high[first] * _HALVES + low[first]
    codes[first + 1] = _SECOND_HALF


def _type(text: int, kept: list[int], runs: IndexArray, sheet: Matrix) -> tuple[FloatArray, ...]:
    """Of each character its size in points up and across, its slope, its run's baseline.

    The slope is the tangent by which its line falls to the right; infinite where it is turned over.
    """
    is_first = np.ones(len(kept), bool)  # of its run, which has one matrix and one font size
    is_first[1:] = (runs[1:] != runs[:-1]) | (runs[1:] == 0)
    firsts = [kept[place] for place in np.flatnonzero(is_first).tolist()]
    font_sizes = np.abs(np.array(list(map(_size, repeat(text), firsts)), float))
    a, b, c, d, e, f = _read(_matrix, text, firsts, 6).T
    right, down = sheet.a * a + sheet.c * b, sheet.b * a + sheet.d * b
    lean, up = sheet.a * c + sheet.c * d, sheet.b * c + sheet.d * d
    slopes = np.where((right > 0) & (up < 0), down / right, np.inf)
    sizes, widths = font_sizes * np.hypot(lean, up), font_sizes * np.abs(right)
    run = np.cumsum(is_first) - 1
    return sizes[run], widths[run], slopes[run], (sheet.b * e + sheet.d * f + sheet.f)[run]


def _places(
    text: Any, kept: list[int], sheet: Matrix, sizes: FloatArray, baselines: FloatArray
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Of each character the left and right end, and its own baseline."""
    left, top, right, bottom = _read(_loose_box, address(text), kept, 4).T
    x0, y0 = sheet.a * left + sheet.c * bottom + sheet.e, sheet.b * left + sheet.d * bottom + sheet.f
    x1, y1 = sheet.a * right + sheet.c * top + sheet.e, sheet.b * right + sheet.d * top + sheet.f
    x0, x1, high, low = np.minimum(x0, x1), np.maximum(x0, x1), np.minimum(y0, y1), np.maximum(y0, y1)
    # Written downwards: the run's origin is no baseline, and pdfium scales such a box wrongly.
    odd = (baselines < (high + low) / 2) | (baselines > low + 0.5 * sizes) | (low - high > 2 * sizes)
    x, y = c_double(), c_double()
    for place in np.flatnonzero(odd).tolist():
        pdfium.FPDFText_GetCharOrigin(text, kept[place], x, y)
        across, baselines[place] = sheet.point(x.value, y.value)
        if low[place] - high[place] > 2 * sizes[place]:
            x0[place], x1[place] = across, across + sizes[place]
    return x0, x1, baselines


def _read(function: Callable[..., int], text: int, kept: list[int], width: int) -> FloatArray:
    """What a function tells of each character: a row of that many numbers."""
    found = np.zeros((len(kept), width), np.float32)
    step, start = found.strides[0], found.ctypes.data
    list(map(function, repeat(text), kept, count(start, step)))
    return found.astype(float)


def _meanings(text: int, kept: list[int], codes: list[int]) -> list[str]:
    """The text of each character; UNKNOWN where its font does not tell."""
    chars = list("".join(map(chr, codes)).translate(_FOLDED))
    unmapped = list(map(_is_unmapped, repeat(text), kept))
    if 1 in unmapped:
        chars = [UNKNOWN if no == 1 else char for char, no in zip(chars, unmapped, strict=True)]
    return chars
