"""The dataset: typed frames of what was read, their Parquet tables, corrections, and export."""

from __future__ import annotations

from helpers.tables.catalogue import read_catalogue
from helpers.tables.corrections import read_corrections
from helpers.tables.export import number, safe, to_csv, to_json
from helpers.tables.frames import Filed, alone, frames, from_rows, storable
from helpers.tables.schema import FIELDS, SCHEMAS, empty, joined, to_frame
from helpers.tables.store import MissingTablesError, connect, read, write

__all__ = [
    "FIELDS",
    "SCHEMAS",
    "Filed",
    "MissingTablesError",
    "alone",
    "connect",
    "empty",
    "frames",
    "from_rows",
    "joined",
    "number",
    "read",
    "read_catalogue",
    "read_corrections",
    "safe",
    "storable",
    "to_csv",
    "to_frame",
    "to_json",
    "write",
]
