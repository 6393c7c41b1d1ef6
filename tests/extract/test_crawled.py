"""Reports as text archives hold them: read as any others, or said not to be, never silently wrong."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from ogi.extract import read_report
from ogi.values import LEAST_CONFIDENCE, State
from scripts.samples.golden import golden
from tests.corpus import crawled
from tests.corpus.crawled import FILES, MANNERS
from tests.corpus.score import Score, compared

BLANKS = ("row_bars", "cell_bar", "lone_bar", "framed", "bars_between")


def scored(folder: Path, manner: str, file: str, quirk: str) -> Score:
    """A report of random figures in a manner, kept in a file, with a quirk, read."""
    sample = crawled.sample(quirk, f"{manner} {file} {quirk}")
    ending, made = FILES[file]
    path = folder / f"report.{ending}"
    path.write_bytes(made(crawled.text_of(sample, MANNERS[manner])))
    record = json.loads(golden(sample)) | {"layout": manner, "quirks": [quirk], "pictured": []}
    return compared(path, record, read_report(path), 0)


@pytest.mark.parametrize("manner", MANNERS)
def test_every_figure_is_read_under_heads_broken_over_lines(tmp_path: Path, manner: str):
    assert scored(tmp_path, manner, "txt", "wrapped_heads").is_right


@pytest.mark.parametrize("manner", BLANKS)
@pytest.mark.parametrize("quirk", ["blank_zeros", "totals_only"])
def test_blank_cells_between_bars_are_blank(tmp_path: Path, manner: str, quirk: str):
    assert scored(tmp_path, manner, "txt", quirk).is_right


@pytest.mark.parametrize("file", FILES)
@pytest.mark.parametrize("manner", ["cell_bar", "bare_cells"])
def test_wherever_it_is_kept(tmp_path: Path, manner: str, file: str):
    assert scored(tmp_path, manner, file, "none").is_right


@pytest.mark.parametrize(
    "quirk", ["signed_change", "hybrid", "missing_rows", "added_outcome", "label_errors"]
)
@pytest.mark.parametrize("manner", ["cell_bar"])
def test_with_the_faults_of_other_layouts(tmp_path: Path, manner: str, quirk: str):
    assert scored(tmp_path, manner, "txt", quirk).is_right


@pytest.mark.parametrize("quirk", ["blank_zeros", "totals_only"])
def test_where_blanks_are_lost_rows_are_refused(tmp_path: Path, quirk: str):
    score = scored(tmp_path, "bare_cells", "txt", quirk)
    assert score.missing
    assert not score.unmarked


@pytest.mark.parametrize("manner", ["row_bars", "cell_bar", "framed"])
def test_a_cell_lost_from_a_row_filled_with_blanks_is_in_doubt(tmp_path: Path, manner: str):
    sample = crawled.sample("none", "lost")
    text = "\n".join(crawled.text_of(sample, MANNERS[manner]))
    row = re.compile(r"(二、上年结转政府信息公开申请数量 \|)\s\d+ \|")
    path = tmp_path / "report.txt"
    path.write_text(row.sub(r"\1", text, count=1), "utf-8")
    figures = [figure for figure in read_report(path).figures if figure.item == "carried_in"]
    assert all(f.state == State.UNREADABLE or f.confidence < LEAST_CONFIDENCE for f in figures)
