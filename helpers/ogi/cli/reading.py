"""The reports that a command names: files, folders of them, or a dataset that has read them before."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import pandas as pd
import typer

from ogi import tables as store
from ogi.cli.shell import progress
from ogi.ingest.reading import read_all
from ogi.ingest.sources import Failure, Gathered, of_any, told_apart
from ogi.tables import Filed

Owner = Callable[[Path, str | None], str | None]
"""A path that was named, and the agency that the title of a report alone names → whose the report is."""
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


def _by_title(_: Path, title: str | None) -> str | None:
    return title


def read_named(paths: Sequence[Path], language: str, owner: Owner = _by_title) -> Named:
    """Read the reports; wrong use where a dataset is not named alone.

    `owner`: whose those reports are that lie in no agency's folder as of_any knows it.

    Raises:
        MissingTablesError: The dataset is damaged, or of another version.
    """
    dataset = next((path for path in paths if store.is_dataset(path)), None)
    if dataset is None:
        return _of_files(paths, language, owner)
    if len(paths) > 1:
        raise typer.BadParameter(f"{dataset} is a dataset, and is to be named alone")
    return Named({name: store.read(dataset, name) for name in _READ}, dataset=dataset)


def _of_files(paths: Sequence[Path], language: str, owner: Owner) -> Named:
    gathered = Gathered()
    named: dict[Path, Path] = {}
    for path in paths:
        found = of_any(path)
        gathered += found
        named |= {source.path: path for source in found.sources if source.agency is None}
    sources = told_apart(gathered.sources)
    with progress("reading", language, shown=len(sources) > 1) as step:
        results = list(read_all(sources, step))
    failures = [*gathered.failures, *(one for one in results if isinstance(one, Failure))]
    filed = [
        replace(one, agency=owner(named[source.path], one.agency)) if source.agency is None else one
        for source, one in zip(sources, results, strict=True)
        if isinstance(one, Filed)
    ]
    tried = len(sources) + len(gathered.failures)
    return Named(store.frames(filed), [failure.message for failure in failures], tried)
