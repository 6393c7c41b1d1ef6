"""Tables without ruling lines at their hardest: at a page's edge, labels wrapped, rows blank."""

from __future__ import annotations

import pytest

from ogi.readers.document import Document, Grid
from tests.readers.pdf_made import Page
from tests.readers.test_pdf import Reading, only_grid, reading, texts_of
from tests.readers.test_pdf import grids as grids_of

__all__ = ["reading"]  # the fixture


def at_the_top(upper: str, lower: str) -> Page:
    """A table whose first row stands at the page's top, its label wrapped above and below its numbers."""
    page = Page()
    for x, text in ((60, "项目"), (200, "本年"), (300, "上年")):
        page.text(x, 14, text)
    page.text(60, 30, "收到的申").text(60, 42, "请数量").text(206, 36, upper).text(306, 36, lower)
    return page.text(60, 60, "办结数量").text(206, 60, "3").text(306, 60, "4")


@pytest.mark.parametrize(("upper", "lower"), [("12", "345"), ("—", "12"), ("１２", "－")])
def test_a_row_of_numbers_alone_at_a_pages_edge_is_no_page_number(
    upper: str, lower: str, reading: Reading
) -> None:
    grid = only_grid(reading(at_the_top(upper, lower)))
    rows = [["项目", "本年", "上年"], ["收到的申\n请数量", upper, lower], ["办结数量", "3", "4"]]
    assert texts_of(grid) == rows


def test_the_first_line_of_a_wrapped_number_at_a_pages_edge_is_no_page_number(reading: Reading) -> None:
    page = Page()
    for x, text in ((60, "项目"), (200, "本年"), (300, "上年")):
        page.text(x, 14, text)
    page.text(60, 36, "申请").text(200, 30, "８５８").text(300, 30, "９９２")
    page.text(215, 42, "６").text(315, 42, "１")
    page.text(60, 60, "办结").text(206, 60, "3").text(306, 60, "4")
    texts = [text.replace("\n", "") for row in texts_of(only_grid(reading(page))) for text in row]
    assert texts[3:6] == ["申请", "８５８６", "９９２１"]


@pytest.mark.parametrize("mark", ["- 4 -", "4", "4 / 12", "第4页 共12页", "4/12"])
def test_a_page_number_of_any_kind_is_no_text(mark: str, reading: Reading) -> None:
    document: Document = reading(Page().text(60, 100, "本年没有其他事项。").centred(0, 400, 480, mark))
    assert [paragraph.text for paragraph in document.paragraphs] == ["本年没有其他事项。"]


def mostly_blank(rows: list[tuple[float, str, str]], step: float = 20.0) -> Page:
    """A table of one head line and rows, each with its label's place, its label, and its two numbers."""
    page = Page().text(60, 60, "项目").text(240, 60, "本年").text(320, 60, "总计")
    for at, (x, label, number) in enumerate(rows):
        y = 84 + step * at
        page.text(x, y, label)
        if number:
            page.text(246, y, number).text(326, y, number)
    return page


def rows_read(page: Page, reading: Reading) -> list[tuple[str, ...]]:
    """Of each row below the head the rightmost label and the numbers."""
    return [tuple(c.text for c in row[-3:]) for row in list(only_grid(reading(page)).rows())[1:]]


def test_blank_rows_between_rows_that_are_all_far_apart_are_rows(reading: Reading) -> None:
    rows = [(50.0, "新收数量", "4"), (50.0, "结转数量", ""), (50.0, "予以公开", "3"), (50.0, "部分公开", "")]
    rows += [(50.0, "不予公开", ""), (50.0, "总计数量", "1")]
    assert rows_read(mostly_blank(rows), reading) == [(label, n, n) for _, label, n in rows]


def test_many_blank_rows_of_other_indents_part_no_table(reading: Reading) -> None:
    rows = [(50.0, "一、新收", "4"), (50.0, "二、结转", ""), (80.0, "（一）予以公开", "")]
    rows += [(110.0, f"{n}.某种不予公开的情形", "") for n in range(1, 7)]
    rows += [(110.0, "7.最后一种情形", "1"), (50.0, "四、总计", "5")]
    assert rows_read(mostly_blank(rows), reading) == [(label, n, n) for _, label, n in rows]


def test_blank_rows_above_a_label_wrapped_around_its_numbers_part_no_table(reading: Reading) -> None:
    rows = [(50.0, "一、新收", "4"), (80.0, "（一）予以公开", "")]
    page = mostly_blank(rows).text(80, 124, "（二）部分公开，只计").text(80, 136, "这一情形")
    page.text(246, 130, "1").text(326, 130, "1")
    told = [*((label, n, n) for _, label, n in rows), ("（二）部分公开，只计\n这一情形", "1", "1")]
    assert rows_read(page, reading) == told


def test_a_label_between_two_rows_is_no_blank_row(reading: Reading) -> None:
    page = mostly_blank([(110.0, "1.某种情形", "1"), (110.0, "2.另一情形", "2")]).text(50, 94, "不予公开")
    (first, second) = list(only_grid(reading(page)).rows())[1:]
    assert [c.text for c in first] == ["不予公开", "1.某种情形", "1", "1"]
    assert [c.text for c in second] == ["2.另一情形", "2", "2"]


def test_notes_that_begin_lines_above_their_row_are_in_its_cells(reading: Reading) -> None:
    page = Page().text(60, 60, "维持").text(140, 60, "纠正").text(220, 60, "其他").text(300, 60, "总计")
    for x in (140, 300):
        for at, text in enumerate(("9（其", "中修", "订的有", "3件", "）")):
            page.text(x, 84 + 12 * at, text)
    page.text(66, 108, "7").text(226, 108, "5")
    rows = [[text.replace("\n", "") for text in row] for row in texts_of(only_grid(reading(page)))]
    assert rows == [
        ["维持", "纠正", "其他", "总计"],
        ["7", "9（其中修订的有3件）", "5", "9（其中修订的有3件）"],
    ]


def test_the_first_number_of_a_column_amid_others_parts_no_table(reading: Reading) -> None:
    page = mostly_blank([(50.0, "新收数量", "4"), (50.0, "结转数量", ""), (50.0, "公开数量", "2")])
    page.text(280, 60, "上年").text(286, 104, "9")
    rows = [tuple(c.text for c in row[-4:]) for row in list(only_grid(reading(page)).rows())[1:]]
    assert rows == [("新收数量", "4", "", "4"), ("结转数量", "", "9", ""), ("公开数量", "2", "", "2")]


def test_a_number_set_higher_in_its_row_takes_no_head_away(reading: Reading) -> None:
    page = Page()
    for x, y, text, number in ((60, 98, "维持", "11"), (140, 90, "纠正", "22"), (220, 94, "其他", "33")):
        page.text(x, 60, text).text(x + 5, y, number)
    page.text(300, 60, "总计").text(305, 94, "66")
    assert texts_of(only_grid(reading(page))) == [["维持", "纠正", "其他", "总计"], ["11", "22", "33", "66"]]


def test_a_table_set_aslant_is_left_as_text(reading: Reading) -> None:
    """As in a page laid down aslant: the label of one row stands beside the numbers of the next."""
    page = Page().text(60, 63, "规章").text(60, 83, "行政规范性文件")
    for x, y, text in ((240, 53, "4"), (300, 49, "3"), (240, 73, "7"), (300, 69, "11")):
        page.text(x, y, text)
    assert not [block for block in reading(page).blocks if isinstance(block, Grid)]


def test_rows_told_apart_by_their_grounds_alone_are_a_table(reading: Reading) -> None:
    """Every other row is grey; a label over three rows, too, so that lines close the cells around it."""
    page = Page()
    for left, top, right, bottom in ((60, 120, 120, 180), (120, 120, 300, 140), (120, 160, 300, 180)):
        page.fill(left, top, right, bottom, "0.9 0.9 1")
    page.text(64, 154, "办理结果")
    rows = [["事项", "本年", "总计"], ["公开", "1", "11"], ["不公开", "2", "12"], ["其他", "3", "13"]]
    for row, texts in enumerate([*rows, ["总计", "6", "36"]]):
        for column, text in enumerate(texts):
            page.centred(120 + 60 * column, 180 + 60 * column, 114 + 20 * row, text)
    read = texts_of(only_grid(reading(page)))
    assert [row[-3:] for row in read] == [*rows, ["总计", "6", "36"]]


GREY = "0.9 0.93 1"
ROWS = [["事项", "本年", "总计"], ["公开", "1", "11"], ["不公开", "2", "12"], ["其他", "3", "13"]]


def striped(odd: int, gap: float, step: float = 20.0) -> Page:
    """A table each cell of whose even or odd rows has a ground of its own, with white gaps between them."""
    page = Page()
    for row, texts in enumerate(ROWS):
        top = 100 + step * row
        for column, text in enumerate(texts):
            left = 60 + 90 * column
            if row % 2 == odd:
                page.fill(left, top, left + 90 - gap, top + step - gap, GREY)
            page.centred(left, left + 90, top + 13, text)
    return page


@pytest.mark.parametrize("gap", [1.5, 3, 5])
@pytest.mark.parametrize("odd", [0, 1])
def test_striped_rows_with_white_gaps_are_one_table(odd: int, gap: float, reading: Reading) -> None:
    """Made by border-spacing: the grounds wall in the cells of every other row, and nothing those between."""
    assert texts_of(only_grid(reading(striped(odd, gap)))) == ROWS


def test_a_head_with_a_ground_belongs_to_the_figures_below_it(reading: Reading) -> None:
    page = striped(2, 0)
    for left in (60, 150, 240):
        page.fill(left, 100, left + 88, 118, GREY)
    page.content = [*page.content[-3:], *page.content[:-3]]
    assert texts_of(only_grid(reading(page))) == ROWS


def test_cells_that_all_have_a_ground_stay_a_ruled_table(reading: Reading) -> None:
    page = Page()
    for row, texts in enumerate(ROWS):
        for column, text in enumerate(texts):
            left, top = 60 + 90 * column, 100 + 20 * row
            page.fill(left, top, left + 88, top + 18, GREY).centred(left, left + 90, top + 13, text)
    page.text(60, 300, "办结率").text(240, 300, "97")
    grid, *_ = grids_of(reading(page))
    assert texts_of(grid) == ROWS
    assert all(cell.confidence == 1 for cell in grid.cells)


@pytest.mark.parametrize("below", [4.0, 6.0, 7.0])
def test_lines_between_rows_are_no_ink_of_their_cells(below: float, reading: Reading) -> None:
    """Rows parted by lines across and columns by nothing: the lines are none of what the figures show."""
    page = striped(2, 0)
    for row in range(len(ROWS)):
        page.stroke(60, 113 + 20 * row + below, 190, 113 + 20 * row + below)
        page.stroke(190, 113 + 20 * row + below, 330, 113 + 20 * row + below)
    grid = only_grid(reading(page))
    assert texts_of(grid) == ROWS
    assert {cell.method for cell in grid.cells} == {None}


def test_a_line_through_the_figures_of_an_aligned_row_strikes_them_out(reading: Reading) -> None:
    page = striped(2, 0).stroke(60, 130, 330, 130)
    _, *struck = [cell for cell in only_grid(reading(page)).cells if cell.row == 1]
    assert len(struck) == 2
    assert [cell.text for cell in struck if cell.confidence >= 0.9] == []
