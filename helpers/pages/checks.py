"""Which sums and balances hold, the broken ones first."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from helpers.checks import BROKEN, HOLDS, HOLDS_BLANK_AS_ZERO, NOT_APPLICABLE, RULES, THEMES, UNDECIDED
from helpers.checks import rule_name as demanded
from helpers.pages.frames import Frames, records
from helpers.pages.html import Html, render
from helpers.pages.references import references
from helpers.pages.words import known, number

VERDICTS = (BROKEN, UNDECIDED, HOLDS_BLANK_AS_ZERO, HOLDS, NOT_APPLICABLE)


def checks_table(frames: Frames, language: str = "en") -> Html:
    """Every broken rule with its figures, then a count of verdicts for each rule."""
    checks = frames.checks
    broken = checks[checks["verdict"] == BROKEN].sort_values(
        ["official", "year", "rule_id"], ascending=[False, False, True]
    )
    return render(
        "checks",
        language,
        agency=frames.agency,
        broken=[_broken(row, frames, language) for row in records(broken)],
        verdicts=VERDICTS,
        rules=list(_counts(checks, language)),
        total=len(checks),
        held=int(checks["verdict"].isin([HOLDS, HOLDS_BLANK_AS_ZERO]).sum()),
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


def _broken(row: dict[str, Any], frames: Frames, language: str) -> dict[str, Any]:
    sides = {name: _side(row[name]) for name in ("left", "right", "difference")}
    figures = list(references(row, frames, language))
    rule = rule_name(str(row["rule_id"]), language)
    return {**row, **sides, "rule": rule, "references": figures}


def _side(value: float | None) -> str:
    return number(value) if value is not None else "\u2013"


def _counts(checks: pd.DataFrame, language: str) -> Iterator[tuple[str, dict[str, int]]]:
    for rule_id, rows in checks.groupby("rule_id", sort=False):
        counts = rows["verdict"].value_counts()
        yield rule_name(str(rule_id), language), {name: int(counts.get(name, 0)) for name in VERDICTS}
