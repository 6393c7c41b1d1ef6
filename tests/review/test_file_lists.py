"""Reports that may lie in a wrong folder, and years with a file too many."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from lxml.html import fragment_fromstring

from ogi import pages
from ogi.extract.report import FindingKind
from ogi.index import entry
from ogi.ingest import ingest
from ogi.notebook import frames_of
from ogi.review import Review, file_lists
from ogi.review.asked import Reason, asked
from ogi.review.file_lists import strange_titles
from ogi.review.gather import gathered
from ogi.review.head import cover
from ogi.review.letters import letters, parts_of
from ogi.review.page import did_everybody_report, what_could_not_be_read
from ogi.review.sent_back import written_to


def test_a_title_is_strange_where_it_is_that_of_another_folder_or_of_another_report() -> None:
    """A folder may be called as it likes, as long as no other agency is meant."""
    rows = [
        ("区教育局", "某市某区教育局", 2024),
        ("公安局", "卫生健康局", 2024),
        ("卫生健康局", "卫生健康局", 2024),
        ("甲", "丙镇人民政府", 2024),
        ("乙", "丙镇人民政府", 2024),
        ("交通局", "水务局", 2023),
        ("水务局", None, 2024),
    ]
    reports = pd.DataFrame(rows, columns=["agency", "printed_agency", "year"]).astype({"year": "Int64"})
    assert strange_titles(reports, 2024).to_numpy().tolist() == [
        ["乙", "丙镇人民政府", "甲"],
        ["甲", "丙镇人民政府", "乙"],
        ["公安局", "卫生健康局", "卫生健康局"],
    ]
    assert strange_titles(reports, 2023).to_numpy().tolist() == [["交通局", "水务局", "水务局"]]


TOWN = "示例镇人民政府"


@pytest.fixture
def held(samples: Path, tmp_path: Path) -> Callable[..., Review]:
    """The review of a report beside which lies another, in which some words are replaced."""

    def reviewed(old: str, new: str, in_both: tuple[str, str] = ("", "")) -> Review:
        folder = tmp_path / "raw" / TOWN
        folder.mkdir(parents=True)
        report = (samples / TOWN / "2024.md").read_text("utf-8").replace(*in_both, 1)
        (folder / "2024.md").write_text(report, "utf-8")
        assert old in report
        (folder / "2024年（更正版）.md").write_text(report.replace(old, new, 1), "utf-8")
        tables = tmp_path / "tables"
        assert ingest(tmp_path / "raw", tables).failures == []
        return Review(2024, "zh", tmp_path / "raw", tables, gathered(tables, 2024))

    return reviewed


def test_two_files_on_a_year_are_named_and_nobody_is_asked_about_them(
    held: Callable[..., Review],
) -> None:
    data = held("| 行政规范性文件 | 0 | 0 | 4 |", "| 行政规范性文件 | 0 | 0 | 3 |")
    (row,) = file_lists.doubled(data).rows.to_dict("records")
    assert "现有2个文件：2024.md、2024年（更正版）.md；请保留一份，移走其余。" in row["told"].zh
    differs = "有1处数据不同（以下先2024年（更正版）.md、后2024.md）：行政规范性文件 / 现行有效件数 3 : 4。"
    assert row["told"].zh.endswith(differs)
    assert "1个机关在该年度有多个文件，须保留一份。" in cover(data)
    assert row["told"].zh in did_everybody_report(data)
    assert differs in pages.cover(frames_of(data.tables, TOWN, language="zh"), "zh")
    assert file_lists.unread(data).rows.empty
    assert data.found.slips["rule_id"].tolist() == ["figures.same_year"]
    assert data.open_slips.empty
    assert asked(data) == {}
    assert "同一年度的多个文件有1张表的数据不同，另各计一处警告" in cover(data)
    assert "其中不向机关去函1处" in cover(data), "the tile says why it has one more than the sentence"


def warnings(data: Review) -> tuple[int, int, str]:
    """Slips and warnings of the town as review, index and page count them."""
    frames = frames_of(data.tables, TOWN)
    own = entry(frames, TOWN, True, False).years[2024]
    tiles = fragment_fromstring(cover(data), create_parent="div").xpath("//li[@class='tile']")
    told = [tile.xpath("string(.//p[@class='value'])") for tile in tiles[2:4]]
    assert told == [str(own.official), str(own.warnings)]
    return own.official, own.warnings, pages.cover(frames, "zh")


def test_two_files_are_counted_alike_in_review_index_and_page(held: Callable[..., Review]) -> None:
    data = held("| 行政规范性文件 | 0 | 0 | 4 |", "| 行政规范性文件 | 0 | 0 | 3 |")
    official, n, page = warnings(data)
    assert (official, n) == (0, 1)
    assert "2024年：有2个文件，即2024.md、2024年（更正版）.md，须保留一份" in page
    assert 'class="verdict open"' in page
    assert "警告1处（2024年）" in page


def test_a_slip_of_both_files_is_one_in_review_index_and_page(held: Callable[..., Review]) -> None:
    data = held("", "", in_both=("信息公开申请数量 | 1 | 0 |", "信息公开申请数量 | 2 | 0 |"))
    assert warnings(data)[0] == 1


def test_a_slip_that_both_files_have_is_asked_about_once(held: Callable[..., Review]) -> None:
    data = held("", "", in_both=("信息公开申请数量 | 1 | 0 |", "信息公开申请数量 | 2 | 0 |"))
    assert data.found.slips["report_id"].tolist() == [f"{TOWN}/2024.md", f"{TOWN}/2024年（更正版）.md"]
    assert data.open_slips["report_id"].tolist() == [f"{TOWN}/2024.md"]
    assert "有1处不符合表内勾稽关系" in asked(data)[TOWN].openings[Reason.SLIPS].zh


def test_the_list_of_letters_says_which_of_two_files_each_is_about(held: Callable[..., Review]) -> None:
    """A letter asked about the old file while the correction lay beside it."""
    data = held("信息公开申请数量 | 1 | 0 |", "信息公开申请数量 | 2 | 0 |")
    (why,) = written_to(data).rows["why"]
    corrected = "2024年（更正版）.md"
    assert (
        why.zh
        == f"差错1处；针对{corrected}（同一年度有2024.md、{corrected}），未被其中其他文件更正的方可去函"
    )


def test_what_people_wrote_is_told_on_its_own_row(held: Callable[..., Review]) -> None:
    """Behind findings of other kinds the list told nothing, or what was said of another agency."""
    data = held("| 行政规范性文件 | 0 | 0 | 4 |", "| 行政规范性文件 | 0 | 0 | 3 |")
    lines = [data.found.findings.assign(kind=FindingKind.MARK_UNMET, message=n, message_zh=n) for n in "ab"]
    findings = pd.concat([data.found.findings, *lines], ignore_index=True)
    rows = file_lists.by_hand(replace(data, found=replace(data.found, findings=findings))).rows
    assert rows["told"].tolist() == ["a", "b"]


def test_of_two_files_with_the_same_figures_that_is_said(held: Callable[..., Review]) -> None:
    (row,) = file_lists.doubled(held("公开", "公开")).rows.to_dict("records")
    assert row["told"].zh.endswith("。已识读的数据均相同。")


def test_a_cell_that_differs_and_breaks_a_sum_is_told_and_no_letter_names_our_files(
    held: Callable[..., Review],
) -> None:
    """As a consequence of the slip it was missing from the review, and the letter named our two files."""
    data = held("信息公开申请数量 | 1 | 0 |", "信息公开申请数量 | 2 | 0 |")
    (row,) = file_lists.doubled(data).rows.to_dict("records")
    assert "：一、本年新收政府信息公开申请数量 / 自然人 2 : 1。" in row["told"].zh
    one_sentence = (
        "差错1处、警告1处（同一原因只计一处），其中1处警告为同一年度多个文件的表格数据不同，不向机关去函"
    )
    assert one_sentence in cover(data), "the tile told another number than the sentence"
    (letter,) = letters(data)
    told = " ".join(text for _, text in parts_of(letter, 2024, "zh"))
    sums = " ".join(said.zh for said in letter.rows["sum_told"])
    assert "同一年度" not in told + sums
    assert len(letter.rows) > 0, "it is asked about the sum all the same"


def test_a_blank_beside_a_zero_has_no_value_and_that_is_told(held: Callable[..., Review]) -> None:
    data = held("| 行政强制 | 0 |", "| 行政强制 |  |")
    (row,) = file_lists.doubled(data).rows.to_dict("records")
    assert row["told"].zh.endswith("行政强制 / 本年处理决定数量 空白 : 0。")


def test_a_tile_says_that_it_is_blank_since_files_differ(held: Callable[..., Review]) -> None:
    data = held(
        "信息公开申请数量 | 1 | 0 | 0 | 0 | 0 | 0 | 1 |", "信息公开申请数量 | 1 | 0 | 0 | 0 | 0 | 0 | 2 |"
    )
    assert "文件不一" in pages.cover(frames_of(data.tables, TOWN, language="zh"), "zh")


def test_where_nothing_that_people_wrote_is_to_be_looked_at_the_page_says_so(
    held: Callable[..., Review],
) -> None:
    """The page of every review without a doubtful correction failed, for want of this sentence."""
    assert "没有待核的人工填写内容。" in what_could_not_be_read(held("公开", "公开"))
