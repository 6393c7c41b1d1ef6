"""Arguments and options that several commands have."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from ogi.cli.places import there

TABLES = Path("data/tables")
"""Where the dataset lies unless it is said."""

Raw = Annotated[
    str, typer.Argument(callback=there, metavar="RAW", help="A folder per agency; or its URL: s3://…")
]
Reports = Annotated[
    list[Path],
    typer.Argument(exists=True, metavar="FILE|FOLDER", help="Reports, folders of them, or a dataset."),
]
Tables = Annotated[str, typer.Option(metavar="FOLDER|URL", help="Where the dataset lies.")]
Dask = Annotated[
    str | None,
    typer.Option(
        metavar="ADDRESS", help="Send the work to this Dask scheduler; `local` starts one on this machine."
    ),
]
Format = Annotated[
    Literal["table", "csv", "json", "xlsx"], typer.Option("--format", help="How the result is printed.")
]
Out = Annotated[
    Path | None, typer.Option(dir_okay=False, help="Write the result to this file, not to standard output.")
]
Language = Annotated[Literal["en", "zh"], typer.Option(help="The language of messages and results.")]
_FILE = {"exists": True, "dir_okay": False, "metavar": "FILE"}
Corrections = Annotated[
    Path | None, typer.Option(help="Corrections; by default RAW/../corrections.csv, if there.", **_FILE)
]
Marks = Annotated[
    Path | None, typer.Option(help="Review marks; by default RAW/../review_marks.csv, if there.", **_FILE)
]
