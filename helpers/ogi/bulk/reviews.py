"""What is told of all agencies at once, beside their pages: the review of each year, and all figures.

Made only where it would differ.
"""

from __future__ import annotations

import hashlib
import re
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import duckdb
import nbformat

from ogi import tables as store
from ogi import workers
from ogi.bulk.agency import Job, places
from ogi.bulk.folders import WORKING, said_of, unless_in_use, worded
from ogi.bulk.keys import program
from ogi.bulk.record import earlier_reviews
from ogi.bulk.run import NotebookFailure, Value, execute, kept, load
from ogi.files import NOTEBOOKS, replace, write_whole
from ogi.index import FIGURES
from ogi.pages.document import made_from
from ogi.pages.export import article
from ogi.progress import Progress
from ogi.readers.document import UnreadableFile
from ogi.review import title, years_of
from ogi.review.workbook import ARCHIVE
from ogi.said import Said
from ogi.tables import first_read, parts
from ogi.tables.store import CORRECTED

NOTEBOOK = NOTEBOOKS / "3_periodic_review.ipynb"
_NAME = re.compile(r"review-(\d{4})\.html")
SUFFIXES = (".xlsx", ".zip", ".ipynb", ".html")
"""What lies there of each year; the page is put in place last."""
_SECONDS, _MEGABYTES = 7200.0, 8192
"""What a review may take at least: of 170,000 agencies it takes more than the page of one."""
_FOLLOWS_FROM = """
SELECT report_id, year, sha256, parser_version FROM reports
WHERE year IS NULL OR year BETWEEN {first} AND {last} ORDER BY ALL;
SELECT DISTINCT agency, year FROM reports WHERE year <= {last} ORDER BY ALL;
SELECT report_id, message FROM findings WHERE kind = 'unreadable_file' ORDER BY ALL;
SELECT * FROM corrections ORDER BY ALL;
SELECT * FROM review_marks ORDER BY ALL;
SELECT * FROM catalogue ORDER BY ALL
"""
_BEFORE, _AFTER = 2, 1
"""Years whose sums share a figure with one of the year reviewed, or nearly: see `review.slips`."""


@dataclass(frozen=True)
class Reviewed:
    """The years whose review this run made, and a line for each that failed; an earlier one then stays."""

    made: tuple[int, ...] = ()
    failures: tuple[Said, ...] = ()


def years_there(out: Path) -> list[int]:
    """The years of which a review lies in the folder of the pages."""
    found = (_NAME.fullmatch(path.name) for path in out.glob("review-*.html"))
    return sorted(int(name[1]) for name in found if name is not None)


def follows_from(job: Job) -> str:
    """A hash of the whole dataset and of what shows it: with the same one, each review is as it would be."""
    held = [part.key for part in parts.parts(job.tables)]
    shown = repr([job.language, job.shared_assets, program(), held]).encode()
    return hashlib.sha256(shown + NOTEBOOK.read_bytes()).hexdigest()[:32]


def is_current(job: Job) -> bool:
    """Is everything there that an earlier run made of this very dataset?"""
    before = earlier_reviews(job.out)
    if before is None or before.made_from != follows_from(job):
        return False
    return (job.out / FIGURES).is_file() and all(_is_whole(year, job.out) for year in before.years)


def due_reviews(job: Job) -> dict[int, str]:
    """Year → what its review would be made from, of those that are not there or would be others now."""
    due = keys_of(years_of(job.tables), job)
    return {year: key for year, key in due.items() if key != _there(year, job.out)}


def make_reviews(job: Job, prune: bool, progress: Progress) -> Reviewed:
    """Make the review of each year whose review is not there, or would be another now, and the figures.

    `prune`: remove those of years of which there is no report any more.
    """
    if is_current(job) and not prune:
        return Reviewed()
    due = due_reviews(job)
    for year in set(years_there(job.out)) - set(years_of(job.tables)) if prune else ():
        for suffix in SUFFIXES:
            (job.out / review_file(year, suffix)).unlink(missing_ok=True)
    failures = write_figures(job)
    limits = workers.WorkLimits(max(job.seconds, _SECONDS), max(job.megabytes, _MEGABYTES))
    results = workers.run_each(partial(make_review, job=job, keys=due), list(map(str, due)), limits, 1)
    made: list[int] = []
    for done, (year, result) in enumerate(zip(due, results, strict=True), 1):
        failure = result.found if isinstance(result, UnreadableFile) else result
        if failure is None:
            made.append(year)
        else:
            failures.append(worded("of_review", year=year, told=failure))
        progress(done, len(due), title(year, job.language))
    return Reviewed(tuple(made), tuple(failures))


def write_figures(job: Job) -> list[Said]:
    """Write the figures of all agencies as corrected, where there are any; a line where that is refused."""
    if not parts.files(job.tables, "figures", parts.parts(job.tables)):
        return []
    return unless_in_use(partial(_write_figures, job))


def _write_figures(job: Job) -> None:
    working = tempfile.TemporaryDirectory(prefix=WORKING, dir=job.out)
    with working as folder, store.connect(job.tables) as dataset:
        file = Path(folder) / FIGURES
        dataset.execute("SET threads = 1")  # several write the rows in any order: other bytes each time
        dataset.view(CORRECTED).write_parquet(str(file), compression="zstd")
        replace(file, job.out / FIGURES)


def keys_of(years: Iterable[int], job: Job) -> dict[int, str]:
    """Year → a hash of all that its review follows from."""
    shared = hashlib.sha256(repr([job.language, job.shared_assets, program()]).encode())
    shared.update(NOTEBOOK.read_bytes())
    for row in first_read.known(job.tables)[["report_id", "sha256"]].itertuples(index=False):
        shared.update(repr(tuple(row)).encode())
    with store.connect(job.tables) as connection:
        return {year: _key_of(year, connection, shared.copy()) for year in years}


def _key_of(year: int, connection: duckdb.DuckDBPyConnection, digest: Any) -> str:
    digest.update(f"{year}".encode())
    for statement in _FOLLOWS_FROM.format(first=year - _BEFORE, last=year + _AFTER).split(";"):
        for row in connection.execute(statement).fetchall():
            digest.update(repr(row).encode())
    return str(digest.hexdigest()[:32])


def _there(year: int, out: Path) -> str | None:
    """What the review that lies there was made from; None where it is not there whole."""
    return made_from(out / review_file(year, ".html")) if _is_whole(year, out) else None


def _is_whole(year: int, out: Path) -> bool:
    """Is every file of the review there? Letters are where its page leads to them."""
    files = [out / review_file(year, suffix) for suffix in SUFFIXES]
    there = [file for file in files if file.is_file()]
    page, archive = (out / review_file(year, suffix) for suffix in (".html", ARCHIVE))
    return there == files or (
        there == [file for file in files if file != archive] and archive.name not in page.read_text("utf-8")
    )


def review_file(year: int, suffix: str) -> str:
    """The name of what lies there of a year."""
    return f"review-{year}{suffix}"


def make_review(name: str, job: Job, keys: dict[int, str]) -> Said | None:
    """Make the review of one year and put it in place; why it failed, if it did. Runs in a worker."""
    year = int(name)
    try:
        with tempfile.TemporaryDirectory(prefix=WORKING, dir=job.out) as folder:
            _fill(Path(folder), year, job, keys[year])
            for suffix in SUFFIXES:
                made, place = (at / review_file(year, suffix) for at in (Path(folder), job.out))
                if made.exists():
                    replace(made, place)
                else:  # nobody is written to
                    place.unlink(missing_ok=True)
    except (NotebookFailure, OSError, ValueError) as error:
        return said_of(error)
    return None


def _fill(folder: Path, year: int, job: Job, key: str) -> None:
    workbook = folder / review_file(year, ".xlsx")
    parameters: dict[str, Value] = {
        **{"year": year, "reports": str(job.raw), "tables": str(job.tables)},
        **{"language": job.language, "workbook": str(workbook)},
    }
    seconds = max(job.seconds, _SECONDS)
    ran = execute(load(NOTEBOOK), NOTEBOOK.name, parameters, seconds, job.engine)
    executed = kept(ran, {**parameters, "workbook": workbook.name}, places(job))
    assets = "." if job.shared_assets else ""
    page = article(executed, title(year, job.language), f"review-{year}", job.language, key, assets)
    write_whole(folder / review_file(year, ".html"), page.encode())
    written: str = nbformat.writes(executed)  # type: ignore[no-untyped-call]
    write_whole(folder / review_file(year, ".ipynb"), written.encode())
