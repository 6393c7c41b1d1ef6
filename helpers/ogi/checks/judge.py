"""The verdict on each line: what its two sides say, and whether they may be compared at all."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from ogi.checks.grid import ABSENT, BADLY_READ, BLANK, NEAR_STRANGE, UNREADABLE, Cells, Flags, Floats
from ogi.checks.lines import Lines
from ogi.checks.sentences import REASONS, SENTENCES, Verdict, amount

TOLERANCE = 1e-6


@dataclass(frozen=True)
class Judged:
    """Arrays of reports × lines: the verdict, both sides (NaN where not known), and the place in REASONS."""

    verdicts: npt.NDArray[np.str_]
    left: Floats
    right: Floats
    reasons: npt.NDArray[np.intp]


def rows(lines: Lines, language: str) -> pd.DataFrame:
    """A row per report and line, with the columns of the table `checks`."""
    judged = judge(lines.left.cells, lines.right.cells)
    reports = lines.reports.iloc[np.repeat(np.arange(len(lines.reports)), len(lines.names))]
    left, right = judged.left.ravel(), judged.right.ravel()
    return reports.reset_index(drop=True).assign(
        rule_id=lines.rule.id,
        severity=lines.rule.severity,
        official=lines.rule.official,
        verdict=pd.Series(judged.verdicts.ravel(), dtype="str"),
        left=left,
        right=right,
        difference=np.round(left - right, 6),
        cells=pd.Series([cells for report in lines.cells for cells in report], dtype="object"),
        message=pd.Series(_messages(lines, judged, language), dtype="str"),
    )


def judge(left: Cells, right: Cells) -> Judged:
    """The two sides of each line compared, blank cells read as zero where nothing speaks against it."""
    states = np.concatenate([left.states, right.states], axis=2)
    some_blank, all_blank = (states == BLANK).any(axis=2), (states == BLANK).all(axis=2)
    sums = left.values.sum(axis=2), right.values.sum(axis=2)
    equal: Flags = np.less(np.abs(sums[0] - sums[1]), TOLERANCE)
    doubts = _doubts(left, right, equal)
    doubtful: Flags = np.logical_or.reduce(doubts)
    cases = [all_blank, doubtful, equal & ~some_blank, equal]
    choices = [
        np.array(verdict)
        for verdict in (Verdict.NOT_APPLICABLE, Verdict.UNDECIDED, Verdict.HOLDS, Verdict.HOLDS_BLANK_AS_ZERO)
    ]
    verdicts = np.select(cases, choices, np.array(Verdict.BROKEN))
    told = [
        np.where(all_blank | _unknown(side) | (_silent(side) & ~equal), np.nan, total)
        for side, total in zip((left, right), sums, strict=True)
    ]
    return Judged(verdicts, told[0], told[1], np.argmax(doubts, axis=0))


def _doubts(left: Cells, right: Cells, equal: Flags) -> list[Flags]:
    """Per reason of REASONS, the lines that cannot be decided for it."""
    states = np.concatenate([left.states, right.states], axis=2)
    unfilled = np.concatenate([left.unfilled, right.unfilled], axis=2)
    doubts = np.concatenate([left.doubts, right.doubts], axis=2)
    return [
        (states == UNREADABLE).any(axis=2),
        (states == ABSENT).any(axis=2),
        unfilled.any(axis=2),
        ~equal & (_silent(left) | _silent(right)),
        ~equal & (doubts == BADLY_READ).any(axis=2),
        ~equal & (doubts == NEAR_STRANGE).any(axis=2),
    ]


def _silent(side: Cells) -> Flags:
    silent: Flags = (side.states == BLANK).all(axis=2)
    return silent


def _unknown(side: Cells) -> Flags:
    unsure: Flags = (side.states >= UNREADABLE) | side.unfilled
    unknown: Flags = np.logical_or.reduce(unsure, axis=2)
    return unknown


def _messages(lines: Lines, judged: Judged, language: str) -> list[str]:
    sentences, reasons = SENTENCES[language], REASONS[language]
    return [
        sentences[verdict].format(
            line=line,
            lefts=lefts,
            rights=rights,
            left=amount(left),
            right=amount(right),
            difference=amount(left - right),
            reason=reasons[reason],
        )
        for lefts, rights, *report in zip(
            *(lines.left.names, lines.right.names),
            *(array.tolist() for array in (judged.verdicts, judged.left, judged.right, judged.reasons)),
            strict=True,
        )
        for line, verdict, left, right, reason in zip(lines.names, *report, strict=True)
    ]
