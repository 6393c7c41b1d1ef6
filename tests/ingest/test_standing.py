"""The last lines of a run: reports in a wrong folder, files that changed, and marks that apply."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from ogi.cli import app
from ogi.extract import read_report
from ogi.ingest.standing import RunEnd, standing
from ogi.tables import read

TOWN, OTHER = "示例镇人民政府", "虚构市气象局"
HEAD = "agency,year,rule_id,cells,mark,comment,who,when"
MARKS = {
    "meets": f"{TOWN},2024,agency.folder,,confirmed,,W,2025-03-31",
    "misses": f"{TOWN},2020,requests.balance,requests/new/total,confirmed,,W,2025-03-31",
}


@pytest.fixture
def raw(samples: Path, tmp_path: Path) -> Path:
    """Two reports of a town, of which one is a weather office's; beside them, two marks."""
    own = tmp_path / "raw" / TOWN
    own.mkdir(parents=True)
    shutil.copy(samples / TOWN / "2020.md", own)
    text = (samples / TOWN / "2024.md").read_text("utf-8")
    (own / "2024.md").write_text(text.replace(TOWN, OTHER), "utf-8")
    (tmp_path / "review_marks.csv").write_text("\n".join([HEAD, *MARKS.values()]), "utf-8")
    return tmp_path / "raw"


def last_lines(raw: Path, language: str = "en") -> list[str]:
    tables = raw.parent / "tables"
    result = CliRunner().invoke(app, ["ingest", str(raw), "--tables", str(tables), "--language", language])
    assert result.exit_code == 0, result.stderr
    return [line for line in result.stderr.splitlines() if not line.startswith(("reading ", "读取"))]


def standing_of(raw: Path) -> RunEnd:
    last_lines(raw)
    return standing(raw.parent / "tables")


def test_a_misfiled_report_is_named_and_marks_are_counted(raw: Path) -> None:
    assert last_lines(raw) == [
        "1 report of another agency than the folder, not counted as reported "
        "(in the reviews: “Titles of other agencies”):",
        f"{TOWN}/2024.md: the title names {OTHER}",
        "1 of 2 review marks applies",
    ]
    assert last_lines(raw, "zh") == [
        "1份年报标题所印为其他机关，不计为已报（见各年度评议“标题机关不符”）：",
        f"{TOWN}/2024.md：标题所印机关为{OTHER}",
        "审核标记2条，其中1条适用",
    ]


def test_corrections_that_fit_are_counted_as_marks_are(raw: Path) -> None:
    head = "agency,year,table,item,measure,printed,corrected,reason,evidence,who,when"
    fits, misfits = (
        f"{TOWN},2020,requests,new,total,{printed},7,misprint,page,W,2025-03-31"
        for printed in (printed_new(raw), "987")
    )
    file = raw.parent / "corrections.csv"
    for lines, said in (
        ([fits], "1 of 1 correction"),
        ([fits, misfits.replace("2020", "2019")], "1 of 2 corrections"),
    ):
        file.write_text("\n".join([head, *lines]), "utf-8")
        result = CliRunner().invoke(app, ["ingest", str(raw), "--tables", str(raw.parent / "tables")])
        assert f"{said} applies" in result.stderr.splitlines()


def printed_new(raw: Path) -> str:
    (figure,) = [one for one in read_report(raw / TOWN / "2020.md").figures if one.id == "requests/new/total"]
    return figure.printed


def test_what_may_lie_in_a_wrong_folder_is_named(raw: Path) -> None:
    """Within one city nothing was said: 卫生健康局's in the folder of 政务服务局."""
    file = raw / TOWN / "2024.md"
    folder, other = "示例区政务服务局", "示例县卫生健康局"
    (raw / folder).mkdir()
    text = file.read_text("utf-8").replace(OTHER, other)
    (raw / folder / "2024.md").write_text(text, "utf-8")
    file.unlink()
    (raw.parent / "review_marks.csv").unlink()
    told = last_lines(raw)
    assert told[0].startswith(
        "1 report that may lie in a wrong folder, or whose agency was renamed; undecided"
    )
    assert told[1] == f"{folder}/2024.md: the title names {other}"
    assert last_lines(raw, "zh")[1] == f"{folder}/2024.md：标题所印机关为{other}"
    (raw / other).mkdir()
    shutil.copy(raw / TOWN / "2020.md", raw / other)
    assert last_lines(raw)[1] == (
        f"{folder}/2024.md: the title names {other}, which has a folder here: most likely its report"
    )
    shutil.rmtree(raw / other)
    mark = f"{folder},2024,agency.folder,,explained,renamed,W,2025-03-31"
    (raw.parent / "review_marks.csv").write_text(f"{HEAD}\n{mark}\n", "utf-8")
    assert last_lines(raw) == ["1 of 1 review mark applies"]


def test_one_file_with_two_agencies_is_named_with_both(raw: Path) -> None:
    (raw / "inbox").mkdir()
    shutil.copy(raw / TOWN / "2020.md", raw / "inbox" / "copy.md")
    assert standing_of(raw).equal == (("inbox/copy.md", f"{TOWN}/2020.md"),)
    told = last_lines(raw)
    assert f"inbox/copy.md = {TOWN}/2020.md" in told
    shutil.copy(raw / TOWN / "2020.md", raw / TOWN / "again.md")
    shutil.rmtree(raw / "inbox")
    assert standing_of(raw).equal == (), "two files of one agency on a year are told elsewhere"


def test_a_file_that_changed_is_named_with_its_first_day(raw: Path) -> None:
    last_lines(raw)
    file = raw / TOWN / "2020.md"
    file.write_text(file.read_text("utf-8") + "\n", "utf-8")
    (changed, named) = last_lines(raw)[2:4]
    assert changed.startswith("1 report changed after the first reading")
    assert named.startswith(f"{TOWN}/2020.md: first read on 20")
    (told,) = standing(raw.parent / "tables").changed
    assert told[0] == f"{TOWN}/2020.md"


def test_of_a_sound_dataset_nothing_is_said(raw: Path) -> None:
    (raw / TOWN / "2024.md").unlink()
    (raw.parent / "review_marks.csv").unlink()
    assert last_lines(raw) == []
    assert standing(raw.parent / "tables") == RunEnd()


def test_a_report_that_names_nobody_is_told_and_not_said_to_name_its_folder(raw: Path) -> None:
    """The folder's name was taken for a name in the title, and agency.folder held."""
    (raw / TOWN / "2024.md").unlink()
    (raw.parent / "review_marks.csv").unlink()
    file = raw / TOWN / "2020.md"
    file.write_text(file.read_text("utf-8").replace(TOWN, ""), "utf-8")
    told = last_lines(raw)
    assert told == [
        "1 report naming no agency, in title or words; taken as that of the folder, which nothing confirms:",
        f"{TOWN}/2020.md",
    ]
    reports, checks = (read(raw.parent / "tables", name) for name in ("reports", "checks"))
    assert reports["agency"].tolist() == [TOWN]
    assert reports["printed_agency"].isna().all()
    assert "agency.folder" not in set(checks["rule_id"])
