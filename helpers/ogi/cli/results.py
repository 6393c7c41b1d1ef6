"""A result where it was asked for: on standard output, or in a file."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import typer

from ogi.cli.shell import put, say
from ogi.files import write_whole
from ogi.said import told, worded
from ogi.tables import to_csv, to_json, to_xlsx


def refuse_terminal(format: str, out: Path | None) -> None:
    """Wrong use where a workbook would be shown on a terminal."""
    if format == "xlsx" and out is None and sys.stdout.isatty():
        raise typer.BadParameter(
            "a workbook is no text for a terminal: name a file with --out, or redirect it"
        )


def deliver(rows: pd.DataFrame, as_text: Callable[[], str], name: str, format: str, out: Path | None) -> None:
    """Put out rows in the format; `as_text`: what "table" shows, `name`: of the sheet of a workbook."""
    if format == "xlsx":
        content = to_xlsx(rows, name)
        if out is None:
            sys.stdout.buffer.write(content)
    else:
        text = as_text() if format == "table" else to_csv(rows) if format == "csv" else to_json(rows) + "\n"
        # By its mark a spreadsheet knows UTF-8; what is piped to another program has none.
        content = text.encode("utf-8-sig" if format == "csv" else "utf-8")
        if out is None:
            put(text)
    if out is not None:
        write_whole(out, content)


def say_where(out: Path | None, rows: pd.DataFrame, language: str) -> None:
    """Tell at the end where the result lies, if in a file."""
    if out is not None:
        say(told(worded("ogi.cli", "written", n=len(rows), path=out), language))
