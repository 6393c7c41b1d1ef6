"""The columns that the script reads, the table beside them, and where both come from."""

from __future__ import annotations

import csv
import shutil
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from ogi.index import Entry, YearEntry, entry, index, overview, sentence
from ogi.index.entries import named, pinyin
from ogi.index.overview import Status
from ogi.ingest import ingest
from ogi.ingest.by_hand import by_hand
from ogi.notebook import frames_of
from ogi.said import Said
from ogi.tables import apply_corrections, empty
from ogi.tables.frames import from_rows
from ogi.tables.misprints import DISPUTED, DOUBTED, MISPRINT, UNCONFIRMED, UNSURE
from tests.index import made
from tests.pages.test_corrections import corrected
from tests.pages.test_named import named as named_by
from tests.reports_made import made as frames_made


def test_a_year_of_an_agency_counts_what_its_own_report_says() -> None:
    frames = frames_made({2021: {}, 2023: {"requests/new/total": 1234, "requests/granted/total": 7}})
    found = entry(frames, "甲市", has_page=True, failed=False)
    assert sorted(found.years) == [2021, 2023]
    assert (found.years[2021].received, found.years[2023].received) == (0.0, 1234.0)
    assert found.years[2023].official > 0
    assert found.years[2021].official == 0


def test_two_files_that_differ_give_a_year_no_number_of_new_requests() -> None:
    """305 and 350 in two files: the index and its table told 305."""
    cell = "requests/new/total"
    frames = frames_made({2022: {cell: 7}, 2023: {cell: 305}})
    again = frames_made({2023: {cell: 350}})
    other = {"report_id": "甲市/2023 again.pdf"}
    both = {
        name: pd.concat([getattr(frames, name), getattr(again, name).assign(**other)], ignore_index=True)
        for name in ("reports", "figures")
    }
    years = entry(replace(frames, **both), "甲市", has_page=True, failed=False).years
    assert (years[2022].received, years[2023].received) == (7.0, None)


def test_what_a_review_mark_has_settled_is_not_counted(tmp_path: Path) -> None:
    frames = frames_made({2023: {"requests/new/total": 1234}})
    (slip,) = (slip for slip in frames.slips if slip.level == "official")
    marks = [
        (line["agency"], slip.year, line["rule_id"], line["cells"], "explained", "已核", "甲", "2024-02-01")
        for line in slip.lines
    ]
    settled = replace(frames, marks=from_rows("review_marks", marks))
    assert entry(frames, "甲市", has_page=True, failed=False).years[2023].official == 1
    assert entry(settled, "甲市", has_page=True, failed=False).years[2023].official == 0


def test_the_packed_columns_hold_every_row_of_every_year() -> None:
    years = {2022: YearEntry(0.0, 1, 0, 2), 2023: YearEntry(None, 0, 3, 0)}
    entries = [
        Entry("重庆市人民政府", True, years=years, pinyin="chong qing shi"),
        Entry("乙", False, True, {2023: YearEntry(1234.0, 0, 0, 0)}, pinyin="yi"),
    ]
    packed = made.overview(entries, {"乙": Status("late", 4)}).packed("en")
    assert packed["names"] == "重庆市人民政府\n乙"
    assert packed["pages"] == "12"
    of = packed["of"]["2023"]
    assert (of["there"], of["received"], of["warnings"], of["late"]) == ("11", ",1234", "3,", ",4")
    assert [of["statuses"].split(",")[int(place)] for place in of["status"].split(",")] == ["", "late"]
    assert (packed["of"]["2022"]["there"], packed["of"]["2022"]["received"]) == ("10", "0,")
    assert packed["regions"][0] == ["500000", "重庆市"]
    assert packed["within"]["50"] == "重庆市"


@pytest.mark.parametrize(
    ("name", "spoken"), [("重庆市教育局", "chong qing shi jiao yu ju"), ("A股份B局", "a gu fen b ju")]
)
def test_a_name_is_spoken_as_it_is_read_there(name: str, spoken: str) -> None:
    assert pinyin(name) == spoken


def test_initials_of_the_names_read_otherwise_are_kept_beside_the_letters() -> None:
    entries = [named(name) for name in ("重庆市", "重大项目局", "重点项目局", "ABC局")]
    packed = made.overview(entries).packed("en")
    letters = dict(zip(packed["initials"][::2], packed["initials"][1::2], strict=True))
    order = packed["names"].split("\n")
    assert letters["重"] == "z"
    assert packed["odd"][order.index("重庆市")] == "cqs"
    assert order.index("重大项目局") not in packed["odd"]


def test_the_table_beside_the_index_has_a_row_for_each_agency_and_year() -> None:
    entries = [Entry("=甲()", years={2022: YearEntry(3.0, 0, 0, 0)}), Entry("乙")]
    of = made.overview(entries, {"乙": Status("missing")})
    head, *rows = of.csv_rows("en")
    told = [dict(zip(head, row, strict=True)) for row in rows]
    assert [(row["agency"], row["year"], row["report"], row["new_requests"]) for row in told] == [
        ("'=甲()", 2022, "", 3),
        ("乙", 2022, "missing", ""),
    ]
    assert str(rows[0][head.index("new_requests")]) == "3"
    head, _, last = of.csv_rows("zh")
    assert dict(zip(head, last, strict=True)) == {
        "机关": "乙", "区划代码": "", "地区": "", "类别": "其他", "年度": 2022, "报送情况": "缺报",
        "逾期天数": "", "新收申请": "", "新收申请须知": "", "差错": "", "警告": "", "未能判定": "",
        "年报印错处数": "", "待核对的更正处数": "", "经标记了结处数": "",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("marks", "sign", "zh"),
    [
        ("doubted_correction corrected", "†", "按原文勾稽关系成立，更正待核对；经人工更正"),
        ("broken_sum corrected", "*†", "所涉勾稽关系不符；经人工更正"),
        ("", "", ""),
    ],
)
def test_a_number_in_doubt_has_its_signs_in_index_and_table(marks: str, sign: str, zh: str) -> None:
    """A doubted correction stood there as if it were printed."""
    found = made.overview([Entry("甲", years={2022: YearEntry(3.0, 0, 0, 0, marks=marks)})], {})
    assert found.packed("en")["of"]["2022"]["signs"] == sign
    assert f">3{sign}</td>" in index(found, [])
    for language, told in (("en", marks), ("zh", zh)):
        _, row = found.csv_rows(language)
        assert row[7:9] == [3, told]


def test_the_entry_knows_what_was_corrected_of_its_new_requests() -> None:
    new, items = "requests/new/total", ("new", "granted", "outcome_total")
    sound = {f"requests/{item}/{of}": 3 for item in items for of in ("natural_person", "total")}
    frames = frames_made({2022: sound})
    line = (None, "甲市", 2022, *new.split("/"), "3", "8", "印错", "", "W", "2023")
    done = apply_corrections(frames.figures, from_rows("corrections", [line]).drop(columns="report_id"))
    own = replace(frames, figures=done.figures, corrections=done.applied)
    year = entry(own, "甲市", True, False).years[2022]
    assert (year.received, year.marks, year.signs) == (8, "doubted_correction corrected", "†")


def test_statuses_come_from_the_dataset_and_agencies_of_the_catalogue_alone_are_named(
    samples: Path, tmp_path: Path
) -> None:
    names = ("示例镇人民政府", "示例县卫生健康局")
    for name in names:
        (tmp_path / "raw" / name).mkdir(parents=True)
        for year in (2019, 2020) if name == names[0] else (2019,):
            (report,) = (samples / name).glob(f"{year}.*")
            shutil.copy(report, tmp_path / "raw" / name)
    with (tmp_path / "catalogue.csv").open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["agency", "year", "kind", "published", "deadline"])
        rows.writerow([names[0], 2020, "", "2021-05-10", "2021-03-31"])
        rows.writerow(["无报告市人民政府", "", "", "", ""])
    assert ingest(tmp_path / "raw", tmp_path / "tables").failures == []
    entries = [
        entry(frames_of(tmp_path / "tables", name), name, has_page=True, failed=False) for name in names
    ]
    found = overview(entries, by_hand(tmp_path / "raw").catalogue, [2020])
    assert {one.agency for one in found.entries} == {*names, "无报告市人民政府"}
    assert found.statuses[2020] == {
        names[0]: Status("late", 40),
        names[1]: Status("missing"),
        "无报告市人民政府": Status("missing"),
    }
    assert found.statuses[2019][names[1]].status == "undated"
    assert found.reviews == (2020,)


def test_a_report_that_may_be_among_unreadable_files_is_not_called_missing() -> None:
    entries = [Entry("甲", years={2022: YearEntry(1.0, 0, 0, 0)}, is_unsure=True), counted("乙", 2023)]
    assert overview(entries, empty("catalogue")).statuses[2023] == {
        "甲": Status("unread"), "乙": Status("undated"),
    }  # fmt: skip


def test_the_entry_counts_what_was_corrected_in_its_year() -> None:
    years = entry(corrected(), "甲市", True, False).years
    assert {year: one.misprints for year, one in years.items()} == {2021: 0, 2022: 1}
    assert {year: one.to_look_at for year, one in years.items()} == {2021: 0, 2022: 0}


@pytest.mark.parametrize(
    ("language", "said", "open_ones"),
    [
        ("en", "that the public reports misprint: 2.", "Corrections to be looked at again: 1."),
        ("zh", "另有2处年报印错", "待核对的更正1处。"),
    ],
)
def test_the_index_tells_misprints_in_the_words_of_the_review(
    language: str, said: str, open_ones: str
) -> None:
    """The review said it, and the index only “1 slip”; then column and sentence told two numbers."""
    of_year = YearEntry(1.0, 1, 0, 0, misprints=2, to_look_at=1)
    found = overview([replace(named("甲"), years={2023: of_year})], empty("catalogue"))
    assert said in sentence(found.rows(2023), 2023, language)
    assert open_ones in sentence(found.rows(2023), 2023, language)
    assert '<span class="isdoubt">†2+1</span>' in index(found, [], language)
    packed = found.packed(language)["of"]["2023"]
    assert (packed["misprints"], packed["to_look_at"]) == ("2", "1")
    clean = overview([replace(named("甲"), years={2023: YearEntry(1.0, 1, 0, 0)})], empty("catalogue"))
    assert "misprint" not in sentence(clean.rows(2023), 2023, "en")
    assert "orrection" not in sentence(clean.rows(2023), 2023, "en")


def test_a_corrected_misprint_is_counted_beside_the_slips() -> None:
    first = replace(named("甲"), years={2023: YearEntry(1.0, 0, 0, 0, misprints=2)})
    found = overview([first, replace(counted("乙", 2023), pinyin="yi")], empty("catalogue"))
    assert found.packed("en")["of"]["2023"]["misprints"] == "2,"
    head, *rows = found.csv_rows("en")
    assert [row[head.index("misprints")] for row in rows] == [2, 0]
    assert '<span class="isdoubt">†2</span>' in index(found, [])
    assert "†1" not in index(overview([counted("乙", 2023)], empty("catalogue")), [])


@pytest.mark.parametrize(
    ("ground", "counts"),
    [
        (MISPRINT, (1, 0)),
        (DOUBTED, (0, 1)),
        (UNCONFIRMED, (0, 1)),
        (DISPUTED, (0, 1)),
        (UNSURE, (0, 0)),
    ],
)
def test_a_correction_is_counted_as_misprint_or_as_to_be_looked_at(
    ground: str, counts: tuple[int, int]
) -> None:
    """One that breaks a sum which holds as printed was told on the page, and was 0 in the index."""
    frames = frames_made({2023: {"requests/new/total": 5}})
    row = frames.corrections.reindex([0]).assign(year=2023, ground=ground)
    object.__setattr__(frames, "misprints", row)
    of_year = entry(frames, "甲市", True, False).years[2023]
    assert (of_year.misprints, of_year.to_look_at) == counts


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_title_in_doubt_is_told_beside_the_number_and_in_a_list(language: str) -> None:
    frames = named_by({2022: "虚构市气象局", 2023: "虚构市大数据局"}, language)
    one = entry(frames, frames.agency, True, False)
    assert one.doubted == {2023: "虚构市大数据局"}
    assert (one.years[2022].signs, one.years[2023].signs) == ("", "?")
    found = overview([one], empty("catalogue"))
    page = index(found, [], language, lists={"equal": [Said("甲/1 = 乙/1", "甲/1 = 乙/1")]})
    told = {
        "en": (
            "undecided and not left out (?): 1<",
            "虚构市气象局, 2023: the title of a file there names 虚构市大数据局",
        ),
        "zh": ("未予剔除（?）的年报：1份<", "虚构市气象局2023年：夹内文件标题所印机关为虚构市大数据局"),
    }
    assert all(words in page for words in told[language])
    assert '<a href="#equal">' in page
    assert '<li class="warning">甲/1 = 乙/1</li>' in page
    assert '"#misfiled"' not in page, "no list that is empty"
    head, row, *_ = found.csv_rows(language)
    marks = {"en": "doubted_title", "zh": "标题机关与文件夹不同，未能判定"}
    assert row[[*head].index({"en": "new_requests_marks", "zh": "新收申请须知"}[language])] == marks[language]


def test_an_unreadable_file_is_missed_on_the_year_that_it_names_alone() -> None:
    entries = [Entry("甲", years={2021: YearEntry(1.0, 0, 0, 0)}, unread=[2023]), counted("乙", 2022, 2023)]
    found = overview(entries, empty("catalogue")).statuses
    assert (found[2022]["甲"].status, found[2023]["甲"].status) == ("missing", "unread")


def counted(agency: str, *years: int) -> Entry:
    return Entry(agency, years={year: YearEntry(1.0, 0, 0, 0) for year in years})


def test_without_reports_there_are_only_names() -> None:
    found = overview([Entry("甲市人民政府")], empty("catalogue"))
    assert (found.years, found.known["甲市人民政府"].kind) == ([], "government")
    assert list(found.csv_rows("en"))[1:] == []


@pytest.mark.parametrize(("is_undated", "year", "told"), [
    (False, 2023, "文件无法读取"), (True, 2023, "文件年度不明"), (True, 2022, "文件无法读取"),
])  # fmt: skip
def test_a_file_that_tells_nothing_is_called_as_in_the_review(is_undated: bool, year: int, told: str) -> None:
    """The index said of each that it cannot be read or dated."""
    odd = Entry("甲", is_unsure=True, is_undated=is_undated, unread=[2022])
    of = overview([odd, counted("乙", 2022, 2023)], empty("catalogue"))
    (row,) = [row for row in of.rows(year) if row.agency.name == "甲"]
    assert (row.status.status, row.status.name.zh) == ("unread", told)
    cells = [line for line in of.csv_rows("zh") if line[0] == "甲"]
    assert told in {line[5] for line in cells if line[4] == year}
