"""Reports that a run has read before it could finish: kept apart, so that the next run need not read them.

The dataset itself stays as it is until a run has read everything: it is never half of one.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pandas as pd

from ogi.ingest.sources import Failure
from ogi.tables import Filed, MissingTablesError, frames, joined, parts, read, write

FOLDER = ".ogi-unfinished"
SECONDS = 60.0
"""How much reading a run that is killed loses at most."""


def kept(
    results: Iterable[Filed | Failure], tables: Path, seconds: float = SECONDS
) -> Iterator[Filed | Failure]:
    """The results as they come; what has been read is put aside from time to time, and on an interruption."""
    waiting: list[Filed] = []
    last = time.monotonic()
    with ExitStack() as interrupted:
        interrupted.callback(_put_aside, waiting, tables)
        for result in results:
            if isinstance(result, Filed):
                waiting.append(result)
            yield result
            if time.monotonic() - last >= seconds:
                _put_aside(waiting, tables)
                waiting.clear()
                last = time.monotonic()
        interrupted.pop_all()


def added(earlier: dict[str, pd.DataFrame], tables: Path) -> dict[str, pd.DataFrame]:
    """The tables of an earlier run, and what was read since; of one report, what was read last."""
    for folder in _folders(tables):
        new = {name: read(folder, name) for name in earlier}
        again = set(new["reports"]["report_id"])
        earlier = {
            name: joined(name, [frame[~frame["report_id"].isin(again)], new[name]])
            for name, frame in earlier.items()
        }
    return earlier


def cleared(tables: Path) -> None:
    """Take away what was put aside, once it is in the dataset."""
    shutil.rmtree(tables / FOLDER, ignore_errors=True)


def _put_aside(filed: list[Filed], tables: Path) -> None:
    if filed:
        write(tables / FOLDER / f"{time.time_ns():020}", frames(filed))


def _folders(tables: Path) -> list[Path]:
    """What was put aside whole, the earliest first."""
    top = tables / FOLDER
    return [folder for folder in sorted(top.iterdir()) if _is_whole(folder)] if top.is_dir() else []


def _is_whole(folder: Path) -> bool:
    try:
        return all(parts.is_sound(folder, part.key) for part in parts.parts(folder))
    except MissingTablesError:
        return False
