"""`ogi check`: every rule on reports."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from ogi.cli.options import Corrections, Format, Language, Marks, Out, Reports
from ogi.cli.places import dataset_told
from ogi.cli.shell import FAILED, outcome, say
from ogi.said import told, worded

if TYPE_CHECKING:  # the rest is imported when a command runs, so that help comes at once
    from pandas import DataFrame

    from ogi.cli.checking import Checked


def check(
    paths: Reports,
    format: Format = "table",
    out: Out = None,
    language: Language = "en",
    fail_on: Annotated[
        Literal["error", "warning", "note", "never"],
        typer.Option(help="Broken rules that end the command with code 1."),
    ] = "never",
    broken: Annotated[bool, typer.Option("--broken", help="Only what does not hold.")] = False,
    corrections: Corrections = None,
    marks: Marks = None,
) -> int:
    """Check reports by every rule.

    Their sums, their words against their tables, and one year against the next.

    Corrections and review marks are taken from beside the folder of all agencies in which what is named lies,
    from a dataset, or from the files given; of reports from several such folders, only from the files given.
    CSV, JSON and workbooks end with the columns mark, comment, who and when where a row, or its cause, has a
    review mark.
    """
    from ogi.cli.checking import checked
    from ogi.cli.kept import kept_on, kept_with
    from ogi.cli.noting import say_unnamed
    from ogi.cli.reading import read_named
    from ogi.cli.results import refuse_terminal, say_where

    refuse_terminal(format, out)
    with dataset_told(language):
        kept = kept_on(paths, corrections, marks)
        named = read_named(paths, language, kept.agency)
        if named.dataset is not None:
            kept = kept_with(named.dataset, corrections, marks)
    result = checked(named.tables, kept.hand, language, kept.is_whole)
    shown = result.of_broken if broken else result
    rows = _deliver(shown, named.tables["reports"], format, out, language, of_broken=broken)
    for remark in result.remarks:
        say(told(remark, language))
    say_unnamed(named.tables["reports"], language)
    code = outcome([*named.failures, *result.failures], named.tried, language, result.failures)
    code = _failing(result, fail_on, language) or code
    say_where(out, rows, language)
    if shown.share_causes:
        say(told(worded("ogi.cli", "one_cause"), language))
    return code


def _deliver(
    shown: Checked, reports: DataFrame, format: str, out: Path | None, language: str, *, of_broken: bool
) -> DataFrame:
    """Put the rows where they were asked for, and return them. `of_broken`: only what does not hold."""
    from ogi.cli.checks_zh import in_chinese
    from ogi.cli.render import checks_text
    from ogi.cli.results import deliver

    rows, sheet = shown.with_marks, "checks"
    if language == "zh" and format in ("csv", "xlsx"):  # which a person opens; JSON keeps its ids
        rows, sheet = in_chinese(rows), told(worded("ogi.cli", "checks"), language)
    told_of = reports[reports["report_id"].isin(shown.checks["report_id"])] if of_broken else reports
    deliver(rows, lambda: checks_text(shown, told_of, language), sheet, format, out)
    if of_broken and rows.empty and len(reports) > 0:
        say(told(worded("ogi.cli", "nothing_broken", n=len(reports)), language))
    return rows


def _failing(result: Checked, severity: str, language: str) -> int:
    broken = 0 if severity == "never" else result.failing(severity)
    if broken == 0:
        return 0
    least = worded("ogi", f"severity.{severity}")
    say(told(worded("ogi.cli", "broken", n=broken, least=least), language))
    return FAILED
