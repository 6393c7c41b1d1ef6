"""`ogi parse`: the figures of reports."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ogi.cli.options import Format, Language, Out, Reports
from ogi.cli.places import dataset_told
from ogi.cli.shell import outcome, say
from ogi.said import told, worded


def parse(paths: Reports, format: Format = "table", out: Out = None, language: Language = "en") -> int:
    """Print the figures of reports. What was not understood goes to standard error.

    Of a dataset, the figures that it holds: nothing is read again.
    """
    from ogi.cli.noting import say_unnamed
    from ogi.cli.reading import read_named
    from ogi.cli.render import figures_text
    from ogi.cli.results import deliver, refuse_terminal, say_where
    from ogi.tables import records

    refuse_terminal(format, out)
    with dataset_told(language):
        named = read_named(paths, language)
    figures, reports = named.tables["figures"], named.tables["reports"]
    deliver(figures, lambda: figures_text(figures, reports, language), "figures", format, out)
    for row in records(named.tables["findings"]):
        message = row["message_zh"] if language == "zh" else row["message"]
        severity = worded("ogi.cli", f"finding.{row['severity']}")
        of = worded("ogi.cli", "finding", report=_whose(row), severity=severity, message=message)
        say(told(of, language))
    say_unnamed(named.tables["reports"], language)
    code = outcome(named.failures, named.tried, language)
    say_where(out, figures, language)
    return code


def _whose(row: Mapping[str, Any]) -> str:
    """The report of a finding; of what a person wrote on one that is not there, its agency and year."""
    names = ("agency", "year") if row["report_id"] is None else ("report_id",)
    return " ".join(str(row[name]) for name in names if row[name] is not None)
