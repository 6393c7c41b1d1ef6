"""What lies in front of all pages: the index and its table."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import pandas as pd

from ogi import tables as store
from ogi.bulk.agency import Job
from ogi.bulk.folders import unless_in_use
from ogi.bulk.keys import program
from ogi.bulk.reviews import years_there
from ogi.files import write_whole
from ogi.index import CSV, FIGURES, Entry, Overview, index, overview, sentence
from ogi.ingest.standing import equal_files
from ogi.pages.document import made_from
from ogi.said import Said, joined


def write_index(
    entries: Sequence[Entry],
    failures: Sequence[tuple[str, str]],
    catalogue: pd.DataFrame,
    job: Job,
    doubled: Sequence[Said] = (),
) -> list[Said]:
    """Write the index with what it leads to, unless it would be the same again.

    `failures`: a line each, and where in the code it arose; `doubled`: a line for each agency and year with
    several files. Returned is a line for each file that could not
    be replaced, such as a table that is open elsewhere; the index is then written anew by the next run, too.
    """
    reviews, page = years_there(job.out), job.out / "index.html"
    key = _key(entries, [*failures, *((line, "") for line in doubled)], catalogue, reviews, job)
    if (job.out / CSV).is_file() and made_from(page) == key:
        return []
    made = overview(entries, catalogue, reviews)
    refused = unless_in_use(partial(_write_table, made, job))
    lines = [*failures, *((line, "") for line in refused)]
    own = "" if refused else key
    lists = {"equal": _equal(job.tables), "doubled": doubled}
    written = index(made, lines, job.language, own, _has_figures(job), lists)
    write_whole(page, written.encode())
    return refused


def headline(entries: Sequence[Entry], catalogue: pd.DataFrame) -> Said:
    """What all agencies come to in the newest year: the sentence with which the index begins."""
    made = overview(entries, catalogue)
    year = made.years[0] if made.years else None
    rows = made.rows(year)
    return Said(*(str(sentence(rows, year, language).striptags()) for language in ("en", "zh")))


def _write_table(made: Overview, job: Job) -> None:
    table = io.StringIO()
    csv.writer(table).writerows(made.csv_rows(job.language))
    # With the mark by which a spreadsheet knows UTF-8.
    write_whole(job.out / CSV, table.getvalue().encode("utf-8-sig"))


def _key(
    entries: Sequence[Entry],
    failures: Sequence[tuple[str, str]],
    catalogue: pd.DataFrame,
    reviews: Sequence[int],
    job: Job,
) -> str:
    """A hash of all that the index and its table follow from."""
    told = [list(entries), [list(map(str, one)) for one in failures], list(reviews)]
    rows = catalogue.astype(str).to_numpy().tolist()
    whole = json.dumps(
        [program(), job.language, _has_figures(job), told, rows, sorted(_keys(job.tables).items())],
        default=vars,  # the fields of a dataclass
    )
    return hashlib.sha256(whole.encode()).hexdigest()[:32]


def _keys(tables: Path) -> dict[str, str]:
    try:
        return store.keys(tables)
    except store.MissingTablesError:
        return {}


def _equal(tables: Path) -> list[Said]:
    """A line for each file that lies in the folders of several agencies."""
    try:
        return [joined(files, " = ", " = ") for files in equal_files(tables)]
    except store.MissingTablesError:
        return []


def _has_figures(job: Job) -> bool:
    """Does the file of all figures lie there, which a run without reviews does not keep up?"""
    return job.reviews and (job.out / FIGURES).is_file()
