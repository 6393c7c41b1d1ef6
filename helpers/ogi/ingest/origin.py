"""Which folder of reports a dataset, a panel or a folder of pages was made of: those of two never mix."""

from __future__ import annotations

import os
from pathlib import Path

from ogi.files import write_whole
from ogi.ingest.sources import worded
from ogi.said import Refused

FILE = ".made_of"
"""Holds the path of the reports, from the folder that it lies in: both may be moved together."""


def refuse_other(raw: Path, *folders: Path) -> None:
    """Raise Refused where one of the folders was made of another folder of reports than RAW.

    Where those reports are gone, RAW may be the same ones under a new name, and is taken.
    """
    for folder in folders:
        other = _origin(folder)
        if other is not None and other.is_dir() and not (raw.exists() and other.samefile(raw)):
            raise Refused(worded("other_reports", folder=folder, other=shown(other), raw=shown(raw)))


def shown(path: Path) -> Path:
    """The path as people know it: from here, where it lies below."""
    return Path(os.path.relpath(path)) if path.is_relative_to(Path.cwd()) else path


def note(raw: Path, folder: Path) -> None:
    """Write down in the folder that it is made of RAW."""
    if _origin(folder) == raw.resolve():
        return
    write_whole(folder / FILE, path_from(folder, raw).encode("utf-8", "surrogateescape"))


def path_from(folder: Path, path: Path) -> str:
    """The path from the folder on, so that both may be moved together."""
    try:
        return Path(os.path.relpath(path.resolve(), folder.resolve())).as_posix()
    except ValueError:  # on another drive of Windows
        return path.resolve().as_posix()


def path_to(folder: Path, told: str) -> Path:
    """The place that `path_from` told of."""
    return (folder / told).resolve()


def reports_of(tables: Path) -> Path:
    """The folder of reports that the dataset was made of; where it does not tell, the dataset itself."""
    return _origin(tables) or tables


def _origin(folder: Path) -> Path | None:
    file = folder / FILE
    if not file.is_file():
        return None
    return path_to(folder, file.read_bytes().decode("utf-8", "surrogateescape").strip())
