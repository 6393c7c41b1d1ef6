"""Where the figures come from: files, rules checked, what was not understood."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from ogi.checks import RULES, THEMES, Verdict, rule_name
from ogi.extract.report import BY_HAND, FindingKind, Severity
from ogi.forms import EDITIONS, TABLES
from ogi.pages.frames import Frames
from ogi.pages.html import Html, render
from ogi.said import known
from ogi.tables import records

VERDICTS = (
    Verdict.BROKEN,
    Verdict.UNDECIDED,
    Verdict.HOLDS_BLANK_AS_ZERO,
    Verdict.HOLDS,
    Verdict.NOT_APPLICABLE,
)
_GRAVEST_FIRST = list(Severity)


def verdicts_by_rule(frames: Frames, language: str = "en") -> Html:
    """How often each rule holds, breaks or cannot be decided, the form's own rules first."""
    checks = frames.checks.sort_values("official", ascending=False, kind="stable")
    themes = list(_by_theme(checks, known(language)))
    return render(
        "verdicts", language, agency=frames.agency, verdicts=VERDICTS, themes=themes, total=len(checks)
    )


def _by_theme(checks: pd.DataFrame, language: str) -> Iterator[tuple[str, list[tuple[str, dict[str, int]]]]]:
    """Each theme of the catalogue with its rules that were checked, and how often each has which verdict."""
    times = pd.crosstab(checks["rule_id"], checks["verdict"]).reindex(columns=VERDICTS, fill_value=0)
    rules = checks["rule_id"].unique()
    for theme, (chinese, english) in THEMES.items():
        own = [rule_id for rule_id in rules if RULES[rule_id].theme == theme]
        if own:
            named = [(rule_name(id, language), dict(times.loc[id])) for id in own]
            yield (chinese if language == "zh" else english), named


def sources_table(frames: Frames, language: str = "en") -> Html:
    """A row per file: its year, fingerprint, format, and the edition of the form found for each table."""
    rows = records(frames.reports.sort_values(["year", "report_id"], ascending=[False, True]))
    tables = [editions[EDITIONS[-1]] for editions in TABLES.values()]
    return render("sources", language, agency=frames.agency, reports=rows, tables=tables)


def findings_of_reading(frames: Frames, language: str = "en") -> Html:
    """What was read but not understood, and what was expected but not found; the most serious first."""
    found = frames.findings
    # The same is found of each of several files on a year.
    is_again = (found["kind"] == FindingKind.SAME_YEAR) & found.duplicated(["kind", "year"])
    rows = [row for row in records(found[~is_again]) if row["kind"] not in BY_HAND]
    rows.sort(key=lambda row: (_GRAVEST_FIRST.index(row["severity"]), -(row["year"] or 0)))
    return render("reading", language, agency=frames.agency, findings=rows)
