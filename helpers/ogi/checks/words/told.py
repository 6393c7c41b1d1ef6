"""Counts told in words against the tables: which meaning fits, and else what the number is instead."""

from __future__ import annotations

import logging
from collections.abc import Iterator

from ogi.checks.rows import row
from ogi.checks.sentences import Verdict, amount
from ogi.checks.words.mentions import Mention
from ogi.checks.words.messages import message, shown
from ogi.checks.words.report import ReportWords
from ogi.checks.words.sums import ReportFigures, Sum

_LOG = logging.getLogger(__name__)
_MOST_MATCHES = 3
"""Of the sums that a wrong number is instead, as many are named as can be looked up at a glance."""


def told(words: ReportWords, language: str) -> Iterator[dict[str, object]]:
    """A row of the table `checks` for every count that a report's words tell of its tables.

    `holds` where one meaning fits, or the parts of one whose printed total is wrong; `undecided` where none
    does but the words name another scope (本级, 代表区政府) or a cell is not known; `broken` otherwise, with
    the cells that the number does match.
    """
    if words.figures is not None:
        for _, mention in words.mentions:
            yield _row(mention, words, words.figures, language)


def _row(mention: Mention, words: ReportWords, figures: ReportFigures, language: str) -> dict[str, object]:
    sums = [figures.sum_of(meaning, mention.measures) for meaning in mention.meanings]
    parts = [] if mention.measures else [figures.parts(meaning) for meaning in mention.meanings]
    also = [figures.sum_of(meaning, mention.also) for meaning in mention.meanings if mention.also]
    fitting = next((one for one in (*sums, *parts, *also) if one.value == mention.number), None)
    best = sums[0] if fitting is None else fitting
    reason = _reason(mention, sums, language)
    if fitting is not None:
        verdict = Verdict.HOLDS_BLANK_AS_ZERO if best.has_blank else Verdict.HOLDS
    else:
        verdict = Verdict.UNDECIDED if reason else Verdict.BROKEN
    _LOG.debug("%s: %s told as %g, %s", mention.clause, mention.kind.id, mention.number, verdict)
    text = message(
        "told",
        verdict,
        language,
        clause=shown(mention.clause),
        names=best.names,
        right=amount(float("nan") if best.value is None else best.value),
        reason=reason,
        instead=_instead(mention, figures, language) if fitting is None else "",
    )
    return row(words.of, f"told.{mention.kind.id}", verdict, text, (mention.number, best.value), best.cells)


def _reason(mention: Mention, sums: list[Sum], language: str) -> str:
    """Why no meaning that does not fit is wrong; empty where it is."""
    if any(one.value is None for one in sums):
        return message("told", "unknown", language)
    return "" if mention.scope is None else message("told", "scope", language, scope=shown(mention.scope))


def _instead(mention: Mention, figures: ReportFigures, language: str) -> str:
    """What the number is of instead; empty for zero, which many cells are."""
    found = [one for meaning in mention.meanings for one in figures.matching(mention.number, meaning)]
    names = list(dict.fromkeys(one.names for one in found))[:_MOST_MATCHES]
    if not names or not mention.number:
        return ""
    joined = message("told", "or", language).join(names)
    return message("told", "instead", language, number=amount(mention.number), names=joined)
