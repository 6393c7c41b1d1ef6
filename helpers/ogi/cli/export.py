"""`ogi export`: the dataset as researchers load it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ogi.cli.noting import say_against, say_changed, say_noted, say_warnings
from ogi.cli.options import Language
from ogi.cli.places import dataset_told, refuse_inside, refuse_other
from ogi.cli.shell import FAILED, OK, counted, progress, say
from ogi.said import Refused, joined, told, worded


def export(
    tables: Annotated[
        Path, typer.Argument(exists=True, file_okay=False, metavar="TABLES", help="Where the dataset lies.")
    ],
    out: Annotated[Path, typer.Option(file_okay=False, help="The folder of the panel.")],
    language: Language = "en",
) -> int:
    """Write the panel, a row for each agency and year. As Parquet, CSV, Stata; with codebook and warnings."""
    from ogi.ingest import origin, since
    from ogi.panel import export as exported
    from ogi.tables import read_corrections

    raw = origin.reports_of(tables)
    for written in dict.fromkeys((str(raw), str(tables))):
        refuse_inside(written, str(out))
    refuse_other(str(raw), language, out=str(out))
    kept = since.as_noted(tables, "corrections")
    typed = None if kept is None else read_corrections(kept)[0]
    lines = since.on_nobody(tables)
    try:
        with dataset_told(language), progress("exporting", language) as step:
            result = exported(tables, out, step, language, typed, lines)
    except Refused as fault:
        say(told(fault.message, language))
        return FAILED
    origin.note(raw, out)
    counts = {"row": result.rows, "section": result.sections, "report": result.undated}
    shown = {f"{name}s": counted(name, n) for name, n in counts.items()}
    say(told(worded("ogi.cli", "exported", path=out, **shown), language))
    if max(result.unread, result.others, result.expected) > 0:
        lacking = {"files": counted("file", result.unread), "reports": counted("report", result.expected)}
        lacking["others"] = counted("report", result.others)
        say(told(worded("ogi.cli", "lacking", path=out / "missing.csv", **lacking), language))
    if result.aside:
        names = joined(result.aside, ", ", "、")
        say(told(worded("ogi.cli", "aside", names=names, path=out), language))
    if result.has_before:
        say_against(result.changes, out / "changes.csv", language)
    laid = {"applied": counted("correction", result.applied), "refused": result.refused}
    say(told(worded("ogi.cli", "laid", **laid), language))
    if lines:
        files = joined(dict.fromkeys(file for file, _ in lines), ", ", "、")
        say(told(worded("ogi.cli", "not_understood", n=len(lines), files=files), language))
    say_warnings(result.warnings, out / "warnings.csv", language)
    say_noted(str(tables), language)
    say_changed(tables, language)
    return OK
