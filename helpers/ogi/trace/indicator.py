"""What an indicator of one report is computed from: its formula, its cells with their numbers, its doubts."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from ogi.compare import Indicator, added_into, annual, in_numbers, indicators
from ogi.extract.report import Report
from ogi.figures import Figures
from ogi.forms.named import official_name
from ogi.said import Said, say, told, worded, wordings
from ogi.tables import as_corrected
from ogi.trace.figure import Step, corrected_steps, speaks_of, told_figure, verdict

_WORDS = wordings("ogi")
_MODULE = "ogi.compare.indicators"
_STANDING = ("broken", "undecided")


def steps_of_indicator(
    indicator: Indicator,
    report: Report,
    figures: pd.DataFrame,
    checks: pd.DataFrame,
    language: str,
    corrections: pd.DataFrame,
) -> list[Step]:
    """Tell what an indicator is computed from in one report, and the rules on its cells that do not hold.

    Args:
        indicator: One of INDICATORS.
        report: The report as it was read.
        figures: The report's rows of the table figures, as printed.
        checks: What `checks.check` said of the report, in the language.
        language: en or zh.
        corrections: Those applied to the report, on which the checks and the number are based.
    """
    one = as_corrected(figures, corrections).figures.assign(agency="", year=0)  # neither need be known
    own = [row for row in checks.to_dict("records") if speaks_of(row, report, indicator.cells)]
    steps = [
        *_computed(indicator, report, annual(one), corrections),
        *(("rule", verdict(row)) for row in own if row["verdict"] in _STANDING),
    ]
    return [
        Step(told(_WORDS[f"step.{name}"], language), told(text, language), _MODULE) for name, text in steps
    ]


def _computed(
    indicator: Indicator, report: Report, years: Figures, corrections: pd.DataFrame
) -> Iterator[tuple[str, Said]]:
    words = "{name}: {formula}", "{name}：{formula}"
    yield "indicator", say(*words, name=indicator.name, formula=indicator.formula)
    for cell in indicator.cells:
        parts = {figure.id: figure for figure in report.figures if cell in (figure.id, added_into(figure.id))}
        of_cell = {"id": cell, "label": official_name(cell)}
        if cell in parts:
            words = "{id} ({label}): {told}", "{id}（{label}）：{told}"
            yield "value", say(*words, **of_cell, told=told_figure(parts[cell]))
        else:
            yield "value", worded("ogi", "of_parts", **of_cell)
        yield from corrected_steps(corrections, list(parts))
    yield "computed", in_numbers(indicator, years, 0)
    (row,) = indicators(years).query("indicator == @indicator.id").to_dict("records")
    for doubt in ("small_denominator", "blank_as_zero"):
        if row[doubt]:
            yield "doubt", _WORDS[f"doubt.{doubt}"]
    yield "next", worded("ogi", "explain_cells", cell=indicator.cells[0])
