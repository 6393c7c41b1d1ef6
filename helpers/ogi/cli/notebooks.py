"""`ogi notebooks`: the notebooks in a folder to work in."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ogi.cli.options import Language
from ogi.cli.shell import outcome, say
from ogi.said import told, worded


def notebooks(
    folder: Annotated[
        Path,
        typer.Argument(metavar="COPY_TO", file_okay=False, help="The folder; made where it is not there."),
    ],
    language: Language = "en",
) -> int:
    """Copy the notebooks and their sample reports into a folder. Never over what is there."""
    import shutil

    from ogi.files import NOTEBOOKS, SAMPLES

    copies = {folder / source.name: source for source in sorted(NOTEBOOKS.glob("*.ipynb"))}
    for source in sorted(SAMPLES.glob("*/*")):
        copies[folder / "data" / "samples" / source.relative_to(SAMPLES)] = source
    left = [worded("ogi.cli", "there_already", path=path) for path in copies if path.exists()]
    for path, source in copies.items():
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, path)
    code = outcome(left, len(copies), language)
    say(told(worded("ogi.cli", "copied", n=len(copies) - len(left), path=folder), language))
    return code
