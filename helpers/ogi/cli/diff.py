"""`ogi diff`: what changed from one dataset to the next."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from ogi.cli.noting import say_against
from ogi.cli.options import Language
from ogi.cli.places import dataset_told
from ogi.cli.shell import FAILED, MISUSED, OK, progress, put, say
from ogi.said import joined, told, worded

if TYPE_CHECKING:  # the rest is imported when a command runs, so that help comes at once
    from ogi.releases import Difference

TERMINAL = 100
"""Changes of a kind that a terminal shows."""
_AT_A_TIME = 1000
"""Changes that are printed at a time as CSV."""


def diff(
    old: Annotated[
        Path,
        typer.Argument(exists=True, file_okay=False, metavar="OLD", help="The dataset before, or an export."),
    ],
    new: Annotated[
        Path,
        typer.Argument(exists=True, file_okay=False, metavar="NEW", help="The dataset now, or an export."),
    ],
    format: Annotated[
        Literal["table", "csv", "html"], typer.Option("--format", help="How the changes are printed.")
    ] = "table",
    language: Language = "en",
) -> int:
    """Print what changed between two datasets or exports. Agencies, years, figures, verdicts; and why."""
    from ogi.panel import is_panel

    are_panels = is_panel(old), is_panel(new)
    if any(are_panels):
        return _of_panels(old, new, format, language, both=all(are_panels))
    from ogi.cli.render import differences_text
    from ogi.releases import Summary, differences, page

    summary = Summary(TERMINAL) if format == "table" else Summary()
    with dataset_told(language), progress("comparing", language) as step:
        found = differences(old, new, step)
        if format == "csv":
            _put_csv(found)
        else:
            for one in found:
                summary.add(one)
    if format == "html":
        put(page(summary, str(old), str(new), language))
    elif format == "table":
        put(differences_text(summary, language))
    return OK


def _of_panels(old: Path, new: Path, format: str, language: str, *, both: bool) -> int:
    """Print which values of the panel differ in two exports."""
    from ogi.cli.render import changes_text
    from ogi.panel import changed_files
    from ogi.panel.changes import changes
    from ogi.tables import to_csv

    if not both or format == "html":
        say(told(worded("ogi.cli", "panel_as_page" if both else "panel_and_dataset"), language))
        return MISUSED
    for folder in (old, new):
        names = joined([file.name for file in changed_files(folder)], ", ", "、")
        if names:
            say(told(worded("ogi.cli", "changed_by_hand", path=folder, names=names), language))
    found = changes(old / "panel.parquet", new / "panel.parquet")
    say_against(found, new, language)
    if found is None:
        return FAILED
    put(to_csv(found.listed) if format == "csv" else changes_text(found.listed, TERMINAL, language))
    return OK


def _put_csv(found: Iterable[Difference]) -> None:
    from ogi.releases import in_rows
    from ogi.tables import to_csv

    put(to_csv(in_rows([])))
    rest = iter(found)
    while rows := list(islice(rest, _AT_A_TIME)):
        put(to_csv(in_rows(rows), header=False))
