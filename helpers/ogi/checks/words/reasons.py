"""The sentences by which a report explains why a figure does not follow from the year before."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

import pandas as pd

from ogi.checks.rows import Check, Verdict, message
from ogi.checks.words.text import LONGEST_SHOWN, flowing
from ogi.checks.words.vocabulary import pattern
from ogi.extract.report import Severity
from ogi.values import shown

_ABOUT = {
    "requests.carry_over": ("explained.carried", "explains.mismatch"),
    "proactive.items_last_year": ("explained.items", "explains.mismatch"),
    "proactive.in_force": ("explained.documents", "explains.mismatch_or_revision"),
}
"""Rule over two years → what a sentence must be about, and what it must tell, to explain a breach."""


def with_reasons(checks: Iterable[Check], narratives: pd.DataFrame) -> Iterator[Check]:
    """The checks, each breach over two years that the report explains told with its words, as a note."""
    texts: dict[str, list[str]] = {}
    for report_id, text in zip(narratives["report_id"], narratives["text"].fillna(""), strict=True):
        texts.setdefault(str(report_id), []).append(text)
    for check in checks:
        words = None
        if check.rule_id in _ABOUT and check.verdict == Verdict.BROKEN:
            words = reason("\n".join(texts.get(check.of.report_id, ())), check.rule_id)
        yield check if words is None else _explained(check, words)


def _explained(check: Check, words: str) -> Check:
    told = message("reasons", "explains", words=words)
    return check._replace(message=check.message + told, severity=Severity.NOTE)


@lru_cache(32)  # a report that breaks such a rule breaks it in several columns
def reason(text: str, rule_id: str) -> str | None:
    """The first sentence by which a text explains a breach of a rule over two years; None where none does."""
    needed = [pattern(name) for name in _ABOUT[rule_id]]
    # Both in one sentence: 结转 here and 调整 there explain nothing of one another.
    for sentence in pattern("parts.sentence").findall(flowing(text)):
        is_told = all(needed_words.search(sentence) for needed_words in needed)
        if is_told and not pattern("explains.unchanged").search(sentence):
            return re.sub(r",(?!\d)", "，", shown(sentence, LONGEST_SHOWN))
    return None
