"""What people keep is found from whatever of RAW is named, as the run over the folder finds it."""

from __future__ import annotations

import csv
import os
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from ogi.cli import app
from ogi.cli.kept import home_of, kept_on
from ogi.forms import TABLES
from ogi.ingest.sources import of_any

AGENCY = "区城管局"
SAMPLE = "淮安市洪泽区人民政府/2023.pdf"
NAMES = ("2023.pdf", "区城管局2023年年报(终稿).pdf", "区城管局2023年.pdf")
CORRECTIONS = "agency,year,table,item,measure,printed,corrected,reason,evidence,who,when\n"
MARKS = "agency,year,rule_id,cells,mark,comment,who,when\n"
ROW = f"{AGENCY},2023,review,reconsideration,total,0,11,misprint,by phone,Wang,2024-03-01\n"
CELLS = " ".join(f"review/litigation_after_reconsideration/{m.id}" for m in TABLES["review"]["2021"].measures)
MARK = f"{AGENCY},2023,review.results,{CELLS},explained,by phone,Wang,2024-03-01\n"
WAYS = ("absolute", "relative", "here", "link", "linked folder", "folder", "folder from within", "all")


@pytest.fixture(params=NAMES)
def file(request: pytest.FixtureRequest, tmp_path: Path, samples: Path) -> Path:
    """A report in RAW, and beside RAW a correction of one of its sums and a mark on the other."""
    made = tmp_path / "data" / "raw" / AGENCY / request.param
    made.parent.mkdir(parents=True)
    shutil.copy(samples / SAMPLE, made)
    (tmp_path / "data" / "corrections.csv").write_text(CORRECTIONS + ROW, "utf-8")
    (tmp_path / "data" / "review_marks.csv").write_text(MARKS + MARK, "utf-8")
    return made


def named(way: str, file: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The report, or the folder that it lies in, as a person may name it."""
    top = file.parents[3]
    if way == "link":
        (top / "report.pdf").symlink_to(file)
    if way == "linked folder":
        (top / "folder").symlink_to(file.parent)
    monkeypatch.chdir(file.parent if way in ("here", "folder from within") else top)
    return {
        "absolute": str(file),
        "relative": os.path.relpath(file, top),
        "here": f"./{file.name}",
        "link": "report.pdf",
        "linked folder": f"folder/{file.name}",
        "folder": str(file.parent),
        "folder from within": ".",
        "all": str(file.parents[1]),
    }[way]


@pytest.mark.parametrize("way", WAYS)
def test_corrections_marks_and_agency_are_found_however_the_report_is_named(
    file: Path, way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = Path(named(way, file, monkeypatch))
    kept = kept_on([path], None, None)
    assert (len(kept.hand.corrections), len(kept.hand.marks)) == (1, 1)
    for source in of_any(path).sources:
        assert (source.agency or kept.agency(path, "洪泽区人民政府")) == AGENCY
    assert kept.is_whole == (way == "all")


@pytest.mark.parametrize("way", ["absolute", "folder"])
def test_check_judges_a_report_alone_as_it_does_with_the_folder(
    file: Path, way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    result = CliRunner().invoke(app, ["check", named(way, file, monkeypatch), "--format", "csv"])
    rows = list(csv.DictReader(result.stdout.splitlines()))
    assert {row["agency"] for row in rows} == {AGENCY}
    assert [row["mark"] for row in rows if row["verdict"] == "broken"] == ["explained"]
    assert result.exit_code == 0, result.stderr


def test_explain_tells_the_correction_and_the_mark_of_a_report_of_any_name(file: Path) -> None:
    run = CliRunner()
    told = run.invoke(app, ["explain", str(file), "rv_recon_tot", "--language", "zh"]).stdout
    assert "更正为11（misprint，Wang，2024-03-01）" in told
    marked = run.invoke(app, ["explain", str(file), "review/litigation_after_reconsideration/total"])
    assert "explained: by phone" in marked.stdout


def test_what_is_kept_on_an_agency_is_not_laid_on_a_report_of_another_folder(file: Path) -> None:
    """Its title names the agency that is kept, but it lies in the folder of another."""
    lines = file.parents[2] / "corrections.csv"
    other = file.parents[1] / "洪泽区人民政府(草稿)" / "2023.pdf"
    other.parent.mkdir()
    shutil.copy(file, other)
    lines.write_text(CORRECTIONS + ROW.replace(AGENCY, "洪泽区人民政府"), "utf-8")
    told = CliRunner().invoke(app, ["explain", str(other), "rv_recon_tot"])
    assert "corrected to" not in told.stdout


def test_files_of_one_raw_share_what_is_kept_and_those_of_two_have_none(file: Path, tmp_path: Path) -> None:
    second = file.parents[1] / "别局"
    second.mkdir()
    assert len(kept_on([file, file.parent], None, None).hand.corrections) == 1
    elsewhere = tmp_path / "2023.pdf"
    elsewhere.touch()
    assert home_of(elsewhere) is None
    kept = kept_on([file, elsewhere], None, None)
    assert kept.hand.corrections.empty
    assert not kept.is_whole


def test_a_folder_named_by_dots_is_the_one_it_leads_to(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """RAW called “..” was taken to lie in the folder from which it was called so."""
    monkeypatch.chdir(file.parent)
    assert len(kept_on([Path("..")], None, None).hand.corrections) == 1


def test_a_line_that_calls_the_agency_by_another_name_is_told(samples: Path, tmp_path: Path) -> None:
    """A correction under the title's name did nothing, without a word from the command that shows it."""
    folder = tmp_path / "raw" / "洪泽区政府"
    folder.mkdir(parents=True)
    shutil.copy(samples / SAMPLE, folder)
    line = "淮安市洪泽区人民政府,2023,requests,new,total,21,22,misprint,page,W,2025-03-31\n"
    (tmp_path / "corrections.csv").write_text(CORRECTIONS + line, "utf-8")
    result = CliRunner().invoke(app, ["explain", str(folder / "2023.pdf"), "requests/new/total"])
    assert result.exit_code == 1
    assert "1 line kept by hand on 淮安市洪泽区人民政府, 2023 not taken" in result.stderr
    assert "is its folder, 洪泽区政府; write that name" in result.stderr


TOWN, BUREAU, OTHER = "示例镇人民政府", "示例县卫生健康局", "示例县大数据局"


@pytest.mark.parametrize(
    ("agency", "name", "printed", "doubt"),
    [
        (TOWN, "2020.md", TOWN, None),
        (TOWN, "2020.md", "", "2020.md: names no agency, in title or words"),
        (BUREAU, "2023.md", OTHER, f"The title names {OTHER}, the folder {BUREAU}: "),
    ],
)
def test_whose_a_report_is_that_does_not_name_its_folder_is_told(
    tmp_path: Path, samples: Path, agency: str, name: str, printed: str, doubt: str | None
) -> None:
    """A file that names nobody was told by one figure as its folder's, with no word on that."""
    file = tmp_path / "raw" / agency / name
    file.parent.mkdir(parents=True)
    text = (samples / TOWN / "2020.md").read_text("utf-8")
    file.write_text(text.replace(TOWN, printed), "utf-8")
    (tmp_path / "corrections.csv").write_text(CORRECTIONS, "utf-8")
    run = CliRunner()
    for figure in ("rq_new_tot", "disclosure_rate"):
        lines = run.invoke(app, ["explain", str(file), figure]).stdout.splitlines()
        doubts = [line.removeprefix("doubt").strip() for line in lines if line[:5] == "doubt"]
        of_names = [one.startswith(str(doubt)) for one in doubts if "names" in one]
        assert of_names == ([] if doubt is None else [True])
    for command in ("parse", "check"):
        told = run.invoke(app, [command, str(file), "--format", "csv"])
        assert ("1 report naming no agency" in told.stderr) == (printed == "")
        assert (f"nothing confirms:\n{name}\n" in told.stderr) == (printed == "")
