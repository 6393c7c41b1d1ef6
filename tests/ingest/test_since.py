"""What changed since a dataset was made is told by `ogi export`, which takes the dataset as it is."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from ogi.ingest import ingest, since
from tests.test_cli import ogi

AGENCY = "示例镇人民政府"
HEAD = "agency,year,table,item,measure,printed,corrected,reason,evidence,who,when\n"
LINE = f"{AGENCY},2022,proactive,licences,decisions,23,24,misprint,by phone,Wang,2024-03-01\n"
WRONG = f"{AGENCY},2022,requests,new,total,99,4,misread,by phone,Wang,2024-03-01\n"


@pytest.fixture
def made(tmp_path: Path, samples: Path) -> Path:
    """A folder with `raw`, of one agency and year, a correction of it, and the dataset `tables`."""
    (tmp_path / "raw" / AGENCY).mkdir(parents=True)
    shutil.copyfile(samples / AGENCY / "2022.txt", tmp_path / "raw" / AGENCY / "2022.txt")
    (tmp_path / "corrections.csv").write_text(HEAD + LINE, "utf-8")
    assert ingest(tmp_path / "raw", tmp_path / "tables").failures == []
    return tmp_path


def exported(made: Path, *options: str) -> list[str]:
    told = ogi("export", made / "tables", "--out", made / "panel", *options)
    assert told.exit_code == 0
    return told.stderr.splitlines()


def older(lines: list[str]) -> list[str]:
    return [line for line in lines if line.startswith(("changed since", "数据集生成以来"))]


def test_nothing_is_said_of_a_dataset_that_is_as_what_it_was_made_of(made: Path) -> None:
    lines = exported(made)
    assert "1 correction applied, 0 refused" in lines
    assert older(lines) == []


@pytest.mark.parametrize("name", ["corrections.csv", "review_marks.csv", "catalogue.csv"])
def test_a_file_kept_by_hand_that_is_another_now_is_named(made: Path, name: str) -> None:
    with (made / name).open("a", encoding="utf-8") as file:
        file.write("\n")
    command = f"ogi ingest {made / 'raw'} --tables {made / 'tables'}"
    said = f"changed since the dataset was made: {name}; run `{command}` and export again"
    assert older(exported(made)) == [said]
    assert older(exported(made, "--language", "zh")) == [
        f"数据集生成以来有变动：{name}；请运行`{command}`后重新导出"
    ]
    ingest(made / "raw", made / "tables")
    assert older(exported(made)) == []


def test_a_file_that_is_gone_and_reports_that_are_others_are_told(made: Path) -> None:
    (made / "corrections.csv").unlink()
    report = made / "raw" / AGENCY / "2022.txt"
    shutil.copyfile(report, report.with_name("2023.txt"))
    report.write_text(report.read_text("utf-8") + " ", "utf-8")
    (said,) = older(exported(made))
    assert said.startswith("changed since the dataset was made: corrections.csv, 2 reports; run ")


def test_corrections_that_lie_elsewhere_are_named_to_be_taken_again(made: Path) -> None:
    own = (made / "corrections.csv").rename(made / "mine of 2024.csv")
    ingest(made / "raw", made / "tables", corrections=own)
    assert older(exported(made)) == []
    own.write_text(HEAD + WRONG, "utf-8")
    (said,) = older(exported(made))
    assert f"mine of 2024.csv; run `ogi ingest {made / 'raw'} --tables {made / 'tables'}" in said
    assert f"--corrections '{own}'`" in said
    ingest(made / "raw", made / "tables", corrections=own)
    lines = exported(made)
    assert "0 corrections applied, 1 refused" in lines
    assert older(lines) == []


def test_a_dataset_whose_reports_are_elsewhere_is_not_guessed_about(made: Path) -> None:
    (made / "raw").rename(made / "away")
    (made / "corrections.csv").unlink()
    assert since.changed(made / "tables") is None
    assert older(exported(made)) == []


@pytest.mark.parametrize("damaged", [b"", b"{", b"\xff\xfe"])
def test_a_damaged_note_hinders_no_export(made: Path, damaged: bytes) -> None:
    (made / "tables" / since.FILE).write_bytes(damaged)
    assert older(exported(made)) == []


@pytest.mark.parametrize("ending", ["xlsx", "xls", "et", "ods"])
def test_a_spreadsheet_in_the_place_of_a_csv_file_is_told(made: Path, ending: str) -> None:
    """It was left aside without a word, and the corrections of the last run were gone with it."""
    raw, tables = made / "raw", made / "tables"
    (made / "corrections.csv").rename(made / f"corrections.{ending}")
    (made / f"catalogue.{ending}").touch()
    unread = [
        f"{made / name}.{ending}: found, and not read, since it is no CSV file; "
        f"save it as {name}.csv (CSV UTF-8)"
        for name in ("corrections", "catalogue")
    ]
    gone = "corrections.csv: was read by the last run and is not there now; "
    found = ingest(raw, tables)
    assert found.failures == [*unread, f"{gone}nothing that it told applies any more"]
    assert list(found.by_hand) == found.failures, "no report is lost by them"
    assert [one.zh.partition("：")[2] for one in found.failures] == [
        "已找到，但不是CSV文件，未读取；请另存为corrections.csv（CSV UTF-8）",
        "已找到，但不是CSV文件，未读取；请另存为catalogue.csv（CSV UTF-8）",
        "上次运行时读取过，现已不在，其内容不再采用",
    ]
    assert ingest(raw, tables).failures == unread, "that it is gone is told once"
    (made / "corrections.csv").write_text(HEAD + LINE, "utf-8")
    assert ingest(raw, tables).failures == unread[1:], "a spreadsheet beside its CSV file is no matter"
