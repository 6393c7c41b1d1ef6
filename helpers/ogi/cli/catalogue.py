"""`ogi catalogue`: a first list of the agencies."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ogi.cli.options import Language
from ogi.cli.shell import FAILED, OK, put, say
from ogi.said import told, worded


def catalogue(
    raw: Annotated[
        Path, typer.Argument(exists=True, file_okay=False, metavar="RAW", help="A folder per agency.")
    ],
    out: Annotated[
        Path | None, typer.Option(dir_okay=False, help="The file; by default RAW/../catalogue.csv.")
    ] = None,
    language: Language = "en",
) -> int:
    """Write a first catalogue of RAW's agencies, to go on by hand. Never over one that is there.

    Of one that is there, the rows that it lacks (agencies, years) are printed, to be pasted into it.
    """
    from ogi.extract.title import year_in
    from ogi.ingest.by_hand import place_beside
    from ogi.ingest.sources import of_agencies
    from ogi.tables import missing_rows, new_catalogue

    path = place_beside(raw) if out is None else out
    found = of_agencies(raw)
    if not found.sources:  # an empty catalogue would stand in the way of the right call
        for failure in found.failures:
            say(told(failure.message, language))
        return FAILED
    names = dict.fromkeys(source.agency for source in found.sources)
    try:
        rows = new_catalogue(sorted(name for name in names if name is not None), path, language)
    except FileExistsError:
        on = [(one.agency, year_in(one.path.stem)) for one in found.sources if one.agency is not None]
        rows_lacking, faults = missing_rows(on, path, language)
        put(rows_lacking)
        key = "there_lacking" if rows_lacking else "there_already"
        for line in (*faults, worded("ogi.cli", key, path=path)):
            say(told(line, language))
        return FAILED
    unresolved = int(rows["code"].isna().sum())
    say(told(worded("ogi.cli", "catalogue", n=len(rows), unresolved=unresolved, path=path), language))
    return OK
