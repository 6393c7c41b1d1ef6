"""Scans read end to end: cells with text, spans, places and confidence; nothing fetched, nothing guessed."""

from __future__ import annotations

import socket
from dataclasses import replace
from itertools import count

import numpy as np
import pytest
from PIL import Image

from ogi import values
from ogi.readers.document import Block, Box, Cell, Grid, Paragraph, UnreadableFile
from ogi.readers.scan import SCAN, read, read_pages, seals
from ogi.readers.scan.lines import ScannedLine, paragraphs
from ogi.readers.scan.pages import ReadPage, ReadTable, blocks_of_pages
from ogi.readers.scan.pictures import PagePicture
from ogi.readers.scan.recogniser import read_crops, text_of
from ogi.values import LEAST_CONFIDENCE, State
from tests.readers.scans import Sheet, font

XS = (180, 620, 760, 900, 1040, 1180, 1320)
YS = tuple(range(500, 801, 60))
LABELS = ("予以公开", "属于国家秘密", "重复申请", "总计")
HEAD = ("自然人", "商业企业", "科研机构", "其他", "总计")
FIGURES = (
    ("12", "0", "1", "", "13"), ("3", "11", "0", "8", "22"), ("/", "0", "5", "—", "160.5964"),
    ("15", "1,011", "6", "9", "4119"),
)  # fmt: skip
BLACK_OUT = (XS[2] + 40, YS[2] + 12, XS[3] - 40, YS[3] - 12)


def sheet() -> Sheet:
    page = Sheet()
    page.line("某某区人民政府2023年政府信息公开工作年度报告", 250, 250, 46)
    page.line("三、收到和处理政府信息公开申请情况", 180, 400, 40)
    cells = [("申请", 0, 0, 1, 1)] + [(text, i, 0, i + 1, 1) for i, text in enumerate(HEAD, 1)]
    for row, (label, figures) in enumerate(zip(LABELS, FIGURES, strict=True), 1):
        cells += [(label, 0, row, 1, row + 1)]
        cells += [(text, i, row, i + 1, row + 1) for i, text in enumerate(figures, 1)]
    page.table(XS, YS, cells)
    page.line("五、存在的主要问题及改进情况", 180, 900, 40)
    page.line("我单位的政府信息公开工作仍有不足，下一步将加强学习。", 260, 980, 36)
    return page


def scanned(page: Sheet, **spoilt: float) -> PagePicture:
    return PagePicture(1, page.scanned(**spoilt), 72 / 200)


def grid(blocks: list[Block]) -> Grid:
    (found,) = [block for block in blocks if isinstance(block, Grid)]
    return found


def figures(found: Grid) -> list[tuple[str, ...]]:
    return [tuple(cell.text for cell in row[1:]) for row in list(found.rows())[1:]]


@pytest.fixture(scope="module")
def turned() -> list[Block]:
    return read_pages([scanned(sheet(), degrees=1.3, noise=8, quality=60)])


def test_every_figure_of_a_turned_and_grainy_scan_is_read(turned):
    assert figures(grid(turned)) == list(FIGURES)
    assert all(cell.confidence > SCAN.disputed for cell in grid(turned).cells)


def test_what_a_recogniser_reads_is_never_certain(turned):
    """Rounded to 1, the least confidence of a whole scan was that of text (an A4 page at 110 dpi)."""
    printed = [cell.confidence for cell in grid(turned).cells if cell.text]
    assert max(printed) == SCAN.surest == 0.999


def test_labels_and_running_text_are_read_in_order(turned):
    assert [row[0].text for row in list(grid(turned).rows())[1:]] == list(LABELS)
    assert [cell.text for cell in next(grid(turned).rows())[1:]] == list(HEAD)
    kinds = ["grid" if isinstance(block, Grid) else block.text[:2] for block in turned]
    assert kinds == ["某某", "三、", "grid", "五、", "我单"]


def test_a_box_holds_its_cell_on_the_picture(turned):
    """The middle of each figure's box is where the turn of the sheet took the middle of its cell."""
    a = np.radians(1.3)
    for cell in grid(turned).cells:
        x = (XS[cell.column] + XS[cell.column + 1]) / 2 - 827
        y = (YS[cell.row] + YS[cell.row + 1]) / 2 - 1169.5
        middle = np.cos(a) * x + np.sin(a) * y + 827, np.cos(a) * y - np.sin(a) * x + 1169.5
        box = cell.box
        assert box is not None
        found = (box.x0 + box.x1) / 2, (box.top + box.bottom) / 2
        assert found == pytest.approx([at * 72 / 200 for at in middle], abs=2)


def test_a_seal_over_the_table_changes_no_figure():
    page = sheet()
    page.seal(XS[1], YS[0])
    assert figures(grid(read_pages([scanned(page, degrees=-0.7, noise=5)]))) == list(FIGURES)


def test_pale_figures_are_never_taken_for_blanks_and_certain(monkeypatch):
    """What is as pale as what shows through from the back may be taken off, but then its cell is doubtful."""
    monkeypatch.setattr(seals, "SCAN", replace(SCAN, back_signs=0))
    page = sheet()
    for row in range(1, 4):
        for column in range(1, 6):
            page.pen.rectangle((XS[column] + 8, YS[row] + 8, XS[column + 1] - 8, YS[row + 1] - 8), "white")
            middle = (XS[column] + XS[column + 1]) / 2, (YS[row] + YS[row + 1]) / 2
            page.pen.text(middle, "4119", (165, 165, 165), font(27), anchor="mm")
    cells = [cell for cell in grid(read_pages([scanned(page)])).cells if cell.row and cell.column]
    assert any(cell.is_blank for cell in cells), "some are taken off"
    assert all(cell.confidence <= SCAN.disputed for cell in cells if cell.is_blank)


def test_a_sheet_scanned_upside_down_is_turned():
    upright = scanned(sheet(), noise=4)
    upside_down = PagePicture(1, np.ascontiguousarray(np.rot90(upright.pixels, 2)), 72 / 200)
    found = grid(read_pages([upside_down]))
    assert figures(found) == list(FIGURES)
    first = found.cells[0].box
    assert first is not None
    assert first.top > 842 / 2, "places are those of the picture as it is"


def test_a_cell_of_ink_that_says_nothing_is_unreadable_and_doubtful():
    page = sheet()
    page.pen.rectangle(BLACK_OUT, fill="black")
    page.pen.line((XS[2] + 20, YS[3] - 6, XS[3] - 20, YS[2] + 6), fill="black", width=9)
    found = next(c for c in grid(read_pages([scanned(page)])).cells if (c.row, c.column) == (2, 2))
    assert found.confidence <= SCAN.disputed
    assert values.parse(found.text).state != values.State.BLANK


STROKES = ((-60, 26, 60, -26), (-8, 22, 8, -22), (-16, 13, 16, -13), (-24, 0, 24, 1))
"""From corner to corner of a cell, steeply, through its digits, level."""


def test_a_number_that_is_struck_out_is_never_told_as_another():
    page = sheet()
    for row in (1, 3):  # not all: a page of nothing but struck numbers is no table
        for column in range(1, 6):
            x, y = (XS[column] + XS[column + 1]) / 2, (YS[row] + YS[row + 1]) / 2
            x0, y0, x1, y1 = STROKES[(row + column) % len(STROKES)]
            page.pen.line((x + x0, y + y0, x + x1, y + y1), fill="black", width=3)
    found = {(c.row, c.column): c for c in grid(read_pages([scanned(page, degrees=0.3, noise=4)])).cells}
    for row, printed in enumerate(FIGURES, 1):
        for column, text in enumerate(printed, 1):
            cell = found[row, column]
            told = values.parse(cell.text).state != State.UNREADABLE
            assert cell.text == text or not told or cell.confidence < LEAST_CONFIDENCE, (row, column)


def test_reading_opens_no_connection(monkeypatch):
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a connection was opened")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    page = Sheet(400, 120)
    page.line("公开 4119 件", 20, 20, 60)
    (reading,) = read_crops([np.asarray(page.image.convert("L"))])
    assert "4119" in text_of(reading)


def test_a_picture_without_print_is_refused_in_one_line(tmp_path):
    path = tmp_path / "photo.jpg"
    rough = np.random.default_rng(2).integers(0, 255, (20, 15, 3), np.uint8)
    Image.fromarray(rough).resize((600, 800), Image.Resampling.BICUBIC).save(path)
    with pytest.raises(UnreadableFile, match=r"^[^\n]+without legible text or tables$"):
        read(path)


def part(columns: tuple[float, ...], text: str = "1") -> ReadTable:
    """A table of one row whose column lines stand at those shares of its width."""
    cells = [Cell(text, 0, i, 1, 1, Box(1, x, 0, x, 9)) for i, x in enumerate(columns[:-1])]
    return ReadTable(tuple(cells), columns, 100)


def pages(*parts: ReadTable, between: tuple[ScannedLine, ...] = ()) -> list[Grid]:
    read_ = [ReadPage(number, between if number > 1 else (), (one,)) for number, one in enumerate(parts, 1)]
    return [block for block in blocks_of_pages(read_, count(7)) if isinstance(block, Grid)]


def test_a_table_that_goes_on_keeps_its_columns():
    first, second = pages(part((0, 0.2, 0.4, 0.7, 1)), part((0, 0.405, 0.7, 1)))
    assert first.origin == second.origin == 7
    assert [(cell.column, cell.colspan) for cell in second.cells] == [(0, 2), (2, 1), (3, 1)]


def test_other_columns_are_another_table():
    first, second = pages(part((0, 0.2, 0.4, 1)), part((0, 0.3, 0.4, 1)))
    assert (first.origin, second.origin) == (7, 8)


def test_text_between_parts_two_tables():
    heading = ScannedLine("四、政府信息公开行政复议", (0, 10, 400, 40))
    first, second = pages(part((0, 0.5, 1)), part((0, 0.5, 1)), between=(heading,))
    assert (first.origin, second.origin) == (7, 8)


def test_lines_are_joined_to_paragraphs():
    lines = [
        ScannedLine("一、总体情况", (100, 0, 400, 40)),
        ScannedLine("本年收到申请12件，", (180, 60, 1000, 100)),
        ScannedLine("办结12件。", (100, 120, 400, 160)),
        ScannedLine("另有1件结转。", (180, 180, 700, 220)),
    ]  # fmt: skip
    assert paragraphs(lines, (100, 1000)) == ["一、总体情况", "本年收到申请12件，办结12件。", "另有1件结转。"]


def test_blocks_carry_their_page():
    line = ScannedLine("一、总体情况", (0, 10, 400, 40))
    (block,) = blocks_of_pages([ReadPage(3, (line,), ())], count())
    assert block == Paragraph("一、总体情况", 3)
