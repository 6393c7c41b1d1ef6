"""The dataset on disk: one generation of Parquet tables, written whole or not at all, read through DuckDB."""

from __future__ import annotations

import glob
import json
import os
import shutil
import tempfile
import uuid
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path

import duckdb
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from ogi.files import locked
from ogi.tables.corrections import BY_AND_WHY, apply_corrections, marked
from ogi.tables.schema import GENERATION, SCHEMAS, to_arrow, to_frame

STAGING = ".ogi-writing-"
LOCK = ".ogi-lock"
CORRECTED = "figures_corrected"
_CORRECTED = f"""
CREATE VIEW {CORRECTED} AS
SELECT *, NULL::VARCHAR AS corrected_by, NULL::VARCHAR AS correction_reason FROM figures
WHERE report_id NOT IN (SELECT report_id FROM corrections)
UNION ALL SELECT * FROM corrected_reports
"""


class MissingTablesError(Exception):
    """The tables asked for are not there as one whole; the message says so and what to do.

    `none`: is there no table at all, as before the first ingest?
    """

    def __init__(self, folder: Path, found: str, none: bool = False) -> None:
        self.none = none
        super().__init__(f"{folder}: expected the tables of one ingest, found {found}: run `ogi ingest RAW`")


def write(folder: Path, frames: Mapping[str, pd.DataFrame]) -> None:
    """Put a generation of tables into the folder, in place of the one there, all or nothing.

    The new files are written beside the old ones, under another name, and flushed to disk. Only then are the
    old files moved away and, after the last of them, the new ones in: files of two generations never lie in
    the folder together. Each file names its generation and all tables of it, so that readers take one that
    was cut short for none. Only <table>.parquet is ever replaced; whatever else lies in the folder stays.
    """
    tables = {name: to_arrow(name, frame) for name, frame in frames.items()}
    folder.mkdir(parents=True, exist_ok=True)
    (folder / LOCK).touch()
    with locked(folder / LOCK):
        for left_over in folder.glob(f"{STAGING}*"):
            shutil.rmtree(left_over)
        staging = Path(tempfile.mkdtemp(prefix=STAGING, dir=folder))
        try:
            _write_new(staging, tables)
            _swap(folder, staging, list(tables))
        finally:
            shutil.rmtree(staging, ignore_errors=True)


def connect(folder: Path) -> duckdb.DuckDBPyConnection:
    """A DuckDB connection with a view per table; MissingTablesError where there is no whole generation.

    `figures` holds what is printed; the view `figures_corrected`, with two columns more, what a person has
    put over it.
    """
    connection = _connected(folder)
    names = {name for (name, *_) in connection.sql("SHOW TABLES").fetchall()}
    if {"figures", "corrections"} <= names:
        _lay_corrections(connection)
    return connection


def _lay_corrections(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the view of corrected figures. Few reports have corrections: these are corrected in memory."""
    corrected = connection.sql("SELECT * FROM figures WHERE report_id IN (SELECT report_id FROM corrections)")
    figures, applied = (
        to_frame(rows.to_arrow_table().cast(SCHEMAS[name]))
        for name, rows in (("figures", corrected), ("corrections", connection.view("corrections")))
    )
    found = apply_corrections(figures, applied.drop(columns="report_id").drop_duplicates())
    fields = [*SCHEMAS["figures"], *(pa.field(name, pa.string()) for name in BY_AND_WHY)]
    rows = pa.Table.from_pandas(marked(found.figures, found.applied), pa.schema(fields), preserve_index=False)
    connection.register("corrected_reports", rows)
    connection.execute(_CORRECTED)


def _connected(folder: Path) -> duckdb.DuckDBPyConnection:
    names = _generation(folder)
    connection = duckdb.connect()
    for name in names:
        path = glob.escape(str(_path(folder, name).absolute())).replace("'", "''")
        connection.execute(f"CREATE VIEW {name} AS SELECT * FROM read_parquet('{path}')")
    return connection


def read(folder: Path, name: str, agency: str | None = None) -> pd.DataFrame:
    """One table as a typed frame, of one agency where one is named; MissingTablesError as for connect."""
    if name not in SCHEMAS:
        raise ValueError(f"expected one of the tables {', '.join(SCHEMAS)}, found {name!r}")
    if name not in _generation(folder):
        raise MissingTablesError(folder, f"no {name}.parquet")
    with _connected(folder) as connection:
        rows = connection.view(name)
        if agency is not None:
            rows = rows.filter(duckdb.ColumnExpression("agency") == duckdb.ConstantExpression(agency))
        try:
            return to_frame(rows.to_arrow_table().cast(SCHEMAS[name]))
        except (duckdb.Error, pa.ArrowInvalid) as error:  # sound at its end, damaged within
            raise MissingTablesError(folder, f"a damaged {name}.parquet") from error


def _path(folder: Path, name: str) -> Path:
    return folder / f"{name}.parquet"


def _write_new(staging: Path, tables: Mapping[str, pa.Table]) -> None:
    mark = json.dumps({"id": uuid.uuid4().hex, "tables": sorted(tables)}).encode()
    for name, table in tables.items():
        with _path(staging, name).open("xb") as file:
            pq.write_table(table.replace_schema_metadata({GENERATION: mark}), file, compression="zstd")
            file.flush()
            os.fsync(file.fileno())


def _swap(folder: Path, staging: Path, names: list[str]) -> None:
    """Old files out, then new files in; an error or an interruption on the way puts the old ones back."""
    old = staging / "old"
    old.mkdir()
    with ExitStack() as undo:
        for name in SCHEMAS:
            if _path(folder, name).exists():
                undo.callback(_put_back, _path(old, name), _path(folder, name))
                _path(folder, name).replace(_path(old, name))
        for name in names:
            undo.callback(_path(folder, name).unlink, missing_ok=True)
            _path(staging, name).replace(_path(folder, name))
        undo.pop_all()


def _put_back(path: Path, place: Path) -> None:
    if path.exists():
        path.replace(place)


def _generation(folder: Path) -> list[str]:
    """The tables of the one whole generation in the folder; MissingTablesError where there is none."""
    there = [name for name in SCHEMAS if _path(folder, name).is_file()]
    if not there:
        raise MissingTablesError(folder, "none", none=True)
    marks = {_mark(folder, name) for name in there}
    if len(marks) > 1:
        raise MissingTablesError(folder, "files of more than one ingest")
    names: list[str] = json.loads(marks.pop())["tables"]
    missing = [name for name in names if name not in there]
    if missing:
        raise MissingTablesError(folder, f"no {', '.join(f'{name}.parquet' for name in missing)}")
    return [name for name in SCHEMAS if name in names]


def _mark(folder: Path, name: str) -> bytes:
    try:
        schema = pq.read_schema(_path(folder, name))
    except (pa.ArrowInvalid, OSError) as error:
        raise MissingTablesError(folder, f"a {name}.parquet that cannot be read") from error
    if schema.metadata is None or GENERATION not in schema.metadata:
        raise MissingTablesError(folder, f"a {name}.parquet that no ingest wrote")
    if schema.names != SCHEMAS[name].names:
        raise MissingTablesError(folder, f"a {name}.parquet of another version")
    mark: bytes = schema.metadata[GENERATION]
    return mark
