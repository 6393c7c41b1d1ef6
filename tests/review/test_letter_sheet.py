"""The sheet of a letter: high enough for its sums, with room for the answer and blanks for the office."""

from __future__ import annotations

import base64
import io
import re
import zipfile
from dataclasses import replace
from html import unescape
from pathlib import Path
from unicodedata import normalize

import pandas as pd
import pypdfium2
import pypdfium2.raw as raw
import pytest
from PIL import Image

from ogi.review import Review
from ogi.review.asked import Asked, Reason
from ogi.review.letters import letters
from ogi.review.sheets import width_of
from ogi.review.workbook import archived
from ogi.said import Said
from tests.corpus.layouts import converted
from tests.province import YEAR, Planted


def sheet_of(data: Review, agency: str) -> str:
    """The XML of the only sheet of the agency's own workbook."""
    sent = [letter for letter in letters(data) if letter.agency == agency]
    with zipfile.ZipFile(io.BytesIO(archived(data, sent))) as archive:
        book = zipfile.ZipFile(io.BytesIO(archive.read(f"{agency}.xlsx")))
        sheet, held = book.read("xl/worksheets/sheet1.xml").decode(), strings(book)
    return re.sub(r'<c([^>]*) t="s"><v>(\d+)</v>', lambda c: f"<c{c[1]}>{held[int(c[2])]}", sheet)


def strings(book: zipfile.ZipFile) -> list[str]:
    """Every text of a workbook."""
    found = re.findall(r"<si><t[^>]*>(.*?)</t></si>", book.read("xl/sharedStrings.xml").decode(), re.S)
    return [unescape(text) for text in found]


@pytest.fixture(scope="module")
def chinese(data: Review) -> Review:
    return replace(data, language="zh")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_word_of_a_letter_is_seen_when_it_is_printed(
    soffice: str, data: Review, planted: Planted, tmp_path: Path, language: str
) -> None:
    own = {sorted(planted.of(fault))[0]: fault for fault in WRITTEN}
    sent = [letter for letter in letters(data) if letter.agency in own]
    assert len(sent) == len(WRITTEN)
    (late,) = (letter for letter in sent if own[letter.agency] == "late")
    sent.append(replace(late, agency="long", asked=very_long()))
    sent[0] = replace(sent[0], clips={0: ((3, picture()),)})
    books = []
    with zipfile.ZipFile(io.BytesIO(archived(replace(data, language=language), sent))) as archive:
        for number, name in enumerate(name for name in archive.namelist() if name.endswith(".xlsx")):
            books.append(tmp_path / f"{number}.xlsx")
            books[-1].write_bytes(archive.read(name))
    assert "xl/media/image1.png" in zipfile.ZipFile(books[0]).namelist()
    for letter, book, printed in zip(sent, books, converted(books, tmp_path), strict=True):
        with pypdfium2.PdfDocument(printed) as document:
            pages = [Printed(page) for page in document]
        assert min(size for page in pages for size in page.sizes) >= 9, "points: readable in the hand"
        assert {page.is_upright for page in pages} == {len(letter.rows) == 0}
        for text in strings(zipfile.ZipFile(book)):
            last = "".join(text.split())[-6:]
            assert any(page.shows(last) for page in pages), (own.get(letter.agency), text)


WRITTEN = (
    *("missing", "no_file", "unread", "late", "blank", "copied"),
    *("total_left_zero", "balance_off", "outcome_off", "carried", "told"),
)
"""A fault of each kind that a letter is about."""


def very_long() -> Asked:
    """More words than a row can be high."""
    asked = Asked({Reason.FILES: Said("Please verify the following.", "请核对以下事项：")})
    asked.lines[Reason.FILES].append(Said("word " * 1000 + "the end", "文字" * 1000 + "至此为止"))
    return asked


def picture() -> str:
    """A picture that is wider than any page."""
    drawn = io.BytesIO()
    Image.new("L", (3000, 200)).save(drawn, "PNG")
    return f"data:image/png;base64,{base64.b64encode(drawn.getvalue()).decode()}"


class Printed:
    """What is seen on a page of a PDF: its characters with ink where they stand."""

    def __init__(self, page: pypdfium2.PdfPage) -> None:
        text, drawn = page.get_textpage(), page.render(scale=2, grayscale=True).to_numpy()
        width, height = page.get_size()
        self.is_upright = width < height
        self.sizes = {
            raw.FPDFText_GetFontSize(text.raw, at)
            for at in range(text.count_chars())
            if not text.get_text_range(at, 1).isspace()
        }
        seen = []
        for at in range(text.count_chars()):
            left, bottom, right, top = (round(2 * one) for one in text.get_charbox(at))
            inked = drawn[round(2 * height) - top : round(2 * height) - bottom + 1, left : right + 1]
            if inked.size and inked.min() < 128:
                seen.append(text.get_text_range(at, 1))
        self.seen = normalize("NFKC", "".join("".join(seen).split()))

    def shows(self, words: str) -> bool:
        return normalize("NFKC", words) in self.seen


def test_the_agency_has_room_to_answer_and_the_office_blanks_to_fill(
    chinese: Review, planted: Planted
) -> None:
    agency = sorted(planted.of("total_left_zero"))[0]
    sheet = sheet_of(chinese, agency)
    for said in (
        "核实情况（由贵单位填写）",
        "应为（依合计推算）",
        "〔发函单位（盖章）〕",
        "填报单位（盖章）",
        "〔发文字号〕",
    ):
        assert said in sheet
    assert f">关于核实{YEAR}年度政府信息公开工作年度报告有关数据的函<" in sheet
    assert f">{agency}：<" in sheet
    assert "反馈情况（由贵单位填写）" not in sheet, "it answers beside each figure"
    assert "请填写附件，并于〔　　年　月　日〕前书面反馈。" in sheet


def test_a_letter_without_a_table_asks_for_no_column_to_be_filled(chinese: Review, planted: Planted) -> None:
    sheet = sheet_of(chinese, sorted(planted.of("late"))[0])
    assert "请填写附件，并于〔　　年　月　日〕前书面反馈。" in sheet
    assert "核实情况" not in sheet
    assert "反馈情况（由贵单位填写）" in sheet


def test_the_annex_of_one_slip_is_one_page_and_of_many_has_its_heads_on_each(
    soffice: str, chinese: Review, planted: Planted, tmp_path: Path
) -> None:
    agency = sorted(planted.of("total_left_zero"))[0]
    (sent,) = (letter for letter in letters(chinese) if letter.agency == agency)
    many = replace(sent, agency="many", rows=pd.concat([sent.rows] * 12, ignore_index=True))
    books = []
    with zipfile.ZipFile(io.BytesIO(archived(chinese, [sent, many]))) as archive:
        for number, name in enumerate(name for name in archive.namelist() if name.endswith(".xlsx")):
            books.append(tmp_path / f"{number}.xlsx")
            books[-1].write_bytes(archive.read(name))
    one, several = converted(books, tmp_path)
    with pypdfium2.PdfDocument(one) as document:
        assert [Printed(page).shows("核实情况") for page in document] == [False, True]
    with pypdfium2.PdfDocument(several) as document:
        body, *annex = [Printed(page).shows("核实情况") for page in document]
    assert not body
    assert len(annex) > 1
    assert all(annex)


def test_a_chinese_character_takes_the_room_of_two() -> None:
    assert width_of("合计 36") == 7
