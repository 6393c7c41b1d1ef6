"""Which sums and balances hold, the broken ones first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pandas as pd
from markupsafe import Markup

from helpers.checks import BROKEN, HOLDS, HOLDS_BLANK_AS_ZERO, NOT_APPLICABLE, RULES, UNDECIDED
from helpers.checks import rule_name as demanded
from helpers.forms import TABLES
from helpers.pages.cells import anchor
from helpers.pages.frames import Frames, records
from helpers.pages.html import Html, render
from helpers.pages.words import known, label, number

VERDICTS = (BROKEN, UNDECIDED, HOLDS_BLANK_AS_ZERO, HOLDS, NOT_APPLICABLE)


@dataclass(frozen=True)
class Reference:
    """A figure that a rule speaks of: its label, and its place on this page."""

    label: Markup
    href: str


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


def rule_name(rule_id: str, language: str) -> str:
    """What the rule demands; a rule that the catalogue lacks is named by its id."""
    return demanded(rule_id, known(language)) if rule_id in RULES else rule_id


def _broken(row: dict[str, Any], frames: Frames, language: str) -> dict[str, Any]:
    sides = {name: _side(row[name]) for name in ("left", "right", "difference")}
    references = list(_references(row, frames, language))
    rule = rule_name(str(row["rule_id"]), language)
    return {**row, **sides, "rule": rule, "references": references}


def _side(value: float | None) -> str:
    return number(value) if value is not None else "\u2013"


def _references(row: dict[str, Any], frames: Frames, language: str) -> Iterator[Reference]:
    own = next((column.key for column in frames.columns if column.report_id == row["report_id"]), "")
    for cell in row["cells"]:
        # A rule across years names the year before each cell.
        year, _, place = cell.rpartition(":")
        table, item, measure = place.split("/")
        name = _cell_label(table, item, measure, language)
        shown = Markup("{} · {}").format(year, name) if year else name
        yield Reference(shown, "#" + anchor(table, item, measure, year or own))


def _cell_label(table: str, item: str, measure: str, language: str) -> Markup:
    for edition in reversed(TABLES[table].values()):
        if measure in edition.cells_of.get(item, ()):
            names = label(edition.item(item), language), label(edition.measure(measure), language)
            return Markup("{} · {}").format(*names)
    return Markup("{}/{}").format(item, measure)


def _counts(checks: pd.DataFrame, language: str) -> Iterator[tuple[str, dict[str, int]]]:
    for rule_id, rows in checks.groupby("rule_id", sort=False):
        counts = rows["verdict"].value_counts()
        yield rule_name(str(rule_id), language), {name: int(counts.get(name, 0)) for name in VERDICTS}
