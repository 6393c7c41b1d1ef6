"""Characters printed over one another: one twice is bold or has a shadow, two are unreadable."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from ogi.arrays import FloatArray
from ogi.readers.pdf.marks import UNKNOWN, Char
from ogi.readers.pdf.places import NUMERALS

_SAME_PLACE = 0.25
"""Share of their size by which the middles of two such characters differ; neighbours are further apart."""
_TOUCHING = 0.3
_BIN = 8.0
"""Height (points) of the stretches of a page within which neighbours are looked for."""
_NEIGHBOURS = (1, 2)
_FAR = 1e5
"""Points from one stretch to the next when all are laid end to end: more than a page is wide."""


def told_apart(chars: list[Char]) -> tuple[list[Char], int]:
    """The characters, those printed twice once; and how many became UNKNOWN, printed over by others."""
    again: dict[int, int] = {}
    unreadable: set[int] = set()
    x0, x1, _, bottom, size = np.array([char[1:] for char in chars]).reshape(-1, 5).T
    for one, other in sorted(set(at_one_place((x0 + x1) / 2, bottom, size))):
        texts = chars[one].text, chars[other].text
        if one in again or not _is_same_place(chars[one], chars[other]):
            continue
        if texts[0] == texts[1]:
            again[other] = one
        elif not NUMERALS.isdisjoint(texts) and not any(text.isspace() for text in texts):
            unreadable |= {one, other}
    if not again and not unreadable:
        return chars, 0
    unreadable |= _of_halves(chars, again)
    kept = [
        char._replace(text=UNKNOWN) if i in unreadable else char
        for i, char in enumerate(chars)
        if i not in again
    ]
    return kept, len(unreadable - set(again))


def _of_halves(chars: list[Char], again: dict[int, int]) -> set[int]:
    """Numerals of numbers that were printed twice in part: another number may have been laid over them."""
    doubled = {*again, *again.values()}
    found: set[int] = set()
    for i in doubled:
        for beside in (i - 1, i + 1):
            if 0 <= beside < len(chars) and beside not in doubled and _is_one_number(chars[i], chars[beside]):
                found |= {i, again.get(i, i), beside}
    return found


def _is_one_number(one: Char, other: Char) -> bool:
    gap = max(one.x0, other.x0) - min(one.x1, other.x1)
    is_level = abs(one.bottom - other.bottom) < _SAME_PLACE * one.size
    return one.text in NUMERALS and other.text in NUMERALS and is_level and gap < _TOUCHING * one.size


def at_one_place(middle: FloatArray, bottom: FloatArray, size: FloatArray) -> Iterator[tuple[int, int]]:
    """Pairs of characters, the earlier one first, that may be printed over one another."""
    for shift in (0.0, _BIN / 2):
        place = np.floor((bottom + shift) / _BIN) * _FAR + middle
        order = np.argsort(place, kind="stable")
        for step in _NEIGHBOURS:
            one, other = order[:-step], order[step:]
            near = np.flatnonzero(place[other] - place[one] < _SAME_PLACE * size[one])
            for i, j in zip(one[near].tolist(), other[near].tolist(), strict=True):
                yield min(i, j), max(i, j)


def _is_same_place(one: Char, other: Char) -> bool:
    least = _SAME_PLACE * min(one.size, other.size)
    return abs(one.x0 + one.x1 - other.x0 - other.x1) < 2 * least and abs(one.bottom - other.bottom) < least
