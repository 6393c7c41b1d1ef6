"""How far each figure can be relied on: what the sums say that it takes part in, and how it was read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ogi import checks
from ogi.pages.frames import records
from ogi.pages.printed.report import OneReport
from ogi.pages.words import percent, say
from ogi.values import LEAST_CONFIDENCE, State

BROKEN, DOUBT, HOLDS, UNCHECKED, EMPTY = "broken", "doubt", "holds", "unchecked", "empty"
STANDINGS = (BROKEN, DOUBT, HOLDS, UNCHECKED, EMPTY)
"""The most serious first."""

_HELD = {checks.Verdict.HOLDS, checks.Verdict.HOLDS_BLANK_AS_ZERO}
_SOFT = {checks.Verdict.BROKEN: checks.Verdict.UNDECIDED}
"""What a verdict on a rule that the form does not print counts as; the others prove nothing."""


@dataclass(frozen=True)
class Standing:
    """One of STANDINGS, and the sentences that say why a figure is broken or in doubt."""

    kind: str
    why: tuple[str, ...] = ()


def standings(report: OneReport) -> dict[str, Standing]:
    """The standing of every figure by its id, table/item/measure.

    A figure whose own text or reading is unclear is in doubt, and so is one with a sum that is undecided,
    unless another of its sums is broken. What is broken but not demanded by the form itself is a doubt too.
    A blank cell whose sums hold with it read as zero is empty, not in doubt.
    """
    verdicts: dict[str, list[tuple[str, str]]] = {}
    for row in records(report.frames.checks):
        verdict = (
            row["verdict"] if row["official"] else _SOFT.get(row["verdict"], checks.Verdict.NOT_APPLICABLE)
        )
        for cell in row["cells"]:
            verdicts.setdefault(cell, []).append((verdict, row["message"]))
    return {
        id: _standing(row, verdicts.get(id, []), report.language)
        for row in records(report.frames.figures)
        for id in [f"{row['table']}/{row['item']}/{row['measure']}"]
    }


def _standing(figure: dict[str, Any], verdicts: list[tuple[str, str]], language: str) -> Standing:
    said = {verdict for verdict, _ in verdicts}
    unclear = _unclear(figure, language)
    if checks.Verdict.BROKEN in said:
        return Standing(BROKEN, (*unclear, *_messages(verdicts, checks.Verdict.BROKEN)))
    if unclear or checks.Verdict.UNDECIDED in said:
        return Standing(DOUBT, (*unclear, *_messages(verdicts, checks.Verdict.UNDECIDED)))
    if figure["state"] in (State.BLANK, State.NOT_APPLICABLE):
        return Standing(EMPTY)
    return Standing(HOLDS if said & _HELD else UNCHECKED)


def _unclear(figure: dict[str, Any], language: str) -> tuple[str, ...]:
    """Why the text itself cannot be relied on."""
    why = []
    if figure["state"] == State.UNREADABLE:
        why.append(str(say("no_number", language).unescape()))
    if figure["confidence"] < LEAST_CONFIDENCE:
        why.append(str(say("unclear", language, confidence=percent(figure["confidence"])).unescape()))
    return tuple(why)


def _messages(verdicts: list[tuple[str, str]], verdict: str) -> tuple[str, ...]:
    return tuple(message for found, message in verdicts if found == verdict)
