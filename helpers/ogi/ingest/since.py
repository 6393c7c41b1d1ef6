"""What has changed since a dataset was made: what people keep by hand, and the reports themselves."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from ogi.files import write_whole
from ogi.ingest import by_hand, origin
from ogi.ingest.by_hand import places
from ogi.ingest.plan import known_files, looked_at
from ogi.ingest.sources import of_agencies, worded
from ogi.said import Said
from ogi.tables import parts

FILE = ".made_with"
"""Holds where each file that people keep lay when the dataset was made, from its folder, and its SHA-256."""

Looked = dict[str, tuple[Path, str | None]]
"""What is kept by hand → where its file lies or would lie, and the SHA-256 of its bytes, None without one."""


@dataclass(frozen=True)
class Changed:
    """`files`: those kept by hand that are others now; `reports`: how many are new, gone or others."""

    raw: Path
    files: list[str]
    reports: int
    named: dict[str, Path]
    """Files that do not lie where they are sought: `--corrections` or `--marks`, and the file."""


def look(raw: Path, corrections: Path | None = None, marks: Path | None = None) -> Looked:
    """What is kept by hand, as it is now; looked at before it is read, so that no change is missed."""
    return {part: (path, _digest(path)) for part, path in places(raw, corrections, marks).items()}


def note(tables: Path, looked: Looked) -> None:
    """Write down what the dataset, which is whole now, was made with."""
    told = {part: [origin.path_from(tables, path), digest] for part, (path, digest) in looked.items()}
    write_whole(tables / FILE, json.dumps(told).encode())


def no_more(tables: Path, looked: Looked) -> list[Said]:
    """A sentence on each file that the dataset was made with, and that is not there any more."""
    return [
        worded("no_more", name=path.name)
        for part, (path, digest) in _noted(tables).items()
        if digest is not None and looked[part][1] is None
    ]


def forget(tables: Path) -> None:
    """Take away what an earlier run has noted, where another makes the dataset that does not note."""
    (tables / FILE).unlink(missing_ok=True)


def changed(tables: Path) -> Changed | None:
    """What is not as the dataset was made; None where its reports are not here, or nothing is known of them.

    Files with the size and time stamp that they had are not opened.
    """
    raw = origin.reports_of(tables)
    if raw == tables or not raw.is_dir():
        return None
    noted, default = _noted(tables), places(raw)
    files = [path.name for path, digest in noted.values() if _digest(path) != digest]
    named = {part: path for part, (path, _) in noted.items() if path != default[part].resolve()}
    records = (parts.record_of(tables, part.key) for part in parts.parts(tables))
    known = known_files(record for record in records if record is not None)
    now = looked_at(of_agencies(raw).sources, known)
    others = [name for name in known.keys() | now.keys() if _sha256(known, name) != _sha256(now, name)]
    return Changed(raw, files, len(others), named)


def as_noted(tables: Path, part: str) -> Path | None:
    """A file kept by hand, "corrections" or "marks"; None where it is not as the dataset was made with it."""
    path, digest = _noted(tables).get(part, (None, None))
    return path if path is not None and digest is not None and _digest(path) == digest else None


def on_nobody(tables: Path) -> list[tuple[str, Said]]:
    """What is not understood of the files kept by hand that no agency's findings tell: the file and a line.

    Of files that are as they were when the dataset was made.
    """
    there = [(part, as_noted(tables, part)) for part in _noted(tables)]
    return [(path.name, told) for part, path in there if path for told in by_hand.on_nobody(part, path)]


def _sha256(files: dict[str, parts.FileSeen], name: str) -> str | None:
    return files[name][2] if name in files else None


def _noted(tables: Path) -> Looked:
    try:
        told = json.loads((tables / FILE).read_bytes())
    except (FileNotFoundError, ValueError):  # a damaged note tells no more than none
        return {}
    return {part: (origin.path_to(tables, path), digest) for part, (path, digest) in told.items()}


def _digest(path: Path) -> str | None:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else None
