"""Which rules were checked, and how often each holds."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from ogi.checks import RULES, THEMES, Verdict
from ogi.checks import rule_name as demanded
from ogi.pages.frames import Frames
from ogi.pages.html import Html, render
from ogi.said import known

VERDICTS = (
    Verdict.BROKEN,
    Verdict.UNDECIDED,
    Verdict.HOLDS_BLANK_AS_ZERO,
    Verdict.HOLDS,
    Verdict.NOT_APPLICABLE,
)


def verdicts_by_rule(frames: Frames, language: str = "en") -> Html:
    """How often each rule holds, breaks or cannot be decided, the form's own rules first."""
    checks = frames.checks.sort_values("official", ascending=False, kind="stable")
    return render(
        "verdicts",
        language,
        agency=frames.agency,
        verdicts=VERDICTS,
        themes=list(_by_theme(checks, language)),
        total=len(checks),
    )


def _by_theme(checks: pd.DataFrame, language: str) -> Iterator[tuple[str, list[tuple[str, dict[str, int]]]]]:
    """Each theme of the catalogue with its rules that were checked."""
    for theme, (chinese, english) in THEMES.items():
        is_of = checks["rule_id"].map(lambda rule_id, theme=theme: theme_of(rule_id) == theme).astype(bool)
        if is_of.any():
            yield (chinese if known(language) == "zh" else english), list(_counts(checks[is_of], language))


def theme_of(rule_id: str) -> str:
    """The theme of a rule; one that the catalogue lacks is of the last."""
    return RULES[rule_id].theme if rule_id in RULES else list(THEMES)[-1]


def rule_name(rule_id: str, language: str) -> str:
    """What the rule demands; a rule that the catalogue lacks is named by its id."""
    return demanded(rule_id, known(language)) if rule_id in RULES else rule_id


def _counts(checks: pd.DataFrame, language: str) -> Iterator[tuple[str, dict[str, int]]]:
    for rule_id, rows in checks.groupby("rule_id", sort=False):
        counts = rows["verdict"].value_counts()
        yield rule_name(str(rule_id), language), {name: int(counts.get(name, 0)) for name in VERDICTS}
