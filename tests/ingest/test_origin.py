"""A folder that is made of reports keeps to them: those of two folders never mix."""

from __future__ import annotations

from pathlib import Path

import pytest

from ogi.ingest import ingest, origin
from ogi.said import Refused
from tests.test_cli import ogi


@pytest.fixture
def made(tmp_path: Path) -> Path:
    """A folder with `samples` and `mine`, and a dataset made of the samples."""
    for name in ("samples", "mine"):
        (tmp_path / name / "示例局").mkdir(parents=True)
        (tmp_path / name / "示例局" / "2024.txt").write_text("示例局2024年政府信息公开工作年度报告", "utf-8")
    assert ingest(tmp_path / "samples", tmp_path / "tables").reused == 0
    return tmp_path


def test_reports_of_another_folder_are_refused_and_nothing_is_written(made: Path) -> None:
    before = (made / "tables" / "manifest.json").read_bytes()
    for command in (["ingest", made / "mine"], ["summarize", made / "mine", "--out", made / "pages"]):
        told = ogi(*command, "--tables", made / "tables", "--language", "zh")
        assert told.exit_code == 2
        said = told.stderr.splitlines()[-1]
        assert all(part in said for part in (str(made / "samples"), str(made / "mine"), "--tables")), said
    assert not (made / "pages").exists()
    assert (made / "tables" / "manifest.json").read_bytes() == before


def test_pages_of_other_reports_are_refused_too(made: Path) -> None:
    (made / "pages").mkdir()
    origin.note(made / "samples", made / "pages")
    told = ogi("summarize", made / "mine", "--out", made / "pages", "--tables", made / "own")
    assert told.exit_code == 2
    assert "--out" in told.stderr.splitlines()[-1]
    assert not (made / "own").exists()


def test_a_panel_of_other_reports_is_refused_and_nothing_is_written(made: Path) -> None:
    ingest(made / "mine", made / "own")
    assert ogi("export", made / "tables", "--out", made / "panel").exit_code == 0
    before = {path.name: path.read_bytes() for path in (made / "panel").iterdir()}
    told = ogi("export", made / "own", "--out", made / "panel", "--language", "zh")
    assert told.exit_code == 2
    said = told.stderr.splitlines()[-1]
    assert all(part in said for part in (str(made / "samples"), str(made / "mine"), "--out")), said
    assert {path.name: path.read_bytes() for path in (made / "panel").iterdir()} == before
    ingest(made / "samples", made / "anew")  # another dataset of the same reports
    assert ogi("export", made / "anew", "--out", made / "panel").exit_code == 0


def test_a_dataset_that_tells_no_reports_keeps_to_itself(made: Path) -> None:
    for name in ("tables", "own"):
        ingest(made / "samples", made / name)
        (made / name / origin.FILE).unlink()
    assert ogi("export", made / "tables", "--out", made / "panel").exit_code == 0
    assert ogi("export", made / "tables", "--out", made / "panel").exit_code == 0
    assert ogi("export", made / "own", "--out", made / "panel").exit_code == 2


def test_reports_that_are_gone_keep_a_panel_from_those_of_others(made: Path) -> None:
    ingest(made / "mine", made / "own")
    assert ogi("export", made / "tables", "--out", made / "panel").exit_code == 0
    (made / "mine").rename(made / "moved")
    assert ogi("export", made / "own", "--out", made / "panel").exit_code == 2


def test_the_same_reports_under_another_name_are_taken(made: Path) -> None:
    (made / "again").symlink_to(made / "samples")
    origin.refuse_other(made / "again", made / "tables")
    (made / "again").unlink()
    (made / "samples").rename(made / "moved")
    assert ogi("ingest", made / "moved", "--tables", made / "tables").exit_code == 1  # no figures in it
    with pytest.raises(Refused):
        origin.refuse_other(made / "mine", made / "tables")


def test_both_may_be_moved_together(made: Path) -> None:
    new = made / "elsewhere"
    new.mkdir()
    for name in ("samples", "tables"):
        (made / name).rename(new / name)
    origin.refuse_other(new / "samples", new / "tables")
    with pytest.raises(Refused):
        origin.refuse_other(made / "mine", new / "tables")
    assert str(made) not in (new / "tables" / origin.FILE).read_text("utf-8")


@pytest.mark.parametrize("inside", ["samples", "samples/示例局", "tables", "tables/panel"])
def test_an_export_writes_neither_into_the_reports_nor_into_the_dataset(made: Path, inside: str) -> None:
    there = sorted(made.rglob("*"))
    told = ogi("export", made / "tables", "--out", made / inside)
    assert (told.exit_code, sorted(made.rglob("*"))) == (2, there)
    assert "which is not written to" in " ".join(told.stderr.replace("│", " ").split())
