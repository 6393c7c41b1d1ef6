"""What is written in front of all pages, and when."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from ogi import tables
from ogi.bulk import Job
from ogi.bulk.front import write_index
from ogi.bulk.reviews import write_figures
from ogi.index import Entry, YearEntry
from ogi.ingest import ingest
from ogi.said import Said

NONE = tables.empty("catalogue")
AGENCY = "示例镇人民政府"


@pytest.fixture(scope="module")
def job(tmp_path_factory: pytest.TempPathFactory, samples: Path) -> Job:
    top = tmp_path_factory.mktemp("front")
    (top / "raw").mkdir()
    (top / "raw" / AGENCY).symlink_to(samples / AGENCY)
    (top / "out").mkdir()
    ingest(samples, top / "tables")
    return Job(top / "raw", top / "tables", top / "out")


def written(job: Job, received: float = 1.0) -> dict[str, int]:
    """Write the index of one agency, and the figures where they are asked for; file → when it was written."""
    if job.reviews and not (job.out / "figures.parquet").exists():
        assert write_figures(job) == []
    entry = Entry(AGENCY, True, years={2023: YearEntry(received, 0, 0, 0)})
    write_index([entry], [], NONE, job)
    return {path.name: path.stat().st_mtime_ns for path in job.out.iterdir()}


def test_the_index_is_left_where_it_would_be_the_same_and_made_where_anything_differs(job: Job) -> None:
    first = written(job)
    assert set(first) == {"index.html", "index.csv", "figures.parquet"}
    assert written(job) == first
    assert written(job, received=2.0) != first


def test_a_year_with_several_files_is_told_on_the_index(job: Job) -> None:
    before = written(job)
    line = Said("甲局, 2023: expected one report, found 2 files", "甲局2023年应只有一份年报")
    write_index([Entry(AGENCY, True, years={2023: YearEntry(1.0, 0, 0, 0)})], [], NONE, job, [line])
    page = (job.out / "index.html").read_text("utf-8")
    assert (job.out / "index.html").stat().st_mtime_ns != before["index.html"]
    assert f'<li class="warning">{line}</li>' in page
    assert '<a href="#doubled">' in page
    assert written(job) != before
    assert "#doubled" not in (job.out / "index.html").read_text("utf-8")


def test_a_file_in_two_folders_is_told_on_the_index(samples: Path, tmp_path: Path) -> None:
    for folder in (AGENCY, "示例乡人民政府"):
        (tmp_path / "raw" / folder).mkdir(parents=True)
        first = sorted((samples / AGENCY).iterdir())[0]
        (tmp_path / "raw" / folder / first.name).write_bytes(first.read_bytes())
    (tmp_path / "out").mkdir()
    ingest(tmp_path / "raw", tmp_path / "tables")
    write_index([], [], NONE, Job(tmp_path / "raw", tmp_path / "tables", tmp_path / "out"))
    page = (tmp_path / "out" / "index.html").read_text("utf-8")
    assert f'<li class="warning">示例乡人民政府/{first.name} = {AGENCY}/{first.name}</li>' in page


def test_one_file_has_all_figures_as_corrected(job: Job) -> None:
    written(job, received=3.0)
    file = str(job.out / "figures.parquet")
    found = duckdb.sql(f"SELECT count(*), count(DISTINCT agency) FROM '{file}'").fetchall()
    with tables.connect(job.tables) as dataset:
        expected = dataset.sql("SELECT count(*), count(DISTINCT agency) FROM figures_corrected").fetchall()
    assert found == expected
    assert "figures.parquet" in (job.out / "index.html").read_text("utf-8")


def test_without_what_tells_of_all_agencies_nothing_leads_to_it(job: Job, tmp_path: Path) -> None:
    assert set(written(replace(job, out=tmp_path, reviews=False))) == {"index.html", "index.csv"}
    assert "figures.parquet" not in (tmp_path / "index.html").read_text("utf-8")
