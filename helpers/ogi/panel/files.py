"""The files of the panel, each written part by part, so that memory does not grow with the dataset."""

from __future__ import annotations

import codecs
import hashlib
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq

from ogi.panel.variables import SCHEMA, VARIABLES
from ogi.tables import SCHEMAS, safe

# A batch of 500 columns takes some 20 MB; many small row groups would be outweighed by what tells of them.
BATCH = 4000
"""Rows that are converted at a time, and a row group of the panel."""
_TEXTS = [one.name for one in VARIABLES if one.type == "text"]
_CODED = {
    one.name: [str(word) for word in one.values] for one in VARIABLES if one.type == "text" and one.values
}

_HASHES = [pa.field("characters", pa.int64()), pa.field("sha256", pa.string())]
NARRATIVES = pa.schema([*SCHEMAS["narratives"], *_HASHES])
"""The columns of the narratives: those of the dataset, then length and hash of the text without blanks."""


@dataclass
class Seen:
    """What is known of the texts once all rows were seen.

    `widths`: variable → the bytes of its longest text; `words`: variable whose texts are words that mean
    something → those declared, then all others.
    """

    widths: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    words: dict[str, list[str]] = field(
        default_factory=lambda: {name: [*own] for name, own in _CODED.items()}
    )

    def see(self, part: pa.Table) -> None:
        """Take in the texts of a part."""
        for name in _TEXTS:
            texts = [text for text in part[name].unique().to_pylist() if text is not None]
            self.widths[name] = max([self.widths[name], *(len(text.encode()) for text in texts)])
            if name in self.words:
                self.words[name] += sorted(set(texts) - set(self.words[name]))


def write_parquet(path: Path, parts: Iterable[pa.Table], schema: pa.Schema) -> Iterator[pa.Table]:
    """Write each part as a row group, and hand it on."""
    with path.open("xb") as file, pq.ParquetWriter(file, schema, compression="zstd") as writer:
        for part in parts:
            if part.num_rows > 0:
                writer.write_table(part)
            yield part


def gathered(parts: Iterable[pa.Table], rows: int) -> Iterator[pa.Table]:
    """The parts as fewer, of about so many rows each."""
    held: list[pa.Table] = []
    for part in parts:
        held.append(part)
        if sum(one.num_rows for one in held) >= rows:
            yield pa.concat_tables(held)
            held = []
    if held:
        yield pa.concat_tables(held)


def read_parts(path: Path) -> Iterator[pa.Table]:
    """The rows of a Parquet file, some at a time; a table without rows where there are none."""
    with pq.ParquetFile(path) as file:
        if file.metadata.num_rows == 0:
            yield file.schema_arrow.empty_table()
        for batch in file.iter_batches(batch_size=BATCH):
            yield pa.Table.from_batches([batch])


def write_csv(path: Path, parts: Iterable[pa.Table]) -> None:
    """Write the parts; text that a spreadsheet would take for a formula gets an apostrophe before it."""
    with path.open("xb") as file:
        file.write(codecs.BOM_UTF8)  # by it Excel and Stata know UTF-8
        with pa_csv.CSVWriter(file, SCHEMA) as writer:
            for part in parts:
                writer.write_table(_made_safe(part))


def _made_safe(part: pa.Table) -> pa.Table:
    for name in _TEXTS:
        texts = [None if text is None else safe(text) for text in part[name].to_pylist()]
        place = part.schema.get_field_index(name)
        part = part.set_column(place, part.schema.field(place), pa.array(texts, pa.string()))
    return part


def hashed(narratives: pd.DataFrame) -> pa.Table:
    """Narratives with the length and SHA-256 of each text, told without blanks and in plain signs (NFKC)."""
    texts = [
        "".join(unicodedata.normalize("NFKC", text or "").split()) for text in narratives["text"].to_list()
    ]
    table = pa.Table.from_pandas(narratives, schema=SCHEMAS["narratives"], preserve_index=False)
    added = ([len(text) for text in texts], [hashlib.sha256(text.encode()).hexdigest() for text in texts])
    for field_, column in zip(_HASHES, added, strict=True):
        table = table.append_column(field_, pa.array(column, field_.type))
    return table
