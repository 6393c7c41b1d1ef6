from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator
from ctypes import POINTER, c_ushort, cast
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmarks.pdf import compare
from ogi.extract import read_report
from ogi.readers.document import Box, Cell, Document, Grid, Method, UnreadableFile, folded
from ogi.readers.pdf import drawing, read, ruled
from ogi.readers.pdf.marks import UNKNOWN
from ogi.readers.pdf.pages import read_pages
from ogi.readers.pdf.plumber import lost_chars
from ogi.readers.pdf.settings import PDF
from tests.readers.pdf_made import BLUE, WHITE, Page, cmap, wide, written

XS, YS = (50.0, 150.0, 250.0, 350.0), (100.0, 120.0, 140.0, 160.0)
TEXTS = [["信息内容", "本年", "总计"], ["规章", "12", "1,234.5"], ["行政许可", "", "0"]]


@pytest.fixture
def reading(tmp_path: Path) -> Callable[..., Document]:
    def reads(*pages: Page, **options: object) -> Document:
        path = tmp_path / "made.pdf"
        path.write_bytes(written(*pages, **options))  # type: ignore[arg-type]
        return read(path)

    return reads


Reading = Callable[..., Document]


def filled(page: Page) -> Page:
    """The texts of TEXTS in their cells."""
    for row, texts in enumerate(TEXTS):
        for column, text in enumerate(texts):
            page.centred(XS[column], XS[column + 1], YS[row] + 14, text)
    return page


def lined(page: Page) -> Page:
    for x in XS:
        page.stroke(x, YS[0], x, YS[-1])
    for y in YS:
        page.stroke(XS[0], y, XS[-1], y)
    return page


def grids(document: Document) -> list[Grid]:
    return [block for block in document.blocks if isinstance(block, Grid)]


def texts_of(grid: Grid) -> list[list[str]]:
    return [[cell.text for cell in row] for row in grid.rows()]


def only_grid(document: Document) -> Grid:
    (grid,) = grids(document)
    return grid


def cell(document: Document, row: int, column: int) -> Cell:
    return next(c for c in only_grid(document).cells if (c.row, c.column) == (row, column))


# --- lines, however drawn ---------------------------------------------------------------------------


def thin_fills(page: Page) -> Page:
    for x in XS:
        page.fill(x - 0.4, YS[0], x + 0.4, YS[-1])
    for y in YS:
        page.fill(XS[0], y - 0.4, XS[-1], y + 0.4)
    return page


def frames(page: Page) -> Page:
    for x0, x1 in pairwise(XS):
        for y0, y1 in pairwise(YS):
            page.frame(x0, y0, x1, y1)
    return page


def segments(page: Page) -> Page:
    """Dashes drawn one by one."""
    for x in XS:
        for y in range(int(YS[0]), int(YS[-1]), 5):
            page.stroke(x, y, x, y + 3)
    for y in YS:
        for x in range(int(XS[0]), int(XS[-1]), 5):
            page.stroke(x, y, x + 3, y)
    return page


def dashed(page: Page) -> Page:
    for x in XS:
        page.stroke(x, YS[0], x, YS[-1], dash="[3 2] 0 d")
    for y in YS:
        page.stroke(XS[0], y, XS[-1], y, dash="[3 2] 0 d")
    return page


def dots(page: Page) -> Page:
    """Dots drawn one by one, each less than a point wide."""
    for x in XS:
        for step in range(int((YS[-1] - YS[0]) / 2) + 1):
            page.fill(x - 0.3, YS[0] + 2 * step - 0.3, x + 0.3, YS[0] + 2 * step + 0.3)
    for y in YS:
        for step in range(int((XS[-1] - XS[0]) / 2) + 1):
            page.fill(XS[0] + 2 * step - 0.3, y - 0.3, XS[0] + 2 * step + 0.3, y + 0.3)
    return page


def double(page: Page) -> Page:
    for shift in (-1.2, 1.2):
        for x in XS:
            page.stroke(x + shift, YS[0] - 1.2, x + shift, YS[-1] + 1.2)
        for y in YS:
            page.stroke(XS[0] - 1.2, y + shift, XS[-1] + 1.2, y + shift)
    return page


def double_outside(page: Page) -> Page:
    """A second frame around the whole, four points away, that the lines across reach."""
    lined(page)
    for y in YS:
        page.stroke(XS[0] - 4, y, XS[-1] + 4, y)
    return page.frame(XS[0] - 4, YS[0] - 4, XS[-1] + 4, YS[-1] + 4)


def shaded(page: Page) -> Page:
    """A coloured head, white cells, a white page; ruled over all that."""
    page.fill(0, 0, 400, 500, WHITE).fill(XS[0], YS[0], XS[-1], YS[1], "0.8 0.9 1")
    for x0, x1 in pairwise(XS):
        page.fill(x0 + 8, YS[1] + 6, x1 - 8, YS[2] - 6, WHITE)
    return lined(page)


def open_sides(page: Page) -> Page:
    """No line at the left, the right and the bottom."""
    for x in XS[1:-1]:
        page.stroke(x, YS[0], x, YS[-1])
    for y in YS[:-1]:
        page.stroke(XS[0], y, XS[-1], y)
    return page


@pytest.mark.parametrize(
    "draw", [lined, thin_fills, frames, segments, dashed, dots, double, double_outside, shaded, open_sides]
)
def test_a_ruled_table_is_read_cell_by_cell_however_its_lines_are_drawn(
    draw: Callable[[Page], Page], reading: Reading
) -> None:
    document = reading(filled(draw(Page())))
    grid = only_grid(document)
    assert texts_of(grid) == TEXTS
    assert not document.paragraphs
    assert not document.notes
    for printed in grid.cells:
        expected = (XS[printed.column], YS[printed.row], XS[printed.column + 1], YS[printed.row + 1])
        assert near(printed.box, Box(1, *expected), 4)


def clipped_within(page: Page) -> Page:
    """The line between the last columns is clipped away beside the last row."""
    page.content.append(f"q 0 {500 - YS[2]} 400 500 re W n")
    page.stroke(XS[2], YS[0], XS[2], YS[3]).content.append("Q")
    return page


def covered_within(page: Page) -> Page:
    return page.stroke(XS[2], YS[0], XS[2], YS[3]).fill(XS[2] - 2, YS[2] + 1, XS[2] + 2, YS[3], WHITE)


@pytest.mark.parametrize("draw", [clipped_within, covered_within])
def test_a_line_parts_cells_as_far_as_it_shows(draw: Callable[[Page], Page], reading: Reading) -> None:
    page = draw(Page()).frame(XS[0], YS[0], XS[3], YS[3]).stroke(XS[1], YS[0], XS[1], YS[3])
    for y in YS[1:3]:
        page.stroke(XS[0], y, XS[3], y)
    for row, texts in enumerate(TEXTS[:2]):
        for column, text in enumerate(texts):
            page.centred(XS[column], XS[column + 1], YS[row] + 14, text)
    page.centred(XS[1], XS[3], YS[2] + 14, "1234")
    assert texts_of(only_grid(reading(page))) == [*TEXTS[:2], ["", "1234"]]


def near(box: Box | None, other: Box, points: float = 1.5) -> bool:
    assert box is not None
    pairs = zip(
        (box.x0, box.top, box.x1, box.bottom), (other.x0, other.top, other.x1, other.bottom), strict=True
    )
    return box.page == other.page and all(abs(a - b) <= points for a, b in pairs)


def test_lines_and_text_inside_a_form_are_read_where_they_show(reading: Reading) -> None:
    page = filled(lined(Page())).in_form()
    assert texts_of(only_grid(reading(page))) == TEXTS
    assert near(cell(reading(page), 1, 1).box, Box(1, 150, 120, 250, 140))


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_turned_page_is_read_as_it_is_shown(turn: int, reading: Reading) -> None:
    """The page is written so that it stands upright once it is turned."""
    matrix = {90: "0 1 -1 0 400 0", 180: "-1 0 0 -1 400 500", 270: "0 -1 1 0 0 500"}[turn]
    page = Page()
    page.content.append(f"q {matrix} cm 0.8 0 0 0.8 0 0 cm 1 0 0 1 0 -95 cm")
    filled(lined(page)).content.append("Q")
    document = reading(page, turn=turn)
    assert texts_of(only_grid(document)) == TEXTS
    height = 500 if turn == 180 else 400
    top = height - 0.8 * (500 - 95 - 120)
    assert near(cell(document, 1, 1).box, Box(1, 120, top, 200, top + 16))


def test_the_stages_are_logged(reading: Reading, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG", "ogi.readers.pdf")
    reading(filled(lined(Page())))
    opened, page, aligned = caplog.messages
    assert opened.endswith("made.pdf: 1 pages")
    assert page.startswith("page 1: ")
    assert page.endswith("8 lines, 1 ruled tables")
    assert aligned == "0 tables without ruling lines"


def test_boxes_are_counted_from_the_corner_that_shows(reading: Reading) -> None:
    page = filled(lined(Page())).text(60, 480, "裁掉的字").text(5, 114, "外")
    document = reading(page, crop="/CropBox [40 200 390 450]")
    assert texts_of(only_grid(document)) == TEXTS
    assert near(cell(document, 1, 1).box, Box(1, 110, 70, 210, 90))
    assert not document.paragraphs, "what lies outside the page is not read"


@pytest.mark.parametrize("unit", [2.0, 10.0])
def test_a_page_counted_in_units_of_many_points_is_as_large_as_a4(unit: float, reading: Reading) -> None:
    """One cell is in a font that the machine lacks."""
    document = reading(filled(lined(Page())).text(160, 154, "侧", font="S"), unit=unit)
    assert texts_of(only_grid(document)) == [*TEXTS[:2], [TEXTS[2][0], "侧", TEXTS[2][2]]]
    box = cell(document, 1, 1).box
    assert box is not None
    assert (box.x0, box.top) == pytest.approx((842 / 500 * XS[1], 842 / 500 * YS[1]), abs=1)


def test_white_lines_part_the_cells_of_a_dark_table(reading: Reading) -> None:
    page = Page().fill(XS[0], YS[0], XS[-1], YS[-1], BLUE)
    for x in XS[1:-1]:
        page.stroke(x, YS[0], x, YS[-1], ink=WHITE)
    for y in YS[1:-1]:
        page.stroke(XS[0], y, XS[-1], y, ink=WHITE)
    for row, texts in enumerate(TEXTS):
        for column, text in enumerate(texts):
            page.text(XS[column] + 20, YS[row] + 14, text, colour=WHITE)
    grid = only_grid(reading(page))
    assert texts_of(grid) == TEXTS
    assert all(printed.confidence == 1 for printed in grid.cells), "told by lines, not by alignment"


def test_white_cells_on_a_dark_ground_are_cells(reading: Reading) -> None:
    """As a web page draws lines: the table's ground shows between its cells."""
    page = Page().fill(XS[0], YS[0], XS[-1], YS[-1], "0.6 0.6 0.6")
    for x0, x1 in pairwise(XS):
        for y0, y1 in pairwise(YS):
            page.fill(x0 + 0.4, y0 + 0.4, x1 - 0.4, y1 - 0.4, WHITE)
    assert texts_of(only_grid(reading(filled(page)))) == TEXTS


def test_white_lines_on_paper_part_nothing(reading: Reading) -> None:
    page = filled(lined(Page())).stroke(XS[0], 110, XS[-1], 110, ink=WHITE)
    assert texts_of(only_grid(reading(page.stroke(100, YS[0], 100, YS[-1], ink=WHITE)))) == TEXTS


def test_white_boxes_behind_running_text_are_no_table(reading: Reading) -> None:
    page = Page()
    for y, text in ((100, "一、总体情况"), (120, "本年没有新情况。"), (140, "以上。")):
        page.fill(50, y, 200, y + 20, WHITE).fill(200, y, 350, y + 20, WHITE).text(60, y + 14, text)
    document = reading(page)
    assert not grids(document)
    assert "".join(p.text for p in document.paragraphs) == "一、总体情况本年没有新情况。以上。"


def test_a_nested_table_takes_its_own_text(reading: Reading) -> None:
    page = lined(Page()).frame(160, 105, 200, 115).frame(200, 105, 240, 115)
    page.text(165, 114, "7", size=8).text(205, 114, "8", size=8).text(60, 114, "外")
    found = [texts_of(grid) for grid in grids(reading(page))]
    assert [["7", "8"]] in found
    assert [["外", "", ""], ["", "", ""], ["", "", ""]] in found


def test_two_tables_keep_each_its_own_lines(reading: Reading) -> None:
    """Lines that nearly stand one below the other are not drawn together."""
    page = filled(lined(Page()))
    edges = (52.0, 152.0, 252.0, 352.0)
    for x in edges:
        page.stroke(x, 200, x, 240)
    for y in (200.0, 220.0, 240.0):
        page.stroke(edges[0], y, edges[-1], y)
    first, second = grids(reading(page))
    assert {c.box.x0 for c in first.cells if c.box} == {50.0, 150.0, 250.0}
    assert {c.box.x0 for c in second.cells if c.box} == {52.0, 152.0, 252.0}


# --- what stands outside tables ----------------------------------------------------------------------


def test_full_width_rows_and_ruled_boxes_are_running_text(reading: Reading) -> None:
    page = Page()
    for y in (100, 120, 140, 160, 180):
        page.stroke(50, y, 350, y)
    page.stroke(50, 100, 50, 180).stroke(350, 100, 350, 180)
    page.stroke(200, 120, 200, 140).stroke(200, 160, 200, 180)
    page.text(60, 114, "第一栏").text(60, 134, "甲").text(210, 134, "1").text(60, 154, "第二栏")
    page.text(60, 174, "乙").text(210, 174, "2")
    page.frame(50, 300, 350, 330).text(60, 320, "框内的一段话。")
    document = reading(page)
    assert [paragraph.text for paragraph in document.paragraphs] == ["第一栏", "第二栏", "框内的一段话。"]
    assert [texts_of(grid) for grid in grids(document)] == [[["甲", "1"]], [["乙", "2"]]]
    kinds = [type(block).__name__ for block in document.blocks]
    assert kinds == ["Paragraph", "Grid", "Paragraph", "Grid", "Paragraph"]


def body(number: int, *lines: str) -> Page:
    page = Page().text(150, 30, "示例区公报").text(190, 480, f"- {number} -")
    for i, line in enumerate(lines):
        page.text(60 if line.startswith("\u3000") else 40, 60 + 16 * i, line.strip())
    return page


LONG = "本年度依法公开政府信息，及时回应社会关切并接受监督，各项"


def test_a_paragraph_runs_over_lines_and_pages_without_page_numbers_and_running_heads(
    reading: Reading,
) -> None:
    document = reading(
        body(1, "\u3000" + LONG[:-2], LONG), body(2, LONG, "工作有序。"), body(3, "\u3000完。"), title="标题"
    )
    told = [paragraph.text for paragraph in document.paragraphs]
    assert told == [LONG[:-2] + LONG + LONG + "工作有序。", "完。"]
    assert [paragraph.page for paragraph in document.paragraphs] == [1, 3]
    assert document.titles == ("标题",)


def test_latin_and_chinese_characters_of_one_line_stay_one_line(reading: Reading) -> None:
    page = Page().text(40, 60, "公开").text(60, 60, "26", font="G").text(70, 60, "件")
    document = reading(page, to_unicode=cmap({"2": "2", "6": "6"}))
    assert [paragraph.text for paragraph in document.paragraphs] == ["公开26件"]


def test_spread_ideographs_are_one_word_and_numbers_apart_are_two(reading: Reading) -> None:
    page = Page().text(40, 60, "公").text(55, 60, "开").text(100, 90, "12").text(114, 90, "34")
    assert [paragraph.text for paragraph in reading(page).paragraphs] == ["公开", "12 34"]


# --- what does not show ------------------------------------------------------------------------------


def test_text_that_does_not_show_is_not_read(reading: Reading) -> None:
    page = Page().text(180, 160, "样稿样稿样稿", matrix="0.7 0.7 -0.7 0.7", size=30, colour="0.9 0.9 0.9")
    page = filled(lined(page)).text(160, 132, "9", mode=3).text(170, 133, "8", colour=WHITE)
    page.text(500, 134, "7").text(60, -10, "6")
    assert texts_of(only_grid(reading(page))) == TEXTS


def test_white_text_on_a_dark_ground_is_read(reading: Reading) -> None:
    page = lined(Page().fill(50, 100, 350, 120, BLUE)).text(60, 114, "白字", colour=WHITE)
    assert cell(reading(page), 0, 0).text == "白字"


@pytest.mark.parametrize(
    ("page", "told"),
    [
        (Page().text(50, 100, "暗中的字", mode=3), "no text but text that is hidden"),
        (
            Page().text(50, 100, "侧躺的字", matrix="0 1 -1 0"),
            "no text but text that lies on its side",
        ),
        (
            lined(Page()).text(50, 100, "斜放的字", matrix="1 0.016 -0.016 1"),
            "no text but text that lies aslant",
        ),
        (Page().fill(50, 50, 350, 450, BLUE), "no text layer"),
    ],
)
def test_a_page_without_visible_text_says_so(page: Page, told: str, tmp_path: Path) -> None:
    path = tmp_path / "made.pdf"
    path.write_bytes(written(page))
    with pypdfium2.PdfDocument(path) as document:
        marks = next(read_pages(document, path))
    assert not marks.chars
    assert len(marks.rules) == 0
    assert [note[: len(told)] for note in marks.notes] == [told]


def test_text_that_hardly_lies_aslant_is_read_as_text(reading: Reading) -> None:
    """Its lines fall by no more within half of the page than the baselines of one line may differ."""
    document = reading(lined(Page()).text(160, 134, "12", matrix="1 0.014 -0.014 1"))
    assert (cell(document, 1, 1).text, document.notes) == ("12", ())


def test_an_empty_page_is_passed_over_in_silence(reading: Reading) -> None:
    assert reading(Page().text(50, 100, "可见"), Page()).notes == ()


# --- characters ---------------------------------------------------------------------------------------


def test_radicals_and_compatibility_ideographs_are_folded_and_digits_are_not(reading: Reading) -> None:
    page = Page().text(40, 60, "ABCDEF", font="G")
    meanings = cmap({"A": "\u2f8f", "B": "\u2eda", "C": "\uf9b4", "D": "１", "E": "②", "F": "㎡"})
    (paragraph,) = folded(reading(page, to_unicode=meanings)).paragraphs
    assert paragraph.text == "行页領１②㎡"


def test_rare_ideographs_ligatures_and_control_codes(reading: Reading) -> None:
    page = Page().text(40, 60, "AABCD", font="G")
    meanings = cmap({"A": "\U00020bb7", "B": "甲乙", "C": "\x01", "D": "\x02"})
    (paragraph,) = reading(page, to_unicode=meanings).paragraphs
    assert paragraph.text == f"𠮷𠮷甲乙{UNKNOWN}-"


def test_cells_with_characters_without_a_meaning_are_read_as_pictures_and_told(reading: Reading) -> None:
    page = lined(Page()).text(160, 134, "12").text(170, 134, "5", font="G").text(60, 134, "规章")
    document = reading(page)
    assert (cell(document, 1, 1).text, cell(document, 1, 1).method) == ("125", Method.OCR)
    assert [note for note in document.notes if "1 characters whose font" in note]


def test_text_in_a_font_that_the_machine_lacks_is_not_lost(reading: Reading, tmp_path: Path) -> None:
    """One character at a time, as word processors write: pdfium passes over those without a glyph."""
    page = lined(Page())
    for x, char in zip((60, 70, 80, 85), "侧躺12", strict=True):
        page.text(x, 134, char, font="S")
    assert cell(reading(page), 1, 0).text == "侧躺12"
    path = tmp_path / "made.pdf"
    assert [char.text for char in lost_chars(path, 1, [(60.0, 134.0), (80.2, 133.8), (300.0, 300.0)])] == [
        "侧",
        "1",
    ]
    path.write_bytes(b"%PDF-1.5 broken")
    assert lost_chars(path, 1, [(60.0, 134.0)]) == []


# --- numbers in narrow cells ---------------------------------------------------------------------------


def narrow(upper: str, lower: str, width: float = 24.0) -> Page:
    """A column of labels that fill their cells, and one with two lines in it."""
    page = Page().stroke(50, 100, 150 + width, 100).stroke(50, 130, 150 + width, 130)
    for x in (50, 150, 150 + width):
        page.stroke(x, 100, x, 130)
    page.text(52, 112, "其他对外管理服务事").text(52, 124, "项")
    middle = 150 + width / 2
    return page.text(middle - wide(upper) / 2, 112, upper).text(middle - wide(lower) / 2, 124, lower)


def test_a_number_wrapped_in_its_cell_is_one_number_of_less_confidence(reading: Reading) -> None:
    wrapped = cell(reading(narrow("1234", "56")), 0, 1)
    assert (wrapped.text, wrapped.confidence) == ("123456", PDF.wrapped)


@pytest.mark.parametrize(
    ("upper", "lower", "width"), [("12", "34", 24.0), ("1234", "56", 60.0), ("12", "345", 17.0)]
)
def test_two_numbers_in_one_cell_stay_two(upper: str, lower: str, width: float, reading: Reading) -> None:
    printed = cell(reading(narrow(upper, lower, width)), 0, 1)
    assert (printed.text, printed.confidence) == (f"{upper}\n{lower}", 1.0)


def test_a_number_with_a_note_that_was_wrapped_amid_it(reading: Reading) -> None:
    assert cell(reading(narrow("2", "1（", 29.0)), 0, 1).text == "21（"


@pytest.mark.parametrize(
    ("size", "y", "text", "confidence"),
    [
        (8.5, 112, "3501", PDF.wrapped),
        (9.0, 112, "3501", 1.0),
        (8.5, 110, "350¹", 1.0),
        (8.5, 112.4, "3501", PDF.wrapped),
    ],
)
def test_a_smaller_digit_on_the_line_of_a_number_may_be_the_sign_of_a_note(
    size: float, y: float, text: str, confidence: float, reading: Reading
) -> None:
    page = Page().frame(50, 100, 250, 130).stroke(150, 100, 150, 130).text(52, 112, "行政许可")
    printed = cell(reading(page.text(160, 112, "350").text(175, y, "1", size=size)), 0, 1)
    assert (printed.text, printed.confidence) == (text, confidence)


@pytest.mark.parametrize(("size", "is_doubtful"), [(8.5, True), (9.0, False)])
def test_so_it_may_in_a_table_without_lines(size: float, is_doubtful: bool, reading: Reading) -> None:
    page = unruled(HEAD, ROWS).text(COLUMNS[3] + wide("12") / 2, 160, "1", size=size)
    printed = next(c for c in only_grid(reading(page)).cells if c.text == "121")
    assert (printed.confidence == PDF.wrapped) == is_doubtful


def short_columns(lines: list[tuple[str, ...]], width: float = 37.0) -> Page:
    """A head of two lines over each number; no text fills its cell, so that none shows the padding."""
    page = Page()
    for i in range(len(lines) + 1):
        page.stroke(50 + width * i, 100, 50 + width * i, 170)
    for y in (100, 130, 170):
        page.stroke(50, y, 50 + width * len(lines), y)
    for i, texts in enumerate(lines):
        middle = 50 + width * (i + 0.5)
        for y, text in zip((112, 124, 142, 154), ("结果", "维持", *texts), strict=False):
            page.text(middle - wide(text) / 2, y, text)
    return page


def test_full_width_numbers_wrapped_alike_are_numbers_though_no_text_fills_its_cell(reading: Reading) -> None:
    page = short_columns([("１６", "０"), ("２５", "６"), ("３",), ("１０", "０")])
    page.frame(50, 200, 350, 240).stroke(50, 220, 350, 220).stroke(200, 200, 200, 240).text(
        51, 214, "甲乙丙丁"
    )
    printed = grids(reading(page))[0].cells
    assert [c.text for c in printed if c.row == 1] == ["１６０", "２５６", "３", "１００"]
    assert {c.confidence for c in printed if len(c.text) == 3} == {PDF.wrapped}


@pytest.mark.parametrize("others", [[("１", "２"), ("３",)], [("１２３",), ("４",)]])
def test_full_width_numbers_not_wrapped_alike_stay_two(
    others: list[tuple[str, ...]], reading: Reading
) -> None:
    page = short_columns([("１６", "０"), *others])
    page.frame(50, 200, 350, 240).stroke(50, 220, 350, 220).stroke(200, 200, 200, 240).text(
        51, 214, "甲乙丙丁"
    )
    printed = grids(reading(page))[0].cells
    assert next(c.text for c in printed if c.row == 1) == "１６\n０"


def test_an_ideographic_blank_before_a_wrapped_number_takes_its_room(reading: Reading) -> None:
    page = narrow("　２７", "５", 36.0)
    assert cell(reading(page), 0, 1).text == "２７５"
    assert cell(reading(narrow("２７", "５", 36.0)), 0, 1).text == "２７\n５"


def test_a_cell_says_whether_its_number_leaves_room_for_a_digit(reading: Reading) -> None:
    assert [cell(reading(narrow(text, "", 24.0)), 0, 1).is_full for text in ("1234", "12", "件")] == [
        True, False, False
    ]  # fmt: skip


def test_a_number_that_runs_over_a_line_is_not_cut_in_two(reading: Reading) -> None:
    page = lined(Page()).text(XS[1] - 8, 134, "123456").text(60, 114, "甲")
    document = reading(page)
    assert [cell(document, 1, column).text for column in range(3)] == ["", "123456", ""]
    assert [cell(document, 1, column).confidence for column in range(3)] == [PDF.cut, PDF.cut, 1.0]


def test_neighbouring_numbers_are_not_joined(reading: Reading) -> None:
    page = lined(Page()).text(XS[1] - 11, 134, "12").text(XS[1] + 2, 134, "34")
    document = reading(page)
    assert [cell(document, 1, column).text for column in range(3)] == ["12", "34", ""]


# --- tables without lines -------------------------------------------------------------------------------

HEAD = ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"]
ROWS = [["规章", "0", "0", "12"], ["行政规范性文件", "3", "1", "1,254"], ["其他", "1", "", "1"]]
COLUMNS = (90.0, 180.0, 260.0, 340.0)


def unruled(head: list[str], rows: list[list[str]], step: float = 20.0) -> Page:
    page = Page().text(150, 90, "二、主动公开情况", size=14).centred(0, 400, 118, "第二十条第（一）项")
    for row, texts in enumerate([head, *rows]):
        for column, text in enumerate(texts):
            x = 50 if column == 0 and row else COLUMNS[column] - wide(text) / 2
            page.text(x, 140 + step * row, text)
    return page.text(60, 300, "三、其他事项", size=14).text(60, 330, "本年没有其他需要报告的事项。")


def test_a_table_without_lines_is_read_by_alignment(reading: Reading) -> None:
    document = reading(unruled(HEAD, ROWS))
    grid = only_grid(document)
    assert texts_of(grid) == [HEAD, *ROWS]
    assert all(printed.confidence < 1 for printed in grid.cells)
    told = [paragraph.text for paragraph in document.paragraphs]
    assert told == ["二、主动公开情况", "第二十条第（一）项", "三、其他事项", "本年没有其他需要报告的事项。"]
    twelve = next(c for c in grid.cells if c.text == "12")
    assert twelve.box is not None
    assert twelve.box.x0 < 335 < 345 < twelve.box.x1
    assert twelve.box.top < 152 < 160 <= twelve.box.bottom + 2


def test_wrapped_and_merged_labels_without_lines_stand_beside_their_rows(reading: Reading) -> None:
    page = Page()
    for i, (label, number) in enumerate((("甲项", "11"), ("乙项", "22"), ("丙项", "33"))):
        page.text(120, 100 + 20 * i, label).text(250, 100 + 20 * i, number).text(300, 100 + 20 * i, str(i))
    page.text(50, 120, "（三）不予")
    page.text(50, 174, "（四）很长的一个标签，写").text(50, 186, "在两行里").text(250, 180, "44").text(
        300, 180, "3"
    )
    rows = {row[-2].text: row for row in only_grid(reading(page)).rows()}
    assert [c.text for c in rows["11"]] == ["甲项", "11", "0"]
    assert [c.text for c in rows["22"]] == ["（三）不予", "乙项", "22", "1"]
    assert [c.text for c in rows["33"]] == ["丙项", "33", "2"]
    assert [c.text for c in rows["44"]] == ["（四）很长的一个标签，写\n在两行里", "44", "3"]


@pytest.mark.parametrize(
    "lines",
    [
        [(50, "本年度公开 3 件，办结 2 件，"), (40, "结转 1 件。")],
        [(50, "1"), (75, "22"), (90, "甲"), (130, "4 5")],
        [(60, "联系电话："), (200, "12345678")],
    ],
)
def test_text_that_is_no_table_stays_text(lines: list[tuple[float, str]], reading: Reading) -> None:
    page = Page()
    for i, (x, text) in enumerate(lines):
        page.text(x, 100 + (0 if "电话" in lines[0][1] else 12 * i), text)
    assert not grids(reading(page))


def test_a_number_that_stands_across_two_columns_is_in_no_cell(reading: Reading) -> None:
    rows = [["规章", "1", "2", "3"], ["文件", "4", "5", "6"]]
    document = reading(unruled(HEAD, rows).text(50, 200, "其他").text(170, 200, "12345678901234567890"))
    assert texts_of(only_grid(document)) == [HEAD, *rows]
    assert any("12345678901234567890" in paragraph.text for paragraph in document.paragraphs)


def test_a_number_that_stands_off_its_row_is_not_taken_for_blank(reading: Reading) -> None:
    """A blank line in a cell moves its number half a line up; the first row is nearest to the head."""
    rows = [["规章", "5", "", "7"], ["文件", "1", "2", "3"]]
    page = unruled(HEAD, rows, step=24).text(258, 158, "86")
    rows[0][2] = "86"
    assert texts_of(only_grid(reading(page))) == [HEAD, *rows]


@pytest.mark.parametrize("middle", [200.0, 215.0])
def test_a_title_over_an_unruled_table_is_no_cell_of_it(middle: float, reading: Reading) -> None:
    page = unruled(HEAD, ROWS)
    page.content[1] = Page().centred(middle - 100, middle + 100, 118, "第二十条第（一）项").content[0]
    assert texts_of(only_grid(reading(page))) == [HEAD, *ROWS]


# --- every file ---------------------------------------------------------------------------------------


def many_pages() -> bytes:
    return written(*[Page()] * (PDF.most_pages + 1))


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (b"", "an empty file"),
        (b"hello world", "does not begin with %PDF"),
        (b"\x89PNG\r\n\x1a\n....", "a picture"),
        (written(Page().text(50, 50, "字"))[:-60], "truncated"),
        (b"%PDF-1.4\nnothing\n%%EOF", "a damaged one"),
        (written(Page().text(50, 50, "字"), encrypt=True), "locked with a password"),
        (many_pages(), f"{PDF.most_pages + 1} pages"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_one_line(data: bytes, found: str, tmp_path: Path) -> None:
    path = tmp_path / "bad.pdf"
    path.write_bytes(data)
    with pytest.raises(UnreadableFile) as refusal:
        read(path)
    assert found in str(refusal.value)
    assert "\n" not in str(refusal.value)
    assert str(path) in str(refusal.value)


def test_a_page_of_too_many_drawn_objects_keeps_its_text(
    reading: Reading, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drawing, "PDF", replace(PDF, most_objects=10))
    document = reading(filled(lined(Page())))
    assert "drawn objects" in document.notes[0]
    assert "规章" in "".join(document.texts())


@pytest.mark.parametrize(("limit", "value"), [("most_crossings", 11), ("most_lines", 7)])
def test_a_page_of_too_many_lines_keeps_its_text(
    limit: str, value: int, reading: Reading, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ruled, "PDF", replace(PDF, **{limit: value}))
    document = reading(filled(lined(Page())))
    assert "ruling lines" in document.notes[0]
    assert "规章" in "".join(document.texts())


def test_a_title_that_is_no_text_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "made.pdf"
    path.write_bytes(written(Page().text(50, 50, "字"), title="标题").replace(b"<FEFF6807", b"<FEFFD807"))
    assert read(path).titles == ()


def numbers() -> st.SearchStrategy[list[list[int]]]:
    row = st.lists(st.integers(0, 99_999_999), min_size=3, max_size=3)
    return st.lists(row, min_size=2, max_size=8)


@given(rows=numbers(), has_lines=st.booleans())
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_numbers_are_read_back_as_printed(rows: list[list[int]], has_lines: bool, tmp_path: Path) -> None:
    page, columns = Page(), (60.0, 150.0, 240.0, 330.0, 390.0)
    for i, row in enumerate(rows):
        y = 100 + 22 * i
        page.text(64, y + 15, f"第{'一二三四五六七八'[i]}项")
        for j, number in enumerate(row):
            page.centred(columns[j + 1], columns[j + 2], y + 15, str(number))
    for x in columns if has_lines else ():
        page.stroke(x, 100, x, 100 + 22 * len(rows))
    for i in range(len(rows) + 1) if has_lines else ():
        page.stroke(60, 100 + 22 * i, 390, 100 + 22 * i)
    path = tmp_path / "numbers.pdf"
    path.write_bytes(written(page))
    read_back = [[c.text for c in row[1:]] for row in only_grid(read(path)).rows()]
    assert read_back == [[str(number) for number in row] for row in rows]


# --- real files -----------------------------------------------------------------------------------------


def sample_pdfs(samples: Path) -> Iterator[Path]:
    yield from sorted(samples.rglob("*.pdf"))[::3]


def test_cells_of_the_samples_hold_the_text_that_pdfplumber_finds_in_them(samples: Path) -> None:
    for path in sample_pdfs(samples):
        found = compare(path)
        assert found.compared > 200, path
        assert not found.differing, path
        assert not found.lost, path


def test_the_shared_reports_are_exact(shared_reports: Path) -> None:
    truth = json.loads((shared_reports / "truth.json").read_text("utf-8"))
    pdfs = [name for name in truth if name.endswith(".pdf")]
    assert pdfs
    for name in pdfs:
        figures = {figure.id: figure.value for figure in read_report(shared_reports / name).figures}
        told = truth[name]["figures"]
        assert {key: figures.get(key) for key in told} == told
        found = compare(shared_reports / name)
        assert not found.differing
        assert not found.lost


def with_attachments(data: bytes, *names: str) -> bytes:
    """A PDF with files of those names attached, as a portfolio has them."""
    with pypdfium2.PdfDocument(data) as document:
        for name in names:
            document.new_attachment(name).set_data(b"x")
        made = io.BytesIO()
        document.save(made)
    return made.getvalue()


class TestAttachments:
    def noted(self, tmp_path: Path, data: bytes) -> list[str]:
        path = tmp_path / "portfolio.pdf"
        path.write_bytes(data)
        return [note for note in read(path).notes if "attached" in note]

    def test_a_portfolio_names_the_files_that_it_holds(self, tmp_path: Path) -> None:
        cover = written(Page().text(50, 50, "请打开所附的年度报告"))
        data = with_attachments(cover, "年报.pdf", "附表.XLSX", "附表二.xlsx", "logo.svg")
        (note,) = self.noted(tmp_path, data)
        assert "3 attached file(s), which were not read: 1 pdf, 2 xlsx" in note

    def test_a_portfolio_without_a_cover_is_no_empty_file(self, tmp_path: Path) -> None:
        assert "1 docx" in self.noted(tmp_path, with_attachments(written(Page()), "年报.docx"))[0]

    def test_a_paper_clip_on_a_page_is_named(self, tmp_path: Path) -> None:
        with pypdfium2.PdfDocument(written(Page().text(50, 50, "见附件"))) as document:
            page = document[0]
            clip = pypdfium2.raw.FPDFPage_CreateAnnot(page.raw, pypdfium2.raw.FPDF_ANNOT_FILEATTACHMENT)
            name = ("年报.pdf" + "\0").encode("utf-16-le")
            pypdfium2.raw.FPDFAnnot_AddFileAttachment(clip, cast(name, POINTER(c_ushort)))
            pypdfium2.raw.FPDFPage_CloseAnnot(clip)
            made = io.BytesIO()
            document.save(made)
        assert "1 pdf" in self.noted(tmp_path, made.getvalue())[0]

    def test_a_report_with_tables_does_not_name_what_is_beside_it(self, tmp_path: Path) -> None:
        page = lined(Page())
        for row in range(3):
            for column in range(3):
                page.centred(XS[column], XS[column + 1], YS[row] + 14, f"{row + 1}{column}")
        assert self.noted(tmp_path, with_attachments(written(page), "年报.pdf")) == []
