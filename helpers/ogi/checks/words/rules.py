"""The rules on the words of one report, in order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ogi.checks.rows import Check
from ogi.checks.words.dates import periods
from ogi.checks.words.leftovers import leftovers
from ogi.checks.words.names import names_in_words
from ogi.checks.words.report import ReportWords
from ogi.checks.words.sayings import all_closed, fee_amounts, fee_notices
from ogi.checks.words.sections import sections
from ogi.checks.words.told import told

_RULES = (
    sections,
    leftovers,
    names_in_words,
    all_closed,
    fee_notices,
    fee_amounts,
    told,
    periods,
)
"""In the order in which their rows stand in the table `checks`."""


def on_words(reports: Iterable[ReportWords]) -> Iterator[Check]:
    """A row for each verdict of each rule on the words of each report."""
    for words in reports:
        for rule in _RULES:
            yield from rule(words)
