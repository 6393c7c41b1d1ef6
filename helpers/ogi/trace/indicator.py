"""What an indicator of one report is computed from: its formula, its cells with their numbers, its doubts."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from ogi.checks import Verdict, told_rule
from ogi.compare import Indicator, added_into, annual, in_numbers, indicators
from ogi.extract import explain
from ogi.extract.report import Figure, Report
from ogi.figures import Figures
from ogi.readers.document import Document
from ogi.said import Said, joined, say, told, worded, wordings
from ogi.tables import as_corrected
from ogi.trace.figure import (
    Step,
    corrected_steps,
    place_of,
    printed_row,
    speaks_of,
    steps_of,
    told_cell,
    told_figure,
    verdict,
)

_WORDS = wordings("ogi")
_MODULE = "ogi.compare.indicators"
_STANDING = (Verdict.BROKEN, Verdict.UNDECIDED)

Rows = Sequence[Mapping[Hashable, Any]]
Named = Iterator[tuple[str, Said]]


def steps_of_indicator(
    indicator: Indicator,
    document: Document,
    report: Report,
    figures: pd.DataFrame,
    checks: pd.DataFrame,
    language: str,
    corrections: pd.DataFrame,
    full: bool = False,
) -> list[Step]:
    """Tell what an indicator is computed from in one report, and the rules on its cells that do not hold.

    Args:
        indicator: One of INDICATORS.
        document: What `readers.read` made of the file.
        report: What `extract.report_of` made of the document.
        figures: The report's rows of the table figures, as printed.
        checks: What `checks.check` said of the report, in the language.
        language: en or zh.
        corrections: Those applied to the report, on which the checks and the number are based.
        full: Tell the whole way of each cell, too.
    """
    one = as_corrected(figures, corrections).figures.assign(agency="", year=0)  # neither need be known
    rows = checks.to_dict("records")
    own = [row for row in rows if speaks_of(row, report, _printed_in(indicator.cells, report))]
    words = "{name}: {formula}", "{name}：{formula}"
    named = [
        ("indicator", say(*words, name=indicator.name, formula=indicator.formula)),
        *(step for cell in indicator.cells for step in _of_cell(cell, document, report, rows, corrections)),
        *_computed(indicator, annual(one)),
        *(("rule", verdict(row)) for row in own if row["verdict"] in _STANDING),
        *(() if full else [("next", _WORDS["explain_cells"])]),
    ]
    steps = [
        Step(told(_WORDS[f"step.{name}"], language), told(text, language), _MODULE) for name, text in named
    ]
    for cell in _printed_in(indicator.cells, report) if full else ():
        steps.append(
            Step(told(_WORDS["step.way"], language), told(told_cell(cell), language), "ogi.trace.figure")
        )
        steps += steps_of(document, report, cell, checks, language, corrections)
    return steps


def _printed_in(cells: Sequence[str], report: Report) -> list[str]:
    """The cells that the report's forms print for these: themselves, or the parts that add into them."""
    return [one.id for cell in cells for one in _parts(cell, report)]


def _parts(cell: str, report: Report) -> list[Figure]:
    return [figure for figure in report.figures if cell in (figure.id, added_into(figure.id))]


def _of_cell(cell: str, document: Document, report: Report, checks: Rows, corrections: pd.DataFrame) -> Named:
    """The value of a cell or of its parts, where it stands, its row as printed, and what the rules say."""
    parts = _parts(cell, report)
    if [part.id for part in parts] != [cell]:
        yield "value", worded("ogi", "of_parts", cell=told_cell(cell))
    for part in parts:
        words = "{cell}: {valued}", "{cell}：{valued}"
        yield "value", say(*words, cell=told_cell(part.id), valued=told_figure(part))
        found = explain(document, part.id).found
        if found is not None:
            values = {"file": report.source, "place": place_of(document, found)}
            yield "place", say("{file}, {place}", "{file}，{place}", **values)
            yield "row", printed_row(found)
        yield from corrected_steps(corrections, [part.id])
        yield "rule", _verdicts([row for row in checks if speaks_of(row, report, [part.id])])


def _verdicts(rows: Rows) -> Said:
    """Each verdict with the names of the rules that gave it."""
    rules = {one: [told_rule(row["rule_id"]) for row in rows if row["verdict"] == one] for one in Verdict}
    words = "{verdict}: {rules}", "{verdict}：{rules}"
    each = (
        say(*words, verdict=_WORDS[f"verdict.{one}"], rules=joined(dict.fromkeys(names), ", ", "、"))
        for one, names in rules.items()
        if names
    )
    return joined(each, "; ", "；") if rows else _WORDS["no_rule"]


def _computed(indicator: Indicator, years: Figures) -> Named:
    yield "computed", in_numbers(indicator, years, 0)
    (row,) = indicators(years).query("indicator == @indicator.id").to_dict("records")
    for doubt in ("small_denominator", "blank_as_zero"):
        if row[doubt]:
            yield "doubt", _WORDS[f"doubt.{doubt}"]
