"""The sheet of a letter: high enough for its sums, with room for the answer and blanks for the office."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from html import unescape

import pytest

from ogi.review import Review
from ogi.review.letters import letters
from ogi.review.sheets import width_of
from ogi.review.workbook import archived
from tests.province import YEAR, Planted


def sheet_of(data: Review, agency: str) -> str:
    """The XML of the only sheet of the agency's own workbook."""
    sent = [letter for letter in letters(data) if letter.agency == agency]
    with zipfile.ZipFile(io.BytesIO(archived(data, sent))) as archive:
        book = zipfile.ZipFile(io.BytesIO(archive.read(f"{agency}.xlsx")))
        strings = re.findall(r"<si><t[^>]*>(.*?)</t></si>", book.read("xl/sharedStrings.xml").decode(), re.S)
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    return re.sub(
        r'<c([^>]*) t="s"><v>(\d+)</v>', lambda c: f"<c{c[1]}>{unescape(strings[int(c[2])])}", sheet
    )


@pytest.fixture(scope="module")
def chinese(data: Review) -> Review:
    return replace(data, language="zh")


def test_a_row_is_as_high_as_its_sum_needs(chinese: Review, planted: Planted) -> None:
    sheet = sheet_of(chinese, sorted(planted.of("balance_off"))[0])
    rows = re.findall(r'<row [^>]* ht="(\d+)"[^>]*>((?:(?!</row>).)*)</row>', sheet)
    heights = [int(height) for height, cells in rows if "”栏：" in cells]
    assert heights
    assert min(heights) >= 30, "two lines at the least"


def test_the_agency_has_room_to_answer_and_the_office_blanks_to_fill(
    chinese: Review, planted: Planted
) -> None:
    agency = sorted(planted.of("total_left_zero"))[0]
    sheet = sheet_of(chinese, agency)
    for said in (
        "核实情况（由贵单位填写）",
        "应为（依合计推算）",
        "〔发函单位（盖章）〕",
        "复核单位（盖章）",
    ):
        assert said in sheet
    assert f"{agency}：关于核实{YEAR}年度政府信息公开工作年度报告的函" in sheet
    assert "并填写“核实情况”一栏" in sheet


def test_a_letter_without_a_table_asks_for_no_column_to_be_filled(chinese: Review, planted: Planted) -> None:
    sheet = sheet_of(chinese, sorted(planted.of("missing"))[0])
    assert "请于〔　　年　月　日〕前书面反馈。" in sheet
    assert "核实情况" not in sheet


def test_a_chinese_character_takes_the_room_of_two() -> None:
    assert width_of("合计 36") == 7
