"""What a template left behind in a report: blanks that were not filled in, and its instructions."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ogi.checks.rows import Check, Verdict, judged
from ogi.checks.words.report import ReportWords
from ogi.checks.words.vocabulary import pattern

# Leftovers that a message shows, and characters on either side: enough to find them by with a search.
_MOST_SHOWN, _AROUND = 3, 8


def leftovers(words: ReportWords) -> Iterator[Check]:
    """What looks like the blanks and instructions of a template, of a report with any words."""
    text = "\n".join([words.title, *(f"{p.title}\n{p.text}" for p in words.passages)])
    if text.strip():
        found = [_around(text, match) for match in pattern("leftovers").finditer(text)]
        verdict = Verdict.BROKEN if found else Verdict.HOLDS
        shown = "; ".join(f"“{clip}”" for clip in found[:_MOST_SHOWN])
        sides = float(len(found)), 0.0
        yield judged(words.of, "words.leftovers", verdict, sides, shown=shown)


def _around(text: str, match: re.Match[str]) -> str:
    start, end = max(match.start() - _AROUND, 0), match.end() + _AROUND
    return " ".join(text[start:end].split())
