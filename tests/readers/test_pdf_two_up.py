"""Two pages on one sheet are read one after the other; a wide page with one wide gap stays one."""

from __future__ import annotations

import numpy as np

from ogi.readers.pdf.marks import Char, PageMarks, char_at
from ogi.readers.pdf.two_up import halves
from tests.readers.pdf_made import Page
from tests.readers.test_pdf import Reading, grids, reading

__all__ = ["reading"]  # the fixture


def two_pages() -> Page:
    """A page of 400 × 500 seen as a sheet of 400 × 250 by its CropBox: a table in each half, text above."""
    page = Page()
    for left, number in ((20.0, "12"), (220.0, "34")):
        page.text(left, 30, "一、总体情况如下所述，今年的工作。")
        for x in (left, left + 80, left + 160):
            page.stroke(x, 60, x, 100)
        for y in (60, 80, 100):
            page.stroke(left, y, left + 160, y)
        page.text(left + 5, 74, "信息内容").text(left + 90, 74, "总计").text(left + 5, 94, "规章")
        page.text(left + 90, 94, number)
    return page


def test_two_pages_on_a_sheet_are_read_one_after_the_other(reading: Reading) -> None:
    document = reading(two_pages(), crop="/CropBox [0 250 400 500]")
    first, second = grids(document)
    assert [cell.text for cell in (*first.cells, *second.cells)] == [
        *("信息内容", "总计", "规章", "12"),
        *("信息内容", "总计", "规章", "34"),
    ]
    boxes = [cell.box for cell in (first.cells[3], second.cells[3])]
    assert [(box.page, box.x0, box.x1) for box in boxes if box is not None] == [(1, 100, 180), (1, 300, 380)]
    assert {paragraph.page for paragraph in document.paragraphs} == {1}


def test_pages_after_a_sheet_of_two_keep_their_numbers(reading: Reading) -> None:
    alone = Page().text(20, 30, "甲" * 36)
    document = reading(two_pages(), alone, crop="/CropBox [0 250 400 500]")
    assert document.paragraphs[-1].page == 2


def test_a_picture_amid_text_keeps_the_sheet_whole(reading: Reading) -> None:
    page = two_pages().picture(30, 120, 40, 130, b"\xff", "/W 1 /H 1 /BPC 8 /CS /G")
    document = reading(page, crop="/CropBox [0 250 400 500]")
    assert any("如下" in p.text and p.text.count("一") > 1 for p in document.paragraphs)


def wide_page(chars: list[Char], *rules: tuple[float, ...]) -> int:
    return len(halves([PageMarks(1, 400, 250, chars, np.array(rules).reshape(-1, 4))]))


def test_a_wide_table_without_lines_is_no_two_pages() -> None:
    """Labels left of the middle, numbers right of it, nothing in it."""
    chars = [
        *(char_at("甲", 20 + 10 * i, 30 + 10 * i, 40, 10) for i in range(12)),
        *(char_at("1", 220 + 40 * i, 225 + 40 * i, 40, 10) for i in range(4)),
    ]
    assert wide_page(chars) == 1
    filled = [*chars, *(char_at("乙", 220 + 10 * i, 230 + 10 * i, 60, 10) for i in range(12))]
    assert wide_page(filled) == 2
    assert wide_page(filled, (0, 50, 20, 380)) == 1
    assert wide_page([*filled, char_at("丙", 195, 205, 80, 10)]) == 1


def test_a_high_page_is_no_two_pages() -> None:
    chars = [
        char_at("甲", left + 10 * i, left + 10 * i + 10, 40, 10) for left in (20, 220) for i in range(12)
    ]
    assert len(halves([PageMarks(1, 400, 600, chars, np.zeros((0, 4)))])) == 1
