"""Which characters of a page show as the file has them: told by their ink on the page's picture."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from ctypes import addressof, c_ulong
from dataclasses import dataclass
from functools import partial
from typing import Any, NamedTuple

import numpy as np
import pypdfium2.raw as pdfium

from ogi.arrays import BoolArray, FloatArray, IndexArray
from ogi.readers.pdf.fonts import DIGITS, Fonts
from ogi.readers.pdf.marks import UNKNOWN
from ogi.readers.pdf.picture import LUMINANCE, OtherInk, Picture
from ogi.readers.pdf.quick import bare, columns_of, tuples
from ogi.readers.pdf.settings import PDF

_NO_INK = (pdfium.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium.FPDF_TEXTRENDERMODE_CLIP)
_ABOVE, _BELOW = 0.85, 0.15
"""Shares of its size above and below the baseline within which a character has its ink."""
_GROUNDS = np.array(((0.1, -0.05), (0.5, -0.05), (0.9, 0.35), (0.1, 0.8), (0.5, 0.8))).T[:, :, None]
"""Where the ground of a digit is looked at, as a line may hide it at some: across its width, up its size."""
_PIXELS, _TALL = 48, 200
"""How large a digit is drawn to be looked at: that high, in pixels; and the points that none exceeds."""
_BIN, _FAR = 8.0, 1e5
"""Points of the stretches of a page's height in which neighbours are looked for; these laid end to end."""

_font, _mode = bare(pdfium.FPDFTextObj_GetFont), bare(pdfium.FPDFTextObj_GetTextRenderMode)
_fill, _is_embedded = bare(pdfium.FPDFPageObj_GetFillColor), bare(pdfium.FPDFFont_GetIsEmbedded)


_marks, _mark = bare(pdfium.FPDFPageObj_CountMarks), bare(pdfium.FPDFPageObj_GetMark)
_said = bare(pdfium.FPDFPageObjMark_GetParamStringValue)


class Placed(NamedTuple):
    """Characters: their text objects by address, meaning, place, and size up and across.

    `inked`: all but blanks.
    """

    runs: IndexArray
    texts: list[str]
    inked: BoolArray
    x0: FloatArray
    x1: FloatArray
    baselines: FloatArray
    sizes: FloatArray
    widths: FloatArray
    on_page: BoolArray
    upright: BoolArray


@dataclass(frozen=True)
class Judged:
    """Of each character what it means; whether it is read, or unseen; `doubted`: it is not as it shows.

    `false`: it looks different from what its font says. `undrawn`: how many were taken
    though they cannot be drawn here.
    """

    texts: list[str]
    shows: BoolArray
    unseen: BoolArray
    doubted: BoolArray
    false: BoolArray
    undrawn: int = 0
    other_ink: OtherInk | None = None


class Run(NamedTuple):
    """How a text object is painted. `colour`: red, green, blue, alpha; None for a pattern."""

    font: int
    mode: int
    colour: tuple[int, int, int, int] | None


class Judge:
    """Holds the text of a document's pages against their pictures, a page at a time."""

    def __init__(self) -> None:
        self._fonts = Fonts()
        self._picture: Picture
        """Drawn when a page's characters are known, as turned ones stay on it."""

    def of(self, page: Any, texts: Sequence[int], chars: Placed, *, may_be_scan: bool) -> Judged:
        """The verdict on each character of a page.

        `page`: that of pypdfium2; `texts`: its text objects by address, none where there is no judging;
        `may_be_scan`: a picture may show all that is to be seen.
        """
        count = len(chars.texts)
        shows, doubted, false = np.ones(count, bool), np.zeros(count, bool), np.zeros(count, bool)
        if not texts:
            return Judged(chars.texts, shows, ~shows, doubted, false)
        turned = set(chars.runs[~chars.upright].tolist())
        upright = [obj for obj in texts if obj not in turned] if turned else texts
        self._picture = Picture(page, upright)
        judged = chars.on_page & chars.upright
        tops, bottoms = chars.baselines - _ABOVE * chars.sizes, chars.baselines + _BELOW * chars.sizes
        inked = ~chars.inked
        looked = np.flatnonzero(chars.inked & judged)
        inked[looked] = self._picture.shows(*(side[looked] for side in (chars.x0, tops, chars.x1, bottoms)))
        digits = np.flatnonzero(np.array(list(map(DIGITS.__contains__, chars.texts)), bool) & judged)
        doubles = self._doubles(chars, judged, shows, doubted)
        if len(digits):
            own, whole, false[digits] = self._digits(chars, digits)
            inked[digits] &= ~(own < PDF.least_ink)
            doubted[digits] |= (whole < PDF.ink_range[0]) | np.isnan(own)
            doubted[list(set(digits[own > PDF.ink_range[1]].tolist()) - set(doubles))] = True
            said = [run for run in set(chars.runs[digits].tolist()) if _is_said_otherwise(run)]
            doubted[digits[np.isin(chars.runs[digits], said)] if said else []] = True
        if false.any() and self._fonts.useless:
            fonts = map(_font, chars.runs.tolist())
            false = np.array([font in self._fonts.useless for font in fonts], bool) | false
        hidden = np.flatnonzero(~inked & judged).tolist()
        undrawn = [] if may_be_scan else self._undrawn(chars, hidden)
        shows[hidden] = False
        shows[undrawn] = True
        doubted &= shows
        unseen = judged & ~inked & ~shows
        meant = list(chars.texts)
        for i in np.flatnonzero(doubted | false).tolist():
            meant[i] = UNKNOWN
        x, y = (chars.x0 + chars.x1) / 2, chars.baselines - PDF.level
        blacked = unseen & (self._picture.grounds(x, y) < PDF.black)
        aslant = chars.inked & chars.on_page & ~chars.upright  # a mirrored 4 may be taken for one
        ink = self._picture.other_ink(np.stack((x, y), axis=1)[doubted | blacked | aslant])
        return Judged(meant, shows, unseen, doubted, false, len(undrawn), ink)

    def _digits(self, chars: Placed, digits: IndexArray) -> tuple[FloatArray, FloatArray, BoolArray]:
        """By digit its own ink and all ink in its box, as shares of what its font draws; and is it false?

        In a font that is not in the file, of what others of the kind have. nan where it is too pale to tell.
        """
        objects = chars.runs[digits].tolist()
        run_of = _runs_of(set(objects))
        kinds = [(run_of[obj], chars.texts[i]) for obj, i in zip(objects, digits.tolist(), strict=True)]
        known = {kind: at for at, kind in enumerate(dict.fromkeys(kinds))}
        kind_of = np.array([known[kind] for kind in kinds])
        areas = np.array([self._area(*kind) for kind in known])[kind_of]
        first = dict(zip(reversed(kinds), reversed(digits.tolist()), strict=True))
        looks = [partial(self._glyph, chars, first[kind]) for kind in known]
        kinds_seen = zip(known, looks, strict=True)
        is_false = [self._fonts.is_false(run.font, digit, look) for (run, digit), look in kinds_seen]
        false = np.array(is_false, bool)[kind_of]
        painted = np.array([run.colour or (0, 0, 0, 0) for run, _ in known], np.int16)[kind_of]
        x0, x1, baselines, sizes, widths = (column[digits] for column in chars[3:8])
        right, up = _GROUNDS
        grounds = self._picture.grounds(x0 + right * (x1 - x0), baselines - up * sizes)
        contrasts = np.abs(grounds - painted[:, :3] @ LUMINANCE)
        ground = grounds[contrasts.argmax(axis=0), np.arange(len(digits))]
        contrast = contrasts.max(axis=0) * painted[:, 3] / 255
        box = x0, baselines - _ABOVE * sizes, x1, baselines + _BELOW * sizes
        shares = self._picture.ink(*box, ground) / (
            np.where(contrast < PDF.pale, np.nan, contrast) * sizes * widths
        )
        for at in np.unique(kind_of[np.isnan(areas)]):
            areas[kind_of == at] = np.median(shares[0, kind_of == at])
        own, whole = shares / areas
        own[np.array([run.mode in _NO_INK for run, _ in known], bool)[kind_of]] = 0  # but a neighbour's
        return own, whole, false

    def _glyph(self, chars: Placed, i: int) -> FloatArray:
        top, bottom = (
            chars.baselines[i] - _ABOVE * chars.sizes[i],
            chars.baselines[i] + _BELOW * chars.sizes[i],
        )
        x0, x1 = chars.x0[i], chars.x1[i]
        is_sound = 1 < bottom - top < _TALL and 0.1 < x1 - x0 < _TALL
        return self._picture.glyph((x0, top, x1, bottom), _PIXELS) if is_sound else np.zeros((1, 1))

    def _area(self, run: Run, text: str) -> float:
        is_filled = run.mode == pdfium.FPDF_TEXTRENDERMODE_FILL
        return self._fonts.area(run.font, text) if is_filled else float("nan")

    def _undrawn(self, chars: Placed, hidden: list[int]) -> list[int]:
        """Those in fonts that are neither in the file nor on this machine. Elsewhere they may well show."""
        run_of = _runs_of(set(chars.runs[hidden].tolist()))
        return [i for i in hidden if self._is_undrawn(chars, i, run_of[int(chars.runs[i])])]

    def _is_undrawn(self, chars: Placed, i: int, run: Run) -> bool:
        if run.mode in _NO_INK or run.colour is None or _is_embedded(run.font) == 1:
            return False
        if self._fonts.outline(run.font, chars.texts[i]):
            return False
        middle = np.array([(chars.x0[i] + chars.x1[i]) / 2]), chars.baselines[[i]]
        contrast = abs(float(self._picture.grounds(*middle)[0]) - float(np.array(run.colour[:3]) @ LUMINANCE))
        return contrast * run.colour[3] / 255 >= PDF.faint

    def _doubles(self, chars: Placed, judged: BoolArray, shows: BoolArray, doubted: BoolArray) -> list[int]:
        """Of characters printed twice at one place the later ones; the earlier ones are taken off.

        Different ones at one place are doubted where one of them is a digit, and so are digits alike
        of one text object: such a number is pressed together, not printed twice.
        """
        found: list[int] = []
        sizes = np.minimum(chars.sizes, chars.widths)  # the digits of narrow type are no doubles
        for one, other in at_one_place((chars.x0 + chars.x1) / 2, chars.baselines, sizes):
            if not (judged[one] and judged[other]):
                continue
            texts = chars.texts[one], chars.texts[other]
            is_pressed = texts[0] in DIGITS and 0 != chars.runs[one] == chars.runs[other]
            if texts[0] == texts[1] and not is_pressed:
                shows[one] = False
                found.append(other)
            elif any(text in DIGITS for text in texts) and not any(map(str.isspace, texts)):
                doubted[[one, other]] = True
        return found


def _runs_of(objects: Collection[int]) -> dict[int, Run]:
    """How each of some text objects is painted."""
    colours = np.zeros((len(objects), 4), np.uint32)
    known = list(map(_fill, objects, *columns_of(colours)))
    painted = [tuple(of) if is_known else None for of, is_known in zip(colours.tolist(), known, strict=True)]
    return dict(zip(objects, tuples(Run, map(_font, objects), map(_mode, objects), painted), strict=True))


def _is_said_otherwise(run: int) -> bool:
    """Does the file give a text object another text (ActualText), which is what was read?"""
    count = _marks(run)
    if count <= 0:
        return False
    marks = (_mark(run, at) for at in range(count))
    return any(_said(mark, b"ActualText", None, 0, addressof(c_ulong())) for mark in marks)


def at_one_place(middle: FloatArray, baselines: FloatArray, size: FloatArray) -> Iterator[tuple[int, int]]:
    """Pairs of characters, the earlier one first, that are printed over one another."""
    seen: set[tuple[int, int]] = set()
    for shift in (0.0, _BIN / 2):
        place = np.floor((baselines + shift) / _BIN) * _FAR + middle
        order = np.argsort(place, kind="stable")
        for step in (1, 2):
            one, other = order[:-step], order[step:]
            least = PDF.same_spot * np.minimum(size[one], size[other])
            near = (place[other] - place[one] < least) & (np.abs(baselines[one] - baselines[other]) < least)
            for i, j in zip(one[near].tolist(), other[near].tolist(), strict=True):
                pair = min(i, j), max(i, j)
                if pair not in seen:
                    seen.add(pair)
                    yield pair
