"""The parts that a dataset on disk consists of, and the manifest that makes a set of them the dataset.

    manifest.json                 which parts, in the order of their agencies: replaced in one step
    parts/<key>/<table>.parquet   the rows of some agencies, by year: a row group for each
    parts/<key>/part.json         what these agencies' rows were made from; written last

A part is never changed, since its key follows from what it was made of. Those of the manifest before stay
until the next, for whoever has just looked them up.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import tempfile
import zlib
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from ogi.files import write_whole
from ogi.said import worded
from ogi.tables.schema import SCHEMAS, to_arrow

FOLDER, MANIFEST, LOCK = "parts", "manifest.json", ".ogi-lock"
_WRITING = ".ogi-writing-"
_RECORD = "part.json"
_KEY = re.compile(r"[0-9a-f]{32}")
_VERSION = hashlib.sha256(repr([(n, s.names) for n, s in SCHEMAS.items()]).encode()).hexdigest()[:16]
"""Of the tables and their columns: a dataset of others is none."""


class MissingTablesError(Exception):
    """The tables asked for are not there as one whole; `told` says so, and what to do, in both languages.

    `found`: under its key in the wordings. `none`: is there no dataset at all, as before the first ingest?
    """

    def __init__(self, folder: Path, found: str, name: str = "") -> None:
        self.none = found == "none"
        shown = worded("ogi.tables", f"dataset.{found}", name=name)
        self.told = worded("ogi.tables", "dataset", folder=folder, found=shown)
        super().__init__(self.told)


@dataclass(frozen=True)
class Part:
    """Agencies from the name `first` on, up to that of the next part."""

    key: str
    first: str = ""


FileSeen = tuple[int | None, int | None, str]
"""The size and time stamp (ns) that a file had, None where another look is due, and its sha256."""


@dataclass(frozen=True)
class PartRecord:
    """What a part was made from.

    `program`: a hash of the code that made it. `agencies`: agency → a hash of all that its rows follow from.
    `files`: report → its file. `reports`: how many could be read. `tables`: table → size and checksum (crc32)
    of its file. `tells`: has it findings that each run tells? `leading`: agency → year → what its page leads
    with, for medians over all agencies: whoever reads records needs no table for them.
    """

    program: str = ""
    agencies: dict[str, str] = field(default_factory=dict)
    files: dict[str, FileSeen] = field(default_factory=dict)
    reports: int = 0
    tables: dict[str, tuple[int, int]] = field(default_factory=dict)
    tells: bool = False
    leading: dict[str, dict[str, list[float | None]]] = field(default_factory=dict)


def parts(folder: Path) -> list[Part]:
    """The parts of the dataset in the folder, by agency; MissingTablesError where none is."""
    path = folder / MANIFEST
    try:
        manifest = json.loads(path.read_text("utf-8"))
        if manifest["version"] != _VERSION:
            raise MissingTablesError(folder, "other_version")
        found = [Part(**part) for part in manifest["parts"]]
        if not found or not all(_KEY.fullmatch(part.key) for part in found):  # keys become paths
            raise ValueError(found)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise MissingTablesError(folder, "none") from error
    except (OSError, ValueError, LookupError, TypeError) as error:
        raise MissingTablesError(folder, "unreadable", MANIFEST) from error
    return found


def there_now(folder: Path) -> list[Part]:
    """The parts of the dataset in the folder, by agency; none where there is none."""
    try:
        return parts(folder)
    except MissingTablesError:
        return []


def is_dataset(folder: Path) -> bool:
    """Is there a dataset in the folder, sound or not?"""
    return (folder / MANIFEST).is_file()


def within(there: Sequence[Part], first: str, until: str | None) -> Sequence[Part]:
    """Those of the parts that may hold agencies from the name `first` on, up to but without `until`."""
    names = [part.first for part in there]
    end = len(names) if until is None else bisect_left(names, until)
    return there[max(0, bisect_right(names, first) - 1) : end]


def holding(there: Sequence[Part], agency: str) -> Sequence[Part]:
    """The one part that holds the agency, if there is any part."""
    place = max(0, bisect_right([part.first for part in there], agency) - 1)
    return there[place : place + 1]


def record_of(folder: Path, key: str) -> PartRecord | None:
    """What the part with that key was made from; None where it is not there whole."""
    try:
        found = json.loads((_place(folder, key) / _RECORD).read_text("utf-8"))
        files, tables = ({n: tuple(of) for n, of in found.pop(kind).items()} for kind in ("files", "tables"))
        return PartRecord(files=files, tables=tables, **found)
    except (OSError, ValueError, AttributeError, LookupError, TypeError):
        return None


def records_of(folder: Path, there: Iterable[Part]) -> Iterator[PartRecord]:
    """What each of these parts was made from, but for those that are not there whole."""
    found = (record_of(folder, part.key) for part in there)
    return (record for record in found if record is not None)


def is_sound(folder: Path, key: str) -> bool:
    """Is the part there whole, with the bytes that were written?"""
    record, place = record_of(folder, key), _place(folder, key)
    if record is None:
        return False
    try:
        return all(
            _measured((place / f"{name}.parquet").read_bytes()) == of for name, of in record.tables.items()
        )
    except OSError:
        return False


def put(folder: Path, key: str, frames: Mapping[str, pd.DataFrame], record: PartRecord) -> None:
    """Write a part, whole or not at all; it is in no dataset yet. ValueError for a frame of another shape."""
    tables = {name: to_arrow(name, frame) for name, frame in frames.items()}
    (folder / FOLDER).mkdir(parents=True, exist_ok=True)
    working = Path(tempfile.mkdtemp(prefix=_WRITING, dir=folder / FOLDER))
    try:
        for name, table in tables.items():
            _write_by_year(working / f"{name}.parquet", table)
        measured = {name: _measured((working / f"{name}.parquet").read_bytes()) for name in tables}
        _note(working, replace(record, tables=measured))
        place = _place(folder, key)
        if place.exists():  # not whole, or damaged since: nothing else is made anew
            place.rename(working / "old")
        working.chmod(0o755)
        working.replace(place)
        shutil.rmtree(place / "old", ignore_errors=True)
    finally:
        shutil.rmtree(working, ignore_errors=True)


def renote(folder: Path, key: str, record: PartRecord) -> None:
    """Write another record beside the part's rows: its files have been looked at again."""
    _note(_place(folder, key), record)


def commit(folder: Path, there: Sequence[Part]) -> None:
    """Make these parts the dataset, in one step, and remove what neither it nor the one before needs."""
    before = [part.key for part in there_now(folder)]
    keys = {part.key for part in there}
    manifest = {"version": _VERSION, "parts": [asdict(part) for part in there]}
    write_whole(folder / MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1).encode(), flush=True)
    for entry in (folder / FOLDER).iterdir():
        is_stale = _KEY.fullmatch(entry.name) and entry.name not in keys.union(before)
        if is_stale or entry.name.startswith(_WRITING):
            shutil.rmtree(entry, ignore_errors=True)


def files(folder: Path, name: str, there: Sequence[Part]) -> list[Path]:
    """The files of a table; MissingTablesError where one is not there."""
    found = [_place(folder, part.key) / f"{name}.parquet" for part in there]
    if not all(path.is_file() for path in found):
        raise MissingTablesError(folder, "lacking", f"{name}.parquet")
    return found


def names_of(folder: Path, there: Sequence[Part]) -> list[str]:
    """The tables that the dataset has, in their order."""
    record = record_of(folder, there[0].key) if there else None
    if record is None:
        raise MissingTablesError(folder, "part_lacking", _RECORD)
    return [name for name in SCHEMAS if name in record.tables]


def rows(folder: Path, name: str, there: Sequence[Part], agency: str | None = None) -> pa.Table:
    """The rows of a table in these parts, by agency and report; of one agency where one is named.

    Raises MissingTablesError where a file is not there, or not as it was written.
    """
    order = [(column, "ascending") for column in ("agency", "report_id") if column in SCHEMAS[name].names]
    wanted = None if agency is None else pc.field("agency") == agency
    found = [SCHEMAS[name].empty_table()]
    for part in there:
        source = pa.BufferReader(_content(folder, part, name))
        table = pq.read_table(source, schema=SCHEMAS[name], filters=wanted)
        found.append(table.take(pc.sort_indices(table, order)))  # stable
    return pa.concat_tables(found)


def _content(folder: Path, part: Part, name: str) -> bytes:
    """The bytes of a table's file; read whole, since one wrong byte may be another figure."""
    record = record_of(folder, part.key)
    (path,) = files(folder, name, [part])
    content = path.read_bytes()
    if record is None or record.tables.get(name) != _measured(content):
        raise MissingTablesError(folder, "damaged", f"{name}.parquet")
    return content


def _place(folder: Path, key: str) -> Path:
    return folder / FOLDER / key


def _write_by_year(path: Path, table: pa.Table) -> None:
    """A row group for each year, so that one year is read without the rest."""
    ordered = table.take(pc.sort_indices(table, [("year", "ascending")]))  # stable
    with path.open("xb") as file:
        with pq.ParquetWriter(file, table.schema, compression="zstd") as writer:
            for first, length in _runs(ordered["year"]):
                writer.write_table(ordered.slice(first, length))
        file.flush()
        os.fsync(file.fileno())


def _runs(column: pa.ChunkedArray) -> Iterator[tuple[int, int]]:
    encoded = pc.run_end_encode(column.combine_chunks())
    first = 0
    for end in encoded.run_ends.to_pylist():
        yield first, end - first
        first = end


def _measured(content: bytes) -> tuple[int, int]:
    return len(content), zlib.crc32(content)


def _note(place: Path, record: PartRecord) -> None:
    text: dict[str, Any] = asdict(record)
    write_whole(place / _RECORD, json.dumps(text, ensure_ascii=False).encode(), flush=True)
