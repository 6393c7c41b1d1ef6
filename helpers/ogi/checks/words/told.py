"""Counts told in words against the tables: the meaning that fits, else the cells that hold the number."""

from __future__ import annotations

import logging
from collections.abc import Iterator

from ogi.checks.rows import Check, Verdict, amount, message
from ogi.checks.words.mention import Mention
from ogi.checks.words.report import ReportWords
from ogi.checks.words.sums import ReportFigures, Sum
from ogi.checks.words.text import LONGEST_SHOWN
from ogi.said import Said
from ogi.values import shown

_LOG = logging.getLogger(__name__)
# Of the sums that a wrong number is instead, as many are named as can be looked up at a glance.
_MOST_MATCHES = 3


def told(words: ReportWords) -> Iterator[Check]:
    """A verdict on every count that a report's words tell of its tables.

    - `holds`: the number is what one of its meanings comes to, by the printed totals or by their parts.
    - `undecided`: it is not, but the words name another scope (本级, 代表区政府), or a cell is not known.
    - `broken`: it is not. The message names the cells that do hold the number.
    """
    if words.figures is not None:
        for _, mention in words.mentions:
            check = _compared(mention, words, words.figures)
            _LOG.debug("%s: %s, %s", mention.clause, check.rule_id, check.message)
            yield check


def _compared(mention: Mention, words: ReportWords, figures: ReportFigures) -> Check:
    # That there was none is said of all that a word can mean.
    meanings = mention.meanings if mention.number else mention.meanings[:1]
    sums = [figures.sum_of(meaning, mention.measures) for meaning in meanings]
    # What the report's edition of the form lacks, a word cannot mean.
    sums = [one for one in sums if one.cells] or sums
    parts = [figures.parts(m) for m in meanings if not (mention.measures or m.measures)]
    also = [figures.sum_of(meaning, mention.also) for meaning in meanings if mention.also]
    # The total in front, then what its parts say, then another column: the first that fits is named.
    fitting = next((one for one in (*sums, *parts, *also) if one.value in mention.numbers), None)
    best, reason = sums[0] if fitting is None else fitting, _reason(mention, sums)
    if fitting is not None:
        verdict = Verdict.HOLDS_BLANK_AS_ZERO if best.has_blank else Verdict.HOLDS
    else:
        verdict = Verdict.UNDECIDED if reason else Verdict.BROKEN
    values = {
        "clause": shown(mention.clause, LONGEST_SHOWN),
        "names": best.names,
        "right": amount(best.value),
        "reason": reason,
        "instead": _instead(mention, figures) if fitting is None else "",
    }
    sides, rule_id = (mention.number, best.value), f"told.{mention.kind.id}"
    return Check(words.of, rule_id, verdict, message("told", verdict, **values), *sides, best.cells)


def _reason(mention: Mention, sums: list[Sum]) -> str:
    """Why a count that fits none of its meanings may still be right; empty where it cannot."""
    if any(one.value is None for one in sums):
        return message("told", "unknown")
    return (
        "" if mention.scope is None else message("told", "scope", scope=shown(mention.scope, LONGEST_SHOWN))
    )


def _instead(mention: Mention, figures: ReportFigures) -> str:
    """The sums that do come to the number, as a part of the message; empty for zero."""
    found = [one for meaning in mention.meanings for one in figures.matching(mention.number, meaning)]
    names = list(dict.fromkeys(one.names for one in found))[:_MOST_MATCHES]
    # Most cells are zero: which of them a zero is of says nothing.
    if not names or not mention.number:
        return ""
    joined = Said(" or ".join(names), "或".join(names))
    return message("told", "instead", number=amount(mention.number), names=joined)
