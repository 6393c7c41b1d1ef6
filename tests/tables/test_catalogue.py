"""The catalogue of agencies: rows with a year and without, and a line for each that is not sound."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from ogi.tables import new_catalogue, read_catalogue

HEAD = "agency,year,code,region,kind,parent,deadline,published,url"


def read(tmp_path: Path, *lines: str, head: str = HEAD) -> tuple[pd.DataFrame, list[str]]:
    path = tmp_path / "catalogue.csv"
    path.write_text("\n".join([head, *lines]) + "\n", "utf-8")
    frame, faults = read_catalogue(path)
    return frame, [str(fault) for fault in faults]


def test_only_the_name_must_be_there(tmp_path: Path) -> None:
    frame, faults = read(tmp_path, "甲局", "乙镇", head="agency")
    assert faults == []
    assert frame[["agency", "kind"]].to_numpy().tolist() == [["甲局", "department"], ["乙镇", "township"]]
    assert frame["year"].isna().all()


def test_a_row_with_a_year_takes_the_rest_from_the_one_without(tmp_path: Path) -> None:
    frame, faults = read(
        tmp_path,
        "甲局,2023,,,,,,2024-01-30,",
        "甲局,,320813,江苏省淮安市洪泽区,部门,洪泽区人民政府,01-20,,",
        "甲局,2024,,,vertical,,2025-01-10,,",
    )
    assert faults == []
    rows = frame.set_index(frame["year"].astype("object"))
    assert rows["code"].to_list() == ["320813"] * 3
    assert rows["parent"].to_list() == ["洪泽区人民政府"] * 3
    assert rows["deadline"].to_list() == ["2024-01-20", "01-20", "2025-01-10"]
    assert rows["kind"].to_list() == ["部门", "部门", "vertical"]


def test_a_kind_may_be_told_in_chinese(tmp_path: Path) -> None:
    frame, _ = read(tmp_path, "甲馆,,,,人民政府,,,,")
    assert frame["kind"].to_list() == ["government"]


def test_the_first_one_in_chinese_is_read_again(tmp_path: Path) -> None:
    new_catalogue(["尧都区商务局"], tmp_path / "catalogue.csv", "zh")
    text = (tmp_path / "catalogue.csv").read_text("utf-8-sig")
    assert text.splitlines() == [
        "机关,年度,区划代码,地区,类别,上级机关,公布期限,公布日期,网址",
        "尧都区商务局,,141002,山西省临汾市尧都区,工作部门,,,,",
    ]
    frame, faults = read_catalogue(tmp_path / "catalogue.csv")
    assert (faults, frame["code"].to_list(), frame["kind"].to_list()) == ([], ["141002"], ["department"])


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("甲局,,999999,,,,,,", "expected the six-digit code of a region under code, found '999999'"),
        (
            "甲局,,320813,江苏省淮安市,,,,,",
            "the code 320813, 江苏省淮安市洪泽区, under region, found '江苏省淮安市'",
        ),
        ("甲局,,,朝阳区,,,,,", "under region, found '朝阳区' (its name may mean 2 regions"),
        ("甲局,,,江苏省某区,,,,,", "under region, found '江苏省某区'"),
        ("甲局,,,,,甲局,,,", "expected another agency than 甲局 itself above it"),
        ("甲局,,,,,,2025-01-10,,", "expected a month and day such as 01-31"),
        ("甲局,2024,,,,,13-01,,", "expected a month and day such as 01-31"),
        ("甲局,,,,,,,2025-01-10,", "expected a year for what stands under published, found none"),
        ("乙局,,,,,,,,", "expected 乙局 without a year once, found it again"),
    ],
)
def test_an_unsound_row_is_one_line(tmp_path: Path, line: str, fault: str) -> None:
    frame, faults = read(tmp_path, "乙局,,,,,,,,", line)
    assert frame["agency"].to_list() == ["乙局"]
    assert [told.startswith(f"{tmp_path / 'catalogue.csv'}, line 3: ") for told in faults] == [True]
    assert fault in faults[0]


def test_parents_that_lead_back_are_left_out_and_told_once(tmp_path: Path) -> None:
    frame, (fault,) = read(
        tmp_path, "甲局,,,,,乙局,,,", "乙局,,,,,丙局,,,", "丙局,,,,,甲局,,,", "丁局,,,,,甲局,,,"
    )
    assert "丙局" in fault
    assert frame["parent"].isna().tolist() == [True, True, True, False]


def test_an_unknown_column_is_told_with_those_that_may_be_there(tmp_path: Path) -> None:
    frame, (fault,) = read(tmp_path, "甲局,x", head="agency,colour")
    assert frame.empty
    assert "expected the columns agency (and, where wanted, year, code, region" in fault
    assert "found also 'colour'" in fault


def test_a_first_catalogue_is_read_back_and_never_written_over(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.csv"
    names = ["=局", "尧都区商务局", "朝阳区人民政府"]
    written = new_catalogue(names, path)
    frame, faults = read_catalogue(path)
    assert faults == []
    assert frame["agency"].to_list() == names
    assert written["code"].fillna("").to_list() == ["", "141002", ""]
    before = path.read_bytes()
    assert b"\n'=" in before
    with pytest.raises(FileExistsError):
        new_catalogue(names, path)
    assert path.read_bytes() == before
