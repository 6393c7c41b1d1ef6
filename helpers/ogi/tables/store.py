"""The dataset on disk, read through DuckDB or as frames: its parts are one table to whoever asks."""

from __future__ import annotations

import glob
import uuid
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path

import duckdb
import pandas as pd
import pyarrow as pa

from ogi.files import locked
from ogi.tables import parts as store
from ogi.tables.corrections import BY_AND_WHY, as_corrected, marked
from ogi.tables.parts import Part, PartRecord
from ogi.tables.schema import SCHEMAS, to_frame

CORRECTED = "figures_corrected"
_CORRECTED = f"""
CREATE VIEW {CORRECTED} AS
SELECT *, NULL::VARCHAR AS corrected_by, NULL::VARCHAR AS correction_reason FROM figures
WHERE report_id NOT IN (SELECT report_id FROM corrections)
UNION ALL SELECT * FROM corrected_reports
"""


def write(folder: Path, frames: Mapping[str, pd.DataFrame]) -> None:
    """Make these tables the dataset in the folder, in place of the one there, all or nothing.

    Whatever else lies in the folder stays. ValueError for a frame that is not of its table's shape.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with writing(folder):
        part = Part(uuid.uuid4().hex)
        store.put(folder, part.key, frames, PartRecord())
        store.commit(folder, [part])


def writing(folder: Path) -> AbstractContextManager[None]:
    """While this is held, nobody else writes into the dataset of that folder; others wait."""
    (folder / store.LOCK).touch()
    return locked(folder / store.LOCK)


def connect(folder: Path) -> duckdb.DuckDBPyConnection:
    """A DuckDB connection with a view per table; MissingTablesError where there is no dataset.

    `figures` holds what is printed; the view `figures_corrected`, with two columns more, what a person has
    put over it.
    """
    there = store.parts(folder)
    names = store.names_of(folder, there)
    paths = {name: store.files(folder, name, there) for name in names}
    connection = duckdb.connect()
    for name, files in paths.items():
        listed = ", ".join(f"'{_quoted(path)}'" for path in files)
        connection.execute(f"CREATE VIEW {name} AS SELECT * FROM read_parquet([{listed}])")
    if {"figures", "corrections"} <= set(names):
        _lay_corrections(connection)
    return connection


def _lay_corrections(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the view of corrected figures. Few reports have corrections: these are corrected in memory."""
    corrected = connection.sql("SELECT * FROM figures WHERE report_id IN (SELECT report_id FROM corrections)")
    figures, applied = (
        to_frame(rows.to_arrow_table().cast(SCHEMAS[name]))
        for name, rows in (("figures", corrected), ("corrections", connection.view("corrections")))
    )
    found = as_corrected(figures, applied)
    fields = [*SCHEMAS["figures"], *(pa.field(name, pa.string()) for name in BY_AND_WHY)]
    rows = pa.Table.from_pandas(marked(found.figures, found.applied), pa.schema(fields), preserve_index=False)
    connection.register("corrected_reports", rows)
    connection.execute(_CORRECTED)


def read(folder: Path, name: str, agency: str | None = None) -> pd.DataFrame:
    """One table as a typed frame, of one agency where one is named; MissingTablesError as for connect.

    Rows are in the order of agencies and their reports; those of one report as they were written.
    """
    if name not in SCHEMAS:
        raise ValueError(f"expected one of the tables {', '.join(SCHEMAS)}, found {name!r}")
    there: Sequence[Part] = store.parts(folder)
    if agency is not None:
        there = store.holding(there, agency)
    return read_parts(folder, name, there, agency)


def read_parts(folder: Path, name: str, there: Sequence[Part], agency: str | None = None) -> pd.DataFrame:
    """The rows of a table in these parts of the dataset, as `read`."""
    return to_frame(store.rows(folder, name, there, agency))


def read_folder(folder: Path, names: Sequence[str], agency: str) -> dict[str, pd.DataFrame]:
    """The rows of all that lies in an agency's folder, also where it is surely another agency's."""
    there = store.holding(store.parts(folder), agency)
    reports = read_parts(folder, "reports", there)
    own = set(reports.loc[reports["folder"] == agency, "report_id"])
    found = {}
    for name in names:
        rows = read_parts(folder, name, there)
        found[name] = rows[rows["report_id"].isin(own) | (rows["agency"] == agency)].reset_index(drop=True)
    return found


def keys(folder: Path) -> dict[str, str]:
    """Agency → a hash of all that its rows in the dataset follow from."""
    records = store.records_of(folder, store.parts(folder))
    return {agency: key for record in records for agency, key in record.agencies.items()}


def _quoted(path: Path) -> str:
    return glob.escape(str(path.absolute())).replace("'", "''")
