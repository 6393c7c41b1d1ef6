"""The reports that a command names: files, folders of them, or a dataset that has read them before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd
import typer

from ogi import tables as store
from ogi.cli.shell import progress
from ogi.ingest.reading import read_all
from ogi.ingest.sources import Failure, Gathered, of_any, told_apart
from ogi.tables import Filed

_READ = ("reports", "figures", "narratives", "findings")


@dataclass(frozen=True)
class Named:
    """What was read: the tables of _READ, a line for each file that could not be, and how many were tried.

    `dataset`: the folder of the dataset that it is from, None where files were read.
    """

    tables: dict[str, pd.DataFrame]
    failures: list[str] = field(default_factory=list)
    tried: int = 0
    dataset: Path | None = None


def read_named(paths: Sequence[Path], language: str) -> Named:
    """Read the reports; wrong use where a dataset is not named alone.

    Raises:
        MissingTablesError: The dataset is damaged, or of another version.
    """
    dataset = next((path for path in paths if store.is_dataset(path)), None)
    if dataset is None:
        return _of_files(paths, language)
    if len(paths) > 1:
        raise typer.BadParameter(f"{dataset} is a dataset, and is to be named alone")
    return Named({name: store.read(dataset, name) for name in _READ}, dataset=dataset)


def _of_files(paths: Sequence[Path], language: str) -> Named:
    gathered = Gathered()
    for path in paths:
        gathered += of_any(path)
    sources = told_apart(gathered.sources)
    with progress("reading", language, shown=len(sources) > 1) as step:
        results = list(read_all(sources, step))
    failures = [*gathered.failures, *(one for one in results if isinstance(one, Failure))]
    filed = [one for one in results if isinstance(one, Filed)]
    tried = len(sources) + len(gathered.failures)
    return Named(store.frames(filed), [failure.message for failure in failures], tried)
