"""The dataset: typed frames of what was read, their Parquet tables, corrections, and export."""

from __future__ import annotations

from ogi.tables.catalogue import read_catalogue
from ogi.tables.corrections import apply_corrections, as_corrected, as_printed, marked, read_corrections
from ogi.tables.export import number, safe, to_csv, to_json, to_xlsx
from ogi.tables.frames import Filed, TableFrames, alone, finding_row, frames, from_rows, records
from ogi.tables.marks import MARKS, SETTLED, matched
from ogi.tables.new_catalogue import missing_rows, new_catalogue
from ogi.tables.noted import noted, of_reading
from ogi.tables.parts import MissingTablesError, is_dataset
from ogi.tables.schema import FIELDS, SCHEMAS, empty, joined, to_frame
from ogi.tables.store import connect, keys, read, read_folder, read_parts, write, writing

__all__ = [
    "FIELDS",
    "MARKS",
    "SCHEMAS",
    "SETTLED",
    "Filed",
    "MissingTablesError",
    "TableFrames",
    "alone",
    "apply_corrections",
    "as_corrected",
    "as_printed",
    "connect",
    "empty",
    "finding_row",
    "frames",
    "from_rows",
    "is_dataset",
    "joined",
    "keys",
    "marked",
    "matched",
    "missing_rows",
    "new_catalogue",
    "noted",
    "number",
    "of_reading",
    "read",
    "read_catalogue",
    "read_corrections",
    "read_folder",
    "read_parts",
    "records",
    "safe",
    "to_csv",
    "to_frame",
    "to_json",
    "to_xlsx",
    "write",
    "writing",
]
