"""The verdict on each line of a sum: what its two sides say, and whether they may be compared at all."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import numpy as np

from ogi.arrays import BoolArray, FloatArray, IndexArray
from ogi.checks.lines import Compared, Side
from ogi.checks.rows import Check
from ogi.checks.sentences import REASONS, SENTENCES, Verdict, amount
from ogi.figures import BADLY_READ, NEAR_STRANGE, UNREADABLE, Figures, equal
from ogi.said import Said, say

_VERDICTS = (
    Verdict.NOT_APPLICABLE,
    Verdict.UNDECIDED,
    Verdict.HOLDS,
    Verdict.HOLDS_BLANK_AS_ZERO,
    Verdict.BROKEN,
)
_MESSAGES_KEPT = 65_536
"""Most lines of most reports say that nothing is nothing: their messages are made once."""


def judged(figures: Figures, compared: Compared) -> Iterator[Check]:
    """A check per report and line."""
    verdicts, left, right, reasons = judge(figures, compared.left, compared.right)
    sides = zip(compared.left_names, compared.right_names, strict=True)
    arrays = (array.tolist() for array in (verdicts, left, right, reasons))
    for of, names, cells, *lines in zip(compared.reports, sides, compared.cells, *arrays, strict=True):
        for line, its_cells, verdict, a, b, reason in zip(compared.names, cells, *lines, strict=True):
            found, ought = (None if side != side else side for side in (a, b))
            message = _message(line, *names, _VERDICTS[verdict], reason, found, ought)
            yield Check(of, compared.rule_id, _VERDICTS[verdict], message, found, ought, its_cells)


def judge(figures: Figures, left: Side, right: Side) -> tuple[IndexArray, FloatArray, FloatArray, IndexArray]:
    """The two sides of each line compared, blank cells read as zero where nothing speaks against it.

    Returns:
        Arrays of reports × lines: the place in _VERDICTS, both sides (NaN where not known), and the place in
        REASONS of the reason why a line is undecided.
    """
    values = np.nan_to_num(figures.value)
    sums = [values[side].sum(axis=2) for side in (left, right)]
    silent = [np.asarray(figures.blank[side].all(axis=2)) for side in (left, right)]
    some_blank, all_blank = _any(figures.blank, left, right), silent[0] & silent[1]
    is_equal = equal(*sums)
    doubts = _doubts(figures, left, right, is_equal, silent[0] | silent[1])
    cases = [all_blank, np.logical_or.reduce(doubts), is_equal & ~some_blank, is_equal]
    unknown = (figures.state == UNREADABLE) | figures.missing | figures.unfilled
    told = [
        np.where(all_blank | unknown[side].any(axis=2) | (is_silent & ~is_equal), np.nan, total)
        for side, is_silent, total in zip((left, right), silent, sums, strict=True)
    ]
    return np.select(cases, range(4), 4), told[0], told[1], np.argmax(doubts, axis=0)


def _doubts(
    figures: Figures, left: Side, right: Side, is_equal: BoolArray, is_silent: BoolArray
) -> list[BoolArray]:
    """Per reason of REASONS, the lines that cannot be decided for it."""
    return [
        _any(figures.state == UNREADABLE, left, right),
        _any(figures.missing, left, right),
        _any(figures.unfilled, left, right),
        ~is_equal & is_silent,
        ~is_equal & _any(figures.doubt == BADLY_READ, left, right),
        ~is_equal & _any(figures.doubt == NEAR_STRANGE, left, right),
    ]


def _any(cells: BoolArray, left: Side, right: Side) -> BoolArray:
    """The lines that hold such a cell on either side."""
    either: BoolArray = np.logical_or(cells[left].any(axis=2), cells[right].any(axis=2))
    return either


@lru_cache(_MESSAGES_KEPT)
def _message(
    line: Said,
    lefts: Said,
    rights: Said,
    verdict: Verdict,
    reason: int,
    left: float | None,
    right: float | None,
) -> Said:
    return say(
        *SENTENCES[verdict],
        line=line,
        lefts=lefts,
        rights=rights,
        left=amount(left),
        right=amount(right),
        difference=amount(None if left is None or right is None else left - right),
        reason=REASONS[reason],
    )
