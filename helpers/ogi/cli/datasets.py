"""The commands on whole datasets: a first catalogue, the panel, what changed."""

from __future__ import annotations

from itertools import islice
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from ogi.cli.shell import FAILED, OK, progress, put, say
from ogi.said import told, worded

TERMINAL = 100
"""Changes of a kind that a terminal shows."""

_AT_A_TIME = 1000
"""Changes that are printed at a time as CSV."""


def _dataset(name: str, what: str) -> Any:
    return typer.Argument(exists=True, file_okay=False, metavar=name, help=what)


_Language = Annotated[Literal["en", "zh"], typer.Option(help="The language of messages.")]


def catalogue(
    raw: Annotated[
        Path, typer.Argument(exists=True, file_okay=False, metavar="RAW", help="A folder per agency.")
    ],
    out: Annotated[
        Path | None, typer.Option(dir_okay=False, help="The file; by default RAW/../catalogue.csv.")
    ] = None,
    language: _Language = "en",
) -> int:
    """Write a first catalogue of RAW's agencies, to go on with by hand; never over one that is there."""
    from ogi.ingest.sources import of_agencies
    from ogi.tables import new_catalogue
    from ogi.tables.by_hand import place_beside

    path = place_beside(raw) if out is None else out
    names = dict.fromkeys(source.agency for source in of_agencies(raw).sources)
    try:
        rows = new_catalogue(sorted(name for name in names if name is not None), path)
    except FileExistsError:
        say(told(worded("ogi.cli", "there_already", path=path), language))
        return FAILED
    unresolved = int(rows["code"].isna().sum())
    say(told(worded("ogi.cli", "catalogue", n=len(rows), unresolved=unresolved, path=path), language))
    return OK


def export(
    tables: Annotated[Path, _dataset("TABLES", "Where the dataset lies.")],
    out: Annotated[Path, typer.Option(file_okay=False, help="The folder of the panel.")],
    language: _Language = "en",
) -> int:
    """Write the panel, a row for each agency and year, as Parquet, CSV and Stata, with its codebook."""
    from ogi.panel import NotOurs
    from ogi.panel import export as exported
    from ogi.tables import MissingTablesError

    try:
        with progress("exporting") as step:
            result = exported(tables, out, step)
    except MissingTablesError as error:
        say(str(error))
        return FAILED
    except NotOurs as error:
        say(told(worded("ogi.cli", "not_ours", path=error), language))
        return FAILED
    counts = {"rows": result.rows, "sections": result.sections, "undated": result.undated}
    say(told(worded("ogi.cli", "exported", path=out, **counts), language))
    return OK


def diff(
    old: Annotated[Path, _dataset("OLD", "The dataset before.")],
    new: Annotated[Path, _dataset("NEW", "The dataset now.")],
    format: Annotated[
        Literal["table", "csv", "html"], typer.Option("--format", help="How the changes are printed.")
    ] = "table",
    language: _Language = "en",
) -> int:
    """Print what changed from one dataset to the next: agencies, years, figures, verdicts; and why."""
    from ogi.cli.render import differences_text
    from ogi.releases import Summary, differences, in_rows, page
    from ogi.tables import MissingTablesError, to_csv

    summary = Summary(TERMINAL) if format == "table" else Summary()
    try:
        with progress("comparing") as step:
            found = differences(old, new, step)
            if format == "csv":
                put(to_csv(in_rows([])))
                while rows := list(islice(found, _AT_A_TIME)):
                    put(to_csv(in_rows(rows), header=False))
            else:
                for one in found:
                    summary.add(one)
    except MissingTablesError as error:
        say(str(error))
        return FAILED
    if format == "html":
        put(page(summary, str(old), str(new), language))
    elif format == "table":
        put(differences_text(summary, language))
    return OK
