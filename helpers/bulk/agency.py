"""One agency's page: notebook run, exported, proved to be its own, put in place."""

from __future__ import annotations

import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

import nbformat
import pandas as pd

from helpers import tables as store
from helpers.bulk.folders import made_whole
from helpers.bulk.parameters import Value, load
from helpers.bulk.run import NotebookFailure, execute, kept
from helpers.dataset import ROOT
from helpers.pages.export import PageError, page

NOTEBOOK = ROOT / "notebooks" / "2_agency_summary.ipynb"


_BYTE_ORDER_MARK = "\ufeff"
"""Tells a spreadsheet that the CSV is UTF-8."""


@dataclass(frozen=True)
class Job:
    """What is the same for every agency of a run. `seconds`: how long one notebook may take."""

    raw: Path
    tables: Path
    out: Path
    language: str = "en"
    notebook: Path = NOTEBOOK
    seconds: float = 600

    def parameters(self, agency: str) -> dict[str, Value]:
        """The parameters of the notebook for one agency."""
        folders = {"reports": str(self.raw), "tables": str(self.tables)}
        return {"agency": agency, **folders, "language": self.language}


def make(agency: str, job: Job) -> str | None:
    """Make out/<agency>/ with page, notebook and figures; None, or one line that says why it was not made.

    Everything is made in a folder of its own and put in place whole; an earlier page stays on failure.
    """
    try:
        with made_whole(job.out, agency) as folder:
            _fill(folder, agency, job)
    except (NotebookFailure, PageError, OSError, ValueError) as error:
        return f"{agency}: {error}"
    return None


def _fill(folder: Path, agency: str, job: Job) -> None:
    parameters, name = job.parameters(agency), job.notebook.name
    executed = kept(execute(load(job.notebook), name, parameters, job.seconds), parameters, _places(job))
    write(folder / "index.html", page(executed, agency, name, job.language))
    write(folder / name, nbformat.writes(executed))  # type: ignore[no-untyped-call]
    write(folder / "figures.csv", _BYTE_ORDER_MARK + store.to_csv(_figures(job, agency)))


def _figures(job: Job, agency: str) -> pd.DataFrame:
    return store.read(job.tables, "figures", agency)


def _places(job: Job) -> dict[Path, str]:
    """What stands for a folder of this machine in what is kept."""
    folders = {job.raw: job.raw.name, job.tables: job.tables.name, job.out: job.out.name}
    absolute = {folder.absolute(): name for folder, name in folders.items()}
    resolved = {folder.resolve(): name for folder, name in folders.items()}
    return {Path.home(): "~", ROOT: ".", **absolute, **resolved}


def write(path: Path, text: str) -> None:
    """Write a text file whole or not at all."""
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".")
    try:
        with open(handle, "w", encoding="utf-8", newline="\n") as file:  # noqa: PTH123
            file.write(text)
        Path(temporary).chmod(0o644)
        os.replace(temporary, path)  # noqa: PTH105
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
