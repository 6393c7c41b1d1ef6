"""What a font's digits look like: how much ink each should leave, and whether they are what the file says."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from ctypes import c_void_p, cast
from difflib import SequenceMatcher
from functools import cache
from itertools import repeat
from pathlib import Path

import numpy as np
import pypdfium2.raw as pdfium
import yaml
from PIL import Image, ImageDraw

from ogi.arrays import FloatArray, Pixels
from ogi.readers.pdf.quick import address, bare, columns_of

DIGITS = "0123456789"

_HIGH, _GAP = 40, 0.2
"""Pixels to the size of the type, and the room between digits as a share of it."""
_LOOKS, _FIELDS, _TELLING = Path(__file__).with_name("digits.yaml"), (8, 6, 8), 0.05
"""How digits look; its rows and columns, each so many pixels; by how much the digit must be likelier."""
_INKED = 0.3
"""Share of the darkest ink from which on a pixel is of the glyph."""
_ON_CURVE = np.array((0.25, 0.5, 0.75, 1.0))[:, None]
_NAMELESS = 1
"""Length of the name of a font of drawings (Type 3), with the null at its end; its outlines are another's."""

_is_embedded, _name_length = bare(pdfium.FPDFFont_GetIsEmbedded), bare(pdfium.FPDFFont_GetBaseFontName)
_segment, _kind = bare(pdfium.FPDFGlyphPath_GetGlyphPathSegment), bare(pdfium.FPDFPathSegment_GetType)
_point = bare(pdfium.FPDFPathSegment_GetPoint)


class Fonts:
    """The fonts of one document by their addresses in pdfium."""

    def __init__(self) -> None:
        self._outlines: dict[tuple[int, str], bytes] = {}
        self._areas: dict[tuple[int, str], float] = {}
        self._sure: dict[int, frozenset[str]] = {}
        self._seen: dict[tuple[int, str], bool] = {}
        self.useless: set[int] = set()
        """Fonts none of whose digits looks like what the file says it is."""

    def outline(self, font: int, text: str) -> bytes:
        """The curves of a glyph of size 1 as pdfium has them: of each point its kind and place.

        Empty where the font has none for the character.
        """
        if (font, text) not in self._outlines:
            self._outlines[font, text] = _outline(font, text)
        return self._outlines[font, text]

    def area(self, font: int, text: str) -> float:
        """The area of a glyph of size 1; nan where it cannot be told, as in a font not in the file."""
        if (font, text) not in self._areas:
            known = _is_embedded(font) == 1 and _name_length(font, None, 0) > _NAMELESS
            self._areas[font, text] = _area(self.outline(font, text)) if known else float("nan")
        return self._areas[font, text]

    def is_false(self, font: int, digit: str, drawn_on_page: Callable[[], FloatArray]) -> bool:
        """Does a digit not look like what the file says it is?

        `drawn_on_page`: its ink there, for a font that has no outlines, as fonts of drawings (Type 3).
        """
        if _name_length(font, None, 0) <= _NAMELESS or not self.outline(font, digit):
            if (font, digit) not in self._seen:
                self._seen[font, digit] = _is_other(drawn_on_page(), digit)
            return self._seen[font, digit]
        if _is_usual(self.outline(font, digit), digit):
            return False
        if font not in self._sure:
            drawn = "".join(digit for digit in DIGITS if self.outline(font, digit))
            read = _looks_like(tuple(self.outline(font, digit) for digit in drawn)) if drawn else ""
            alike = SequenceMatcher(None, drawn, read, autojunk=False).get_matching_blocks()
            # Each in its place, from either end where the recogniser left one out.
            shifts = 0, len(read) - len(drawn)
            sure = "".join(drawn[start : start + size] for start, at, size in alike if at - start in shifts)
            self._sure[font] = frozenset(sure) | (set(DIGITS) - set(drawn))
            self.useless |= {font} if not sure else set()
        return digit not in self._sure[font]


def _outline(font: int, text: str) -> bytes:
    handle = cast(c_void_p(font), pdfium.FPDF_FONT)
    path = pdfium.FPDFFont_GetGlyphPath(handle, ord(text), 1.0) if len(text) == 1 else None
    if not path:
        return b""
    count = pdfium.FPDFGlyphPath_CountGlyphSegments(path)
    segments = list(map(_segment, repeat(address(path)), range(count)))
    points = np.zeros((count, 3), np.float32)
    points[:, 0] = list(map(_kind, segments))
    _, *places = columns_of(points)
    list(map(_point, segments, *places))
    return points.tobytes()


def _curves(outline: bytes) -> list[FloatArray]:
    """The closed curves of a glyph as the corners of polygons."""
    curves: list[list[FloatArray]] = []
    bends: list[FloatArray] = []
    for kind, *place in np.frombuffer(outline, np.float32).astype(float).reshape(-1, 3):
        point = np.array(place)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            curves.append([point])
        elif kind == pdfium.FPDF_SEGMENT_LINETO:
            curves[-1].append(point)
        else:
            bends.append(point)
        if len(bends) == 3:
            curves[-1] += list(_bent(curves[-1][-1], *bends))
            bends = []
    return [np.array(curve) for curve in curves if len(curve) > 2]


def _bent(start: FloatArray, one: FloatArray, other: FloatArray, end: FloatArray) -> FloatArray:
    """Points on a Bézier curve."""
    on, left = _ON_CURVE, 1 - _ON_CURVE
    bent: FloatArray = left**3 * start + 3 * left**2 * on * one + 3 * left * on**2 * other + on**3 * end
    return bent


@cache
def _area(outline: bytes) -> float:
    """Curves that run the other way round are holes."""
    total = 0.0
    for x, y in (curve.T for curve in _curves(outline)):
        total += float((x * np.roll(y, -1) - np.roll(x, -1) * y).sum()) / 2
    return abs(total) or float("nan")


@cache
def _is_usual(outline: bytes, digit: str) -> bool:
    """Does a glyph resemble its digit in some common style more than any other? True where it is empty."""
    curves = _curves(outline)
    return not curves or _resembles(_rastered(curves), digit)


def _resembles(look: FloatArray, digit: str) -> bool:
    alike = _styles() @ _scaled(look)
    own, others = alike[:, int(digit)].max(), np.delete(alike, int(digit), axis=1).max()
    return bool(own - others > _TELLING)


def _is_other(ink: FloatArray, digit: str) -> bool:
    """Does ink (from 0 to 1) look like another digit? Not where there is hardly any."""
    rows, columns = (np.flatnonzero((ink > _INKED).any(axis=axis)) for axis in (1, 0))
    if len(rows) < _FIELDS[0] or not len(columns):
        return False
    glyph = ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    shares = Image.fromarray(glyph.astype(np.float32)).resize(_FIELDS[1::-1], Image.Resampling.BOX)
    if _resembles(np.asarray(shares, np.float64).ravel(), digit):
        return False
    from ogi.readers.scan.recogniser import read_crops  # the recogniser is heavy

    (line,) = read_crops([np.pad((255 * (1 - glyph)).astype(np.uint8), len(rows) // 3, constant_values=255)])
    return "".join(found.text for found in line).strip() != digit


@cache
def _styles() -> FloatArray:
    """[style, digit, field]: how digits look."""
    styles: dict[str, list[str]] = yaml.safe_load(_LOOKS.read_text(encoding="utf-8"))
    return np.array([[_scaled(np.array(list(look), float)) for look in looks] for looks in styles.values()])


def _rastered(curves: Sequence[FloatArray]) -> FloatArray:
    """A glyph stretched to a few fields, with the share of ink in each."""
    corners = np.concatenate(curves)
    low, high = corners.min(axis=0), corners.max(axis=0)
    rows, columns, fine = _FIELDS
    size = columns * fine, rows * fine
    ink = np.zeros(size[::-1], bool)
    for curve in curves:
        places = (curve - low) / np.maximum(high - low, 0.01)
        mask = Image.new("1", size)
        corner = [(float(x) * size[0], (1 - float(y)) * size[1]) for x, y in places]
        ImageDraw.Draw(mask).polygon(corner, fill=1)
        ink ^= np.asarray(mask)  # a curve within another is a hole
    shares: FloatArray = ink.reshape(rows, fine, columns, fine).mean(axis=(1, 3)).ravel()
    return shares


def _scaled(look: FloatArray) -> FloatArray:
    even = look - look.mean()
    scaled: FloatArray = even / max(float(np.linalg.norm(even)), 1e-9)
    return scaled


@cache
def _looks_like(outlines: tuple[bytes, ...]) -> str:
    """What the recogniser reads where glyphs stand side by side; a font is looked at once a process."""
    from ogi.readers.scan.recogniser import read_crops  # the recogniser is heavy

    (line,) = read_crops([_drawn([_curves(outline) for outline in outlines])])
    return "".join(glyph.text for glyph in line if glyph.text.strip())


def _drawn(glyphs: Sequence[list[FloatArray]]) -> Pixels:
    """Glyphs side by side, black on white."""
    import cv2

    widths = [max(float(curve[:, 0].max()) for curve in curves) + _GAP for curves in glyphs]
    picture = np.full((round(1.4 * _HIGH), round(_HIGH * (_GAP + sum(widths)))), 255, np.uint8)
    left = _GAP
    for curves, width in zip(glyphs, widths, strict=True):
        placed = [np.round(16 * _HIGH * np.array((left, 1.1)) + 16 * _HIGH * c * (1, -1)) for c in curves]
        cv2.fillPoly(picture, [curve.astype(np.int32) for curve in placed], (0,), cv2.LINE_AA, 4)
        left += width
    return picture
