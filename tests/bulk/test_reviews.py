"""The review of each year, made in bulk beside the agencies' pages, and only where it would differ."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from ogi.bulk import Choice, Job, summarize
from ogi.bulk.reviews import keys_of, make_review, make_reviews, years_there
from ogi.pages.document import made_from
from ogi.progress import no_progress

BUREAU, YEAR = "尧都区商务局", 2020
FILES = {f"review-{YEAR}.{suffix}" for suffix in ("html", "ipynb", "xlsx")}


def test_a_review_is_made_once_and_again_where_it_would_differ(tmp_path: Path, samples: Path) -> None:
    raw, out = tmp_path / "raw", tmp_path / "out"
    shutil.copytree(samples / BUREAU, raw / BUREAU)
    job = Job(raw, tmp_path / "tables", out)
    assert summarize(job).reviews == (YEAR,)
    assert {path.name for path in out.glob("review-*")} == FILES, "nobody is written to"
    assert f'<a href="review-{YEAR}.html">' in (out / "index.html").read_text("utf-8")
    page = (out / f"review-{YEAR}.html").read_text("utf-8")
    assert f'href="{BUREAU}/' not in page, "paths are quoted"
    assert str(tmp_path) not in page + (out / f"review-{YEAR}.ipynb").read_text("utf-8")
    assert made_from(out / f"review-{YEAR}.html") == keys_of([YEAR], job)[YEAR]
    assert summarize(job).reviews == ()
    (raw.parent / "catalogue.csv").write_text(f"agency,year,published\n{BUREAU},{YEAR},2021-03-01\n", "utf-8")
    assert summarize(job, Choice([BUREAU])).reviews == (), "a few pages are made quickly"
    assert summarize(job).reviews == (YEAR,)
    assert (out / f"review-{YEAR}.zip").is_file(), "a letter on a late report"
    assert "published late" in (out / f"review-{YEAR}.html").read_text("utf-8").lower()


def test_a_review_that_fails_is_told_and_the_earlier_one_stays(tmp_path: Path, samples: Path) -> None:
    raw, out = tmp_path / "raw", tmp_path / "out"
    shutil.copytree(samples / BUREAU, raw / BUREAU)
    job = Job(raw, tmp_path / "tables", out, reviews=False)
    summarize(job)
    assert years_there(out) == []
    (out / f"review-{YEAR}.html").write_text("the one before", "utf-8")
    failure = make_review("2031", job, {2031: "abc"})
    assert failure is not None
    assert "expected reports on 2031" in failure
    assert years_there(out) == [YEAR]
    assert [path.name for path in out.iterdir() if path.name.startswith(".ogi")] == []


def test_a_year_whose_review_failed_is_not_among_those_made(tmp_path: Path, samples: Path) -> None:
    raw, out = tmp_path / "raw", tmp_path / "out"
    shutil.copytree(samples / BUREAU, raw / BUREAU)
    job = Job(raw, tmp_path / "tables", out, reviews=False)
    summarize(job)
    (out / f"review-{YEAR}.xlsx" / "in the way").mkdir(parents=True)
    reviewed = make_reviews(job, False, no_progress)
    assert reviewed.made == ()
    assert len(reviewed.failures) == 1


def test_a_changed_file_is_named(tmp_path: Path, samples: Path) -> None:
    """Its bytes are others than when it was first read, though the dataset knows the new ones alone."""
    raw, out = tmp_path / "raw", tmp_path / "out"
    shutil.copytree(samples / BUREAU, raw / BUREAU)
    job = Job(raw, tmp_path / "tables", out, reviews=False)
    summarize(job)
    (report,) = (raw / BUREAU).iterdir()
    report.write_bytes(report.read_bytes() + b"\n")
    summarize(job)
    assert make_review(str(YEAR), job, {YEAR: "abc"}) is None
    notebook = json.loads((out / f"review-{YEAR}.ipynb").read_text("utf-8"))
    (cell,) = (cell for cell in notebook["cells"] if cell["id"] == "unread")
    assert report.name in "".join(cell["outputs"][0]["data"]["text/html"])
