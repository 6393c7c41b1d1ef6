"""The last line of commands that make or take a dataset: how many of its reports need a look."""

from __future__ import annotations

from pathlib import Path

from ogi.cli.shell import counted, say
from ogi.files import is_url
from ogi.said import joined, told, worded


def say_noted(tables: str, language: str) -> None:
    """Tell on how many reports errors and warnings were noted in reading, and where they are told."""
    from ogi.tables import is_dataset, noted

    if is_url(tables) or not is_dataset(Path(tables)):
        return
    found = noted(Path(tables))
    counts = [
        worded("ogi.cli", f"noted.{severity}", reports=counted("report", found[severity]))
        for severity in ("error", "warning")
        if found[severity] > 0
    ]
    if counts:
        say(told(worded("ogi.cli", "noted", counts=joined(counts, ", ", "，"), path=tables), language))
