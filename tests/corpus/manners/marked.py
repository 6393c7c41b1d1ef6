"""Reports some figures of which are printed in an odd way: their cells marked before the report is written."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from ogi.values import State
from scripts.samples.compose import Part, Sample

_FIRST = 0xE000
"""Private characters stand for the cells: no writer splits, wraps or escapes one."""

Truth = tuple[str, float | None, str | None]
"""What a cell shows: state, value, unit."""
SAME, GONE, LOST = "same", "gone", "lost"
"""Its number; nothing; something that hides or belies its number, so that it is read as unreadable."""


def has_two_sides(number: str) -> bool:
    """Is it another number, or none, when turned or mirrored?"""
    return re.search("[234579]", number) is not None


@dataclass(frozen=True)
class Marked:
    """A report whose chosen cells hold one private character each. `numbers`: what they printed, by key."""

    sample: Sample
    numbers: dict[str, str]

    @property
    def tokens(self) -> dict[str, str]:
        """Token → number, in the order of the cells."""
        return {chr(_FIRST + at): number for at, number in enumerate(self.numbers.values())}

    def truth(self, shown: str) -> dict[str, Truth]:
        """What every figure of the report shows, where each chosen one is SAME, GONE or LOST."""
        told: dict[str, Truth] = {key: tuple(p.golden) for key, p in self.sample.printed.items()}
        state = {GONE: State.BLANK, LOST: State.UNREADABLE}.get(shown)
        changed = {key: (state.value, None, told[key][2]) for key in self.numbers} if state else {}
        return told | changed


def marked(
    sample: Sample, rng: random.Random, share: float = 0.2, fits: Callable[[str], bool] = str.isdecimal
) -> Marked:
    """Choose some figures that are printed as digits alone and fit."""
    keys = _keys(sample)
    digits = [key for key in keys if sample.printed[key].text.isdecimal() and fits(sample.printed[key].text)]
    chosen = sorted(rng.sample(digits, round(share * len(digits))), key=keys.index)
    tokens = {key: chr(_FIRST + at) for at, key in enumerate(chosen)}
    parts = tuple(_part(part, sample, tokens) for part in sample.parts)
    return Marked(replace(sample, parts=parts), {key: sample.printed[key].text for key in chosen})


def _keys(sample: Sample) -> list[str]:
    return [key for part in sample.parts for key in _keys_of(part, sample)]


def _keys_of(part: Part, sample: Sample) -> list[str]:
    name = "" if part.grid is None else part.grid.table
    return [key for key in sample.printed if key.partition("/")[0] == name]


def _part(part: Part, sample: Sample, tokens: dict[str, str]) -> Part:
    """The section with its chosen cells marked: cells and figures stand in the same order."""
    if part.grid is None:
        return part
    figures = sorted((c for c in part.grid.cells if c.kind == "figure"), key=lambda c: (c.row, c.column))
    key_of = dict(zip(figures, _keys_of(part, sample), strict=True))
    cells = tuple(
        replace(cell, text=tokens.get(key_of[cell], cell.text)) if cell in key_of else cell
        for cell in part.grid.cells
    )
    return replace(part, grid=replace(part.grid, cells=cells))
