"""What a report itself says on why a figure is not what the report before leads to expect."""

from __future__ import annotations

import re
from functools import lru_cache

import pandas as pd

from ogi.checks.sentences import Verdict
from ogi.checks.words.messages import LONGEST_SHOWN, message
from ogi.checks.words.text import Marks, flowing, split
from ogi.checks.words.vocabulary import pattern
from ogi.extract.report import Severity
from ogi.forms import CARRIES

_ABOUT = {
    **{carry.id: ("explained.carried", "explains.mismatch") for carry in CARRIES},
    "proactive.items_last_year": ("explained.items", "explains.mismatch"),
    "proactive.in_force": ("explained.documents", "explains.mismatch_or_revision"),
}
"""Rule over two years → what a sentence must be about, and what it must tell, to explain a breach."""


def with_reasons(checks: pd.DataFrame, narratives: pd.DataFrame, language: str) -> pd.DataFrame:
    """The checks, each breach over two years that the report explains told with its words, as a note."""
    wanted = checks["rule_id"].isin(_ABOUT) & (checks["verdict"] == Verdict.BROKEN)
    own = narratives[narratives["report_id"].isin(set(checks.loc[wanted, "report_id"]))]
    texts = own.groupby("report_id")["text"].agg(lambda parts: "\n".join(parts.dropna().astype(str)))
    if texts.empty:
        return checks
    keys = checks.loc[wanted, ["report_id", "rule_id"]].itertuples(name=None)
    told = {at: reason(str(texts.get(report_id, "")), str(rule_id)) for at, report_id, rule_id in keys}
    added = {at: message("reasons", "explains", language, words=words) for at, words in told.items() if words}
    notes = pd.Series(added, dtype="str").reindex(checks.index, fill_value="")
    severity = checks["severity"].mask(notes != "", Severity.NOTE)
    return checks.assign(message=checks["message"] + notes, severity=severity)


@lru_cache(1024)
def reason(text: str, rule_id: str) -> str | None:
    """The first sentence by which a text explains a breach of a rule over two years; None where none does."""
    needed = [pattern(name) for name in _ABOUT[rule_id]]
    for sentence in split(flowing(text), Marks.SENTENCE):
        is_told = all(needed_words.search(sentence) for needed_words in needed)
        if is_told and not pattern("explains.unchanged").search(sentence):
            return re.sub(r",(?!\d)", "，", sentence[:LONGEST_SHOWN])
    return None
