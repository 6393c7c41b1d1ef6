"""The lines of rules in the reports of each agency and year, counted by what was found of them."""

from __future__ import annotations

from collections import Counter

import pandas as pd

from ogi.checks import RULES, Verdict
from ogi.checks.causes import marks_on
from ogi.checks.misfiled import of_own
from ogi.tables import TableFrames

Key = tuple[str, int]
"""Agency and year of a row of the panel."""
_SETTLED = "settled"
"""In place of the verdict broken, where a person has explained or dismissed it."""
_DECIDED = "decided"
"""The same of undecided."""
_HELD = (Verdict.HOLDS, Verdict.HOLDS_BLANK_AS_ZERO)


class VerdictCounts:
    """How many lines of each rule are broken, settled by a mark, undecided, or could be judged at all."""

    def __init__(self, tables: TableFrames) -> None:
        lines = _with_settled({**tables, "checks": of_own(tables["checks"], tables["reports"])})
        self._broken, self._settled = _counted(lines, Verdict.BROKEN), _counted(lines, _SETTLED)
        self._undecided = _counted(lines, Verdict.UNDECIDED)
        self._judged = self._broken + self._settled + _counted(lines, *_HELD)

    def broken(self, key: Key, rule_id: str) -> int | None:
        """How many lines of the rule are broken and not settled; None where none could be judged."""
        line = (*key, rule_id)
        return self._broken[line] if self._judged[line] > 0 else None

    def broken_sums(self, key: Key) -> int | None:
        """The same of all sums of the form itself."""
        counts = [self.broken(key, rule.id) for rule in RULES.values() if rule.official]
        known = [count for count in counts if count is not None]
        return sum(known) if known else None

    def settled(self, key: Key) -> int:
        """How many broken lines of all rules are settled."""
        return sum(self._settled[(*key, rule_id)] for rule_id in RULES)

    def undecided(self, key: Key) -> int:
        """How many lines of all rules could not be decided."""
        return sum(self._undecided[(*key, rule_id)] for rule_id in RULES)

    def undecided_sums(self, key: Key) -> int:
        """The same of the sums of the form itself, which are each within one report."""
        return sum(self._undecided[(*key, rule.id)] for rule in RULES.values() if rule.official)


def _with_settled(tables: TableFrames) -> pd.DataFrame:
    """The checks, with a verdict of their own on lines whose cause a review mark has settled."""
    checks = tables["checks"]
    marks = marks_on(
        checks, tables["figures"], tables["findings"], tables["review_marks"], tables["corrections"]
    )
    settled = [(Verdict.BROKEN, _SETTLED), (Verdict.UNDECIDED, _DECIDED)]
    verdict = checks["verdict"]
    for before, after in settled:
        verdict = verdict.mask((checks["verdict"] == before) & marks["is_settled"], after)
    return checks.assign(verdict=verdict)


def _counted(checks: pd.DataFrame, *verdicts: str) -> Counter[tuple[str, int, str]]:
    """Agency, year and rule → how many lines have one of the verdicts."""
    own = checks[checks["verdict"].isin(verdicts)].dropna(subset=["agency", "year"])
    return Counter(zip(own["agency"], own["year"].astype(int), own["rule_id"], strict=True))
