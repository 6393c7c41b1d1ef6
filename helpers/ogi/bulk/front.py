"""What lies in front of all pages: the index, its table, and every figure in one file."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import tempfile
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import pandas as pd

from ogi import tables as store
from ogi.bulk.agency import Job
from ogi.bulk.folders import WORKING
from ogi.bulk.keys import program
from ogi.bulk.reviews import years_there
from ogi.files import write_whole
from ogi.index import CSV, FIGURES, Entry, index, overview
from ogi.pages.export import made_from
from ogi.tables.store import CORRECTED

_BYTE_ORDER_MARK = "\ufeff"
"""Tells a spreadsheet that the CSV is UTF-8."""


def write_index(
    entries: Sequence[Entry], failures: Sequence[tuple[str, str]], catalogue: pd.DataFrame, job: Job
) -> None:
    """Write the index with what it leads to, unless it would be the same again.

    `failures`: a line each, and where in the code it arose.
    """
    reviews, page = years_there(job.out), job.out / "index.html"
    key = _key(entries, failures, catalogue, reviews, job)
    if (job.out / CSV).is_file() and made_from(page) == key:
        return
    made = overview(entries, catalogue, reviews)
    table = io.StringIO()
    csv.writer(table).writerows(made.csv_rows())
    write_whole(job.out / CSV, (_BYTE_ORDER_MARK + table.getvalue()).encode())
    _write_figures(job)
    has_figures = (job.out / FIGURES).is_file()
    write_whole(page, index(made, failures, job.language, key, has_figures).encode())


def _key(
    entries: Sequence[Entry],
    failures: Sequence[tuple[str, str]],
    catalogue: pd.DataFrame,
    reviews: Sequence[int],
    job: Job,
) -> str:
    """A hash of all that the index, its table and the file of figures follow from."""
    told = [[asdict(entry) for entry in entries], [list(map(str, one)) for one in failures], list(reviews)]
    rows = catalogue.astype(str).to_numpy().tolist()
    whole = json.dumps([program(), job.language, told, rows, sorted(_keys(job.tables).items())])
    return hashlib.sha256(whole.encode()).hexdigest()[:32]


def _keys(tables: Path) -> dict[str, str]:
    try:
        return store.keys(tables)
    except store.MissingTablesError:
        return {}


def _write_figures(job: Job) -> None:
    """Write the figures of all agencies as corrected, where the dataset lies on this machine."""
    try:
        dataset = store.connect(job.tables)
    except store.MissingTablesError:
        return
    with tempfile.TemporaryDirectory(prefix=WORKING, dir=job.out) as folder, dataset:
        file = Path(folder) / FIGURES
        dataset.view(CORRECTED).write_parquet(str(file), compression="zstd")
        file.replace(job.out / FIGURES)
