"""What a query may name besides the tables: computed of the figures, some parts of the dataset at a time.

So memory does not grow with the dataset. What is computed lies in Parquet files of a folder that goes with
the `Dataset`, and is computed once.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Collection
from pathlib import Path

import duckdb
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from ogi import tables as store
from ogi.api.yearly import on_rows
from ogi.compare import annual, indicators, series
from ogi.figures import Figures
from ogi.tables.parts import parts
from ogi.tables.store import CORRECTED

Unsure = Collection[tuple[str, int]]
"""Agencies and years of which a report, by its title, may be another agency's."""


def corrected(figures: pd.DataFrame, corrections: pd.DataFrame) -> pd.DataFrame:
    """The figures as corrected, with who corrected a row and why."""
    found = store.as_corrected(figures, corrections)
    return store.marked(found.figures, found.applied)


def by_year_of(figures: pd.DataFrame, corrections: pd.DataFrame, unsure: Unsure) -> Figures:
    """Corrected figures by agency and year, with those that form 2021 divides beside their sums."""
    return annual(figures, keep_parts=True, corrections=corrections, unsure=frozenset(unsure))


_MAKERS: dict[str, Callable[[pd.DataFrame, pd.DataFrame, Unsure], pd.DataFrame]] = {
    CORRECTED: lambda figures, *beside: on_rows(figures, by_year_of(figures, *beside)),
    "annual": lambda figures, *beside: series(by_year_of(figures, *beside)),
    "indicators": lambda figures, corrections, unsure: indicators(
        annual(figures, corrections=corrections, unsure=frozenset(unsure))
    ),
}
DERIVED = tuple(_MAKERS)
"""What a query may name, too."""


class DerivedTables:
    """The tables DERIVED of a dataset, each made when it is first named."""

    def __init__(self, folder: Path, unsure: Callable[[], Unsure]) -> None:
        self._folder, self._unsure = folder, unsure
        self._files = tempfile.TemporaryDirectory(prefix="ogi-sql-")

    def register(self, connection: duckdb.DuckDBPyConnection, name: str) -> None:
        """Let the connection find the table under its name."""
        file = Path(self._files.name) / f"{name}.parquet"
        if not file.exists():
            self._make(name, file)
        connection.register(name, connection.read_parquet(str(file)))

    def _make(self, name: str, file: Path) -> None:
        unsure, writer, half = self._unsure(), None, file.with_suffix(".half")
        for part in parts(self._folder):
            figures, corrections = (
                store.read_parts(self._folder, of, [part]) for of in ("figures", "corrections")
            )
            rows = _MAKERS[name](corrected(figures, corrections), corrections, unsure)
            table = pa.Table.from_pandas(rows, preserve_index=False)
            writer = writer or pq.ParquetWriter(half, table.schema)
            writer.write_table(table)
        if writer is not None:  # a dataset has a part at least
            writer.close()
        half.replace(file)
