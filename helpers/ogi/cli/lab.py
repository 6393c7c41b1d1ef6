"""`ogi lab`: the notebooks in JupyterLab."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ogi.cli.options import Language
from ogi.cli.shell import say
from ogi.said import told, worded

_OURS = Path(__file__).with_name("jupyterlab")
"""No news, no look for updates, no catalogue of extensions: JupyterLab would fetch each."""
_START = "README.md"


def lab(
    folder: Annotated[
        Path | None,
        typer.Argument(exists=True, file_okay=False, help="The folder to open; by default the project's."),
    ] = None,
    options: Annotated[
        list[str] | None,
        typer.Argument(metavar="-- OPTION", help="Options of JupyterLab itself: ogi lab . -- --no-browser"),
    ] = None,
    language: Language = "en",
) -> int:
    """Open the notebooks in JupyterLab. It then asks nothing of the network."""
    import os
    import subprocess
    import sys

    from ogi.files import ROOT

    top = (folder or ROOT).resolve()
    command = [sys.executable, "-m", "jupyterlab", f"--config={_OURS / 'config.json'}"]
    command += [f"--LabApp.app_settings_dir={_OURS}", f"--ServerApp.root_dir={top}"]
    if (top / _START).is_file():
        command.append(f"--LabApp.default_url=/lab/tree/{_START}")
    say(told(worded("ogi.cli", "lab", path=top), language))
    command += options or ()
    if os.name == "posix":  # what ends this process then ends JupyterLab
        os.execv(sys.executable, command)
    return subprocess.call(command)
