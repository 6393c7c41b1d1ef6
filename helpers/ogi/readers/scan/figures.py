"""What a figure cell says, from two readings of it and from its ink.

Certain is only what both readings agree on and what has as many pieces of ink as characters. All else keeps
its likeliest text with a confidence of at most SCAN.disputed, and where nothing was read, UNREAD.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from ogi import values
from ogi.readers.scan.ink import Blob
from ogi.readers.scan.recogniser import Glyph
from ogi.readers.scan.settings import SCAN

UNREAD = "?"
"""The text of a cell that holds ink which nothing could be made of; it is no number, and not blank either."""
_COMMA_OR_POINT = re.compile(r"[+-]?\d{1,3}([.,])\d{3}(?:\1\d{3})*")
"""Numbers that a comma taken for a point, or the other way round, makes another number: 1,764 and 1.764."""
_LETTERS = str.maketrans("OoQ〇○◯。lI|丨｜!", "0000000111111")
_FULL = str.maketrans("０１２３４５６７８９．，＋－／（）", "0123456789.,+-/()")
_DASHES = re.compile(r"[-—–―─一ー－_]+")
_FIGURE = re.compile(r"[0-9OoQ〇○◯。lI|丨｜!.,+\-—–―─/]+")
_PLAIN = re.compile(r"[0-9.,+\-/]+")


def may_be_figure(glyphs: Sequence[Glyph], wide: bool) -> bool:
    """Is a first reading a number or a mark, or too poor or short to say? `wide`: longer than a number is."""
    text = _joined(glyphs)
    if _is_figure(text) or _FIGURE.fullmatch(text) or _DASHES.fullmatch(text):
        return True
    # A figure under dirt may be read as words, but never surely.
    poor = min((glyph.confidence for glyph in glyphs), default=0.0) < SCAN.disputed
    return not wide and (poor or len(text) == 1 or text.isascii())


def settled(
    first: Sequence[Glyph], second: Sequence[Glyph], blobs: Sequence[Blob], unit: float
) -> tuple[str, float]:
    """The text of a figure cell and how sure it is, by two readings and its ink; `unit` pixels to a point."""
    one, two = _digits(_joined(first)), _digits(_joined(second))
    sure_one, sure_two = _least(first), _least(second)
    if not one and not two:
        return UNREAD, 0.0
    if "/" in (one, two) and _is_slash(blobs):
        return "/", min(max(sure_one, sure_two), SCAN.confused if one != two else 1.0)
    if one != two:
        tried = ((one, sure_one), (two, sure_two))
        # A reading that is a figure before a surer one that is none.
        text, sure = max(tried, key=lambda reading: (_is_figure(reading[0]), reading[1]))
        return text or UNREAD, min(sure, SCAN.disputed)
    sure = max(sure_one, sure_two)
    if _joined(first) != one or _joined(second) != one:
        sure = min(sure, SCAN.confused)
    if _PLAIN.fullmatch(one) and not _fits(one, blobs, unit):
        sign = "-" if one[0].isdigit() and _has_dash(blobs) and _fits(f"-{one}", blobs, unit) else ""
        return sign + one, min(sure, SCAN.disputed)
    return one, sure


def _joined(glyphs: Sequence[Glyph]) -> str:
    return "".join("".join(glyph.text for glyph in glyphs).split()).translate(_FULL)


def _least(glyphs: Sequence[Glyph]) -> float:
    return min((min(1.0, glyph.alike) for glyph in glyphs), default=0.0)


def _digits(text: str) -> str:
    """Letters that look like digits as digits, where the text can be nothing but a figure."""
    if _DASHES.fullmatch(text):
        return "—"
    return text.translate(_LETTERS) if _FIGURE.fullmatch(text) else text


def _is_figure(text: str) -> bool:
    return values.parse(text).state in (values.State.REPORTED, values.State.NOT_APPLICABLE)


def _fits(text: str, blobs: Sequence[Blob], unit: float) -> bool:
    """Are there as many pieces of ink as characters: digits, points at the foot, and a dash before them?"""
    tallest = max((_height(blob) for blob in blobs), default=0)
    tall = [blob for blob in blobs if _height(blob) >= 0.5 * tallest]  # digits: points and dashes are lower
    if not tall or tallest < 3 * unit:  # no digit is printed smaller
        return not any(character.isdigit() for character in text)
    start, end = min(blob.rect[0] for blob in tall), max(blob.rect[2] for blob in tall)
    foot = _foot(tall) - 0.2 * tallest  # a point stands at the foot, a dash above it
    small = [blob for blob in blobs if blob not in tall and blob.size >= SCAN.least_point * unit]
    points = [b for b in small if b.rect[3] > foot and start < b.rect[0] < end]
    dashes = [b for b in small if b.rect[3] <= foot and b.size > 0.2 * tallest and b.rect[2] <= start]
    return (
        not (len(text) == len(tall) == 1 and _is_another(text, tall[0]))
        and not any(map(_is_struck, tall))
        and _is_divided_so(text, points, _foot(tall) + SCAN.comma_hangs * tallest, unit)
        and sum(character not in ".,-" for character in text) in _digits_in(tall, tallest)
        and bool(points) == ("." in text or "," in text)
        and bool(dashes) == text.startswith("-")
    )


def _is_divided_so(text: str, points: Sequence[Blob], hanging: float, unit: float) -> bool:
    """Where it matters, do commas reach below `hanging`, and are points above it and no comma's rest?"""
    divided = _COMMA_OR_POINT.fullmatch(text)
    if divided is None:
        return True
    if divided[1] == ",":
        return all(point.rect[3] > hanging for point in points)
    sides = [min(point.rect[2] - point.rect[0], _height(point)) for point in points]
    return all(p.rect[3] <= hanging for p in points) and min(sides, default=0) >= SCAN.least_point * unit


def _foot(tall: Sequence[Blob]) -> int:
    """Where the digits stand."""
    return sorted(blob.rect[3] for blob in tall)[len(tall) // 2]


def _has_dash(blobs: Sequence[Blob]) -> bool:
    """Is the first piece a level stroke, shorter than a digit is high and beside its middle?"""
    if not blobs:
        return False
    dash, *digits = sorted(blobs, key=lambda blob: blob.rect[0])
    tallest = max(digits, key=_height, default=dash)
    high, wide = _height(tallest), dash.rect[2] - dash.rect[0]
    middle = (dash.rect[1] + dash.rect[3]) / 2 - tallest.rect[1]
    level = wide >= 1.5 * _height(dash) and 0.25 * high <= wide <= 0.8 * high
    # A dash farther off is a mark of its own.
    near = min((blob.rect[0] for blob in digits), default=0) - dash.rect[2] <= 0.6 * high
    return level and near and 0.35 * high <= middle <= 0.75 * high


def _is_another(text: str, blob: Blob) -> bool:
    """Is a lone 1 or 7 rather a slash, or the other way round?"""
    if text == "1":
        return blob.lean < SCAN.slash_lean
    if text == "7":
        return blob.top < SCAN.slash_top
    return text == "/" and not _is_slash([blob])


def _is_struck(blob: Blob) -> bool:
    """Do three digits or more hang together by a line through their middle? Two 4s may by their bars."""
    width = blob.rect[2] - blob.rect[0]
    return width > 2 * SCAN.digit_widths[1] * _height(blob) and blob.level >= SCAN.strike_share


def _is_slash(blobs: Sequence[Blob]) -> bool:
    """One stroke that leans to the left on its way down and has no bar at its top, as a 7 has."""
    return len(blobs) == 1 and blobs[0].lean < SCAN.slash_lean and blobs[0].top < SCAN.slash_top


def _height(blob: Blob) -> int:
    return blob.rect[3] - blob.rect[1]


def _digits_in(tall: Sequence[Blob], tallest: int) -> range:
    """How many digits these pieces side by side can be; one as wide as two digits is two that touch."""
    runs: list[list[int]] = []
    for left, _, right, _ in sorted(blob.rect for blob in tall):
        if runs and left < runs[-1][1] - 1:
            runs[-1][1] = max(runs[-1][1], right)
        else:
            runs.append([left, right])
    widths = [(right - left) / tallest for left, right in runs]
    least = sum(max(1, math.ceil(width / SCAN.digit_widths[1])) for width in widths)
    return range(least, 1 + sum(max(1, math.floor(width / SCAN.digit_widths[0])) for width in widths))
