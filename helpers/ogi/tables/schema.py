"""The tables of the dataset, as fields.yaml declares them: each field once, with its type and meaning."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd
import pyarrow as pa

from ogi.said import Said, packaged

_TYPES = {
    "text": pa.string(),
    "number": pa.float64(),
    "whole": pa.int64(),
    "bool": pa.bool_(),
    "texts": pa.list_(pa.string()),
}
_DECLARED = packaged(__package__, "fields.yaml")

FIELDS: dict[str, tuple[pa.DataType, Said]] = {
    name: (_TYPES[kind], Said(en, zh)) for name, (kind, en, zh) in _DECLARED["fields"].items()
}
"""Field → its type, and what it means."""
HEADS: dict[str, str] = dict(_DECLARED["heads"])
"""Field → its Chinese head, of the tables that a person reads or fills in."""


def _schema(columns: str) -> pa.Schema:
    return pa.schema([pa.field(name, FIELDS[name][0]) for name in columns.split()])


SCHEMAS: dict[str, pa.Schema] = {name: _schema(columns) for name, columns in _DECLARED["tables"].items()}
"""Table → its columns, in order, with their types."""


def to_frame(table: pa.Table) -> pd.DataFrame:
    """An Arrow table as a frame: text as str, years and pages as int64 (Int64 where some are null)."""
    # Threads would gain nothing on so little, and no process that has one can be forked safely.
    frame: pd.DataFrame = table.to_pandas(integer_object_nulls=True, use_threads=False)
    for field in table.schema:
        if field.type == pa.int64() and table.column(field.name).null_count > 0:
            frame[field.name] = frame[field.name].astype("Int64")
        elif pa.types.is_list(field.type):  # pandas would have arrays, of which no two can be compared
            frame[field.name] = pd.Series(table.column(field.name).to_pylist(), dtype="object")
    return frame


def to_arrow(name: str, frame: pd.DataFrame) -> pa.Table:
    """A frame as the table of that name; ValueError where a column is missing, unknown or of another type."""
    schema = SCHEMAS[name]
    if set(frame.columns) != set(schema.names):
        missing = ", ".join(sorted(set(schema.names) - set(frame.columns))) or "none"
        unknown = ", ".join(sorted(set(frame.columns) - set(schema.names))) or "none"
        raise ValueError(f"table {name}: columns missing: {missing}; unknown: {unknown}")
    try:
        return pa.Table.from_pandas(frame, schema=schema, preserve_index=False)
    except (pa.ArrowInvalid, pa.ArrowTypeError) as error:
        raise ValueError(f"table {name}: expected columns of its types, found: {error}") from error


def joined(name: str, parts: Iterable[pd.DataFrame]) -> pd.DataFrame:
    """Frames of the table of that name, one below the other, typed as that table."""
    schema = SCHEMAS[name]
    tables = [to_arrow(name, part[schema.names]) for part in parts]
    return to_frame(pa.concat_tables([schema.empty_table(), *tables]))


def empty(name: str) -> pd.DataFrame:
    """The table of that name without rows."""
    return to_frame(SCHEMAS[name].empty_table())
