"""`ogi explain`: how one figure was read."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ogi.cli.options import Corrections, Language, Marks
from ogi.cli.shell import MISUSED, outcome, put, say
from ogi.said import Refused, told, worded

if TYPE_CHECKING:  # the rest is imported when a command runs, so that help comes at once
    from pandas import DataFrame

    from ogi.trace import Step


def explain(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, metavar="FILE", help="A report.")],
    figure: Annotated[
        str,
        typer.Argument(
            metavar="TABLE/ITEM/MEASURE",
            help="Such as requests/new/total, its labels 予以公开/自然人, the panel's rq_new_tot; or an"
            " indicator: disclosure_rate, 公开率.",
        ),
    ],
    beside: Annotated[
        list[Path] | None,
        typer.Option(
            help="Another year's report, for the rules over the years.", exists=True, dir_okay=False
        ),
    ] = None,
    language: Language = "en",
    corrections: Corrections = None,
    marks: Marks = None,
    full: Annotated[
        bool, typer.Option("--full", help="Of an indicator: also the whole way of each of its cells.")
    ] = False,
) -> int:
    """Tell how one figure was read, and the rules on it.

    Its page, cell, row, label, column and value, in the order in which it was read; `ogi -v explain` names
    the module behind each step. A correction of it is told, the rules judge figures as corrected, and review
    marks stand beside them, as `ogi check` of the folder does that the report lies in. Of an indicator: its
    formula, then of each of its cells the value, page, row and verdicts, and the rules that do not hold.
    Last, how the panel calls it.
    """
    from ogi.cli.render import steps_text
    from ogi.readers.document import UnreadableFile

    try:
        steps, failures = _steps(file, figure, beside or [], language, (corrections, marks), full)
    except UnreadableFile as refusal:
        return outcome([refusal.told], 0, language)
    except Refused as fault:
        say(told(fault.message, language))
        return MISUSED
    put(steps_text(steps, modules=context.find_root().params["verbose"]))
    return outcome(failures, 0, language, failures)


def _steps(
    file: Path,
    figure: str,
    beside: list[Path],
    language: str,
    by_hand: tuple[Path | None, Path | None],
    full: bool,
) -> tuple[list[Step], list[str]]:
    """The steps, and what is wrong with the lines that people keep by hand: corrections and marks."""
    from ogi import readers, workers
    from ogi.cli.checking import checked
    from ogi.cli.kept import kept_on
    from ogi.columns import CELLS
    from ogi.extract import read_report, report_of
    from ogi.panel.named import cell_of, indicator_of, told_columns
    from ogi.tables import alone, frames
    from ogi.trace import Step, steps_of, steps_of_indicator

    document = workers.run(readers.read, file)
    report = report_of(document)
    kept = kept_on([file], *by_hand)
    agency = kept.agency(file, report.agency)
    own = replace(alone(report), agency=agency)
    others = [  # numbered, since reports of several folders may bear one name
        replace(alone(workers.run(read_report, path), f"{n}:{path.name}"), agency=agency)
        for n, path in enumerate(beside, 1)
    ]
    tables = frames([own, *others])
    result = checked(tables, kept.hand, language, whole=False)
    applied = result.corrected[result.corrected["report_id"] == own.report_id]
    checks = result.with_marks
    cell, indicator = cell_of(figure), indicator_of(figure)
    if cell in CELLS or indicator is None:
        steps = steps_of(document, report, cell, checks, language, applied)
    else:
        printed = tables["figures"][tables["figures"]["report_id"] == own.report_id]
        known = document, report, printed, checks
        steps = steps_of_indicator(indicator, *known, language, applied, full)
    steps += _whose(tables["reports"].iloc[:1], checks, language)
    columns = told_columns(cell, indicator)
    if columns is not None:
        name = told(worded("ogi", "step.panel"), language)
        steps.append(Step(name, told(columns, language), "ogi.panel.variables"))
    return steps, result.failures


def _whose(reports: DataFrame, checks: DataFrame, language: str) -> list[Step]:
    """A step where the report names no agency, or another one than its folder. `reports`: its row."""
    from ogi.checks.misfiled import unnamed
    from ogi.checks.years import FOLDER
    from ogi.cli.checking import SHOWN
    from ogi.trace import Step

    is_told = checks["report_id"].isin(reports["report_id"]) & checks["verdict"].isin(SHOWN)
    nameless = (worded("ogi", "no_name", file=file) for file in unnamed(reports)["report_id"])
    doubts = [*nameless, *checks.loc[is_told & (checks["rule_id"] == FOLDER), "message"]]
    name = told(worded("ogi", "step.doubt"), language)
    return [Step(name, told(one, language), "ogi.checks.years") for one in doubts]
